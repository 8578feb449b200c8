"""Profiles of one side with their vectors, ready to be ranked and explained."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from model.domain import Program, Startup
from model.eligibility import JudgedSide
from model.explanation import PairSide
from model.vectors import ProgramVectors, StartupVectors, joined
from model.vectors.vectoriser import Vectoriser

Profile = TypeVar("Profile", Startup, Program)
SideVectors = TypeVar("SideVectors", StartupVectors, ProgramVectors)

BATCH = 2_000
"""Profiles that are read or cut out at a time, which bounds the memory for it."""

MOST_SIDES = 128
"""Programs of a pool that stay ready to be explained; each takes about 100 kB."""


@dataclass(frozen=True, eq=False)
class Pool(Generic[Profile, SideVectors]):
    """Profiles of one side with their vectors, row by row."""

    profiles: tuple[Profile, ...]
    vectors: SideVectors

    def __len__(self) -> int:
        return len(self.profiles)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The profiles' ids, in row order."""
        return tuple(profile.id for profile in self.profiles)

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Each profile's row, by its id."""
        return {profile.id: row for row, profile in enumerate(self.profiles)}

    def part(self, ids: Sequence[str]) -> Pool[Profile, SideVectors]:
        """Some of the profiles, in the order of their ids."""
        rows = [self.row_of[identifier] for identifier in ids]
        return Pool(tuple(self.profiles[row] for row in rows), self.vectors.rows(np.array(rows, np.int64)))

    @cached_property
    def judged(self) -> JudgedSide[Profile]:
        """The profiles as the ledger takes them again and again."""
        return JudgedSide(self.profiles)

    @cached_property
    def ranked(self) -> NDArray[np.bool_]:
        """Which of the programs stand in lists, (m,); references do not."""
        return np.array([isinstance(profile, Program) and profile.is_ranked for profile in self.profiles], bool)

    @cached_property
    def _sides(self) -> LRUCache[int, PairSide[Profile, SideVectors]]:
        return LRUCache(MOST_SIDES)

    def side(self, vectoriser: Vectoriser, vectors: SideVectors, row: int) -> PairSide[Profile, SideVectors]:
        """A profile to be explained, with what was worked out of it before; `vectors`: the pool's as of some day."""
        with _SIDES_LOCK:
            side = self._sides.get(row)
            if side is None or side.vectoriser is not vectoriser or side.vectors is not vectors:
                last = next(iter(self._sides.values()), None)
                if last is not None and last.vectors is not vectors:  # of another day, whose vectors it would hold
                    self._sides.clear()
                side = self._sides[row] = PairSide(vectoriser, self.profiles[row], vectors, row)
            return side


_SIDES_LOCK = Lock()

StartupPool = Pool[Startup, StartupVectors]
ProgramPool = Pool[Program, ProgramVectors]


def assembled(
    fitted: Sequence[int | None],
    profiles: Sequence[Profile],
    stored: SideVectors,
    compute: Callable[[Sequence[Profile]], SideVectors],
) -> SideVectors:
    """Gather fitted rows from the stored vectors and compute the others, in the profiles' order."""
    new = [i for i, row in enumerate(fitted) if row is None]
    parts = [compute([profiles[i] for i in new[start : start + BATCH]]) for start in range(0, len(new), BATCH)]
    if len(new) < len(profiles) or not new:
        rows = [row for row in fitted if row is not None]
        # One startup's row, as each answer asks for, is cut out in half the time.
        parts.insert(0, stored.rows(slice(rows[0], rows[0] + 1) if len(rows) == 1 else np.array(rows, int)))
    if len(parts) == 1:
        return parts[0]
    order = np.argsort(np.array([i for i, row in enumerate(fitted) if row is not None] + new, int), kind="stable")
    return joined(parts).rows(order)
