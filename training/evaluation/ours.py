"""Our matcher behind the contract that every baseline passes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np

from model.domain import Program, Snapshot, Startup
from model.matcher import Matcher
from model.vocabulary import Vocabulary
from training.baselines.scorer import Float


class Ours:
    """Fits a matcher, or takes a fitted one, and reads its score plane."""

    name = "ieum"

    def __init__(
        self, vocabulary: Vocabulary, *, seed: int = 0, cache: Path | None = None, matcher: Matcher | None = None
    ) -> None:
        self._vocabulary, self._seed, self._cache = vocabulary, seed, cache
        self.matcher = matcher

    def fit(self, snapshot: Snapshot) -> Self:
        """Fit a new matcher on the snapshot."""
        self.matcher = Matcher.fit(snapshot, self._vocabulary, seed=self._seed, cache=self._cache)
        return self

    def scores(self, startups: Sequence[Startup], programs: Sequence[Program]) -> Float:
        """Score every pair in units of 0.0001 point."""
        assert self.matcher is not None, "fit first"
        plane = self.matcher.plane(self.matcher.startup_pool(startups), self.matcher.program_pool(programs))
        return np.asarray(plane.units, dtype=np.float64)
