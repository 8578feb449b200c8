"""Idempotency keys: which request a key stood for and what came of it, kept for a stated time."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from service.storage.records.record_tables import replies as table


@dataclass(frozen=True, slots=True)
class KeyReply:
    """The digest of the request that a key stood for, and the audit row that came of it."""

    request: str
    result: int


class Replies:
    """The keys of each actor; a key older than `kept` is free again."""

    def __init__(self, clock: Callable[[], datetime], lifetime: timedelta) -> None:
        self._clock, self._lifetime = clock, lifetime

    def get(self, connection: Connection, actor_id: str, key: str) -> KeyReply | None:
        """What came of a key's request, or None."""
        fresh = table.c.at > self._clock() - self._lifetime
        row = connection.execute(select(table).where(table.c.actor_id == actor_id, table.c.key == key, fresh)).first()
        return KeyReply(row.request, row.result) if row else None

    def put(self, connection: Connection, actor_id: str, key: str, reply: KeyReply) -> None:
        """Keep what came of a key's request."""
        # A key that is older than a day may be used again, but its row is still there.
        connection.execute(delete(table).where(table.c.actor_id == actor_id, table.c.key == key))
        values = {"actor_id": actor_id, "key": key, "request": reply.request, "result": reply.result}
        connection.execute(insert(table).values(**values, at=self._clock()))

    def forget(self, connection: Connection, results: Collection[int]) -> None:
        """Remove the keys that stood for some audit rows: whoever chose a key may have written the startup into it."""
        connection.execute(delete(table).where(table.c.result.in_(results)))

    def forget_old(self, connection: Connection) -> int:
        """Remove keys past their time; returns how many there were."""
        return connection.execute(delete(table).where(table.c.at <= self._clock() - self._lifetime)).rowcount
