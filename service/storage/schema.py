"""Bringing the database to this version's schema, and telling whether it is there."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from service.errors import ServiceError
from service.identity import SERVICE
from service.settings import now
from service.storage.database import Connection, Database
from service.storage.evidence import digests as evidence
from service.storage.records.audit import Audit, Subject

PROVING = "0012"
"""The migration from which on every lasting row has its digest in the trail."""
TOGETHER = 1_000
"""Digests in one row of the trail."""
MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Run every migration that is missing; one that fails leaves nothing behind.

    Rows from before the trail held digests of all that was written get theirs now.
    """
    with database.writing() as connection:
        before = MigrationContext.configure(connection).get_current_revision()
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if before is not None and before < PROVING:
            _prove_what_is_there(connection)


def _prove_what_is_there(connection: Connection) -> None:
    audit = Audit(now)
    audit.hold(connection)
    for name, table in evidence.TABLES.items():
        keys = sorted(table.digests(connection))
        for start in range(0, len(keys), TOGETHER):
            evidence.note(connection, name, *keys[start : start + TOGETHER])
            audit.record(connection, SERVICE, "prove", Subject("database", name), {})


@cache
def wanted() -> str:
    """The newest migration that this version brings; its scripts are read once in a process."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def check(database: Database) -> None:
    """Raise ServiceError `schema_outdated` unless the database stands at this version's schema."""
    with database.reading() as connection:
        found = MigrationContext.configure(connection).get_current_revision() or "-"
    if found != wanted():
        raise ServiceError("schema_outdated", found=found, wanted=wanted())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
