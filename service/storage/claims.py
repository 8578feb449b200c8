"""Names that one block at a time holds among all processes; whatever becomes of its process, the name is let go."""

from __future__ import annotations

import fcntl
import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, func, select


class ClaimedError(Exception):
    """Another block holds the name."""


class FileClaims:
    """Names held beside a SQLite file, each as one locked byte of another file: the kernel unlocks what a killed
    process held. Without a file (a database in memory) names are held in this process alone.

    Such locks belong to a process, so its own threads are told apart here.
    """

    def __init__(self, file: Path | None) -> None:
        self._file, self._opened = file, -1
        self._held: set[int] = set()
        self._lock = threading.Lock()

    @contextmanager
    def held(self, name: str) -> Iterator[None]:
        """Hold a name for the length of a block; raises ClaimedError."""
        place = _number(name) >> 1  # an offset in a file has 63 bits
        with self._lock:
            if place in self._held:
                raise ClaimedError(name)
            if self._file is not None:
                if self._opened < 0:
                    self._opened = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                try:
                    fcntl.lockf(self._opened, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
                except BlockingIOError:
                    raise ClaimedError(name) from None
            self._held.add(place)
        try:
            yield
        finally:
            with self._lock:
                self._held.discard(place)
                if self._file is not None:
                    fcntl.lockf(self._opened, fcntl.LOCK_UN, 1, place)

    def close(self) -> None:
        """Close the file; call when no name is held."""
        with self._lock:
            if self._opened >= 0:
                os.close(self._opened)
            self._opened = -1


def hold(connection: Connection, name: str) -> None:
    """Hold a name in PostgreSQL until the transaction ends or its connection breaks; raises ClaimedError."""
    number = _number(name) - (1 << 63)  # PostgreSQL's are signed
    if not connection.scalar(select(func.pg_try_advisory_xact_lock(number))):
        raise ClaimedError(name)


def _number(name: str) -> int:
    """Sixty-four bits of a digest: two names in flight that share them would be told to wait, nothing worse."""
    return int.from_bytes(hashlib.sha256(f"ieum {name}".encode()).digest()[:8])
