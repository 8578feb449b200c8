"""Access records that have had their time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete

from service.storage.door_tables import accesses as table


def forget_before(connection: Connection, at: datetime) -> int:
    """Delete access records older than a moment; returns how many there were."""
    return connection.execute(delete(table).where(table.c.at < at)).rowcount
