"""What waits for a person, who stands on a program's list, and whom a program took before."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from model.decisions import DecisionAction
from model.domain import Outcome, OutcomeKind
from model.eligibility.overview import IntakeState
from model.faults import Fault
from service.actions.catalogue.edit import Precondition
from service.actions.catalogue.explain_eligibility import ExplanationWish
from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.matching.match import Options
from service.actions.records.decide import Choice
from service.files.importers.files import Brought
from service.identity import UserRole
from service.storage.matching.registry import Registry
from service.wired import KEY, Wired
from tests.service import given

A = DecisionAction
TAKEN = ["s-0001", "s-0002", *(f"s-{number:04}" for number in range(9, 22))]


@pytest.fixture(scope="module")
def app(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    made = given.application(tmp_path_factory.mktemp("work"), registry)
    wired: Wired = made.extensions[KEY]
    days = date(2025, 6, 1), date(2025, 12, 1)
    outcomes = (
        *(Outcome(startup, "majung-2026", OutcomeKind.SELECTED, days[0]) for startup in TAKEN),
        *(Outcome(startup, "majung-2026", OutcomeKind.COMPLETED, days[1]) for startup in TAKEN),
        Outcome("s-0003", "majung-2026", OutcomeKind.REJECTED, days[0]),
        Outcome("s-0004", "majung-2026", OutcomeKind.APPLIED, days[0]),
    )
    ImportProfiles(wired.catalogue)(Brought((), (), tuple((Fault("missing"), one) for one in outcomes)), given.OPERATOR)
    decide(wired, "majung-2026", "s-0005", A.SHORTLISTED, A.SELECTED)
    decide(wired, "majung-2026", "s-0006", A.SHORTLISTED)
    decide(wired, "majung-2026", "s-0007", A.SHORTLISTED, A.REOPENED)
    decide(wired, "majung-2026", "s-0008", A.RESERVE)
    decide(wired, "jungle-2026", "s-0008", A.SHORTLISTED, A.REJECTED)
    return made


def decide(wired: Wired, program: str, startup: str, *actions: DecisionAction) -> None:
    for number, action in enumerate(actions):
        seen = Precondition((number,)) if number else Precondition(absent=True)
        wired.decide(Choice(program, startup, action, "사유", None), seen, f"{program}{startup}{number}", given.MANAGER)


def number(page: str, card: str) -> tuple[str, str]:
    """Where the number of a card leads, and the number."""
    (shown,) = re.findall(
        rf'<a href="([^"]*)" aria-labelledby="card-{card} [^>]*><span id="number-{card}">([^<]*)<', page
    )
    return shown


def listed(text: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/console/ko/startups/(s-\d+)', text)


def test_the_list_of_a_program_is_what_the_last_decisions_say(client: FlaskClient) -> None:
    page = client.get("/console/ko/programs/majung-2026/shortlist").text

    assert listed(page) == ["s-0005", "s-0008", "s-0006"]
    assert listed(client.get("/console/ko/programs/jungle-2026/shortlist").text) == []


def test_the_overview_counts_what_waits_for_a_person(client: FlaskClient, app: Flask) -> None:
    wired: Wired = app.extensions[KEY]
    page = client.get("/console/ko/").text

    assert wired.decisions.undecided(given.MANAGER) == {"majung-2026": 1}
    assert "결정을 기다리는 서류 통과 기업" in page
    assert "/console/ko/programs/majung-2026/shortlist" in page
    assert number(page, "objections") == ("/console/ko/objections?state=open", "0")
    assert number(page, "undecided") == ("#own", "1")
    assert re.search(r'majung-2026/shortlist">1</a>', page)


def test_whoever_is_bound_to_programs_counts_these_alone(app: Flask) -> None:
    wired: Wired = app.extensions[KEY]
    own = given.acting(app, UserRole.MANAGER, programs=["jungle-2026"])

    assert "majung-2026/shortlist" not in own.get("/console/ko/").text
    assert own.get("/console/ko/programs/majung-2026/shortlist").status_code == 403
    assert wired.decisions.undecided(given.OPERATOR) == {"majung-2026": 1}


def test_whoever_is_bound_sees_their_own_programs_first_and_no_card_of_others(app: Flask) -> None:
    own = given.acting(app, UserRole.MANAGER, programs=["majung-2026", "jungle-2026"]).get("/console/ko/").text
    table = own.split('id="own"')[1].split("</table>")[0]

    assert re.findall(r'<th scope="row"><a href="/console/ko/programs/([^"]+)"', table) == [
        "majung-2026",
        "jungle-2026",
    ]
    assert re.findall(r'/applications\?program=([^"]+)">(\d+)<', table) == [("majung-2026", "0"), ("jungle-2026", "0")]
    assert not re.search('id="card-(open|unknown|check|unsure|model)"', own)


def test_a_number_of_calls_leads_to_the_list_of_these_calls(client: FlaskClient, app: Flask) -> None:
    wired: Wired = app.extensions[KEY]
    page, calls = client.get("/console/ko/").text, wired.eligibility.calls(ExplanationWish())

    for state in (IntakeState.OPEN, IntakeState.UNKNOWN):
        address, count = number(page, state)
        shown = re.findall(r"/console/ko/programs/([\w-]+)", client.get(f"{address}&size=100").text)
        assert calls[state]
        assert (count, set(shown)) == (str(len(calls[state])), {call.id for call in calls[state]})


def test_calls_that_close_soon_are_those_of_thirty_days_with_the_days_left(client: FlaskClient, app: Flask) -> None:
    wired: Wired = app.extensions[KEY]
    table = client.get("/console/ko/").text.split('id="soonest"')[1].split("</table>")[0]
    days = [
        ((call.closes_on - given.NOON.date()).days, call.id)
        for call in wired.eligibility.calls(ExplanationWish())[IntakeState.OPEN]
        if call.closes_on and not call.always_open
    ]

    shown = re.findall(r'/programs/([^"]+)".*?>(D-\d+|D-DAY)<', table)
    assert shown == [(call, f"D-{left}" if left else "D-DAY") for left, call in days if left <= 30][:10]


def test_past_participants_are_those_that_a_program_took_never_the_startup_itself(client: FlaskClient) -> None:
    page = client.get("/console/ko/startups/s-0001/programs/majung-2026").text
    table = page.split('id="part-participants"')[1].split("</table>")[0]

    assert listed(table)
    assert set(listed(table)) <= set(TAKEN) - {"s-0001"}
    assert "수행 완료" in table
    assert re.search(r'class="figure">\d+(\.\d)?%', table)


def test_each_program_is_told_with_its_nearest_participant_if_it_has_any(app: Flask) -> None:
    wired: Wired = app.extensions[KEY]
    with app.test_request_context():
        run = wired.matching.for_startup("s-0009", Options(on=given.NOON.date()))
    one = wired.participants(run, ["majung-2026", "jungle-2026"], given.MANAGER)
    both = wired.participants(run, ["majung-2026"], given.MANAGER, 5)["majung-2026"]

    assert set(one) == {"majung-2026"}
    assert {found.startup.id for found in both} <= set(TAKEN) - {"s-0009"}
    assert one["majung-2026"] == both[:1]
    assert [found.likeness for found in both] == sorted((found.likeness for found in both), reverse=True)
    assert all(found.likeness > 0 for found in both)


def test_participants_of_programs_that_are_not_ones_own_stay_hidden(app: Flask) -> None:
    other = given.acting(app, UserRole.MANAGER, programs=["jungle-2026"])
    page = other.get("/console/ko/startups/s-0001?ineligible=1&limit=25").text

    assert "과거 참여 기업마다" not in page


def test_the_drift_panel_shows_each_measure_with_its_figure(client: FlaskClient) -> None:
    page = client.get("/console/en/drift").text
    figures = [float(found) for found in re.findall(r'"figure">([\d.]+)</td>', page)]

    assert len(figures) == 8
    assert all(0 <= figure <= 1 for figure in figures)
    assert page.count('<svg class="strip"') == 8


def test_the_overview_asks_for_drift_only_where_it_may_be_seen(app: Flask) -> None:
    assert "/console/ko/drift" not in given.acting(app, UserRole.VIEWER).get("/console/ko/").text
    assert "/console/ko/drift" in given.acting(app, UserRole.OPERATOR).get("/console/ko/").text


def test_startups_with_open_questions_are_counted_once_coverage_is_known(client: FlaskClient, app: Flask) -> None:
    wired: Wired = app.extensions[KEY]
    client.get("/console/ko/coverage")
    card = client.get("/console/ko/").text.split('id="card-check"')[1].split("</section>")[0]
    wanted = wired.eligibility.to_check(ExplanationWish())

    assert f'<span id="number-check">{wanted}</span>' in card


def test_the_coverage_that_a_script_asks_for_brings_the_overviews_count_along(client: FlaskClient, app: Flask) -> None:
    wired: Wired = app.extensions[KEY]
    part = client.get("/console/ko/coverage", headers={"HX-Request": "true"}).text
    wanted = wired.eligibility.to_check(ExplanationWish())

    assert f'<span id="number-check" hx-swap-oob="true">{wanted}</span>' in part
    assert "number-check" not in client.get("/console/ko/coverage").text


def test_decisions_are_searched_by_the_programs_name(client: FlaskClient) -> None:
    page = client.get("/console/en/decisions?program=majung-2026").text
    chosen = re.findall(r'<option value="([^"]+)" selected>([^<]+)</option>', page)

    assert chosen == [("majung-2026", "Majung (Microsoft)")]
