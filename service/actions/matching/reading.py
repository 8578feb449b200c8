"""Read the startups' texts ahead of the requests that need them: a little at a time, once on a machine, and keep it."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import numpy as np

from model.artifact import versions
from model.domain import Startup
from model.matching.content import content
from model.matching.matcher import Matcher, StartupPool
from model.vectors import StartupVectors, joined
from service.storage.matching.vector_files import VectorFiles
from service.telemetry import log

TOGETHER = 64
"""Texts that are read at once: about half a second of one core."""

FEW = 24
"""Texts that a request may read itself: less than half a second."""

STALE_SHARE = 0.05
"""From here on what no startup says any more is cleared out of the files."""

WAIT_SECONDS = 0.5
WORK_SECONDS, REST_SECONDS = 0.002, 0.008


class Pace:
    """Rests between pieces of work of a few milliseconds, so that requests of the same process go first."""

    def __init__(self) -> None:
        self._until = time.monotonic() + WORK_SECONDS

    def __call__(self) -> None:
        """Rest, if it is time to."""
        if time.monotonic() > self._until:
            time.sleep(REST_SECONDS)
            self._until = time.monotonic() + WORK_SECONDS


class TextReading:
    """One model's reading of texts; `files` is None where nothing is kept. Several threads may ask."""

    def __init__(self, matcher: Matcher, files: VectorFiles | None = None) -> None:
        self._matcher, self._files = matcher, files
        self._parts: list[StartupVectors] = []
        self._places: dict[str, tuple[int, int]] = {}
        self._names: dict[int, tuple[Startup, str]] = {}
        self._followed: int | None = None
        self._has_looked = False
        self._lock = threading.Lock()

    def read_for_all(self) -> None:
        """Be in the process that reads for all of the machine; others wait for what it writes."""
        if self._files is not None:
            self._files.is_reader = True

    def unread(self, startups: Sequence[Startup]) -> list[Startup]:
        """The startups whose texts neither the model's own snapshot nor a file knows."""
        left = self._missing(startups)
        # The files of a large catalogue take a second to read: not for the sake of a few texts.
        if (len(left) > FEW or not self._has_looked) and self._look():
            return self._missing(left)
        return left

    def _missing(self, startups: Sequence[Startup]) -> list[Startup]:
        pause, left = Pace() if len(startups) > FEW else None, []
        for startup in startups:
            if pause:
                pause()
            name = self._name(startup)
            if name not in self._places and self._matcher.fitted_row(startup, name) is None:
                left.append(startup)
        return left

    def ahead(self, startups: Sequence[Startup], until: float) -> list[Startup]:
        """Read some of these until a moment of the monotonic clock; gives those that are still unread.

        While another process of this machine reads, its files are waited for.
        """
        left = list(startups)
        while left:
            try:
                if self._files is None:
                    left = self._read(left)
                else:
                    with self._files.alone():
                        left = self._read(left)
                        while left and time.monotonic() < until:
                            left = self._read(left)
            except versions.Held:
                time.sleep(WAIT_SECONDS)
                if self._look():
                    left = [startup for startup in left if self._name(startup) not in self._places]
            except OSError as error:
                log.logger().warning("vectors_not_kept", reason=type(error).__name__)
                self._files = None
            if time.monotonic() >= until:
                break
        return left

    def pool(self, startups: Sequence[Startup]) -> StartupPool:
        """The startups with their vectors; what is still unread is read now."""
        return self._matcher.startup_pool(startups, self._gathered, self._name)

    def has_followed(self, erasures: int) -> bool:
        """Tell whether what is kept is free of everybody who was erased up to a count."""
        return self._files is None or self._followed == erasures

    def settle(self, startups: Sequence[Startup], erasures: int, *, at_once: bool) -> None:
        """Once a pool is made: hold nothing twice, and clear out what no startup says any more.

        That waits until there is much of it, unless it shall be gone `at_once`, or somebody was erased since it was
        last done, be it while no service ran.
        """
        is_behind = self._files is not None and self._files.erasures() != erasures
        wanted = {self._name(startup) for startup in startups} if self._places or is_behind else set()
        with self._lock:
            names, self._places, self._parts = set(self._places), {}, []
            self._names.clear()
        if self._files is None:
            return
        self._files.forget()
        stale = len(names - wanted)
        try:
            if is_behind or (stale and (at_once or stale > STALE_SHARE * len(names))):
                with self._files.alone():
                    self._files.keep_only(wanted)
                    if is_behind:
                        self._files.follow(erasures)
                self._files.forget()
        except versions.Held:  # another process is at it; it follows for this one too
            return
        except OSError as error:
            log.logger().warning("vectors_not_kept", reason=type(error).__name__)
        self._followed = erasures

    def _gathered(self, startups: Sequence[Startup]) -> StartupVectors:
        """Vectors by content, in order: those at hand, and the others read now."""
        names = [self._name(startup) for startup in startups]
        if sum(name not in self._places for name in names) > FEW:
            self._look()
        with self._lock:
            places = [self._places.get(name) for name in names]
            parts = list(self._parts)
        new = [row for row, place in enumerate(places) if place is None]
        vectors: list[StartupVectors] = []
        order: list[int] = []
        by_part: dict[int, list[tuple[int, int]]] = {}
        for row, place in enumerate(places):
            if place is not None:
                by_part.setdefault(place[0], []).append((row, place[1]))
        for number, rows in by_part.items():
            vectors.append(parts[number].rows(np.array([inner for _, inner in rows], np.int64)))
            order += [row for row, _ in rows]
        if new or not vectors:
            vectors.append(self._matcher.read(tuple(startups[row] for row in new)))
            order += new
        return joined(vectors).rows(np.argsort(np.array(order, np.int64), kind="stable"))

    def _name(self, startup: Startup) -> str:
        """What a startup says, in short: asked for again and again while many are read, so worked out once."""
        known = self._names.get(id(startup))
        if known is None or known[0] is not startup:
            known = self._names[id(startup)] = startup, content(startup)
        return known[1]

    def _look(self) -> bool:
        """Take in what other processes have kept; tells whether there was anything."""
        has_new, pause, self._has_looked = False, Pace(), True
        for keys, vectors in self._files.new() if self._files else ():
            self._hold(keys, vectors)
            has_new = True
            pause()
        return has_new

    def _read(self, startups: list[Startup]) -> list[Startup]:
        """Read the first few; gives the others."""
        some = startups[:TOGETHER]
        keys, vectors = [self._name(startup) for startup in some], self._matcher.read(some)
        self._hold(keys, vectors)
        if self._files is not None:
            self._files.add(keys, vectors)
        return startups[TOGETHER:]

    def _hold(self, keys: Sequence[str], vectors: StartupVectors) -> None:
        with self._lock:
            self._parts.append(vectors)
            self._places |= {key: (len(self._parts) - 1, row) for row, key in enumerate(keys)}
