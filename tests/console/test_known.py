"""A page says what is known of a pair, apart from what it recommends, and has a switch."""

from __future__ import annotations

from datetime import date

from flask import Flask

from model.domain import Outcome, OutcomeKind
from model.faults import Fault
from service.actions.catalogue.import_profiles import ImportProfiles
from service.files.importers.files import Brought
from service.identity import UserRole
from service.wired import KEY
from tests.console.browsers import signed_in
from tests.service import given

PROGRAM = next(program for program in given.programs() if program.is_ranked)
STARTUP = next(startup for startup in given.startups() if not startup.history)


def test_a_startup_s_page_says_where_it_was_refused(own_app: Flask) -> None:
    outcome = Outcome(STARTUP.id, PROGRAM.id, OutcomeKind.REJECTED, date(2026, 1, 20))
    brought = Brought(given.startups(), given.programs(), ((Fault("", "outcomes.csv", 2), outcome),))
    ImportProfiles(own_app.extensions[KEY].catalogue)(brought, given.OPERATOR)
    browser = signed_in(own_app, UserRole.ADMIN)

    for language, words in (("ko", "이미 신청·참여한 프로그램"), ("en", "Programs already applied to")):
        page = browser.get(f"/console/{language}/startups/{STARTUP.id}").text
        assert words in page
        assert 'name="known"' in page
    assert "탈락" in browser.get(f"/console/ko/startups/{STARTUP.id}").text
    assert STARTUP.id in browser.get(f"/console/ko/programs/{PROGRAM.id}").text
