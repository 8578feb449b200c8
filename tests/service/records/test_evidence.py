"""Evidence: whichever lasting row is changed behind the service's back, the trail names it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from typing import Any

import orjson
import pytest
from flask import Flask
from sqlalchemy import Column, Connection, delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from service.actions.operation.hourly import Hourly
from service.actions.records.verify_audit import VerifyAudit
from service.identity import UserRole
from service.settings import Settings
from service.storage.columns import UtcMoment, metadata
from service.storage.evidence import digests as evidence
from service.storage.matching.registry import Registry
from service.storage.records.chain import Break
from service.wired import KEY, Wired
from tests.service import given
from tests.service.applications import test_desk as desks
from tests.service.applications.test_applicants import bring, sheet
from tests.service.applications.test_desk import HEADINGS
from tests.service.records.test_audit import UndoneError
from tests.service.records.test_erase import ID, PROGRAM, Erasing, fill
from tests.service.rounds.test_round_sheets import combined, exported, filled_in
from tests.service.rounds.test_rounds import start
from tests.support import databases

TABLES = [table.name for table in metadata.sorted_tables]
BESIDE = ("startups", "programs", "import_rows")
"""Tables that may give a change away as well, since their rows lie beside those that were changed."""
FINDING_ONLY = {"search", "updated_at", "firm_number"}
"""Columns of profiles that only help to find them; the firm's number stands in the profile too, which is proved."""


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
        desk(app)
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


def desk(app: Flask) -> None:
    """An application with a person's word, a list from outside with its answer, a merge, and a round over papers."""
    operator, manager = app.test_client(), given.acting(app, UserRole.MANAGER)
    for identifier in ("applied", "same"):
        body = {"id": identifier, "name": f"이름만 {identifier}"}
        assert operator.put(f"/api/v1/startups/{identifier}", json=body).status_code == 201
    rows = [(7, "applied", "아이템", "2026-02-01"), (8, "same", "아이템", "2026-02-01")]
    assert bring(app, sheet(*rows, headings=HEADINGS), desks.PROGRAM.id).status_code == 201
    ids = [item["id"] for item in manager.get("/api/v1/applications").get_json()["items"]]
    desks.confirm_all(manager, ids)
    assert desks.run(manager, settled_later=[]).status_code == 201
    report = desks.listing(app, ("주식회사 이름만 same", "")).get_json()
    own = {"line": report["matches"][0]["line"], "startup_id": "same", "is_same": False, "reason": "대표자가 다름"}
    manager.post(f"/api/v1/listings/{report['listing']['id']}/answers", json=own)
    merged = given.acting(app, UserRole.OPERATOR).post(
        "/api/v1/startups/applied/merges", json={"gone": "same", "reason": "같은 법인"}
    )
    assert merged.status_code == 201


@contextmanager
def tampering(wired: Wired) -> Iterator[Connection]:
    """A connection of somebody who owns the database; all is undone afterwards."""
    with suppress(UndoneError), wired.catalogue.database.writing() as connection:
        databases.unguard(connection)
        yield connection
        connection.info.clear()
        raise UndoneError


def broken(wired: Wired, connection: Connection) -> Break | None:
    return VerifyAudit(wired.catalogue).seen_by(connection).broken


def other(column: Column[Any], value: Any) -> Any:
    """Another value that the column takes."""
    kind = datetime if isinstance(column.type, UtcMoment) else column.type.python_type
    if kind is bool:
        return not value
    if kind is int:
        return (value or 0) + 1
    if kind is str:
        return (value or "z")[:-1] + ("x" if (value or "")[-1:] != "x" else "y")
    return {bytes: b"?", date: date(2020, 1, 2), datetime: datetime(2020, 1, 2, tzinfo=UTC)}[kind]


def test_every_table_is_proved_or_it_is_said_why_not() -> None:
    assert set(TABLES) - set(evidence.TABLES) - set(evidence.UNPROVED) == set()


