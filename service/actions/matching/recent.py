"""The vectors of the startups that were asked for last: another question about one of them reads no text again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace

from model.domain import Startup
from model.vectors import StartupVectors
from service.storage.matching.registry import InUse

MOST = 1_000
"""About 15 kB each."""


class Recent:
    """Vectors by model version and by what the profile says, and of one with a past by who it is; the longest unused
    goes first."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, Startup], StartupVectors] = OrderedDict()
        self._lock = threading.Lock()

    def vectors(self, in_use: InUse, startup: Startup) -> StartupVectors:
        """One row: the startup's vectors, computed unless they were at hand."""
        own = startup.id if in_use.matcher.contributor(startup) >= 0 else ""
        key = in_use.name, replace(startup, id=own, name=None, name_en=None)
        with self._lock:
            kept = self._kept.pop(key, None)
        found = in_use.matcher.startup_pool([startup]).vectors if kept is None else kept
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found
