"""Health: whether the service can answer now, and which part keeps it from it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from service.actions.matching.prepare import Preparation
from service.errors import ServiceError
from service.storage import schema
from service.storage.repositories import Catalogue
from service.telemetry import log

NOT_WRITABLE = "database_not_writable"
"""What is read is answered; what was written down last, such as the access log, could not be: a full disk, say."""
LOOK_SECONDS = 1.0
OLD_SECONDS = 4.0
"""A look that has not ended by then says that the database does not answer."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Each part by name: `ok`, or the code of what is wrong."""

    database: str
    model: str

    @property
    def is_ready(self) -> bool:
        """Requests can be answered, be it reading alone."""
        return self.model == "ok" and self.database in ("ok", NOT_WRITABLE)


class Health:
    """Tries the database and the matcher in use; `waits` tells why something can't be written, if so."""

    def __init__(self, catalogue: Catalogue, preparation: Preparation, waits: Callable[[], str | None]) -> None:
        self._catalogue, self._preparation, self._waits = catalogue, preparation, waits
        self._last: tuple[float, Readiness] | None = None

    def __call__(self) -> Readiness:
        """Look now; once `follow` was called, tell what was seen last, so that nobody waits for a database."""
        if self._last is None:
            return self._look()
        at, readiness = self._last
        return readiness if time.monotonic() - at < OLD_SECONDS else Readiness("database_unavailable", readiness.model)

    def follow(self) -> None:
        """Look once a second from now on; a worker calls it once when it starts."""
        self._last = time.monotonic(), self._look()
        threading.Thread(target=self._keep_up, daemon=True, name="health").start()

    def _keep_up(self) -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            self._last = time.monotonic(), self._look()

    def _look(self) -> Readiness:
        database = _tried(lambda: schema.check(self._catalogue.database))
        if database == "ok" and self._waits():
            database = NOT_WRITABLE
        # A matcher that answers is in order; to ask for the newest state would wait while thousands come in.
        return Readiness(database, "ok" if self._preparation.version() else _tried(self._preparation.current))


def _tried(look: Callable[[], object]) -> str:
    try:
        look()
    except ServiceError as error:
        return error.code
    except Exception as error:
        log.logger().error("bug", exc_info=error)
        return "internal"
    return "ok"
