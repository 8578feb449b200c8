"""Whether the database keeps what it has acknowledged when its machine fails."""

from __future__ import annotations

from service.errors import Problem, ServiceError
from service.storage.database import Database

NEEDED = ("fsync", "full_page_writes", "synchronous_commit")
"""What PostgreSQL must not have switched off; SQLite is set up by `database`."""


def check(database: Database) -> None:
    """Raise ServiceError `database_not_durable` when PostgreSQL may forget what it has acknowledged."""
    if database.engine.dialect.name != "postgresql":
        return
    with database.writing() as connection:
        values = {name: connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in NEEDED}
    off = [name for name, value in values.items() if value == "off"]
    if off:
        raise ServiceError(Problem.DATABASE_NOT_DURABLE, names=", ".join(off))
