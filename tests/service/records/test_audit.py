"""The audit trail: whatever is done to it behind the service's back is found, and the first bad row is named."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask import Flask
from sqlalchemy import Connection, delete, insert, select, text, update

from model.decisions import DecisionAction
from service.actions.catalogue.edit import Precondition
from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.records.decide import Choice, Decide
from service.actions.records.verify_audit import VerifyAudit
from service.files.importers.files import Brought
from service.storage import repositories, schema
from service.storage.evidence import erasures
from service.storage.records import chain
from service.storage.records.audit import AuditSubject
from service.storage.records.chain import COVERED, AuditRow, Break, Head
from service.storage.records.record_tables import audit, audit_head, decisions
from service.storage.repositories import Catalogue, open_catalogue
from service.wired import KEY, Wired
from tests.service import given
from tests.service.test_cli import ieum
from tests.support import databases

PROGRAM = given.programs()[0].id
ROWS = 31
TAMPERINGS = 300


@pytest.fixture
def catalogue(address: str) -> Iterator[Catalogue]:
    """A trail of an import, some decisions and some events of other kinds."""
    made = open_catalogue(address, lambda: given.NOON)
    schema.migrate(made.database)
    ImportProfiles(made)(Brought(given.startups(), given.programs()), given.OPERATOR)
    decide = Decide(made, repositories.open_records(lambda: given.NOON))
    for number, startup in enumerate(given.startups()[:15]):
        choice = Choice(PROGRAM, startup.id, DecisionAction.SHORTLISTED, "까닭")
        decide(choice, Precondition(absent=True), f"key-{number:05}", given.MANAGER)
        with made.database.writing() as connection:
            made.audit.record(connection, given.OPERATOR, "note", AuditSubject("test", str(number)), {"n": number})
    yield made
    made.database.close()


class UndoneError(Exception):
    """Rolls a tampering back."""


@contextmanager
def unguarded(catalogue: Catalogue) -> Iterator[Connection]:
    """A connection of somebody who owns the database and has taken the triggers away; all is undone afterwards."""
    with suppress(UndoneError), catalogue.database.writing() as connection:
        databases.unguard(connection)
        yield connection
        raise UndoneError


def broken(catalogue: Catalogue, connection: Connection, *anchors: Head) -> Break | None:
    return VerifyAudit(catalogue).seen_by(connection, anchors).broken


def rows(connection: Connection) -> list[AuditRow]:
    return [AuditRow(*row) for row in connection.execute(select(audit).order_by(audit.c.seq))]


def write(connection: Connection, seq: int, row: AuditRow) -> None:
    connection.execute(
        update(audit).where(audit.c.seq == seq).values(dict(zip(audit.c.keys(), astuple(row), strict=True)))
    )


Tampering = Callable[[Connection, random.Random], int]
"""Changes the trail; returns the first row that is bad thereafter."""


def change_a_value(connection: Connection, rng: random.Random) -> int:
    seq, name = rng.randint(1, ROWS), rng.choice([*COVERED[1:], "hash"])
    old = getattr(rows(connection)[seq - 1], name)
    place = rng.randrange(len(old)) if old else 0
    new = old[:place] + ("x" if old[place : place + 1] != "x" else "y") + old[place + 1 :]
    connection.execute(update(audit).where(audit.c.seq == seq).values({"deed" if name == "event" else name: new}))
    return seq


def delete_a_row(connection: Connection, rng: random.Random) -> int:
    seq = rng.randint(1, ROWS)
    connection.execute(delete(audit).where(audit.c.seq == seq))
    return seq


def cut_off_the_end(connection: Connection, rng: random.Random) -> int:
    seq = rng.randint(1, ROWS)
    connection.execute(delete(audit).where(audit.c.seq >= seq))
    return seq


def linked(rows: Iterable[AuditRow], after: Head) -> Iterator[AuditRow]:
    """Give rows their hashes, each following the one before; what an honest writer does."""
    for row in rows:
        values = {name: getattr(row, name) for name in COVERED}
        bare = AuditRow(**(values | {"seq": after.count + 1, "previous": after.hash}))
        made = AuditRow(**(values | {"seq": bare.seq, "previous": bare.previous}), hash=chain.hash_of(bare))
        after = Head(made.seq, made.hash)
        yield made


def add_a_row(connection: Connection, rng: random.Random) -> int:
    last = rows(connection)[-1]
    new = next(linked([last], Head(last.seq, last.hash)))
    connection.execute(insert(audit).values(astuple(new)))
    return new.seq


def swap_two_rows(connection: Connection, rng: random.Random) -> int:
    found = rows(connection)
    first, second = sorted(rng.sample(range(1, ROWS + 1), 2))
    write(connection, second, replace(found[first - 1], seq=1_000))
    write(connection, first, replace(found[second - 1], seq=first))
    write(connection, 1_000, replace(found[first - 1], seq=second))
    return first


def replace_a_row(connection: Connection, rng: random.Random) -> int:
    row = rng.choice(rows(connection))
    forged = replace(row, actor_id="somebody else")
    verb = "INSERT OR REPLACE INTO" if connection.dialect.name == "sqlite" else "INSERT INTO"
    if connection.dialect.name == "postgresql":
        connection.execute(delete(audit).where(audit.c.seq == row.seq))
    names = audit.c.keys()
    marks = ", ".join(f":{name}" for name in names)
    connection.execute(
        text(f"{verb} audit ({', '.join(names)}) VALUES ({marks})"), dict(zip(names, astuple(forged), strict=True))
    )
    return row.seq


def rewrite_from_a_row_on(connection: Connection, rng: random.Random) -> int:
    """Forge a row and give it and all behind it fitting hashes: only the head can tell."""
    found, seq = rows(connection), rng.randint(1, ROWS)
    before = Head(seq - 1, found[seq - 2].hash) if seq > 1 else Head()
    forged = [replace(found[seq - 1], actor_name="아무개"), *found[seq:]]
    for row in linked(forged, before):
        write(connection, row.seq, row)
    return ROWS


def change_a_decision(connection: Connection, rng: random.Random) -> int:
    seq = rng.choice(connection.scalars(select(decisions.c.seq)).all())
    name = rng.choice(["reason", "action", "actor_name", "program_id", "run_id", "startup_ref"])
    connection.execute(update(decisions).where(decisions.c.seq == seq).values({name: "declined"}))
    return seq


def delete_a_decision(connection: Connection, rng: random.Random) -> int:
    seq = rng.choice(connection.scalars(select(decisions.c.seq)).all())
    connection.execute(delete(decisions).where(decisions.c.seq == seq))
    return seq


def move_the_head(connection: Connection, rng: random.Random) -> int:
    count = rng.choice([0, ROWS - 1, ROWS + 1])
    connection.execute(update(audit_head).values(count=count))
    return min(count, ROWS) + 1


WAYS: tuple[Tampering, ...] = (
    change_a_value,
    delete_a_row,
    cut_off_the_end,
    add_a_row,
    swap_two_rows,
    replace_a_row,
    rewrite_from_a_row_on,
    change_a_decision,
    delete_a_decision,
    move_the_head,
)


def test_of_300_random_tamperings_every_one_is_found_and_its_first_row_named(catalogue: Catalogue) -> None:
    rng, missed = random.Random(7), []
    for number in range(TAMPERINGS):
        way = WAYS[number % len(WAYS)]
        with unguarded(catalogue) as connection:
            expected = way(connection, rng)
            found = broken(catalogue, connection)
            if found is None or found.seq != expected:
                missed.append((way.__name__, expected, found))
    with catalogue.database.reading() as connection:
        assert (missed, broken(catalogue, connection)) == ([], None)


def test_a_trail_that_was_rewritten_with_its_head_is_told_from_a_head_noted_before(catalogue: Catalogue) -> None:
    with unguarded(catalogue) as connection:
        noted = catalogue.audit.head(connection)
        rewrite_from_a_row_on(connection, random.Random(1))
        connection.execute(update(audit_head).values(hash=rows(connection)[-1].hash))

        assert broken(catalogue, connection) is None
        assert broken(catalogue, connection, noted) == Break(ROWS, "noted_otherwise")


def test_a_trail_cut_off_with_its_head_is_told_from_a_head_noted_before(catalogue: Catalogue) -> None:
    with unguarded(catalogue) as connection:
        noted = catalogue.audit.head(connection)
        connection.execute(delete(audit).where(audit.c.seq == ROWS))
        connection.execute(update(audit_head).values(count=ROWS - 1, hash=rows(connection)[-1].hash))

        assert broken(catalogue, connection, noted) == Break(ROWS, "missing")


def test_a_startup_is_named_in_the_trail_by_its_pseudonym_alone(catalogue: Catalogue) -> None:
    startup = given.startups()[0].id
    with catalogue.database.writing() as connection:
        catalogue.audit.record(connection, given.OPERATOR, "put", AuditSubject("startup", startup), {})
        written = [value for row in rows(connection) for value in astuple(row)]

    assert startup not in written


def test_the_command_names_the_first_bad_row_and_exits_with_1(tmp_path: Any) -> None:
    assert ieum(tmp_path, "migrate").exit_code == 0
    made = open_catalogue(f"sqlite:///{tmp_path}/ieum.db", lambda: given.NOON)
    ImportProfiles(made)(Brought(given.startups(), given.programs()), given.OPERATOR)
    whole = ieum(tmp_path, "audit-verify")
    head = whole.stdout.split()[-1]
    with made.database.writing() as connection:
        databases.unguard(connection)
        connection.execute(update(audit).values(actor_name="아무개"))
    made.database.close()
    forged = ieum(tmp_path, "audit-verify", "--head", head)

    assert (whole.exit_code, head.split(":")[0]) == (0, "1")
    assert (forged.exit_code, "1번 행" in forged.stderr) == (1, True)
    assert ieum(tmp_path, "audit-verify", "--head", "nonsense").exit_code == 1


def test_every_key_and_user_that_comes_or_goes_leaves_a_row(app: Flask) -> None:
    client = app.test_client()
    user = client.post("/api/v1/users", json={"name": "이담당", "role": "manager"}).get_json()["id"]
    client.patch(f"/api/v1/users/{user}", json={"role": "viewer"})
    key = client.post("/api/v1/keys", json={"name": "k", "role": "viewer"}).get_json()["id"]
    client.post(f"/api/v1/keys/{key}/revoke")
    wired: Wired = app.extensions[KEY]
    with wired.catalogue.database.reading() as connection:
        found = [(row.event, row.subject) for row in wired.catalogue.audit.rows(connection)]

    assert found[-4:] == [("admit", user), ("change_user", user), ("issue_key", key), ("revoke_key", key)]


def test_rights_that_were_given_are_on_record(app: Flask) -> None:
    client = app.test_client()
    body = {"name": "이담당", "role": "manager", "programs": [PROGRAM]}
    user = client.post("/api/v1/users", json=body).get_json()["id"]
    client.patch(f"/api/v1/users/{user}", json={"programs": None, "disabled": True})
    client.post("/api/v1/keys", json={"name": "k", "role": "manager", "scopes": ["read"], "programs": [PROGRAM]})
    wired: Wired = app.extensions[KEY]
    with wired.catalogue.database.reading() as connection:
        last = list(wired.catalogue.audit.rows(connection))[-3:]
    admitted, changed, issued = (orjson.loads(row.details) for row in last)
    assert [next(iter(details.pop("wrote"))).partition("/")[0] for details in (admitted, changed)] == ["users", "users"]

    assert admitted == {"role": "manager", "programs": [PROGRAM], "disabled": False}
    assert changed == {"fields": ["disabled_at", "programs"], "role": "manager", "programs": None, "disabled": True}
    assert {name: issued[name] for name in ("role", "scopes", "programs", "until")} == {
        "role": "manager",
        "scopes": ["read"],
        "programs": [PROGRAM],
        "until": "2027-02-02T03:00:00+00:00",
    }


def test_no_two_writers_wait_in_a_circle(tmp_path: Path) -> None:
    """One takes the catalogue's turn and then the trail's; another, that has begun with the trail, must not hold it."""
    with given.database("postgresql", tmp_path) as address:
        catalogue = open_catalogue(address, lambda: given.NOON)
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        failures: list[BaseException] = []

        def other() -> None:
            try:
                with catalogue.database.writing() as connection:
                    catalogue.audit.hold(connection)
                    erasures.held(connection)
            except BaseException as error:
                failures.append(error)

        thread = threading.Thread(target=other)
        with catalogue.database.writing() as first:
            catalogue.revisions.hold(first)
            thread.start()
            while catalogue.database.scalar(str(waiting)) == 0:
                time.sleep(0.02)
            first.execute(text("SET LOCAL lock_timeout = '5s'"))
            catalogue.audit.hold(first)
        thread.join()
        catalogue.database.close()

    assert failures == []
