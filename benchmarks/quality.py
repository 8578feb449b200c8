"""Ranking quality on development sets: ours and each baseline, both directions, from one run.

    python -m benchmarks.quality [FOLDER ...] [--quick] [--json FILE]

Each FOLDER is a snapshot with a `test_pairs.csv`; without any, the sets in `../shared/data` are taken. *Cold* means
that every outcome was withheld, *warm* that the past ones were given. The ratio is to BM25 and to the best baseline
of the same regime and direction, and to our own cold figure; intervals are 95 % bootstraps over the queries.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

from benchmarks import development
from benchmarks.development import DevelopmentSet
from model import vocabulary
from model.domain import Snapshot
from training import metrics
from training.baselines import Scorer, Texts
from training.evaluation import contenders
from training.evaluation.judging import Direction, Float, Trial, judge
from training.evaluation.ours import Ours
from training.metrics import Interval

HERE = Path(__file__).resolve().parent
SETS = HERE.parent.parent / "shared" / "data"
VOCABULARIES = HERE.parent / "data" / "vocabularies"
CACHE = HERE.parent / "var" / "cache"
BILINGUAL = "koen"
OURS = "ieum"
HEADINGS = (
    *("regime", "direction", "method", "NDCG@10 [95 %]", "recall@10", "MRR"),
    *("x BM25", "x best", "x own cold", "s"),
)
ENOUGH_PAIRS = 20
"""A slice with fewer good pairs says nothing and is left out."""


@dataclass(frozen=True)
class Line:
    """One line of the table: a method's figures for one set, regime and direction."""

    set: str
    regime: str
    direction: Direction
    method: str
    ndcg: Interval
    recall: float
    mrr: float
    seconds: float
    to_bm25: Interval | None = None
    to_best: Interval | None = None
    to_cold: Interval | None = None
    best: str = ""


Ndcg = dict[tuple[str, Direction], Float]


def measured(found: DevelopmentSet, *, quick: bool, say: Callable[[str], None]) -> Iterator[Line]:
    """Measure every method on one set, cold and, if it has outcomes, warm."""
    texts, cold = Texts(vocabulary.load(VOCABULARIES), CACHE), Ndcg()
    yield from _regime(found, "cold", found.without_outcomes, _cold(found, texts, quick), cold, say)
    if found.snapshot.outcomes:
        yield from _regime(found, "warm", found.snapshot, _warm(texts, quick), cold, say)


def _cold(found: DevelopmentSet, texts: Texts, quick: bool) -> list[Scorer]:
    labels = found.snapshot.outcomes  # the hybrid's weights may be tuned on them: a favour that ours does not get
    return [*contenders.from_the_profile(texts, labels=labels, quick=quick), *_ours()]


def _warm(texts: Texts, quick: bool) -> list[Scorer]:
    return [*contenders.with_outcomes(texts, quick=quick), *_ours()]


def _ours() -> list[Scorer]:
    return [Ours(vocabulary.load(VOCABULARIES), cache=CACHE)]


def _regime(
    found: DevelopmentSet,
    regime: str,
    snapshot: Snapshot,
    methods: Sequence[Scorer],
    cold: Ndcg,
    say: Callable[[str], None],
) -> Iterator[Line]:
    scores, seconds = {}, {}
    for method in methods:
        say(f"{found.name} {regime}: {method.name}")
        began = time.perf_counter()
        fitted = method.fit(snapshot)
        scores[method.name] = fitted.scores(found.trial.startups, found.trial.programs)
        seconds[method.name] = time.perf_counter() - began
    for question, trial, direction in _questions(found):
        judged = {method: judge(table, trial, direction) for method, table in scores.items()}
        before = cold.setdefault((question, direction), judged[OURS]["ndcg"].to_numpy())
        for line in _lines(judged, direction, seconds, before):
            yield replace(line, set=found.name, regime=regime + question)


