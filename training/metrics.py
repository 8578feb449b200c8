"""How good a ranking is, how evenly it treats the catalogue and how sure each figure is: one metric, one function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Float = NDArray[np.float64]

RESAMPLES = 2_000
LEVEL = 0.95
DRAWN_AT_ONCE = 1_000_000
"""Queries drawn in one step of a bootstrap; it bounds the memory, not the result's meaning."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the bounds between which it lies at the stated level, by the percentile bootstrap."""

    mean: float
    low: float
    high: float
    queries: int

    @property
    def is_below_zero(self) -> bool:
        """The whole interval lies below zero: a difference that is not chance."""
        return self.high < 0.0


def recall_at_k(gains: ArrayLike, k: int) -> float:
    """Share of the good candidates that stand among the first k.

    `gains`: every candidate's worth in rank order, (m,), 0 for one that is not known to be good.

    >>> recall_at_k([0, 1, 0, 1], k=2)
    0.5
    """
    good = np.asarray(gains) > 0
    total = int(good.sum())
    return float(good[:k].sum()) / total if total else 0.0


def ndcg_at_k(gains: ArrayLike, k: int) -> float:
    """Gain of the first k, each discounted by log2(1 + rank), as a share of the best order's.

    Järvelin and Kekäläinen, 2002. `gains` as in `recall_at_k`; a rank-3 hit is worth 1 / log2(4) = 0.5.

    >>> ndcg_at_k([0, 0, 1], k=10)
    0.5
    """
    worth = np.asarray(gains, dtype=np.float64)
    best = discounted(-np.sort(-worth), k)
    return discounted(worth, k) / best if best else 0.0


def discounted(gains: Float, k: int) -> float:
    """Sum of the first k gains, each divided by log2(1 + rank).

    >>> discounted(np.array([1.0, 0.0, 1.0]), k=3)
    1.5
    """
    first = gains[:k]
    return float((first / np.log2(np.arange(2, len(first) + 2))).sum())


def reciprocal_rank(gains: ArrayLike) -> float:
    """One over the rank of the first good candidate; 0 when there is none. Its mean is the MRR.

    >>> reciprocal_rank([0, 1, 1])
    0.5
    """
    hits = np.flatnonzero(np.asarray(gains) > 0)
    return 1.0 / (int(hits[0]) + 1) if len(hits) else 0.0


@dataclass(frozen=True, slots=True)
class RankingMetric:
    """A figure of one ranked list: what rows and reports call it, and how it is worked out of gains and a length."""

    column: str
    name: str
    of: Callable[[ArrayLike, int], float]


RANKING = (
    RankingMetric("ndcg", "ndcg", ndcg_at_k),
    RankingMetric("recall", "recall", recall_at_k),
    RankingMetric("reciprocal_rank", "mrr", lambda gains, _: reciprocal_rank(gains)),
)
"""What every query is judged by, the first one with its interval; `report/wording.py` says what readers call each."""


def exposure_gini(places: ArrayLike) -> float:
    """How unevenly the places in the lists are spread over the catalogue: 0 all alike, towards 1 one takes all.

    `places`: for each candidate of the catalogue, how often it was listed; 0 counts as well.

    >>> exposure_gini([3, 3, 3])
    0.0
    >>> exposure_gini([0, 4])
    0.5
    """
    rising = np.sort(np.asarray(places, dtype=np.float64))
    total, count = float(rising.sum()), len(rising)
    if not total:
        return 0.0
    order = np.arange(1, count + 1)
    return float(2.0 * (order * rising).sum() / (count * total) - (count + 1) / count)


def expected_calibration_error(chances: ArrayLike, came_true: ArrayLike, bins: int = 10) -> float:
    """Mean distance between stated chance and observed rate over equal-width bins, weighted by their size.

    Guo et al., 2017. Both arrays (n,); chances 0-1.

    >>> expected_calibration_error([0.25, 0.25, 0.25, 0.25], [1, 1, 0, 0])
    0.25
    """
    points = reliability(chances, came_true, bins)
    total = sum(point.count for point in points)
    return sum(abs(point.stated - point.observed) * point.count for point in points) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class ReliabilityPoint:
    """The answers of one bin: the mean stated chance, the observed rate and how many there are."""

    stated: float
    observed: float
    count: int


def reliability(chances: ArrayLike, came_true: ArrayLike, bins: int = 10) -> tuple[ReliabilityPoint, ...]:
    """Group answers by stated chance into equal-width bins; empty bins are left out.

    >>> reliability([0.1, 0.9], [0, 1], bins=2)[1]
    ReliabilityPoint(stated=0.9, observed=1.0, count=1)
    """
    stated, observed = np.asarray(chances, dtype=np.float64), np.asarray(came_true, dtype=np.float64)
    places = np.minimum((stated * bins).astype(int), bins - 1)
    members = [places == place for place in range(bins)]
    return tuple(
        ReliabilityPoint(float(stated[m].mean()), float(observed[m].mean()), int(m.sum())) for m in members if m.any()
    )


def bootstrap_interval(
    values: ArrayLike,
    rng: np.random.Generator,
    *,
    statistic: Callable[[Float], Float] = lambda means: means[:, 0],
    resamples: int = RESAMPLES,
) -> Interval:
    """Mean of per-query values with its 95 % percentile bootstrap interval; queries are drawn with replacement.

    `values`: (queries,), or (queries, columns) with a `statistic` of the column means, (resamples, columns).

    >>> bootstrap_interval([0.5, 0.5, 0.5], np.random.default_rng(0)).low
    0.5
    """
    sample = np.asarray(values, dtype=np.float64)
    table = sample if sample.ndim == 2 else sample[:, None]
    count = len(table)
    if not count:
        return Interval(0.0, 0.0, 0.0, 0)
    part = max(1, DRAWN_AT_ONCE // count)  # some resamples at a time, so that memory stays bounded
    sizes = [min(part, resamples - start) for start in range(0, resamples, part)]
    means = [table[rng.integers(0, count, (size, count))].mean(axis=1) for size in sizes]
    drawn = statistic(np.concatenate(means))
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], method="nearest")
    return Interval(float(statistic(table.mean(axis=0)[None, :])[0]), float(low), float(high), count)


def paired_interval(ours: ArrayLike, theirs: ArrayLike, rng: np.random.Generator) -> Interval:
    """Mean difference `ours - theirs` over the same queries, with its 95 % interval.

    >>> paired_interval([1.0, 0.5], [0.5, 0.0], np.random.default_rng(0)).mean
    0.5
    """
    return bootstrap_interval(np.subtract(ours, theirs), rng)
