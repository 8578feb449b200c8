"""Retention and erasure: evidence stays its time whatever the clock says; an erased startup is found nowhere."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from service.actions.import_profiles import ImportProfiles
from service.actions.retain import Retain, Swept
from service.actions.verify_audit import VerifyAudit
from service.errors import ServiceError
from service.importers.files import Brought
from service.registry import Registry
from service.settings import Settings, from_environment
from service.storage import records
from service.storage.runs import ShownAnswer
from service.wired import KEY, Wired
from tests.service import given

NAME, ID = "아주특별한이름", "s-특별"
STARTUP = replace(given.startups()[0], id=ID, name=NAME, business_number="1234567891")


@pytest.fixture
def wired(address: str, registry: Registry, tmp_path: Path) -> Iterator[Wired]:
    app = given.application(tmp_path, registry, Settings(home=tmp_path, database_url=address))
    made: Wired = app.extensions[KEY]
    fill(app)
    yield made
    made.accesses.stop()
    made.catalogue.database.close()


def fill(app: Flask) -> None:
    """A startup in two states, matched, decided on, objected for."""
    made: Wired = app.extensions[KEY]
    for employees in (1, 2):
        ImportProfiles(made.catalogue)(Brought((replace(STARTUP, employees=employees),)), given.OPERATOR)
        client = app.test_client()
        run = client.get(f"/api/v1/startups/{ID}/matches").get_json()["run_id"]
    body = {"program_id": given.programs()[0].id, "startup_id": ID, "action": "rejected", "reason": "까닭"}
    client.post("/api/v1/decisions", json=body, headers={"Idempotency-Key": "about-it", "If-None-Match": "*"})
    client.post("/api/v1/objections", json={"run_id": run, "sender": f"대표 {NAME}", "text": NAME})


def retain(wired: Wired, at: datetime = given.NOON) -> Retain:
    return Retain(wired.catalogue, records.kept(lambda: at), wired.settings, lambda: at)


def everything(wired: Wired) -> str:
    """Every value of every table as text, what is compressed unpacked."""
    engine = wired.catalogue.database.engine
    with engine.connect() as connection:
        values = [
            value
            for table in inspect(engine).get_table_names()
            if table not in ("removed", "accesses")  # followers need the id; who came stays two years
            for row in connection.execute(text(f'SELECT * FROM "{table}"'))
            for value in row
        ]
    return "\n".join(zlib.decompress(v).decode() if isinstance(v, bytes) else str(v) for v in values)


def test_an_erased_startup_is_found_nowhere_and_its_decision_stays(wired: Wired) -> None:
    before = everything(wired)
    done = retain(wired).erase(ID, "본인 요청", given.OPERATOR)
    after = everything(wired)

    assert all(secret in before for secret in (NAME, ID, STARTUP.business_number or ""))
    assert [secret for secret in (NAME, ID, STARTUP.business_number or "") if secret in after] == []
    assert (done.states, done.runs) == (2, 2)
    decisions = wired.decisions.page(after=0, limit=9, filters={}, actor=given.MANAGER).items
    assert [(decision.startup_id, decision.action) for decision in decisions] == [(None, "rejected")]
    assert VerifyAudit(wired.catalogue, records.kept(lambda: given.NOON))().broken is None


def test_what_is_unknown_can_not_be_erased(wired: Wired) -> None:
    with pytest.raises(ServiceError) as refused:
        retain(wired).erase("none", "본인 요청", given.OPERATOR)

    assert refused.value.code == "nothing_to_erase"


def test_a_run_past_its_time_goes_and_others_stay(wired: Wired) -> None:
    with wired.catalogue.database.writing() as connection:
        runs = records.kept(lambda: given.NOON).runs
        some = runs.get(connection, connection.scalars(text("SELECT id FROM runs LIMIT 1")).one())
        assert some is not None
        old = replace(some, id="old", at="2019-01-01T00:00:00.000000+00:00")
        runs.add_all(connection, [ShownAnswer(old, "ko", "0" * 64)])
    preview = retain(wired).preview()
    applied = retain(wired).apply(given.OPERATOR)

    assert preview == applied == Swept(runs=1, earlier=0, accesses=0, keys=0)
    assert retain(wired).preview().runs == 0


def test_a_clock_set_forward_can_not_delete_evidence(wired: Wired) -> None:
    with pytest.raises(DBAPIError, match=r"evidence|never changed"):
        retain(wired, given.NOON + timedelta(days=9_999)).apply(given.OPERATOR)


@pytest.mark.parametrize("setting", ["IEUM_EVIDENCE_YEARS=4", "IEUM_ACCESS_YEARS=1", "IEUM_KEY_HOURS=0"])
def test_a_time_shorter_than_the_law_asks_is_refused(setting: str) -> None:
    name, value = setting.split("=")

    with pytest.raises(ServiceError) as refused:
        from_environment({name: value})

    assert refused.value.code == "bad_setting"
