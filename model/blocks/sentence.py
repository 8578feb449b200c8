"""Language-free meaning: texts of any language by what they say, as the sentence encoder reads them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.blocks.encoder import DIMENSIONS
from model.blocks.exact import Float
from model.blocks.meaning import centred, directions


@dataclass(frozen=True, slots=True)
class Sentences:
    """M: cosine of the encoded texts, each side's mean subtracted."""

    startup_mean: Float
    program_mean: Float

    @classmethod
    def fit(cls, startups: Float, programs: Float) -> Sentences:
        """Take each side's mean of encoded texts, (n, 512) and (m, 512)."""
        return cls(_mean(startups), _mean(programs))

    def startups(self, encoded: Float) -> Float:
        """Unit rows, (n, 512)."""
        return centred(encoded, self.startup_mean)

    def programs(self, encoded: Float) -> Float:
        """Unit rows, (m, 512)."""
        return centred(encoded, self.program_mean)


def _mean(rows: Float) -> Float:
    present = np.linalg.norm(rows, axis=1) > 0
    return directions(rows[present]).mean(axis=0) if present.any() else np.zeros(DIMENSIONS)
