"""What every method that scores pairs must offer, ours included, so that one evaluation serves all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from model.domain import Program, Snapshot, Startup

Float = NDArray[np.float64]


class Scorer(Protocol):
    """A method that learns from a snapshot and then scores any startups with any programs."""

    name: str

    def fit(self, snapshot: Snapshot) -> Self:
        """Learn from a snapshot, with or without outcomes, and give the fitted method; nothing of before is kept."""

    def scores(self, startups: Sequence[Startup], programs: Sequence[Program]) -> Float:
        """Score every pair, (n, m) float64, finite, the higher the better; a pair's score depends on no other pair."""
