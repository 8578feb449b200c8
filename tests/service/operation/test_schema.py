"""Which schema a version can use: its own, and a newer one that says so; all others are named in words."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from service.errors import ServiceError
from service.storage import schema
from service.storage.database import Database


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


def test_an_older_schema_asks_for_the_migration(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))

    with pytest.raises(ServiceError, match="schema_outdated"):
        schema.check(database)
    database.close()
