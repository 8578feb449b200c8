"""What an evaluation has measured: one row a query, and the figures that are grouped from those rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from model.scoring.chance import Chance
from training import metrics
from training.evaluation.judging import Direction
from training.evaluation.slices import FEWEST_QUERIES, GROUPS
from training.metrics import Interval, ReliabilityPoint

OURS = "ieum"
WHOLE, WITHOUT, TAUGHT, TAUGHT_BY_ALL = "whole", "without ", "taught by ", "taught by all tags"
"""Variants of a method: as it is, without a block, or after learning from a part of the good pairs."""

KEY = ["regime", "direction", "method", "variant"]


class Regime(StrEnum):
    """What a method may learn from: the profiles alone, or past outcomes as well."""

    COLD = "cold"
    WARM = "warm"


@dataclass(frozen=True, slots=True)
class EvaluationFigure:
    """One method in one regime and direction: `means` of the ranking metrics, coverage and spread of its lists."""

    method: str
    regime: Regime
    direction: Direction
    means: Mapping[str, Interval]
    coverage: float
    exposure_gini: float

    @property
    def ndcg(self) -> Interval:
        """NDCG@10, by which methods are compared."""
        return self.means["ndcg"]

    def as_json(self) -> dict[str, Any]:
        """Plain values, each metric beside the others."""
        plain = asdict(self)
        means: dict[str, Any] = plain.pop("means")
        about: dict[str, Any] = {name: plain.pop(name) for name in ("method", "regime", "direction")}
        return about | means | plain


@dataclass(frozen=True, slots=True)
class Comparison:
    """Ours minus another method, NDCG@10 over the same queries."""

    against: str
    regime: Regime
    direction: Direction
    difference: Interval


@dataclass(frozen=True, slots=True)
class OutcomesGain:
    """What outcomes add to ours: NDCG@10 with them minus without, over the same queries; `startup_past`: of which."""

    direction: Direction
    startup_past: str
    difference: Interval


@dataclass(frozen=True, slots=True)
class Slice:
    """Our NDCG@10 over a part of the queries, such as language = ko."""

    name: str
    value: str
    direction: Direction
    ndcg: Interval


@dataclass(frozen=True, slots=True)
class Ablation:
    """What leaving a block out changes: NDCG@10 without it minus with it, over the same queries."""

    block: str
    direction: Direction
    change: Interval


@dataclass(frozen=True, slots=True)
class LearningPoint:
    """Our NDCG@10 (programs for startups) after learning from a part of the past's good pairs."""

    share: float
    pairs: int
    ndcg: Interval


