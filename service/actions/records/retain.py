"""Retention: what has had its time goes, evidence never before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from service.identity import Actor
from service.settings import Settings
from service.storage.access import accesses
from service.storage.catalogue import earlier
from service.storage.database import Connection
from service.storage.records.audit import AuditSubject, moment
from service.storage.records.objections import Objections
from service.storage.repositories import Catalogue, Records

YEAR = timedelta(days=365.25)


@dataclass(frozen=True, slots=True)
class Swept:
    """How many runs, earlier states of records, access records and idempotency keys had their time."""

    runs: int
    earlier: int
    accesses: int
    keys: int


class Retain:
    """Deletes by rule; decisions and the audit trail are never deleted."""

    def __init__(
        self, catalogue: Catalogue, records: Records, settings: Settings, clock: Callable[[], datetime]
    ) -> None:
        self._catalogue, self._records, self._clock = catalogue, records, clock
        self._evidence, self._access = settings.evidence_years * YEAR, settings.access_years * YEAR
        self._objections = Objections()

    def preview(self) -> Swept:
        """Count what `apply` would delete now; nothing is changed."""
        with self._catalogue.database.undone() as connection:
            return self._swept(connection)

    def apply(self, actor: Actor) -> Swept:
        """Delete what has had its time; whoever decides meanwhile waits, so that no run goes that a decision names."""
        with self._catalogue.database.writing() as connection:
            self._catalogue.audit.hold(connection)
            done = self._swept(connection)
            self._catalogue.audit.record(connection, actor, "retention", AuditSubject("database", "all"), asdict(done))
        return done

    def _swept(self, connection: Connection) -> Swept:
        cited = self._records.decisions.runs(connection) | self._objections.runs(connection)
        before = moment(self._clock() - self._evidence)
        runs = self._records.runs.forget_before(connection, before, cited)
        # Reports of past days read the states too, whether or not a run rests on them.
        of_runs = self._records.runs.first_revision(connection)
        of_days = self._catalogue.revisions.before(connection, before)
        states = 0
        if of_runs is not None and of_days is not None:  # 0 is a revision too: that of an empty catalogue
            states = earlier.forget_before(connection, first := min(of_runs, of_days))
            if states:  # a report of a day before would lack them in silence
                self._catalogue.revisions.forget_before(connection, first)
        accesses_gone = accesses.forget_before(connection, self._clock() - self._access)
        return Swept(runs, states, accesses_gone, self._records.replies.forget_old(connection))
