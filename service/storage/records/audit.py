"""The audit trail: every change of the service's state leaves a row, in the change's own transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Select, insert, select, update

from service.identity import Actor
from service.storage.evidence import digests as evidence
from service.storage.evidence import erasures
from service.storage.records import chain
from service.storage.records.chain import AuditRow, Head
from service.storage.records.periods import ALWAYS, Period
from service.storage.records.record_tables import audit as table
from service.storage.records.record_tables import audit_head as head_table
from service.storage.records.startup_refs import StartupRefs

CHUNK = 5_000
UNBOUND = ("erase", "show")
"""Events that compare the counter of erasures themselves, or that raise it."""
SHOWING = "show"
"""The event by which the service itself records answers before it sends them: lists leave it out unless asked for."""
_ADD, _MOVE, _HOLD = insert(table), update(head_table), select(head_table).with_for_update()
"""Statements of every answer: the library takes longer to make one than to run it."""
WROTE = "wrote"
"""Where a row's details hold the digests of what its event wrote, by `table/key` (null: it is gone)."""


@dataclass(frozen=True, slots=True)
class AuditSubject:
    """What an event changed: its kind (`startup`, `program`, `round`, `key`, `model` …) and its id."""

    kind: str
    id: str
    is_pseudonym: bool = False
    """The id of a startup is its pseudonym already: the tie to it may be gone."""


class Audit:
    """Writes and reads the trail; every method works on the connection that it is handed.

    A change calls `record` within the block in which it writes, as the last thing there: both are kept together
    or not at all. A startup is named by its pseudonym, so details hold digests and counts, no profile.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock, self._refs = clock, StartupRefs()

    def hold(self, connection: Connection) -> Head:
        """Keep every other audited change waiting until this block ends; returns how the trail ends now.

        The catalogue's row comes first, shared unless the block holds it already: `record` compares the counter there,
        and whoever held the trail before it would wait in a circle with a writer that came in the order of ADR 15.
        """
        erasures.held(connection)
        return _head(connection, _HOLD)

    def record(
        self,
        connection: Connection,
        actor: Actor,
        event: str,
        subject: AuditSubject,
        details: Mapping[str, object],
        head: Head | None = None,
    ) -> AuditRow:
        """Add one row: who did what to which subject; `details` must be JSON values without personal facts.

        The row also holds the digest of every lasting row that the block has noted. `head`: how the trail ends, where
        the block holds it already.
        """
        if event not in UNBOUND:
            erasures.check(connection)
        # One writer at a time: two rows with the same predecessor would break the chain.
        head = head or self.hold(connection)
        is_tied = subject.kind == "startup" and not subject.is_pseudonym
        named = self._refs.of(connection, subject.id) if is_tied else subject.id
        # After everything was written, as the last thing in the block: the digests are those of the rows that stay.
        wrote = evidence.digests_of_noted(connection)
        whole = dict(details) | ({WROTE: wrote} if wrote else {})
        written = orjson.dumps(whole, option=orjson.OPT_SORT_KEYS).decode()
        who = (actor.id, actor.name, actor.role.value)
        bare = AuditRow(head.count + 1, self.now(), *who, event, subject.kind, named, written, head.hash)
        row = replace(bare, hash=chain.hash_of(bare))
        connection.execute(_ADD, dict(zip(table.c.keys(), astuple(row), strict=True)))
        connection.execute(_MOVE, {"count": row.seq, "hash": row.hash})
        return row

    def now(self) -> str:
        """The present moment as the trail writes it."""
        return moment(self._clock())

    def head(self, connection: Connection) -> Head:
        """How the trail ends, without keeping anybody waiting."""
        return _head(connection, select(head_table))

    def latest(
        self,
        connection: Connection,
        *,
        before: int | None,
        limit: int,
        filters: Mapping[str, str],
        period: Period = ALWAYS,
    ) -> list[AuditRow]:
        """Up to `limit` rows below `before` (None: the last ones) with these values, the newest first.

        A startup is asked for by its id, or by its pseudonym.
        """
        wanted = dict(filters)
        if "subject" in wanted:
            wanted["subject"] = self._refs.known(connection, wanted["subject"]) or wanted["subject"]
        conditions = [table.c[name] == value for name, value in wanted.items()]
        conditions += [] if period.since is None else [table.c.at >= moment(period.since)]
        conditions += [] if period.before is None else [table.c.at < moment(period.before)]
        conditions += [] if wanted else [table.c.deed != SHOWING]
        conditions += [] if before is None else [table.c.seq < before]
        query = select(table).where(*conditions).order_by(table.c.seq.desc()).limit(limit)
        return [AuditRow(*row) for row in connection.execute(query)]

    def wrote_since(self, connection: Connection, seq: int, written: str) -> list[tuple[Head, bool]]:
        """How the trail ended with each row from a number on, and whether its event wrote rows of a table."""
        has_written = table.c.details.contains(f'"{written}/', autoescape=True)
        query = select(table.c.seq, table.c.hash, has_written).where(table.c.seq >= seq).order_by(table.c.seq)
        return [(Head(number, digest), bool(wrote)) for number, digest, wrote in connection.execute(query)]

    def rows(self, connection: Connection) -> Iterator[AuditRow]:
        """The whole trail in order, read piece by piece."""
        rows = connection.execute(select(table).order_by(table.c.seq), execution_options={"yield_per": CHUNK})
        return (AuditRow(*row) for row in rows)


def _head(connection: Connection, query: Select[Any]) -> Head:
    row = connection.execute(query).mappings().one()
    return Head(row["count"], row["hash"])


def moment(at: datetime) -> str:
    """A point in time as the trail writes it: UTC with microseconds.

    >>> moment(datetime(2026, 2, 2, 3, tzinfo=UTC))
    '2026-02-02T03:00:00.000000+00:00'
    """
    return at.astimezone(UTC).isoformat(timespec="microseconds")
