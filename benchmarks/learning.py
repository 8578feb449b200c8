"""What do 0, 10, 100, 1,000 and 10,000 outcomes teach? `python -m benchmarks.learning [FOLDER ...]`.

Each FOLDER is a development set as `benchmarks.quality` reads it; without any, the bundled sample is taken, a fifth of
whose outcomes are held back. NDCG@10 of our matcher after so many outcomes, drawn thrice pair by pair, beside
the same matcher without any; the difference is paired by query, with its 95 % interval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import numpy as np
import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

from benchmarks import development
from benchmarks.determinism import bundled
from benchmarks.quality import CACHE, VOCABULARIES
from model import vocabulary
from model.domain import Snapshot
from training import metrics, splits
from training.evaluation import Ours
from training.evaluation.judging import Direction, Trial, judge, trial_of

SIZES = (0, 10, 100, 1_000, 10_000)
SEEDS = (0, 1, 2)
SHORT = {Direction.PROGRAMS: "S2P", Direction.STARTUPS: "P2S"}

Lists = dict[Direction, pd.DataFrame]


def drawn(snapshot: Snapshot, size: int, seed: int) -> Snapshot:
    """Keep so many outcomes, drawn pair by pair, the same on every machine."""
    order = sorted(snapshot.outcomes, key=lambda o: splits.startup_number(f"{o.startup_id}\0{o.program_id}", seed))
    return replace(snapshot, outcomes=tuple(order[:size]))


def sizes(snapshot: Snapshot) -> Iterator[int]:
    """The sizes that a snapshot can give; the last is all that it has."""
    yield from (size for size in SIZES if size < len(snapshot.outcomes))
    yield min(len(snapshot.outcomes), SIZES[-1])


def table(name: str, snapshot: Snapshot, trial: Trial) -> Table:
    """Fit once for every size and draw, upon texts that are read once."""
    found = Table(title=name, title_justify="left")
    for heading in ("outcomes", "S2P", "against none [95 %]", "P2S", "against none [95 %]"):
        found.add_column(heading, justify="right")
    ours = Ours(vocabulary.load(VOCABULARIES), cache=CACHE).fit(replace(snapshot, outcomes=()))
    none = _lists(ours, trial)
    for size in sizes(snapshot):
        seeds = SEEDS if 0 < size < len(snapshot.outcomes) else SEEDS[:1]
        after = [_lists(ours.fit(drawn(snapshot, size, seed)), trial) for seed in seeds]
        found.add_row(f"{size:,}", *(cell for direction in Direction for cell in _cells(direction, none, after)))
    return found


def _lists(ours: Ours, trial: Trial) -> Lists:
    scores = ours.scores(trial.startups, trial.programs)
    return {direction: judge(scores, trial, direction) for direction in Direction}


def _cells(direction: Direction, none: Lists, after: Sequence[Lists]) -> tuple[str, str]:
    ndcg = np.mean([lists[direction].ndcg for lists in after], axis=0)
    difference = metrics.paired_interval(ndcg, none[direction].ndcg, np.random.default_rng(0))
    return f"{ndcg.mean():.3f}", f"{difference.mean:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]"


def main(folders: Annotated[list[Path] | None, typer.Argument(help="development sets")] = None) -> None:
    """Measure what outcomes teach."""
    console = Console(width=120)
    if not folders:
        split = splits.held_out(bundled())
        console.print(table("sample", split.past, trial_of(split)))
    for folder in folders or ():
        found = development.read(folder)
        console.print(table(found.name, found.snapshot, found.trial))


if __name__ == "__main__":
    typer.run(main)
