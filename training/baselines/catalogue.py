"""Which baselines a run compares with: those that read the profile alone, and those that also learn from outcomes."""

from __future__ import annotations

from training.baselines.lexical import Bm25, TfIdf
from training.baselines.scorer import Scorer
from training.baselines.semantic import Sentences
from training.baselines.simple import Popularity, Random
from training.baselines.texts import Texts


def from_the_profile(texts: Texts, *, quick: bool = False) -> list[Scorer]:
    """Baselines that need no outcomes; `quick` leaves out those that take longer than seconds."""
    found: list[Scorer] = [Random(), TfIdf(texts), Bm25(texts)]
    return found if quick else [*found, Sentences(texts)]


def with_outcomes(texts: Texts, *, quick: bool = False) -> list[Scorer]:
    """The same, and those that learn from past outcomes."""
    return [*from_the_profile(texts, quick=quick), Popularity()]
