"""Keep the access log: noted in memory, written every second and at the end; a change waits until it is written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from multiprocessing.util import Finalize
from typing import NamedTuple, TypeAlias

from service.errors import ServiceError
from service.storage.access.accesses import Access, Accesses
from service.storage.access.keys import Keys
from service.storage.database import Database
from service.storage.records.periods import ALWAYS, Period
from service.telemetry import log

FLUSH_SECONDS = 1.0
MOST_PENDING = 5_000
"""How many different entries wait at most; whoever brings one more writes them all first."""
PAGE = 1_000


class Visit(NamedTuple):
    """One request: who, by which credential, from where, for which task, to whose record, with which result."""

    actor: str
    credential: str
    address: str
    task: str
    subject: str
    status: int


Pending: TypeAlias = dict[tuple[Visit, int], tuple[datetime, int, str]]
"""By visit and second: when the first came, how many came, and the first one's request id."""


class AccessLog:
    """Writes from one thread of each process. A crash loses at most the last second of reading; of changes nothing."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock
        self._accesses, self._keys = Accesses(), Keys()
        self._pending: Pending = {}
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._writer: threading.Thread | None = None
        self._stopped = threading.Event()
        self._reason: str | None = None
        self._erasures: int | None = None
        """The counter of erasures from before whatever is pending was noted."""

    def note(self, visit: Visit, request_id: str, *, at_once: bool) -> None:
        """Note a request; `at_once` returns when it is on disk."""
        now = self._clock()
        name = (visit, int(now.timestamp()))
        if self._erasures is None:
            with suppress(ServiceError):  # an outage is told where the entry can't be written
                self._erasures = int(self._database.scalar("SELECT erasures FROM catalogue"))
        with self._lock:
            first, times, request = self._pending.get(name, (now, 0, request_id))
            self._pending[name] = (first, times + 1, request)
            is_full = len(self._pending) >= MOST_PENDING
        if at_once or is_full:
            self.flush()
        elif self._writer is None or not self._writer.is_alive():
            self._start()

    def flush(self) -> None:
        """Write what is pending; what can't be written now stays pending."""
        with self._writing:
            with self._lock:
                taken, self._pending = self._pending, {}
            if taken:
                self._try_to_write(taken)

    def stop(self) -> None:
        """Write what is pending and end the thread; nothing may be noted afterwards."""
        self._stopped.set()
        self.flush()

    def page(
        self, *, after: int = 0, limit: int = 50, filters: Mapping[str, object], since: datetime | None = None
    ) -> tuple[list[tuple[int, Access]], int | None]:
        """Some entries, oldest first, and the number behind which the next page starts; what is pending comes too."""
        self.flush()
        with self._database.reading() as connection:
            accesses = self._accesses.page(connection, after=after, limit=limit + 1, filters=filters, since=since)
        return accesses[:limit], accesses[limit - 1][0] if len(accesses) > limit else None

    def latest(
        self, *, before: int | None = None, limit: int = 50, filters: Mapping[str, object], period: Period = ALWAYS
    ) -> tuple[list[tuple[int, Access]], int | None]:
        """Some entries of a period, newest first, pending ones too, and the number below which the next page starts."""
        self.flush()
        with self._database.reading() as connection:
            accesses = self._accesses.latest(connection, before=before, limit=limit + 1, filters=filters, period=period)
        return accesses[:limit], accesses[limit - 1][0] if len(accesses) > limit else None

    def all(self, *, filters: Mapping[str, object], since: datetime | None = None) -> Iterator[Access]:
        """Every entry, oldest first."""
        after: int | None = 0
        while after is not None:
            page, after = self.page(after=after, limit=PAGE, filters=filters, since=since)
            yield from (access for _, access in page)

    @property
    def waits(self) -> str | None:
        """Why entries can't be written at present; None while they can."""
        return self._reason

    def _start(self) -> None:
        with self._lock:
            if self._writer is not None and self._writer.is_alive():
                return
            if self._writer is None:
                Finalize(self, self.stop, exitpriority=10)  # workers end without atexit
            self._writer = threading.Thread(target=self._run, daemon=True, name="access-log")
            self._writer.start()

    def _run(self) -> None:
        while not self._stopped.wait(FLUSH_SECONDS):
            try:
                self.flush()
            except Exception as error:  # whatever it was, the entries to come must still be written
                log.logger().error("bug", exc_info=error)

    def _try_to_write(self, taken: Pending) -> None:
        """Write, or put back; an outage is told once, not every second."""
        try:
            self._write(taken)
            self._reason = None
        except ServiceError as error:
            self._put_back(taken)
            if self._reason is None:
                cause = getattr(error.__cause__, "orig", error.__cause__)  # of a full disk, say
                log.logger().error("access_log_waits", reason=error.code, cause=str(cause)[:200], entries=len(taken))
            self._reason = error.code
        except Exception as error:
            # One entry that the database refuses must neither hold the others up nor fail whoever writes them.
            if len(taken) > 1:
                for name, about in taken.items():
                    self._try_to_write({name: about})
                return
            (visit, _), about = next(iter(taken.items()))
            log.logger().error(
                "access_entry_lost", task=visit.task, status=visit.status, times=about[1], exc_info=error
            )

    def _write(self, taken: Pending) -> None:
        entries = [
            Access(at, *visit[:5], status=visit.status, times=times, request_id=request)
            for (visit, _), (at, times, request) in taken.items()
        ]
        used = {access.credential.removeprefix("key:") for access in entries if access.credential.startswith("key:")}
        with self._database.writing() as connection:
            self._erasures = self._accesses.add_all(connection, entries, self._erasures)
            for key in sorted(used):
                self._keys.used(connection, key, self._clock())

    def _put_back(self, taken: Pending) -> None:
        with self._lock:
            for name, (first, times, request) in taken.items():
                _, later, _ = self._pending.get(name, (first, 0, request))
                self._pending[name] = (first, times + later, request)
