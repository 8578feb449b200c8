"""What is known of a pair is said with date and state everywhere, and recommended only where that is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from model.blocks.pasts import group
from model.decisions import DecisionAction
from model.domain import Outcome, OutcomeKind
from model.faults import Fault
from model.matching.known_pairs import KnownOutcome, KnownState
from service.actions.catalogue.edit import Precondition
from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.matching.know_pairs import STATES, KnownFrom, KnowPairs
from service.actions.records.decide import Choice
from service.api.matching import answers, match_schema
from service.api.matching.match_schema import CandidatesSchema, MatchesSchema
from service.files.importers.files import Brought
from service.storage.records.chain import Head
from service.wired import KEY
from service.wording.matching import known_pairs as words
from tests.service import given
from tests.support.workbooks import sheets

PROGRAM = next(program for program in given.programs() if program.is_ranked)
STARTUP = next(startup for startup in given.startups() if not startup.history)
FIRST = Precondition(absent=True)


@pytest.fixture
def informed(app: Flask) -> Flask:
    """The catalogue knows that one startup was refused by one program."""
    outcome = Outcome(STARTUP.id, PROGRAM.id, OutcomeKind.REJECTED, date(2026, 1, 20))
    brought = Brought(given.startups(), given.programs(), ((Fault("", "outcomes.csv", 2), outcome),))
    ImportProfiles(app.extensions[KEY].catalogue)(brought, given.OPERATOR)
    return app


def of_startup(client: FlaskClient, query: str = "limit=100&include=ineligible") -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/startups/{STARTUP.id}/matches?{query}").get_json()
    return found


def of_program(client: FlaskClient, query: str = "limit=100&include=ineligible") -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/programs/{PROGRAM.id}/candidates?{query}").get_json()
    return found


def test_a_family_that_refused_stands_apart_with_its_day_and_what_the_rules_say(informed: Flask) -> None:
    answer = of_startup(informed.test_client())

    assert PROGRAM.id not in [match["program"]["id"] for match in answer["matches"]]
    [known] = [known for known in answer["known"] if known["program"]["id"] == PROGRAM.id]
    assert (known["state"], known["on"], known["year"]) == ("rejected", "2026-01-20", 2026)
    assert known["state_label"] == "탈락"
    assert known["verdict"]
    assert all(check["result"] != "pass" for check in known["checks"])
    assert MatchesSchema().validate(answer) == {}


def test_a_program_says_of_which_startups_something_is_known(informed: Flask) -> None:
    answer = of_program(informed.test_client())

    assert STARTUP.id not in [match["startup"]["id"] for match in answer["candidates"]]
    assert STARTUP.id in [known["startup"]["id"] for known in answer["known"]]
    assert CandidatesSchema().validate(answer) == {}


@pytest.mark.parametrize(("language", "state"), [("ko", "탈락"), ("en", "Not selected")])
def test_a_workbook_says_on_its_second_sheet_what_is_known(informed: Flask, language: str, state: str) -> None:
    query = "limit=5&on=2026-02-02"
    path = f"/api/v1/exports/startups/{STARTUP.id}/matches.xlsx?reason=심사&{query}"
    taken = informed.test_client().get(path, headers={"Accept-Language": language})
    matches, known, _ = sheets(taken.data).values()
    answer = informed.test_client().get(
        f"/api/v1/startups/{STARTUP.id}/matches?{query}", headers={"Accept-Language": language}
    )
    [said] = answer.get_json()["known"]

    rules = ", ".join(dict.fromkeys(check["label"] for check in said["checks"]))
    names = PROGRAM.id, PROGRAM.name or "", PROGRAM.name_en or ""
    assert known[1:] == [[*names, state, "2026-01-20", said["verdict_label"], rules]]
    assert PROGRAM.id not in [row[1] for row in matches]


def test_of_many_known_pairs_the_latest_are_said(informed: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    families = list(dict.fromkeys(group(program) for program in given.programs() if program.is_ranked))[:6]
    history = [{"program_family": family, "year": 2018 + i, "status": "completed"} for i, family in enumerate(families)]
    post = partial(informed.test_client().post, "/api/v1/matches", json={"summary": "문서", "history": history})
    every = post().get_json()["known"]
    monkeypatch.setattr(match_schema, "MOST_KNOWN", 3)
    informed.extensions[answers.KEY]._bodies.clear()
    cut = post().get_json()["known"]

    assert len(every) >= 6
    assert cut == every[:3]
    assert [known["year"] for known in every] == sorted((known["year"] for known in every), reverse=True)


@pytest.mark.parametrize("include", ["known", "all"])
def test_known_families_are_ranked_where_that_is_asked_for(informed: Flask, include: str) -> None:
    answer = of_startup(informed.test_client(), f"limit=100&include={include}&on=2026-02-02")
    usual = of_startup(informed.test_client(), "limit=100&on=2026-02-02")

    assert answer["run_id"] != usual["run_id"]
    assert answer["known"] == usual["known"]
    assert {m["program"]["id"] for m in usual["matches"]} <= {m["program"]["id"] for m in answer["matches"]}
    if include == "all":
        assert PROGRAM.id in [match["program"]["id"] for match in answer["matches"]]


def test_a_decision_is_known_to_the_next_answer_and_a_reopened_one_is_not(app: Flask) -> None:
    client, wired = app.test_client(), app.extensions[KEY]
    before = of_program(client)

    for number, (action, seen) in enumerate(
        [(DecisionAction.RESERVE, FIRST), (DecisionAction.REOPENED, Precondition((1,)))]
    ):
        choice = Choice(PROGRAM.id, STARTUP.id, action, "심사 결과")
        wired.decide(choice, seen, f"key-000{number}", given.MANAGER)
        answer = of_program(client)
        is_known = STARTUP.id in [known["startup"]["id"] for known in answer["known"]]
        assert is_known == (action is DecisionAction.RESERVE)
        assert is_known != (STARTUP.id in [match["startup"]["id"] for match in answer["candidates"]])

    assert of_program(client)["run_id"] == before["run_id"], "nothing that the answer rests on is another"


def test_an_answer_is_made_again_as_it_was_before_a_decision(app: Flask) -> None:
    client, wired = app.test_client(), app.extensions[KEY]
    run = of_program(client)["run_id"]
    shown = client.get(f"/api/v1/programs/{PROGRAM.id}/candidates?limit=100&include=ineligible").data

    wired.decide(Choice(PROGRAM.id, STARTUP.id, DecisionAction.SELECTED, "적합"), FIRST, "key-0001", given.MANAGER)

    assert of_program(client)["run_id"] != run
    assert client.post(f"/api/v1/runs/{run}/replay").data == shown


def test_a_profile_s_own_history_stands_apart_for_one_that_is_not_stored_too(app: Flask) -> None:
    profile = {
        "summary": STARTUP.summary,
        "history": [{"program_family": group(PROGRAM), "year": 2024, "status": "completed"}],
    }
    answer = app.test_client().post("/api/v1/matches?limit=100&include=ineligible", json=profile).get_json()

    assert PROGRAM.id in [known["program"]["id"] for known in answer["known"]]
    assert PROGRAM.id not in [match["program"]["id"] for match in answer["matches"]]


def test_every_state_and_every_decision_that_tells_one_has_a_name_in_both_languages() -> None:
    assert set(words.STATES) == set(KnownState)
    assert set(STATES) == set(DecisionAction) - {DecisionAction.REOPENED}
    assert all(all(both) for both in words.STATES.values())
    assert words.when(KnownOutcome("f", KnownState.APPLIED), "ko") == ""


def test_a_deed_reads_outcomes_again_only_where_it_wrote_some(informed: Flask) -> None:
    catalogue = informed.extensions[KEY].catalogue
    know = KnowPairs(catalogue)
    asked: list[str] = []

    def look() -> KnownFrom:
        with catalogue.database.reading() as connection:
            event.listen(connection, "before_cursor_execute", lambda *said: asked.append(said[2]))
            return know.basis(connection)

    first = look()
    ImportProfiles(catalogue)(Brought((replace(STARTUP, name="새 이름"),)), given.OPERATOR)
    same = look()
    outcome = Outcome(STARTUP.id, PROGRAM.id, OutcomeKind.SELECTED, date(2026, 1, 21))
    ImportProfiles(catalogue)(Brought(outcomes=((Fault("", "outcomes.csv", 2), outcome),)), given.OPERATOR)
    other = look()

    assert (same == first, other == first) == (True, False)
    assert look() == other
    assert not [query for query in asked if "FROM outcomes" in query]


def test_outcomes_of_a_database_put_back_to_another_past_are_read_again(informed: Flask) -> None:
    catalogue = informed.extensions[KEY].catalogue
    know = KnowPairs(catalogue)
    with catalogue.database.reading() as connection:
        before = know.basis(connection)
        know._looked = (Head(1, "another"), before[1])
        assert know.basis(connection) == before  # the same end of the trail names the same
        know._looked = (Head(1, "another"), "another")

        assert know.basis(connection) == before
