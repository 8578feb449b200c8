"""The two baselines that read no text: chance, and what was popular before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

from model.blocks.pasts import group
from model.domain import Program, Snapshot, Startup
from training.baselines.scorer import Float
from training.outcomes import positives


class Random:
    """Scores by a seeded hash of the two ids: as good as guessing, and the same on every machine."""

    name = "random"

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed

    def fit(self, snapshot: Snapshot) -> Self:  # noqa: ARG002 - chance learns nothing
        """Learn nothing."""
        return self

    def scores(self, startups: Sequence[Startup], programs: Sequence[Program]) -> Float:
        """Draw a number in [0, 1) for each pair."""
        rows, columns = self._numbers([s.id for s in startups]), self._numbers([p.id for p in programs])
        mixed = (rows[:, None] ^ (columns[None, :] * _ODD)) * _ODD
        mixed = (mixed ^ (mixed >> np.uint64(31))) * _ODD
        return np.asarray((mixed >> np.uint64(11)).astype(np.float64) / 2.0**53)

    def _numbers(self, ids: Sequence[str]) -> NDArray[np.uint64]:
        digests = [hashlib.blake2b(f"{self._seed}\0{key}".encode(), digest_size=8).digest() for key in ids]
        return np.array([int.from_bytes(digest) for digest in digests], dtype=np.uint64)


_ODD = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio: spreads neighbouring numbers (Knuth, TAOCP 6.4)


class Popularity:
    """Scores a program by the worth of its past outcomes over all its years; the same for every startup."""

    name = "popularity"

    def __init__(self) -> None:
        self._worth: dict[str, float] = {}

    def fit(self, snapshot: Snapshot) -> Self:
        """Add up the worth of past pairs by the program's family."""
        families = {program.id: group(program) for program in snapshot.programs}
        self._worth = dict.fromkeys(families.values(), 0.0)
        for (_, program_id), worth in sorted(positives(snapshot.outcomes).items()):
            self._worth[families[program_id]] += worth
        return self

    def scores(self, startups: Sequence[Startup], programs: Sequence[Program]) -> Float:
        """Repeat each program's worth for every startup."""
        row = np.array([self._worth.get(group(program), 0.0) for program in programs], dtype=np.float64)
        return np.tile(row, (len(startups), 1))
