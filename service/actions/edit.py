"""Edit: one record is put, changed or deleted, only by somebody who has seen its present state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic

from model import rows
from service.errors import ServiceError
from service.storage.catalogue import Catalogue
from service.storage.database import Connection
from service.storage.profiles import Profiles, Record, Stored


@dataclass(frozen=True, slots=True)
class Seen:
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
    """Writes one side of the catalogue; raises ServiceError for a missing or outdated precondition."""

    def __init__(
        self,
        catalogue: Catalogue,
        profiles: Profiles[Record],
        *,
        missing: str,
        reader: Callable[[Mapping[str, object]], Record],
        guard: Callable[[Connection, str], None] = lambda _connection, _id: None,
    ) -> None:
        self._catalogue, self._missing, self._guard = catalogue, missing, guard
        self._profiles: Profiles[Record] = profiles
        self._reader: Callable[[Mapping[str, object]], Record] = reader

    def put(self, record: Record, seen: Seen) -> tuple[Stored[Record], bool]:
        """Store a record whole; also tells whether it is new. A known id asks for what the caller has seen."""
        with self._catalogue.database.writing() as connection:
            found = self._held(connection, record.id)
            _agree(found, seen, creating=True)
            return self._profiles.put(connection, record, self._next(connection)), found is None

    def change(self, identifier: str, patch: Mapping[str, Any], seen: Seen) -> Stored[Record]:
        """Replace the given fields, drop those given as None (RFC 7396); raises BadData when the whole is unfit."""
        with self._catalogue.database.writing() as connection:
            found = self._present(connection, identifier, seen)
            record = self._reader({**rows.plain(found.record), **patch})
            return self._profiles.put(connection, record, self._next(connection))

    def delete(self, identifier: str, seen: Seen) -> None:
        """Delete a record; raises ServiceError when others refer to it that must stay."""
        with self._catalogue.database.writing() as connection:
            self._present(connection, identifier, seen)
            self._guard(connection, identifier)
            self._profiles.remove(connection, identifier, self._next(connection))

    def _held(self, connection: Connection, identifier: str) -> Stored[Record] | None:
        self._catalogue.revisions.hold(connection)
        return self._profiles.get(connection, identifier)

    def _present(self, connection: Connection, identifier: str, seen: Seen) -> Stored[Record]:
        found = self._held(connection, identifier)
        if found is None:
            raise ServiceError(self._missing, id=identifier)
        _agree(found, seen, creating=False)
        return found

    def _next(self, connection: Connection) -> int:
        return self._catalogue.revisions.next(connection)


def program_guard(catalogue: Catalogue) -> Callable[[Connection, str], None]:
    """Keep a program from being deleted while outcomes refer to it."""

    def check(connection: Connection, identifier: str) -> None:
        if catalogue.outcomes.count_for(connection, identifier):
            raise ServiceError("in_use", id=identifier)

    return check


def _agree(found: Stored[Any] | None, seen: Seen, *, creating: bool) -> None:
    if seen.says_nothing and found is None and creating:
        return
    if seen.says_nothing:
        raise ServiceError("precondition_required")
    if not seen.agrees(found.revision if found else None):
        raise ServiceError("precondition_failed")
