"""Kinds of work that take long: each with a bound of its own in every worker, beyond which it is refused at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import StrEnum

from service.errors import Problem, ServiceError


class Work(StrEnum):
    """What a request takes time for; most take none worth naming."""

    BATCH = "batch"
    PROFILE = "profile"
    REPLAY = "replay"
    ROUND = "round"
    IMPORT = "import"
    EXPORT = "export"
    CHECK = "check"
    PORTAL = "portal"


BOUNDS = {
    Work.BATCH: 2,
    Work.PROFILE: 2,
    Work.REPLAY: 1,
    Work.ROUND: 1,
    Work.IMPORT: 1,
    Work.EXPORT: 1,
    Work.CHECK: 1,
    Work.PORTAL: 2,
}
"""How many requests of a kind one worker has in work at once."""

MOST_COMPUTING = 3
"""The same of all kinds together that compute: more of them would only share the interpreter's one lock."""

THREADS = MOST_COMPUTING + BOUNDS[Work.PORTAL]
"""Threads that a worker needs beside those for what is answered quickly."""


class WorkBounds:
    """What one worker has in work at present."""

    def __init__(self) -> None:
        self._running = dict.fromkeys(Work, 0)
        self._lock = threading.Lock()

    def begin(self, work: Work) -> Callable[[], None]:
        """Begin a piece of work, and hand back what to call when it has ended; raises ServiceError `too_busy`."""
        with self._lock:
            # Waiting for the portal takes no processor, so it is bounded apart.
            computing = sum(count for kind, count in self._running.items() if kind is not Work.PORTAL)
            is_full = work is not Work.PORTAL and computing >= MOST_COMPUTING
            if is_full or self._running[work] >= BOUNDS[work]:
                raise ServiceError(Problem.TOO_BUSY)
            self._running[work] += 1
        ended = threading.Event()

        def end() -> None:
            with self._lock:
                if not ended.is_set():  # a stream may be closed by its reader and by its end
                    ended.set()
                    self._running[work] -= 1

        return end
