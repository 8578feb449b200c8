"""Triggers that keep lasting rows as they are, lifted for the one deed that the law asks for: erasing a person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection


@contextmanager
def lifted(connection: Connection, table: str) -> Iterator[None]:
    """Let a table's rows be changed within a writing block; no other block ever sees the guard away."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER {table}_refused")
        yield
        connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER {table}_refused")
        return
    name = f"{table}_UPDATE_refused"
    written = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?"
    guard = connection.exec_driver_sql(written, (name,)).scalar_one()
    connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    connection.exec_driver_sql(guard)