def _questions(found: DevelopmentSet) -> Iterator[tuple[str, Trial, Direction]]:
    for direction in Direction:
        yield "", found.trial, direction
    unseen = replace(found.trial, gains=found.trial.gains * found.never_seen)
    if found.snapshot.outcomes and unseen.positives >= ENOUGH_PAIRS:
        yield ", program never seen", unseen, Direction.PROGRAMS


def _lines(
    judged: dict[str, pd.DataFrame], direction: Direction, seconds: dict[str, float], cold: Float
) -> Iterator[Line]:
    ndcg = {method: rows["ndcg"].to_numpy() for method, rows in judged.items()}
    best = max((method for method in judged if method != OURS), key=lambda method: float(ndcg[method].mean()))
    for method, rows in judged.items():
        recall, mrr = float(rows["recall"].mean()), float(rows["reciprocal_rank"].mean())
        interval = metrics.bootstrap_interval(ndcg[method], np.random.default_rng(0))
        line = Line("", "", direction, method, interval, recall, mrr, seconds[method])
        line = replace(line, to_bm25=_ratio(ndcg[method], ndcg["bm25"]))
        if method == OURS:
            to_best, to_cold = _ratio(ndcg[method], ndcg[best]), _ratio(ndcg[method], cold)
            line = replace(line, best=best, to_best=to_best, to_cold=to_cold)
        yield line


def _ratio(ours: Float, theirs: Float) -> Interval:
    """Ratio of the two means over the same queries, with its 95 % interval; infinite where `theirs` is all zero."""
    both = np.column_stack([np.asarray(ours), np.asarray(theirs)])
    return metrics.bootstrap_interval(both, np.random.default_rng(0), statistic=_ratio_of_means)


def _ratio_of_means(means: Float) -> Float:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(means[:, 1] > 0, means[:, 0] / means[:, 1], np.inf)


def table(lines: Sequence[Line]) -> Table:
    """Lay the lines out for reading."""
    found = Table(title=lines[0].set, title_justify="left")
    for heading in HEADINGS:
        found.add_column(heading, no_wrap=True)
    before = ""
    for line in lines:
        group = f"{line.regime} {line.direction}"
        if before not in ("", group):
            found.add_section()
        before = group
        found.add_row(*_cells(line), style="bold" if line.method == OURS else "")
    return found


def _cells(line: Line) -> tuple[str, ...]:
    best = f"{_shown(line.to_best)} {line.best}" if line.to_best else ""
    short = "S2P" if line.direction is Direction.PROGRAMS else "P2S"
    figures = (_shown(line.ndcg), f"{line.recall:.3f}", f"{line.mrr:.3f}")
    return (
        line.regime,
        short,
        line.method,
        *figures,
        _shown(line.to_bm25),
        best,
        _shown(line.to_cold),
        f"{line.seconds:.0f}",
    )


def _shown(interval: Interval | None) -> str:
    return f"{interval.mean:.3f} [{interval.low:.3f}, {interval.high:.3f}]" if interval else ""


def _sets(folders: Sequence[Path]) -> Iterator[DevelopmentSet]:
    for folder in folders:
        yield development.read(folder)
        if folder.name == BILINGUAL:
            yield development.pooled(folder)


def main(
    folders: Annotated[list[Path] | None, typer.Argument(help="snapshot folders with test_pairs.csv")] = None,
    quick: Annotated[bool, typer.Option(help="only the baselines that take seconds")] = False,
    out: Annotated[Path | None, typer.Option("--json", help="write every figure to this file as well")] = None,
) -> None:
    """Measure ranking quality against the baselines."""
    chosen = folders or sorted(path.parent for path in SETS.glob(f"*/{development.PAIRS}"))
    if not chosen:
        sys.exit("No development sets: name snapshot folders that hold a test_pairs.csv.")
    console, notes = Console(width=180), Console(stderr=True)
    lines: list[Line] = []
    for found in (*([] if folders else [development.proposals()]), *_sets(chosen)):
        lines += (fresh := list(measured(found, quick=quick, say=notes.print)))
        console.print(table(fresh))
    if out:
        out.write_text(json.dumps([asdict(line) for line in lines], indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
