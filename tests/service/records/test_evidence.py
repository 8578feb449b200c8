"""Evidence: whichever lasting row is changed behind the service's back, the trail names it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Column, Connection, delete, select, update
from sqlalchemy.exc import IntegrityError

from service.actions.records.verify_audit import VerifyAudit
from service.settings import Settings
from service.storage.columns import Moment, metadata
from service.storage.evidence import digests as evidence
from service.storage.matching.registry import Registry
from service.storage.records.chain import Break
from service.wired import KEY, Wired
from tests.service import given
from tests.service.records.test_audit import UndoneError, unguard
from tests.service.records.test_erase import ID, PROGRAM, Erasing, fill
from tests.service.rounds.test_round_sheets import combined, exported, filled_in
from tests.service.rounds.test_rounds import start
from tests.support import databases

TABLES = [table.name for table in metadata.sorted_tables]
FINDING_ONLY = {"search", "updated_at"}
"""Columns of profiles that only help to find them: no decision rests on them."""


@pytest.fixture(scope="module", params=databases.KINDS)
def filled(
    request: pytest.FixtureRequest, registry: Registry, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Wired]:
    """A service with rows in every table."""
    home = tmp_path_factory.mktemp("evidence")
    with given.database(request.param, home) as address:
        app = given.application(home, registry, Settings(home=home, database_url=address))
        wired: Wired = app.extensions[KEY]
        made = Erasing(wired, app.test_client(), home)
        fill(made)
        made.post("keys", {"name": "k", "role": "viewer"})
        made.client.delete(f"/api/v1/startups/{given.startups()[7].id}", headers={"If-Match": "*"})
        made.client.post(f"{made.preview}/commit")
        outcome = {"startup_id": ID, "program_id": PROGRAM, "outcome": "selected", "on": "2026-01-05"}
        lines = "startup_id,program_id,outcome,on\n" + ",".join(outcome.values()) + "\n"
        brought = made.client.post("/api/v1/imports?name=o.csv", data=lines.encode(), content_type="text/csv")
        made.client.post(f"{brought.headers['Location']}/commit")
        score(made)
        wired.accesses.flush()
        Hourly(wired.catalogue, wired.settings, lambda: given.NOON)()
        yield wired
        wired.accesses.stop()
        wired.catalogue.database.close()


def score(made: Erasing) -> None:
    """Bring evaluators' scores of a round back in its workbook."""
    identifier = start(made.client)["id"]
    book = filled_in(exported(made.client, identifier), lambda line, number: 60 + line + number)
    assert combined(made.client, identifier, book)["refused"] == []


@contextmanager
def tampering(wired: Wired) -> Iterator[Connection]:
    """A connection of somebody who owns the database; all is undone afterwards."""
    with suppress(UndoneError), wired.catalogue.database.writing() as connection:
        unguard(connection)
        yield connection
        connection.info.clear()
        raise UndoneError


def broken(wired: Wired, connection: Connection) -> Break | None:
    return VerifyAudit(wired.catalogue).seen_by(connection).broken


def other(column: Column[Any], value: Any) -> Any:
    """Another value that the column takes."""
    kind = datetime if isinstance(column.type, Moment) else column.type.python_type
    if kind is bool:
        return not value
    if kind is int:
        return (value or 0) + 1
    if kind is str:
        return (value or "z")[:-1] + ("x" if (value or "")[-1:] != "x" else "y")
    return {bytes: b"?", date: date(2020, 1, 2), datetime: datetime(2020, 1, 2, tzinfo=UTC)}[kind]


def test_every_table_is_proved_or_it_is_said_why_not() -> None:
    assert set(TABLES) == set(evidence.TABLES) | set(evidence.UNPROVED)


@pytest.mark.parametrize("name", sorted(evidence.TABLES))
def test_a_changed_column_a_missing_and_a_forged_row_are_found_in_every_table(filled: Wired, name: str) -> None:
    table, missed = metadata.tables[name], []
    left_out = getattr(evidence.TABLES[name], "leave_out", frozenset()) | FINDING_ONLY
    with filled.catalogue.database.reading() as connection:
        assert broken(filled, connection) is None
        row = dict(connection.execute(select(table)).mappings().first() or {})
    assert row, "the table is empty: nothing would be proved"
    own = [column == row[column.name] for column in table.primary_key.columns]
    ways: dict[str, Any] = {
        f"change {column.name}": update(table).where(*own).values({column: other(column, row[column.name])})
        for column in table.c
        if column.name not in left_out
    }
    ways["delete"] = delete(table).where(*own)
    for way, statement in ways.items():
        with suppress(IntegrityError), tampering(filled) as connection:
            connection.execute(statement)
            found = broken(filled, connection)
            if found is None or found.record.partition("/")[0] not in (name, "startups", "programs"):
                missed.append((way, found))

    assert missed == []
