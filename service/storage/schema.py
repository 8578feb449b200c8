"""Bringing the database to this version's schema, and telling whether it is there."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from service.errors import ServiceError
from service.storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Run every migration that is missing; one that fails leaves nothing behind."""
    with database.writing() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


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
