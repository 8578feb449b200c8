"""A matcher that only compares words: quick to fit, and it passes the same contract as ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from model.domain import Program, Snapshot, Startup
from tests.support import bundled
from training.baselines import Neighbours, Texts, TfIdf
from training.baselines.scorer import Float
from training.evaluation import Ours

TEXTS = Texts(bundled.vocabularies())
BLOCKS = ("words", "track_record")


@dataclass(frozen=True)
class Plain(Ours):
    """Words plus past participants; `sign` -1 turns it into the worst matcher there is."""

    sign: float = 1.0
    kept: tuple[str, ...] = BLOCKS
    parts: dict[str, TfIdf | Neighbours] = field(default_factory=dict)

    def fit(self, snapshot: Snapshot) -> Self:
        """Fit both parts."""
        return replace(
            self, parts={"words": TfIdf(TEXTS).fit(snapshot), "track_record": Neighbours(TEXTS).fit(snapshot)}
        )

    def scores(self, startups: Sequence[Startup], programs: Sequence[Program]) -> Float:
        """Sum the kept parts, in units of a score."""
        found = [self.parts[block].scores(startups, programs) for block in self.kept]
        total = np.add.reduce(found) if found else np.zeros((len(startups), len(programs)))
        return np.rint(500_000 + self.sign * 100_000 * np.tanh(total))

    def without(self, block: str) -> Self:
        """Leave one part out."""
        return replace(self, kept=tuple(name for name in self.kept if name != block))

    @property
    def is_fitted(self) -> bool:
        """There are parts to ask."""
        return bool(self.parts)

    @property
    def blocks(self) -> tuple[str, ...]:
        """Both parts."""
        return BLOCKS