@pytest.mark.parametrize("name", sorted(evidence.TABLES))
def test_a_changed_column_a_missing_and_a_forged_row_are_found_in_every_table(filled: Wired, name: str) -> None:
    table, missed = metadata.tables[name], []
    left_out = getattr(evidence.TABLES[name], "leave_out", frozenset()) | FINDING_ONLY
    with filled.catalogue.database.reading() as connection:
        assert broken(filled, connection) is None
        counted = getattr(evidence.TABLES[name], "only", None)
        query = select(table).where(text(counted)) if counted else select(table)
        row = dict(connection.execute(query).mappings().first() or {})
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
            if found is None or found.record.partition("/")[0] not in (name, *BESIDE):
                missed.append((way, found))

    assert missed == []


TAMPERINGS = {
    "swap two startups' pseudonyms": ("startup_refs", None),
    "cut a pseudonym's tie": ("startup_refs", "DELETE FROM startup_refs"),
    "change what an objection says": ("objections", "UPDATE objections SET text = 'x'"),
    "take an objection away": ("objections", "DELETE FROM objections"),
    "turn an answer round": ("objection_answers", "UPDATE objection_answers SET outcome = 'upheld'"),
    "take an answer away": ("objection_answers", "DELETE FROM objection_answers"),
    "change a round's terms": ("rounds", "UPDATE rounds SET about = replace(about, '3', '4')"),
    "change what a round was run on": ("rounds", "UPDATE rounds SET slate = outcome"),
    "change why somebody is listed": ("round_reasons", "UPDATE round_reasons SET shares = '[]'"),
    "take evaluators' scores away": ("scorings", "DELETE FROM scorings"),
    "change evaluators' scores": ("scorings", "UPDATE scorings SET scores = '[]'"),
    "raise a user's role": ("users", "UPDATE users SET role = 'owner'"),
    "open a key for more": ("keys", "UPDATE keys SET scopes = '[]'"),
    "issue a key past the service": ("keys", None),
    "change what an import brought": ("import_rows", "UPDATE import_rows SET record_id = 'x' WHERE document IS NULL"),
    "change an import's counts": ("imports", "UPDATE imports SET about = '{}' WHERE state = 'committed'"),
    "take accesses away": ("accesses", "DELETE FROM accesses WHERE id = 1"),
    "change what a run rested on": ("runs", "UPDATE runs SET model_version = 'x'"),
}
"""Eighteen kinds, by what is done, the table that gives it away, and the statement (None: see below)."""


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_each_of_eighteen_kinds_of_tampering_is_found_and_its_first_row_named(filled: Wired, kind: str) -> None:
    table, statement = TAMPERINGS[kind]
    with tampering(filled) as connection:
        if statement:
            assert connection.execute(
                text(statement.replace("= outcome", f"= CAST(outcome AS {binary(connection)})"))
            ).rowcount
        elif table == "startup_refs":
            swap_two_ties(connection)
        else:
            copied = connection.execute(select(metadata.tables[table])).mappings().first()
            connection.execute(insert(metadata.tables[table]).values({**dict(copied or {}), "id": "forged"}))
        first = min((seq for record, seq in seqs(connection).items() if record.partition("/")[0] == table), default=0)
        found = broken(filled, connection)

        assert found is not None
        assert found.record.partition("/")[0] == table
        assert found.seq >= first


def binary(connection: Connection) -> str:
    return "BYTEA" if connection.dialect.name == "postgresql" else "BLOB"


def swap_two_ties(connection: Connection) -> None:
    refs = metadata.tables["startup_refs"]
    one, two = connection.execute(select(refs).order_by(refs.c.ref).limit(2)).all()
    for ref, startup in ((one.ref, "-"), (two.ref, one.startup_id), (one.ref, two.startup_id)):
        connection.execute(update(refs).where(refs.c.ref == ref).values(startup_id=startup))


def seqs(connection: Connection) -> dict[str, int]:
    """The last row of the trail that tells of each record."""
    audit = metadata.tables["audit"]
    rows = connection.execute(select(audit.c.seq, audit.c.details).order_by(audit.c.seq))
    return {record: row.seq for row in rows for record in orjson.loads(row.details).get("wrote", {})}
