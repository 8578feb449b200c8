"""Edit: one record is put, changed or deleted, only by somebody who has seen its present state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from model.faults import BadData, Fault
from model.snapshot import rows
from service.actions.catalogue import ids
from service.errors import Problem, ServiceError
from service.identity import Actor
from service.storage.catalogue.profiles import Profiles, Record, StoredProfile
from service.storage.database import Connection
from service.storage.records.audit import AuditSubject
from service.storage.repositories import Catalogue, Records


@dataclass(frozen=True, slots=True)
class Precondition:
    """What the caller says of the record's present state: one of these revisions, any, absent, or nothing at all."""

    revisions: tuple[int, ...] = ()
    any: bool = False
    absent: bool = False

    @property
    def says_nothing(self) -> bool:
        """No precondition was stated."""
        return not (self.revisions or self.any or self.absent)

    def agrees(self, revision: int | None) -> bool:
        """Tell whether the stated precondition holds for a record at `revision` (None: there is no record)."""
        if revision is None:
            return self.absent
        return not self.absent and (self.any or revision in self.revisions)


class Edit(Generic[Record]):
    """Writes one side of the catalogue, each change with its row of the audit trail; `kind` names the side there.

    Raises ServiceError for a missing or outdated precondition.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        profiles: Profiles[Record],
        *,
        kind: str,
        missing: Problem,
        reader: Callable[[Mapping[str, object]], Record],
        guard: Callable[[Connection, str], None] = lambda _connection, _id: None,
        faults: Callable[[Connection, Record, Record | None], Sequence[Fault]] = lambda _connection, _new, _old: (),
    ) -> None:
        self._catalogue, self._kind, self._missing, self._guard = catalogue, kind, missing, guard
        self._faults: Callable[[Connection, Record, Record | None], Sequence[Fault]] = faults
        self._profiles: Profiles[Record] = profiles
        self._reader: Callable[[Mapping[str, object]], Record] = reader

    def put(self, record: Record, precondition: Precondition, actor: Actor) -> tuple[StoredProfile[Record], bool]:
        """Store a record whole; also tells whether it is new. A known id asks for what the caller has seen.

        Raises BadData for a new id that no address reaches or that looks like another.
        """
        with self._catalogue.database.writing() as connection:
            held = self._held(connection, record.id)
            agree(held.revision if held else None, precondition, creating=True)
            if held is None:
                self._admit(connection, record.id)
            return self._put(connection, record, held, "put", actor), held is None

    def change(
        self, identifier: str, patch: Mapping[str, Any], precondition: Precondition, actor: Actor
    ) -> StoredProfile[Record]:
        """Replace the given fields, drop those given as None (RFC 7396); raises BadData when the whole is unfit."""
        with self._catalogue.database.writing() as connection:
            held = self._present(connection, identifier, precondition)
            record = self._reader({**rows.plain(held.record), **patch})
            return self._put(connection, record, held, "change", actor)

    def delete(self, identifier: str, precondition: Precondition, actor: Actor) -> None:
        """Delete a record; raises ServiceError when others refer to it that must stay."""
        with self._catalogue.database.writing() as connection:
            held = self._present(connection, identifier, precondition)
            self._guard(connection, identifier)
            self._profiles.remove(connection, identifier, self._catalogue.revisions.next(connection))
            self._record(connection, "delete", identifier, {"digest": held.digest}, actor)

    def _put(
        self, connection: Connection, record: Record, before: StoredProfile[Record] | None, event: str, actor: Actor
    ) -> StoredProfile[Record]:
        faults = self._faults(connection, record, before.record if before else None)
        if faults:
            raise ServiceError(Problem.INVALID_FIELDS, faults=faults)
        stored = self._profiles.put(connection, record, self._catalogue.revisions.next(connection))
        self._record(connection, event, record.id, {"digest": stored.digest, "revision": stored.revision}, actor)
        return stored

    def _record(
        self, connection: Connection, event: str, identifier: str, details: Mapping[str, object], actor: Actor
    ) -> None:
        self._catalogue.audit.record(connection, actor, event, AuditSubject(self._kind, identifier), details)

    def _admit(self, connection: Connection, identifier: str) -> None:
        faults = [*ids.unfit(identifier, ids.alike(self._profiles.ids(connection)))]
        if faults:
            raise BadData(faults)

    def _held(self, connection: Connection, identifier: str) -> StoredProfile[Record] | None:
        self._catalogue.revisions.hold(connection)
        self._catalogue.audit.hold(connection)
        return self._profiles.get(connection, identifier)

    def _present(self, connection: Connection, identifier: str, precondition: Precondition) -> StoredProfile[Record]:
        held = self._held(connection, identifier)
        if held is None:
            raise ServiceError(self._missing, id=identifier)
        agree(held.revision, precondition, creating=False)
        return held


def program_guard(catalogue: Catalogue, records: Records) -> Callable[[Connection, str], None]:
    """Keep a program from being deleted while outcomes or decisions refer to it."""

    def check(connection: Connection, identifier: str) -> None:
        decided = records.decisions.page(connection, after=0, limit=1, filters={"program_id": identifier})
        applied = catalogue.applications.is_named(connection, "program_id", identifier)
        if decided or applied or catalogue.outcomes.count_for(connection, identifier):
            raise ServiceError(Problem.IN_USE, id=identifier)

    return check


def startup_guard(catalogue: Catalogue) -> Callable[[Connection, str], None]:
    """Keep a firm from being deleted while applications are its own; erasing it is another matter."""

    def check(connection: Connection, identifier: str) -> None:
        if catalogue.applications.is_named(connection, "startup_id", identifier):
            raise ServiceError(Problem.FIRM_IN_USE, id=identifier)

    return check


def agree(version: int | None, precondition: Precondition, *, creating: bool) -> None:
    """Refuse a write by somebody who has not seen the present version (None: there is nothing yet).

    Only a creation may state no precondition. Raises ServiceError `precondition_required` or `precondition_failed`.
    """
    if precondition.says_nothing and version is None and creating:
        return
    if precondition.says_nothing:
        raise ServiceError(Problem.PRECONDITION_REQUIRED)
    if not precondition.agrees(version):
        raise ServiceError(Problem.PRECONDITION_FAILED)
