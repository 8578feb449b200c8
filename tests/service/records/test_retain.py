"""Retention: evidence stays its time, whatever the clock says."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from model.decisions import DecisionAction
from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.records.retain import Retain, Swept
from service.errors import ServiceError
from service.files.importers.files import Brought
from service.identity import SERVICE
from service.settings import from_environment
from service.storage import repositories
from service.storage.records.audit import SHOWING, AuditSubject
from service.storage.records.decisions import EVENT, Decision
from service.storage.records.runs import RunRecord, ShownAnswer
from service.wired import KEY, Wired
from tests.service import given


@pytest.fixture
def wired(on_both: Flask) -> Wired:
    made: Wired = on_both.extensions[KEY]
    on_both.test_client().get(f"/api/v1/startups/{given.startups()[0].id}/matches")
    return made


def retain(wired: Wired, at: datetime = given.NOON) -> Retain:
    return Retain(wired.catalogue, repositories.open_records(lambda: at), wired.settings, lambda: at)


def add_old_run(wired: Wired, connection: Connection) -> RunRecord:
    runs = repositories.open_records(lambda: given.NOON).runs
    some = runs.get(connection, connection.scalars(text("SELECT id FROM runs LIMIT 1")).one())
    assert some is not None
    old = replace(some, id="old", at="2019-01-01T00:00:00.000000+00:00")
    runs.add_all(connection, [ShownAnswer(old, "ko", b"{}")])
    wired.catalogue.audit.record(connection, SERVICE, SHOWING, AuditSubject("run", old.id), {})
    return old


def test_a_run_past_its_time_goes_and_others_stay(wired: Wired) -> None:
    with wired.catalogue.database.writing() as connection:
        add_old_run(wired, connection)
    preview = retain(wired).preview()
    applied = retain(wired).apply(given.OPERATOR)

    assert preview == applied == Swept(runs=1, earlier=0, accesses=0, keys=0)
    assert retain(wired).preview().runs == 0


def test_a_run_that_is_decided_on_meanwhile_stays(wired: Wired) -> None:
    database, audit = wired.catalogue.database, wired.catalogue.audit
    with database.writing() as connection:
        old = add_old_run(wired, connection)
    with ThreadPoolExecutor(1) as other:
        with database.writing() as connection:
            seq = audit.hold(connection).count + 1
            applying = other.submit(retain(wired).apply, given.OPERATOR)
            wait([applying], timeout=0.3)
            what = ("p", "startup-x", 1, DecisionAction.SHORTLISTED, "기술 적합", old.id)
            decision = Decision(seq, *what, "kim", "김담당", audit.now())
            repositories.open_records(lambda: given.NOON).decisions.add(connection, decision)
            audit.record(connection, given.MANAGER, EVENT, AuditSubject("program", "p"), {"decision": decision.id})

        assert applying.result().runs == 0


def test_a_clock_set_forward_can_not_delete_evidence(wired: Wired) -> None:
    with pytest.raises(DBAPIError, match=r"evidence|never changed"):
        retain(wired, given.NOON + timedelta(days=9_999)).apply(given.OPERATOR)


def test_states_that_a_report_of_a_past_day_reads_stay_though_no_run_rests_on_them(on_both: Flask) -> None:
    wired: Wired = on_both.extensions[KEY]
    catalogue, startup = wired.catalogue, given.startups()[0]
    before = catalogue.revisions.now()
    ImportProfiles(catalogue)(Brought((replace(startup, name="나중 이름"),)), given.OPERATOR)
    on_both.test_client().get(f"/api/v1/startups/{startup.id}/matches")

    assert retain(wired).apply(given.OPERATOR).earlier == 0
    with catalogue.database.reading() as connection:
        assert startup.name in {record.name for record, _ in catalogue.startups.as_of(connection, before)}


@pytest.mark.parametrize("setting", ["IEUM_EVIDENCE_YEARS=4", "IEUM_ACCESS_YEARS=1", "IEUM_KEY_HOURS=0"])
def test_a_time_shorter_than_the_law_asks_is_refused(setting: str) -> None:
    name, value = setting.split("=")

    with pytest.raises(ServiceError) as refused:
        from_environment({name: value})

    assert refused.value.code == "bad_setting"
