"""Which schema a version can use: its own, and a newer one that says so; all others are named in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Column, String, text

from service.errors import ServiceError
from service.storage import schema
from service.storage.columns import metadata
from service.storage.database import Database
from service.storage.evidence import digests, guards
from service.storage.evidence.digests import Lasting
from service.storage.records.startup_refs import StartupRefs


@pytest.fixture
def database(address: str) -> Database:
    made = Database(address)
    schema.migrate(made)
    return made


def newer(database: Database, usable_from: str) -> None:
    """As the next version leaves it."""
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text("UPDATE schema_use SET usable_from = :oldest"), {"oldest": usable_from})


def test_a_newer_schema_that_says_so_is_used(database: Database) -> None:
    newer(database, schema.wanted())

    schema.check(database)
    database.close()


def test_a_newer_schema_that_does_not_say_so_is_refused_in_words(database: Database) -> None:
    newer(database, "9999")

    for act in (schema.check, schema.migrate):
        with pytest.raises(ServiceError, match="schema_newer"):
            act(database)
    database.close()


def test_every_migration_from_now_on_says_from_which_version_on_its_schema_can_be_used() -> None:
    scripts = ScriptDirectory.from_config(schema.alembic_config()).walk_revisions()
    later = {script.revision: script.module for script in scripts if script.revision > schema.PROVING}

    assert [revision for revision, module in later.items() if not hasattr(module, "USABLE_FROM")] == []


def test_deployment_names_the_last_migration_that_needs_a_pause() -> None:
    text = (Path(__file__).parents[3] / "docs" / "deployment.md").read_text(encoding="utf-8")
    alone = [revision for revision, usable_from in schema._scripts().items() if revision == usable_from]

    assert f"The migrations up to {max(alone)} don't" in text


def test_a_column_that_a_migration_added_proves_nothing_while_it_is_empty(database: Database) -> None:
    plain, expanded = Lasting("startup_refs", "ref"), Lasting("startup_refs", "ref", added=frozenset({"remark"}))
    with database.writing() as connection:
        ref = StartupRefs().of(connection, "s-1")
        before = plain.digests(connection, [ref])
        connection.execute(text("ALTER TABLE startup_refs ADD COLUMN remark VARCHAR(40)"))
        connection.info.clear()
    table = metadata.tables["startup_refs"]
    table.append_column(column := Column("remark", String(40)))
    digests._statements.cache_clear()  # the version that knows the column is another process
    try:
        with database.writing() as connection:
            assert expanded.digests(connection, [ref]) == before
            assert plain.digests(connection, [ref]) != before
            with guards.lifted(connection, table):
                connection.execute(text("UPDATE startup_refs SET remark = 'x'"))
            assert expanded.digests(connection, [ref]) != before
    finally:
        table._columns.remove(column)
        digests._statements.cache_clear()
    database.close()


def test_an_older_schema_asks_for_the_migration(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))

    with pytest.raises(ServiceError, match="schema_outdated"):
        schema.check(database)
    database.close()
