"""Retention: evidence stays its time, whatever the clock says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from service.actions.retain import Retain, Swept
from service.errors import ServiceError
from service.settings import from_environment
from service.storage import records
from service.storage.runs import ShownAnswer
from service.wired import KEY, Wired
from tests.service import given


@pytest.fixture
def wired(on_both: Flask) -> Wired:
    made: Wired = on_both.extensions[KEY]
    on_both.test_client().get(f"/api/v1/startups/{given.startups()[0].id}/matches")
    return made


def retain(wired: Wired, at: datetime = given.NOON) -> Retain:
    return Retain(wired.catalogue, records.kept(lambda: at), wired.settings, lambda: at)


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
