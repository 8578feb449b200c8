"""The baseline that compares meaning: cosine of a multilingual sentence encoder's vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from sklearn.preprocessing import normalize

from model.blocks.encoder import DIMENSIONS
from model.domain import Program, Snapshot, Startup
from training.baselines.scorer import Float
from training.baselines.texts import Texts


class SentenceBaseline:
    """Cosine of the two texts' sentence vectors, each side's mean subtracted; works across Korean and English."""

    name = "sentences"

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._startup_mean = self._program_mean = np.zeros(DIMENSIONS)

    def fit(self, snapshot: Snapshot) -> Self:
        """Learn the mean of each side."""
        self._startup_mean = _mean(self._texts.encoded(snapshot.startups))
        self._program_mean = _mean(self._texts.encoded(snapshot.programs))
        return self

    def scores(self, startups: Sequence[Startup], programs: Sequence[Program]) -> Float:
        """Cosine of each pair, -1 to 1."""
        asking = _directions(self._texts.encoded(startups) - self._startup_mean)
        return asking @ _directions(self._texts.encoded(programs) - self._program_mean).T


def _mean(rows: Float) -> Float:
    return rows.mean(axis=0) if len(rows) else np.zeros(DIMENSIONS)


def _directions(rows: Float) -> Float:
    unit_rows: Float = normalize(rows) if len(rows) else rows
    return unit_rows
