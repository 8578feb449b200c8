"""The access log as stored: who came when, from where, to whose record, for which task, with which result."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select, update

from service.storage.access.access_tables import accesses as table
from service.storage.columns import metadata
from service.storage.evidence import digests as evidence
from service.storage.evidence import erasures, guards
from service.storage.records.periods import Period
from service.storage.records.record_tables import audit

STARTUP, ERASED = "startup_id:", "startup_id:-"
CLOSING = "close_stretch"
"""The event that puts the digest of a stretch of the access log into the trail."""


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

    def add_all(self, connection: Connection, visits: Sequence[Access], known: int | None = None) -> int:
        """Append; returns the counter of erasures, of which `known` is an earlier state.

        What waited while a startup was erased names no startup that is not there: it may be that one.
        """
        counted, rows = erasures.held(connection), [asdict(visit) for visit in visits]
        if known not in (None, counted):
            named = {row["subject"].removeprefix(STARTUP) for row in rows if row["subject"].startswith(STARTUP)}
            startups = metadata.tables["startups"]
            # Asked within the writing transaction: an erasure can't slip in between.
            there = set(connection.scalars(select(startups.c.id).where(startups.c.id.in_(named))))
            gone = {STARTUP + identifier for identifier in named - there}
            rows = [{**row, "subject": ERASED if row["subject"] in gone else row["subject"]} for row in rows]
        connection.execute(insert(table), rows)
        return counted

    def page(
        self, connection: Connection, *, after: int, limit: int, filters: Mapping[str, object], since: datetime | None
    ) -> list[tuple[int, Access]]:
        """Up to `limit` entries behind a number, oldest first, each with its own."""
        conditions = [table.c.id > after, *_conditions(filters, Period(since))]
        return _read(connection, select(table).where(*conditions).order_by(table.c.id).limit(limit))

    def latest(
        self, connection: Connection, *, before: int | None, limit: int, filters: Mapping[str, object], period: Period
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
    with guards.lifted(connection, table):
        renamed = update(table).where(table.c.subject == subject).values(subject=now).returning(table.c.id)
        _note_stretches(connection, set(connection.scalars(renamed)))


def forget_before(connection: Connection, at: datetime) -> int:
    """Delete access records older than a moment; returns how many there were."""
    with guards.lifted(connection, table):
        gone = set(connection.scalars(delete(table).where(table.c.at < at).returning(table.c.id)))
    _note_stretches(connection, gone)
    return len(gone)


def close_stretch(connection: Connection) -> str | None:
    """Note the records since the last stretch that the trail has a digest of; returns its key, None without any.

    Whoever is writing records is waited for, so that none of an earlier number comes later.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE accesses IN SHARE MODE")
    first = max((last for _, last in stretches(connection)), default=0) + 1
    last = connection.scalar(select(func.max(table.c.id))) or 0
    if last < first:
        return None
    evidence.note(connection, table.name, f"{first}-{last}")
    return f"{first}-{last}"


def stretches(connection: Connection) -> list[tuple[int, int]]:
    """The first and last number of every stretch that the trail has a digest of, oldest first."""
    documents = connection.scalars(select(audit.c.details).where(audit.c.deed == CLOSING).order_by(audit.c.seq))
    keys = [orjson.loads(details)["stretch"].split("-") for details in documents]
    return [(int(first), int(last)) for first, last in keys]


def _note_stretches(connection: Connection, numbers: Set[int]) -> None:
    """Note the stretches that some records belong to."""
    closed = stretches(connection) if numbers else []
    lasts = [last for _, last in closed]
    # Stretches follow each other without overlap, so the first that ends at or after a number holds it.
    for place in {bisect_left(lasts, number) for number in numbers}:
        if place < len(closed):
            evidence.note(connection, table.name, "{}-{}".format(*closed[place]))
