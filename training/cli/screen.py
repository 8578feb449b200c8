"""What the command line shows: progress, faults, tables; bars and colours on a terminal, plain lines otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from model.faults import Fault
from model.vectors.text_cache import Progress as Watch
from training.cli.wording import HEADINGS, STEPS

PLAIN_WIDTH = 200
TENTHS = 10
MOST_FAULTS = 20
"""More faults than this are counted, not listed: the first ones mostly explain the rest."""


class Screen:
    """Standard output for answers, standard error for everything about the way there."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.out, self.notes = _console(stderr=False), _console(stderr=True)

    def say(self, sentence: str) -> None:
        """Tell the reader something on the way."""
        typer.echo(sentence, err=True)

    def answer(self, line: str) -> None:
        """Give an answer as one unbroken line."""
        typer.echo(line)

    def faults(self, faults: tuple[Fault, ...]) -> None:
        """List what is wrong with the data: a table on a terminal, one line a fault otherwise."""
        shown = faults[:MOST_FAULTS]
        rows = [(f.file, str(f.line or ""), f.field, f.value, f.sentence(self.language)) for f in shown]
        if not self.notes.is_terminal:
            for file, line, field, value, what in rows:
                self.say("\t".join((f"{file}:{line}" if line else file, field, value, what)))
            return
        table = Table(*(HEADINGS[key][self.language] for key in ("file", "line", "field", "value", "what")))
        for row in rows:
            table.add_row(*row)
        self.notes.print(table, markup=False)

    @contextmanager
    def progress(self) -> Iterator[Watch]:
        """Give a watcher of steps: bars on a terminal, a line at each step and each tenth otherwise."""
        if not self.notes.is_terminal:
            yield _Lines(self).watch
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.notes) as bars:
            yield _Bars(bars, self.language).watch


class _Lines:
    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._tenths: dict[str, int] = {}

    def watch(self, step: str, done: int, total: int) -> None:
        tenth = TENTHS * done // total if total else TENTHS
        if self._tenths.get(step, -1) >= tenth and done:
            return
        self._tenths[step] = tenth
        self._screen.say(
            f"{named(step, self._screen.language)} {done:,}/{total:,}" if done else named(step, self._screen.language)
        )


class _Bars:
    def __init__(self, bars: Progress, language: str) -> None:
        self._bars, self._language = bars, language
        self._tasks: dict[str, TaskID] = {}

    def watch(self, step: str, done: int, total: int) -> None:
        name = named(step, self._language)
        if name not in self._tasks:
            self._tasks[name] = self._bars.add_task(name, total=total)
        self._bars.update(self._tasks[name], completed=done, total=max(total, 1))


def named(step: str, language: str) -> str:
    """Name a step; what has no name of its own is shown as it is.

    >>> named("rank", "en")
    'ranking'
    """
    return STEPS.get(step, {}).get(language, step)


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr)
    return console if console.is_terminal else Console(stderr=stderr, width=PLAIN_WIDTH)
