"""One side of the catalogue, held in memory with its vectors; a change computes only what it changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from typing import Generic

import numpy as np

from model.matching.matcher import Pool
from model.vectors import Vectors, joined
from service.actions.catalogue.side import CatalogueSide
from service.actions.matching.reading import FEW, TOGETHER, Pace
from service.errors import Problem, ServiceError
from service.storage.catalogue.profiles import Record


class Ready(Generic[Record, Vectors]):
    """A side with its pool, which is made once and never changes.

    `compute` gives the pool of some records. Where `unread` is given, it tells of records whose texts take long to
    read: a pool with more than FEW of them is made in the background, and nobody waits for it.
    """

    def __init__(
        self,
        side: CatalogueSide[Record],
        compute: Callable[[Sequence[Record]], Pool[Record, Vectors]],
        earlier: Pool[Record, Vectors] | None = None,
        unread: Callable[[Sequence[Record]], Sequence[Record]] | None = None,
    ) -> None:
        self.side: CatalogueSide[Record] = side
        self._compute: Callable[[Sequence[Record]], Pool[Record, Vectors]] = compute
        self._unread: Callable[[Sequence[Record]], Sequence[Record]] | None = unread
        self._earlier: Pool[Record, Vectors] | None = earlier
        self._pool: Pool[Record, Vectors] | None = None
        self._left: Sequence[Record] | None = None
        self._most = len(side.records) - (len(earlier) if earlier else 0)
        self._lock = threading.Lock()

    @property
    def pool(self) -> Pool[Record, Vectors]:
        """Every record of the side with its vector, by id; raises ServiceError `catalogue_preparing`."""
        if not self.is_ready:
            raise ServiceError(Problem.CATALOGUE_PREPARING, left=len(self.left()), total=len(self.side.records))
        return self._pool or self.make()

    @property
    def is_made(self) -> bool:
        """The pool is there."""
        return self._pool is not None

    @property
    def is_ready(self) -> bool:
        """The pool is there, or a request may make it."""
        return self._pool is not None or len(self.left()) <= FEW

    @property
    def progress(self) -> tuple[int, int]:
        """How many of the texts that were to be read are read, as far as is known, and how many there were."""
        left = self._left
        return (0 if left is None else self._most - len(left)), self._most

    def left(self) -> Sequence[Record]:
        """The records whose texts are still to be read, as far as was told."""
        with self._lock:
            if self._left is None:
                held = {id(record) for record in self._earlier.profiles} if self._earlier else set()
                new = [record for record in self.side.records.values() if id(record) not in held]
                self._most = len(new)
                self._left = self._unread(new) if self._unread else ()
            return self._left

    def tell(self, left: Sequence[Record]) -> None:
        """Tell that only these are left to be read."""
        self._left = left

    def make(self) -> Pool[Record, Vectors]:
        """The pool, made now unless it is there."""
        with self._lock:
            if self._pool is None:
                wanted, earlier = tuple(self.side.records.values()), self._earlier
                self._pool = _renewed(earlier, wanted, self._compute) if earlier else _computed(wanted, self._compute)
                self._earlier, self._left = None, ()
            return self._pool

    def after(self, side: CatalogueSide[Record]) -> Ready[Record, Vectors]:
        """The same for a later state of the side, whose pool starts from this one's."""
        if side is self.side:
            return self
        return Ready(side, self._compute, self._pool or self._earlier, self._unread)

    def without(self, ids: Collection[str]) -> Ready[Record, Vectors]:
        """The same without some records, made at once."""
        following = self.after(self.side.after((), ids))
        following.make()
        return following


def _computed(
    records: Sequence[Record], compute: Callable[[Sequence[Record]], Pool[Record, Vectors]]
) -> Pool[Record, Vectors]:
    """The pool of some records; that of many is made by and by, so that requests go first."""
    pause = Pace()
    parts: list[Pool[Record, Vectors]] = []
    for start in range(0, max(1, len(records)), TOGETHER):
        parts.append(compute(records[start : start + TOGETHER]))
        pause()
    return parts[0] if len(parts) == 1 else Pool(tuple(records), joined([part.vectors for part in parts]))


def _renewed(
    earlier: Pool[Record, Vectors],
    wanted: tuple[Record, ...],
    compute: Callable[[Sequence[Record]], Pool[Record, Vectors]],
) -> Pool[Record, Vectors]:
    held = {id(record): row for row, record in enumerate(earlier.profiles)}
    new = _computed([record for record in wanted if id(record) not in held], compute)
    rows = held | {id(record): len(earlier) + row for row, record in enumerate(new.profiles)}
    vectors = joined([earlier.vectors, new.vectors]) if len(new) else earlier.vectors
    return Pool(wanted, vectors.rows(np.array([rows[id(record)] for record in wanted], dtype=np.int64)))
