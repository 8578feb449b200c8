"""What an evaluation found, as frozen data: figures with intervals, comparisons, slices, ablation and exposure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from model.scoring.chance import Chance
from training.evaluation.judging import Direction
from training.metrics import Interval, ReliabilityPoint


class Regime(StrEnum):
    """What a method may learn from: the profiles alone, or past outcomes as well."""

    COLD = "cold"
    WARM = "warm"


@dataclass(frozen=True, slots=True)
class Figure:
    """One method in one regime and direction: ranking metrics per query, coverage and spread of its lists."""

    method: str
    regime: Regime
    direction: Direction
    ndcg: Interval
    recall: Interval
    mrr: Interval
    coverage: float
    exposure_gini: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Ours minus another method, NDCG@10 over the same queries."""

    against: str
    regime: Regime
    direction: Direction
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
class Subject:
    """What was evaluated: the snapshot, its size, the good pairs known and held back, and from which day on."""

    snapshot_digest: str
    startups: int
    programs: int
    outcomes: int
    known_pairs: int
    held_pairs: int
    cut: str | None
    seed: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of one run; without enough held-back pairs only `subject` and `exposure` say something."""

    subject: Subject
    figures: tuple[Figure, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    slices: tuple[Slice, ...] = ()
    ablations: tuple[Ablation, ...] = ()
    learning: tuple[LearningPoint, ...] = ()
    calibration: Calibration | None = None
    exposure: tuple[Exposure, ...] = ()

    @property
    def can_compare(self) -> bool:
        """Enough outcomes were held back to compare methods."""
        return bool(self.figures)

    def figure(self, method: str, regime: Regime, direction: Direction) -> Figure | None:
        """Find a method's figures."""
        wanted = (method, regime, direction)
        return next((f for f in self.figures if (f.method, f.regime, f.direction) == wanted), None)

    def as_json(self) -> dict[str, Any]:
        """Give the same as plain values for JSON."""
        return asdict(self)
