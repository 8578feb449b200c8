"""Answers: reasons add up, the contract holds, the same question has the same answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from model.snapshot import rows
from service.api.matching.batch_schema import BatchLine
from service.api.matching.match_schema import CandidatesSchema, MatchesSchema
from tests.service import given

STARTUPS = [startup.id for startup in given.startups()]
PROGRAMS = [program.id for program in given.programs() if program.is_ranked]
EVERYTHING = "?limit=100&include=all"


def matches(client: FlaskClient, identifier: str, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/startups/{identifier}/matches{query}").get_json()
    return found


@pytest.mark.parametrize("identifier", STARTUPS[:6])
def test_reasons_add_up_to_the_score_in_every_entry(client: FlaskClient, identifier: str) -> None:
    found = matches(client, identifier, EVERYTHING)["matches"]

    assert len(found) == len(PROGRAMS)
    for match in found:
        assert sum(reason["points_units"] for reason in match["reasons"]) == match["score_units"]
        assert match["score"] == match["score_units"] / 10_000


def test_a_pair_has_the_same_score_from_both_sides(client: FlaskClient) -> None:
    ours = {m["program"]["id"]: m["score_units"] for m in matches(client, STARTUPS[0], EVERYTHING)["matches"]}

    for program, units in ours.items():
        theirs = client.get(f"/api/v1/programs/{program}/candidates{EVERYTHING}").get_json()["candidates"]
        assert {c["startup"]["id"]: c["score_units"] for c in theirs}[STARTUPS[0]] == units


@pytest.mark.parametrize("language", ["ko", "en"])
def test_answers_keep_to_the_published_schemas(client: FlaskClient, language: str) -> None:
    headers = {"Accept-Language": language}
    ours = client.get(f"/api/v1/startups/{STARTUPS[0]}/matches{EVERYTHING}", headers=headers).get_json()
    theirs = client.get(f"/api/v1/programs/{PROGRAMS[0]}/candidates{EVERYTHING}", headers=headers).get_json()

    assert MatchesSchema().validate(ours) == {}
    assert CandidatesSchema().validate(theirs) == {}


def test_entries_stand_in_order_and_references_are_never_ranked(client: FlaskClient) -> None:
    found = matches(client, STARTUPS[1], EVERYTHING)["matches"]

    assert [match["rank"] for match in found] == list(range(1, len(found) + 1))
    assert found == sorted(found, key=lambda match: (-match["score_units"], match["program"]["id"]))
    assert {match["program"]["id"] for match in found} == set(PROGRAMS)


def test_a_program_that_takes_no_applications_has_no_candidates(client: FlaskClient) -> None:
    reference = next(program.id for program in given.programs() if not program.is_ranked)

    assert client.get(f"/api/v1/programs/{reference}/candidates").get_json()["code"] == "program_not_ranked"


def test_ineligible_pairs_are_left_out_unless_asked_for(client: FlaskClient) -> None:
    usual = matches(client, STARTUPS[0], "?limit=100&on=2026-11-01&include=known")["matches"]
    every = matches(client, STARTUPS[0], EVERYTHING + "&on=2026-11-01")["matches"]

    assert {match["verdict"] for match in usual} <= {"eligible", "needs_check"}
    kept = [match["program"]["id"] for match in every if match["verdict"] != "ineligible"]
    assert [match["program"]["id"] for match in usual] == kept
    assert len(kept) < len(every)


def test_the_same_question_has_the_same_answer_to_the_byte(app: Flask, shared_app: Flask) -> None:
    path = f"/api/v1/startups/{STARTUPS[2]}/matches"
    answers = {made.test_client().get(path).data for made in (app, shared_app, app)}

    assert len(answers) == 1


def test_a_run_id_stands_for_all_that_was_asked(client: FlaskClient) -> None:
    asked = ["", "?limit=9", "?on=2026-01-01", "?include=ineligible"]
    runs = [matches(client, STARTUPS[0], query)["run_id"] for query in asked]

    assert len(set(runs)) == len(asked)
    assert matches(client, STARTUPS[0], "?limit=10&on=2026-02-02")["run_id"] == runs[0]


def test_a_stored_profile_sent_in_the_body_gets_the_stored_answer(client: FlaskClient) -> None:
    startup = given.startups()[3]
    answer = client.post("/api/v1/matches", json=rows.plain(startup)).get_json()

    assert answer == matches(client, startup.id)


def test_every_answer_says_what_it_rests_on(client: FlaskClient) -> None:
    answer = matches(client, STARTUPS[0])

    assert (answer["model_version"], answer["on"]) == ("v1", "2026-02-02")
    assert len(answer["snapshot"]) == 64
    assert answer["rules_version"]
    assert "추천" in answer["ai_notice"]


def test_a_batch_answers_each_entry_and_an_error_is_a_line_too(client: FlaskClient) -> None:
    profile = rows.plain(given.startups()[1])
    entries = [STARTUPS[0], "none", profile, {"stage": "z"}, 7, None, {"id": "new", "summary": "로봇"}]
    raw = client.post("/api/v1/matches/batch?limit=3", json={"startups": entries}).data
    lines = [json.loads(line) for line in raw.splitlines()]

    assert [line["index"] for line in lines] == list(range(len(entries)))
    codes = [line.get("problem", {}).get("code") for line in lines]
    assert codes == [None, "startup_not_found", None, "invalid_fields", "invalid_fields", "invalid_fields", None]
    assert lines[0]["answer"] == matches(client, STARTUPS[0], "?limit=3")
    assert [BatchLine().validate(line) for line in lines] == [{}] * len(lines)


FEW, LONG = {"summary": "로봇"}, {"summary": "로봇" * 15_001}


@pytest.mark.parametrize("entries", [[], ["x"] * 1001, "x", None, [FEW] * 31, [LONG] * 2])
def test_a_batch_outside_its_limits_is_refused_whole(client: FlaskClient, entries: object) -> None:
    answer = client.post("/api/v1/matches/batch", json={"startups": entries})

    assert (answer.status_code, answer.get_json()["code"]) == (422, "invalid_fields")
