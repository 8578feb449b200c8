"""Is an answer as fast as another build's? `python -m benchmarks.builds FOLDER [--unseen 100]`.

FOLDER is another checkout of this project with its own `.venv` (`make setup` there). Each build fills a database with
its own bundled data, fits its own matcher and serves with one worker; both servers then run side by side and are asked
the same in turn, so that whatever else the machine does falls on both. *Stored*: every startup of the sample once, of
which no answer is kept. *Unseen*: profiles of 500 letters that were never sent. The ratio is taken pair by pair on the
clock (its median, with the quartiles) and over all for the processor.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from benchmarks import serving
from benchmarks.determinism import ROOT, bundled
from benchmarks.speed import USED_TO, unseen_startups
from model.snapshot import rows

PREPARE = (
    "import sys; from pathlib import Path; from benchmarks.serving import prepared; prepared(Path(sys.argv[1]), None)"
)
BARS = {"stored": 1.25, "unseen": 1.0}

Question = tuple[str, object]


@dataclass(frozen=True)
class Server:
    """A build that answers: its port and the process that its workers belong to."""

    port: int
    pid: int

    def clock(self, question: Question) -> float:
        """Milliseconds that it takes to answer."""
        path, body = question
        method = "GET" if body is None else "POST"
        return serving.timed(lambda: serving.ask(self.port, method, f"/api/v1{path}", body))


@contextmanager
def serving_build(build: Path, home: Path) -> Iterator[Server]:
    """Fit and serve a build from its own checkout."""
    python = build / ".venv" / "bin" / "python"
    subprocess.run([python, "-c", PREPARE, home], cwd=build, check=True, stdout=subprocess.DEVNULL)
    port = serving.free_port()
    environment = {
        "IEUM_HOME": str(home),
        "IEUM_ARTIFACTS": str(home / "artifacts"),
        "IEUM_PORT": str(port),
        "IEUM_WORKERS": "1",
        "IEUM_OPEN_READING": "1",
        "IEUM_ADDRESS_LIMIT": "0",
        "IEUM_CREDENTIAL_LIMIT": "0",
    }
    with serving.running([str(build / ".venv" / "bin" / "ieum"), "serve"], environment, port, "/readyz") as pid:
        yield Server(port, pid)


def measured(servers: Sequence[Server], questions: Sequence[Question]) -> tuple[np.ndarray, list[float]]:
    """Ask each question of each server, in turn and the other way round the next time.

    Returns milliseconds on the clock, (questions, servers), and mean milliseconds of the processor by server.
    """
    begin = [serving.processor(server.pid) for server in servers]
    clocks = np.zeros((len(questions), len(servers)))
    for i, question in enumerate(questions):
        for k in range(len(servers))[:: 1 if i % 2 else -1]:
            clocks[i, k] = servers[k].clock(question)
    spent = [serving.processor(server.pid) - b for server, b in zip(servers, begin, strict=True)]
    return clocks, [1000 * seconds / len(questions) for seconds in spent]


def questions(unseen: int) -> Mapping[str, Sequence[Question]]:
    """What is asked, after some questions to which both builds warm up."""
    known = bundled()
    profiles = [rows.plain(startup) for startup in unseen_startups(known, USED_TO + unseen)]
    stored: list[Question] = [(f"/startups/{startup.id}/matches", None) for startup in known.startups]
    return {
        "warm up": [*(("/matches", body) for body in profiles[:USED_TO]), *stored[:USED_TO]],
        "stored": stored[USED_TO:],
        "unseen": [("/matches", body) for body in profiles[USED_TO:]],
    }


def main(
    folder: Annotated[Path, typer.Argument(help="another checkout, set up")],
    unseen: Annotated[int, typer.Option(help="unseen profiles that are asked for")] = 100,
) -> None:
    """Serve both builds, ask them in turn, print the table; exit 1 where a bar is missed."""
    table = Table("question", "asked", "ms here", "ms there", "ratio [quartiles]", "processor", "there", "ratio", "bar")
    missed = False
    with TemporaryDirectory() as homes, ExitStack() as stack:
        builds = {name: Path(homes) / name for name in ("here", "there")}
        servers = [
            stack.enter_context(serving_build(build, home))
            for build, home in zip((ROOT, folder.resolve()), builds.values(), strict=True)
        ]
        for name, asked in questions(unseen).items():
            clocks, spent = measured(servers, asked)
            if name not in BARS:
                continue
            low, middle, high = np.quantile(clocks[:, 0] / clocks[:, 1], [0.25, 0.5, 0.75])
            missed |= bool(middle > BARS[name])
            here, there = np.median(clocks, axis=0)
            table.add_row(
                *(name, str(len(asked)), f"{here:.2f}", f"{there:.2f}", f"{middle:.2f} [{low:.2f}, {high:.2f}]"),
                *(f"{spent[0]:.2f}", f"{spent[1]:.2f}", f"{spent[0] / spent[1]:.2f}", f"≤ {BARS[name]}"),
            )
    Console(width=140).print(table)
    sys.exit(missed)


if __name__ == "__main__":
    typer.run(main)
