"""Scores to ranked lists to figures: one row a query, from either side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.domain import Program, Startup
from training import metrics, splits
from training.outcomes import gains
from training.splits import Split

Float = NDArray[np.float64]
Mask = NDArray[np.bool_]

TOP = 10
METRICS = tuple(metric.column for metric in metrics.RANKING)


class Direction(StrEnum):
    """Who asks: a startup for programs, or a program for startups."""

    PROGRAMS = "programs_for_startups"
    STARTUPS = "startups_for_programs"


@dataclass(frozen=True)
class Trial:
    """Startups and programs to be ranked for each other, and the pairs that are known to be good.

    `gains`: (n, m), the worth of each known good pair, else 0. `allowed`: (n, m), False for a pair that stands in
    no list: another year's program, or one of a family of which something was known before.
    """

    startups: tuple[Startup, ...]
    programs: tuple[Program, ...]
    gains: Float
    allowed: Mask

    @property
    def positives(self) -> int:
        """How many known good pairs can be found."""
        return int(((self.gains > 0) & self.allowed).sum())


MOST_QUERIES = 2_000
"""Startups that a trial asks for at most; more narrow the intervals by less than they cost."""


def trial_of(split: Split, *, seed: int = 0, most: int = MOST_QUERIES) -> Trial:
    """Ask for the startups of which something became known later: which programs of the same years took them?

    A program of another year was not open then; one without a year always stands in the list. What is served is
    judged: a pair that the past makes no question (`KnownPairs.questions`) stands in no list.
    """
    asked = {startup_id for startup_id, _ in split.asked}
    chosen = sorted(asked, key=lambda startup_id: splits.startup_number(startup_id, seed))[:most]
    startups = tuple(startup for startup in split.past.startups if startup.id in frozenset(chosen))
    programs = tuple(program for program in split.past.programs if program.is_ranked)
    met = gains(startups, programs, dict.fromkeys(split.asked, 1.0)) > 0
    years = np.array([program.year or 0 for program in programs])
    asked_years = [set(years[row]) for row in met]
    open_then = [
        np.isin(years, [*years_asked, 0]) if 0 not in years_asked else np.ones(len(years), bool)
        for years_asked in asked_years
    ]
    allowed = np.array(open_then, bool).reshape(met.shape) & split.known.questions(startups, programs)
    return Trial(startups, programs, gains(startups, programs, split.held), allowed)


def judge(scores: Float, trial: Trial, direction: Direction, *, top: int = TOP) -> pd.DataFrame:
    """Rank by `scores`, (n, m), for every query with a known good candidate; equal scores stand in order of id.

    One row a query: `query`, its place among the trial's startups or programs, the metrics of the first `top`, and
    `listed`, the places of those candidates.
    """
    rows = [
        (query, *(metric.of(gains[ranked], top) for metric in metrics.RANKING), tuple(ranked[:top].tolist()))
        for query, ranked, gains in rankings(scores, trial, direction)
        if gains[ranked].any()
    ]
    return pd.DataFrame(rows, columns=["query", *METRICS, "listed"])


def rankings(scores: Float, trial: Trial, direction: Direction) -> Iterator[tuple[int, NDArray[np.int64], Float]]:
    """Yield each query's place, its candidates' places in rank order, and the gains of all candidates."""
    by_startup = direction is Direction.PROGRAMS
    table, gains, allowed = (t if by_startup else t.T for t in (scores, trial.gains, trial.allowed))
    by_id = places_by_id(trial.programs if by_startup else trial.startups)
    for query in range(len(table)):
        candidates = by_id[allowed[query, by_id]]
        yield query, candidates[np.argsort(-table[query, candidates], kind="stable")], gains[query]


def places_by_id(profiles: Sequence[Startup] | Sequence[Program]) -> NDArray[np.int64]:
    """Places of the profiles in order of their ids, (n,), by which ties are broken."""
    return np.array(sorted(range(len(profiles)), key=lambda place: profiles[place].id), dtype=np.int64)
