"""Counts that all workers of one machine share, without a lock between them and without a server."""

from __future__ import annotations

import mmap
import os
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b

CELLS = 16_384
ROWS = 16
_WORD = 8


class Counters:
    """Counts by name and minute of a clock that nobody sets, in memory that is made before the workers are forked.

    Each process adds only to its own row, so nothing is lost to a race, and sums over all rows. Two names may share a
    cell (one pair in 16,384): then they share a budget, never more. A process that was forked after 15 others shares
    its row with an earlier one; a count may then be missed, never invented.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic, seconds: int = 60) -> None:
        self._now, self._seconds = now, seconds
        # Anonymous shared memory: all workers count in the same cells, without a server beside them.
        self._words = memoryview(mmap.mmap(-1, CELLS * ROWS * _WORD)).cast("Q")
        self._seed = os.urandom(16)
        # One lock a process: each has a row of its own, so processes never write the same word.
        self._lock = threading.Lock()
        self._row = 0
        self._forks = 0
        self.cell = lru_cache(maxsize=8_192)(self._cell)
        os.register_at_fork(before=self._before_fork, after_in_child=self._in_child)

    def add(self, name: str) -> int:
        """Count one more, and tell how many there are in this minute."""
        start, minute = self.cell(name), self._minute()
        own = start + self._row
        with self._lock:
            word = self._words[own]
            # Minute and count in one word, which is written at once: a reader never sees one without the other.
            self._words[own] = word + 1 if word >> 32 == minute else (minute << 32) + 1
        return self._sum(start, minute)

    def count(self, name: str) -> int:
        """How many there are in this minute."""
        return self._sum(self.cell(name), self._minute())

    def seconds_left(self) -> int:
        """How long until the next minute begins."""
        return self._seconds - int(self._now()) % self._seconds

    def _sum(self, start: int, minute: int) -> int:
        words = self._words[start : start + ROWS].tolist()
        return sum(word & 0xFFFFFFFF for word in words if word >> 32 == minute)

    def _minute(self) -> int:
        return int(self._now()) // self._seconds

    def _cell(self, name: str) -> int:
        # Keyed, so that nobody can choose addresses that share a cell with somebody else's.
        digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8, key=self._seed).digest()
        return int.from_bytes(digest) % CELLS * ROWS

    def _before_fork(self) -> None:
        self._forks += 1

    def _in_child(self) -> None:
        self._row = self._forks % ROWS
        self._lock = threading.Lock()
