"""Retention and erasure: what has had its time goes, evidence never before it; a startup's personal part on request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from service.errors import ServiceError
from service.identity import Actor
from service.settings import Settings
from service.storage import accesses, earlier
from service.storage.audit import Subject, moment
from service.storage.catalogue import Catalogue
from service.storage.database import Connection
from service.storage.imports import Imports
from service.storage.objections import Objections
from service.storage.records import Records
from service.storage.tables import startups

YEAR = timedelta(days=365.25)


@dataclass(frozen=True, slots=True)
class Swept:
    """How many runs, earlier states of records, access records and idempotency keys had their time."""

    runs: int
    earlier: int
    accesses: int
    keys: int


@dataclass(frozen=True, slots=True)
class Erased:
    """How many states of a startup's profile were deleted, and how many runs were emptied of it."""

    states: int
    runs: int


class Retain:
    """Deletes by rule and on request; decisions and the audit trail are never deleted."""

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
        """Delete what has had its time."""
        with self._catalogue.database.writing() as connection:
            done = self._swept(connection)
            self._catalogue.audit.record(connection, actor, "retention", Subject("database", "all"), asdict(done))
        return done

    def erase(self, startup_id: str, reason: str, actor: Actor) -> Erased:
        """Delete a startup's profile in every state, and cut the tie to its pseudonym.

        Its decisions, with the trail, stay under the pseudonym. Raises ServiceError `nothing_to_erase`.
        """
        with self._catalogue.database.writing() as connection:
            self._catalogue.revisions.hold(connection)
            self._catalogue.audit.hold(connection)
            digests = self._catalogue.startups.digests_of(connection, startup_id)
            ref = self._records.startup_refs.known(connection, startup_id)
            runs = self._records.runs.erase_subjects(connection, startup_id, digests)
            if not (digests or ref or runs):
                raise ServiceError("nothing_to_erase", id=startup_id)
            self._erase(connection, startup_id, ref)
            done = Erased(len(digests), runs)
            details = {**asdict(done), "reason": reason}
            self._catalogue.audit.record(connection, actor, "erase", Subject("startup", startup_id), details)
            self._records.startup_refs.forget(connection, startup_id)
        return done

    def _erase(self, connection: Connection, startup_id: str, ref: str | None) -> None:
        if self._catalogue.startups.get(connection, startup_id) is not None:
            self._catalogue.startups.remove(connection, startup_id, self._catalogue.revisions.next(connection))
        self._catalogue.startups.erase(connection, startup_id)
        Imports().forget(connection, startups.name, startup_id)
        if ref is not None:
            self._objections.erase(connection, ref)

    def _swept(self, connection: Connection) -> Swept:
        cited = self._records.decisions.runs(connection) | self._objections.runs(connection)
        before = moment(self._clock() - self._evidence)
        runs = self._records.runs.forget_before(connection, before, cited)
        oldest = self._records.runs.first_revision(connection)
        states = 0 if oldest is None else earlier.forget_before(connection, oldest)
        seen = accesses.forget_before(connection, self._clock() - self._access)
        return Swept(runs, states, seen, self._records.replies.forget_old(connection))
