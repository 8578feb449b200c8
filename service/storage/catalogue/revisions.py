"""The catalogue's revision: one number that rises with every change and tells every process to look again."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from service import caches
from service.storage.catalogue.tables import catalogue, revisions
from service.storage.database import Database
from service.storage.evidence import digests as evidence
from service.storage.evidence import guards

LOOK_SECONDS = 0.01
"""How long a revision is trusted while this service's own processes write nothing."""


class RevisionMark(NamedTuple):
    """A revision and the counter of erasures, the mark of the last write at that moment, until when to trust them."""

    revision: int
    erasures: int
    mark: int
    until: float


class Revisions:
    """Reads the revision cheaply, and takes the next one inside a writing block."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock
        self._seen = RevisionMark(0, -1, 0, 0.0)

    def now(self) -> int:
        """The revision of the last committed change: of one by this service's own processes at once, of one by
        another, such as a replica or the command line, after LOOK_SECONDS at most.

        Every cache of the process is emptied when somebody was erased since the last look.
        """
        last, mark, moment = self._seen, self._database.last_write(), time.monotonic()
        # Another machine's write leaves no mark here, so even a known revision is trusted for a moment only.
        if mark == last.mark and moment < last.until:
            return last.revision
        revision, erasures = self._database.row("SELECT revision, erasures FROM catalogue")
        # An erased startup must vanish from every cache of every process, not only from the one that erased it.
        if erasures != last.erasures:
            caches.forget_all()
        self._seen = RevisionMark(revision, erasures, mark, moment + LOOK_SECONDS)
        return int(revision)

    def erasures(self) -> int:
        """How many startups were erased, as of the same moment as `now`."""
        self.now()
        return self._seen.erasures

    def seen_by(self, connection: Connection) -> int:
        """The revision that a reading block sees."""
        return int(connection.exec_driver_sql("SELECT revision FROM catalogue").scalar_one())

    def hold(self, connection: Connection) -> None:
        """Keep every other writer waiting until this block ends; call before reading what is to be compared."""
        # SQLite has no row locks and needs none: BEGIN IMMEDIATE lets one writer in at a time.
        connection.execute(select(catalogue.c.revision).with_for_update())

    def next(self, connection: Connection) -> int:
        """Take the next revision for what this block writes."""
        evidence.note(connection, "catalogue", 1)
        rise = update(catalogue).values(revision=catalogue.c.revision + 1).returning(catalogue.c.revision)
        revision = int(connection.execute(rise).scalar_one())
        at = self._clock().astimezone(UTC).isoformat(timespec="microseconds")
        connection.execute(insert(revisions).values(revision=revision, at=at))
        evidence.note(connection, revisions.name, revision)
        return revision

    def before(self, connection: Connection, at: str) -> int | None:
        """The last revision that was taken before a moment, as the trail writes it; None where none is on record."""
        last: int | None = connection.scalar(select(func.max(revisions.c.revision)).where(revisions.c.at < at))
        return last

    def first_moment(self, connection: Connection) -> str | None:
        """When the first revision that is on record was taken; None where none is."""
        first: str | None = connection.scalar(select(revisions.c.at).order_by(revisions.c.revision).limit(1))
        return first

    def forget_before(self, connection: Connection, revision: int) -> None:
        """Delete the moments of the revisions before one, whose states can't be read whole any more."""
        with guards.lifted(connection, revisions):
            old = delete(revisions).where(revisions.c.revision < revision).returning(revisions.c.revision)
            evidence.note(connection, revisions.name, *connection.scalars(old))
