"""Bringing the database to this version's schema, and telling whether it is there."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from service.errors import Problem, ServiceError
from service.identity import SERVICE
from service.settings import now
from service.storage.access import access_tables
from service.storage.applications import application_tables
from service.storage.catalogue import heading_maps, import_tables, tables
from service.storage.database import Connection, Database
from service.storage.evidence import digests as evidence
from service.storage.matching import fits
from service.storage.records import objection_tables, record_tables, run_tables
from service.storage.records.audit import Audit, AuditSubject
from service.storage.rounds import round_tables

ROOMS = (
    tables,
    access_tables,
    record_tables,
    run_tables,
    import_tables,
    heading_maps,
    round_tables,
    objection_tables,
    application_tables,
    fits,
)
"""Every module with tables: whoever proves rows finds their tables by name, so all of them must have been read."""
PROVING = "0012"
"""The migration from which on every lasting row has its digest in the trail."""
TOGETHER = 1_000
"""Digests in one row of the trail."""
MIGRATIONS = Path(__file__).parent / "migrations"
USE = "schema_use"
"""A table beside Alembic's own, with one row: the oldest version whose code works on this schema."""


def migrate(database: Database) -> None:
    """Run every migration that is missing; one that fails leaves nothing behind.

    A migration that only adds names in `USABLE_FROM` the oldest one whose code works on what it leaves, so that
    replicas of that version go on answering meanwhile. Rows from before the trail held digests of all that was
    written get theirs now. Raises ServiceError `schema_newer`.
    """
    with database.writing() as connection:
        before = _stands_at(connection)
        if before is not None and before not in _scripts():
            raise ServiceError(Problem.SCHEMA_NEWER, found=before, wanted=wanted())
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        # Not one of the migrations: a service of an older version reads it, whatever head stands at.
        connection.exec_driver_sql(f"CREATE TABLE IF NOT EXISTS {USE} (usable_from VARCHAR(40) NOT NULL)")
        connection.exec_driver_sql(f"DELETE FROM {USE}")  # noqa: S608 - a constant
        connection.execute(text(f"INSERT INTO {USE} VALUES (:oldest)"), {"oldest": _scripts()[wanted()]})  # noqa: S608 - a constant
        if before is not None and before < PROVING:
            audit = Audit(now)
            audit.hold(connection)
            for name, table in evidence.TABLES.items():
                keys = sorted(table.digests(connection))
                for start in range(0, len(keys), TOGETHER):
                    evidence.note(connection, name, *keys[start : start + TOGETHER])
                    audit.record(connection, SERVICE, "prove", AuditSubject("database", name), {})


@cache
def wanted() -> str:
    """The newest migration that this version brings; its scripts are read once in a process."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head() or ""


def check(database: Database) -> None:
    """Raise ServiceError `schema_outdated` or `schema_newer` unless this version can use the database's schema.

    A newer one serves, where the migration that made it says so: while it is rolled out, both versions answer.
    """
    with database.reading() as connection:
        version = _stands_at(connection)
        if version == wanted():
            return
        if version is not None and version not in _scripts():
            asked = f"SELECT usable_from FROM {USE}"  # noqa: S608 - a constant
            if inspect(connection).has_table(USE) and connection.exec_driver_sql(asked).scalar() in _scripts():
                return
            raise ServiceError(Problem.SCHEMA_NEWER, found=version, wanted=wanted())
    raise ServiceError(Problem.SCHEMA_OUTDATED, found=version or "-", wanted=wanted())


def _stands_at(connection: Connection) -> str | None:
    """The migration that was run last."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def _scripts() -> dict[str, str]:
    """This version's migrations, each with the oldest one whose code works on what it leaves: its own, unless told."""
    scripts = ScriptDirectory.from_config(alembic_config()).walk_revisions()
    return {script.revision: getattr(script.module, "USABLE_FROM", script.revision) for script in scripts}


def alembic_config() -> Config:
    """Where the migrations are."""
    config = Config()
    # ConfigParser reads a per cent sign as an interpolation.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
