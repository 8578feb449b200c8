"""Triggers that keep lasting rows as they are, lifted for what the law asks for: erasing a person, and retention."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table


@contextmanager
def lifted(connection: Connection, *tables: Table) -> Iterator[None]:
    """Let rows of tables be changed within a writing block; no other block ever sees the guards away."""
    names = [table.name for table in tables]
    if connection.dialect.name == "postgresql":
        for name in names:  # USER leaves the triggers of foreign keys in force
            connection.exec_driver_sql(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        yield
        for name in names:
            connection.exec_driver_sql(f"ALTER TABLE {name} ENABLE TRIGGER USER")
        return
    # SQLite can't disable a trigger; DDL is part of the transaction, so a failure brings the guards back.
    written = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    guards = [guard for name in names for guard in connection.exec_driver_sql(written, (name,)).all()]
    for guard in guards:
        connection.exec_driver_sql(f"DROP TRIGGER {guard.name}")
    yield
    for guard in guards:
        connection.exec_driver_sql(guard.sql)
