"""What is done every hour: the access log's digest goes into the audit trail, and what has expired is emptied."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from service.errors import ServiceError
from service.identity import SERVICE
from service.settings import Settings
from service.storage.access import accesses
from service.storage.access.sessions import Sessions
from service.storage.catalogue.imports import Imports
from service.storage.records.audit import AuditSubject
from service.storage.repositories import Catalogue
from service.telemetry import log

EVERY = timedelta(hours=1)
LOOK_SECONDS = 60.0


class Hourly:
    """Closes stretches of the access log; a change of what was logged since the last one stays unseen till the next."""

    def __init__(self, catalogue: Catalogue, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._catalogue, self._clock = catalogue, clock
        self._idle = timedelta(minutes=settings.session_minutes)

    def __call__(self, *, due: bool = False) -> bool:
        """Do it now, or only when an hour has passed since the last time; tells whether it was done."""
        audit, now = self._catalogue.audit, self._clock()
        with self._catalogue.database.writing() as connection:
            audit.hold(connection)
            last = audit.latest(connection, before=None, limit=1, filters={"deed": accesses.CLOSING})
            if due and last and now - datetime.fromisoformat(last[0].at) < EVERY:
                return False
            Imports().expire(connection, now)
            Sessions().sweep(connection, now, self._idle)
            stretch = accesses.close_stretch(connection)
            if stretch is not None:
                subject = AuditSubject("database", "accesses")
                audit.record(connection, SERVICE, accesses.CLOSING, subject, {"stretch": stretch})
        return True

    def follow(self) -> None:
        """Do it every hour from now on, in whichever worker looks first; a worker calls this once when it starts."""
        threading.Thread(target=self._keep_up, daemon=True, name="hourly").start()

    def _keep_up(self) -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            try:
                self(due=True)
            except ServiceError:  # the database is away for now: the next look finds it due still
                continue
            except Exception as error:
                log.logger().error("bug", exc_info=error)
