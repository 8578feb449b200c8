"""The access log as stored: who came when, from where, to whose record, for which task, with which result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, insert, select, update

from service.storage.access.door_tables import accesses as table
from service.storage.periods import Period


@dataclass(frozen=True, slots=True)
class Access:
    """Like requests of one second: `times` says how many; `request_id` is the first one's."""

    at: datetime
    actor: str
    credential: str
    address: str
    task: str
    subject: str
    status: int
    times: int
    request_id: str


class Accesses:
    """The access log; every method works on the connection that it is handed, and none changes what is written."""

    def add_all(self, connection: Connection, found: Sequence[Access]) -> None:
        """Append."""
        connection.execute(insert(table), [asdict(access) for access in found])

    def page(
        self, connection: Connection, *, after: int, limit: int, filters: Mapping[str, object], since: datetime | None
    ) -> list[tuple[int, Access]]:
        """Up to `limit` entries behind a number, oldest first, each with its own."""
        conditions = [table.c.id > after, *_conditions(filters, Period(since))]
        return _read(connection, select(table).where(*conditions).order_by(table.c.id).limit(limit))

    def latest(
        self,
        connection: Connection,
        *,
        before: int | None,
        limit: int,
        filters: Mapping[str, object],
        period: Period,
    ) -> list[tuple[int, Access]]:
        """Up to `limit` entries below a number (None: the last ones), newest first, each with its own."""
        conditions = [*_conditions(filters, period), *([] if before is None else [table.c.id < before])]
        return _read(connection, select(table).where(*conditions).order_by(table.c.id.desc()).limit(limit))


def _conditions(filters: Mapping[str, object], period: Period) -> list[ColumnElement[bool]]:
    stated = [table.c[name] == value for name, value in filters.items()]
    stated += [] if period.since is None else [table.c.at >= period.since]
    return stated + ([] if period.before is None else [table.c.at < period.before])


def _read(connection: Connection, query: Select[Any]) -> list[tuple[int, Access]]:
    rows = [dict(row._mapping) for row in connection.execute(query)]
    return [(row.pop("id"), Access(**row)) for row in rows]


def rename(connection: Connection, subject: str, now: str) -> None:
    """Let the records about a subject name it otherwise."""
    connection.execute(update(table).where(table.c.subject == subject).values(subject=now))


def forget_before(connection: Connection, at: datetime) -> int:
    """Delete access records older than a moment; returns how many there were."""
    return connection.execute(delete(table).where(table.c.at < at)).rowcount
