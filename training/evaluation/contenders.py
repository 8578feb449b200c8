"""Which baselines a run compares with: those that read the profile alone, and those that also learn from outcomes."""

from __future__ import annotations

from collections.abc import Sequence

from model.domain import Outcome
from training.baselines.learned import Neighbours, Ridge
from training.baselines.lexical import Bm25, TfIdf
from training.baselines.scorer import Scorer
from training.baselines.semantic import SentenceBaseline
from training.baselines.simple import Popularity, Random
from training.baselines.texts import Texts
from training.evaluation.hybrid import Hybrid


def from_the_profile(texts: Texts, *, labels: Sequence[Outcome] = (), quick: bool = False) -> list[Scorer]:
    """Baselines that learn nothing from outcomes, but for the hybrid's weights, which are tuned on `labels`.

    `quick` leaves out those that take longer than seconds.
    """
    scorers: list[Scorer] = [Random(), TfIdf(texts), Bm25(texts)]
    if quick:
        return scorers
    parts: list[Scorer] = [TfIdf(texts), Bm25(texts), SentenceBaseline(texts)]
    return [*scorers, SentenceBaseline(texts), Hybrid(parts, labels=labels)]


def with_outcomes(texts: Texts, *, quick: bool = False) -> list[Scorer]:
    """Baselines for a snapshot with outcomes: the former, and those that learn from what programs took."""
    scorers: list[Scorer] = [Random(), TfIdf(texts), Bm25(texts), Popularity(), Neighbours(texts)]
    if quick:
        return scorers
    learned: list[Scorer] = [Popularity(), Neighbours(texts), Ridge(texts)]
    parts: list[Scorer] = [TfIdf(texts), Bm25(texts), SentenceBaseline(texts), *learned]
    return [*scorers, SentenceBaseline(texts), Ridge(texts), Hybrid(parts)]