@dataclass(frozen=True, slots=True)
class Exposure:
    """A region's share of the startups and of the places in the programs' first ten."""

    region: str
    startups: float
    places: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far stated chances are from what came true, on first tens that the chance was not fitted on.

    `chance` is None where the error is too large to state one.
    """

    error: float
    answers: int
    points: tuple[ReliabilityPoint, ...]
    chance: Chance | None


@dataclass(frozen=True, slots=True)
class StudySubject:
    """What was evaluated: the snapshot, its size, the good pairs known and held back, and from which day on."""

    snapshot_digest: str
    startups: int
    programs: int
    outcomes: int
    known_pairs: int
    held_pairs: int
    cut: str | None
    seed: int


@dataclass(frozen=True)
class QueryRows:
    """One row for each query of each method: `KEY`, the query's place and id, its `GROUPS`, and its `METRICS`.

    `listed` holds the places of the candidates of its first ten; `candidates`, by direction, how many there were.
    """

    rows: pd.DataFrame
    candidates: dict[Direction, int]
    seed: int = 0

    def interval(self, values: Any) -> Interval:
        """The mean of some rows' values; a fresh generator, so that no figure depends on which were taken before."""
        return metrics.bootstrap_interval(values, np.random.default_rng(self.seed))

    def figures(self) -> Iterator[EvaluationFigure]:
        """Every method as it is."""
        whole = self.rows[self.rows["variant"] == WHOLE].sort_values(KEY[:2], kind="stable")
        for (regime, direction, method), rows in whole.groupby(KEY[:3], sort=False):
            means = {metric.name: self.interval(rows[metric.column]) for metric in metrics.RANKING}
            candidates = self.candidates[Direction(direction)]
            places = rows["listed"].explode().dropna().value_counts()
            gini = metrics.exposure_gini([*places, *[0] * (candidates - len(places))])
            covered = len(places) / candidates if candidates else 0.0
            yield EvaluationFigure(method, Regime(regime), Direction(direction), means, covered, gini)

    def comparisons(self) -> Iterator[Comparison]:
        """Ours against every other method, query by query."""
        whole = self.rows[self.rows["variant"] == WHOLE]
        table = whole.pivot_table("ndcg", [*KEY[:2], "query"], "method", sort=False)
        for (regime, direction), rows in table.groupby(level=KEY[:2], sort=False):
            for method in rows.columns[rows.notna().all()].drop(OURS):
                difference = self.interval(rows[OURS] - rows[method])
                yield Comparison(method, Regime(regime), Direction(direction), difference)

    def slices(self) -> Iterator[Slice]:
        """Ours with outcomes, in every group of queries that is large enough."""
        for group in GROUPS:
            for (direction, value), rows in self._ours(Regime.WARM).groupby(["direction", group], sort=True):
                if len(rows) >= FEWEST_QUERIES:
                    yield Slice(group, value, Direction(direction), self.interval(rows["ndcg"]))

    def ablations(self) -> Iterator[Ablation]:
        """Ours without each block minus ours, query by query."""
        for variant in self._variants.columns:
            if variant.startswith(WITHOUT):
                yield from self._changes(variant, variant.removeprefix(WITHOUT))

    def teaching(self) -> Iterator[Ablation]:
        """What learning from place, stage and language too would change, query by query."""
        if TAUGHT_BY_ALL in self._variants:
            yield from self._changes(TAUGHT_BY_ALL, TAUGHT_BY_ALL)

    @cached_property
    def _variants(self) -> pd.DataFrame:
        ours = self.rows[(self.rows["method"] == OURS) & (self.rows["regime"] == Regime.WARM)]
        return ours.pivot_table("ndcg", ["direction", "query"], "variant", sort=False)

    def _changes(self, variant: str, name: str) -> Iterator[Ablation]:
        for direction, rows in self._variants.groupby(level="direction", sort=False):
            yield Ablation(name, Direction(direction), self.interval(rows[variant] - rows[WHOLE]))

    def outcomes_gains(self) -> Iterator[OutcomesGain]:
        """Ours with outcomes minus ours without, for all queries and for startups with and without a past."""
        warm, cold = (self._ours(regime).set_index(["direction", "query"]) for regime in (Regime.WARM, Regime.COLD))
        joined = warm.join(cold["ndcg"].rename("cold"), how="inner")
        gains = joined.assign(gain=joined["ndcg"] - joined["cold"])
        for direction, rows in gains.groupby(level="direction", sort=False):
            yield OutcomesGain(Direction(direction), "all", self.interval(rows["gain"]))
        for (direction, past), rows in gains.groupby(["direction", "startup_past"], sort=True):
            yield OutcomesGain(Direction(direction), past, self.interval(rows["gain"]))

    def _ours(self, regime: Regime) -> pd.DataFrame:
        rows = self.rows
        return rows[(rows["method"] == OURS) & (rows["variant"] == WHOLE) & (rows["regime"] == regime)]

    def csv(self) -> str:
        """The rows for analysts, without the lists."""
        return str(self.rows.drop(columns="listed").to_csv(index=False, lineterminator="\n"))


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of one run; without enough held-back pairs only `subject` and `exposure` say something."""

    subject: StudySubject
    figures: tuple[EvaluationFigure, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    slices: tuple[Slice, ...] = ()
    ablations: tuple[Ablation, ...] = ()
    teaching: tuple[Ablation, ...] = ()
    outcomes_gains: tuple[OutcomesGain, ...] = ()
    learning: tuple[LearningPoint, ...] = ()
    calibration: Calibration | None = None
    exposure: tuple[Exposure, ...] = ()
    queries: QueryRows | None = field(default=None, compare=False, repr=False)

    @property
    def can_compare(self) -> bool:
        """Enough outcomes were held back to compare methods."""
        return bool(self.figures)

    def figure(self, method: str, regime: Regime, direction: Direction) -> EvaluationFigure | None:
        """Find a method's figures."""
        wanted = (method, regime, direction)
        return next((f for f in self.figures if (f.method, f.regime, f.direction) == wanted), None)

    def as_json(self) -> dict[str, Any]:
        """Give the same as plain values for JSON, without the rows."""
        plain = asdict(replace(self, queries=None))
        del plain["queries"]
        return plain | {"figures": [figure.as_json() for figure in self.figures]}
