"""Objections: recorded, made again with what would have changed the answer, and answered once by a person."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.actions.records import replay_run
from service.api.records.objections_schema import ObjectionSchema, ReviewSchema
from service.identity import UserRole
from service.wired import KEY, Wired
from tests.console.browsers import signed_in
from tests.service import given

PATH = "/api/v1/objections"
STARTUP = given.startups()[0].id


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def run_of(client: FlaskClient, query: str = "?limit=3") -> tuple[str, list[str]]:
    """A run and its programs in order, shown or not."""
    shown = client.get(f"/api/v1/startups/{STARTUP}/matches{query}").get_json()
    every = client.get(f"/api/v1/startups/{STARTUP}/matches?limit=100&include=all").get_json()
    return shown["run_id"], [match["program"]["id"] for match in every["matches"]]


def objected(client: FlaskClient, **about: str) -> dict[str, Any]:
    made = client.post(PATH, json={"sender": "대표 김창업", "text": "순위에 이의가 있습니다.", **about})
    assert made.status_code == 201
    found: dict[str, Any] = made.get_json()
    return found


def test_an_objection_to_an_answer_is_made_again_with_what_was_short(client: FlaskClient) -> None:
    run, programs = run_of(client)
    made = objected(client, run_id=run, candidate_id=programs[-1])
    review = client.get(f"{PATH}/{made['id']}/review").get_json()

    assert ObjectionSchema().validate(made) == {}
    assert ReviewSchema().validate(review) == {}
    assert (review["reproduced"], review["shown_count"]) == (True, 3)
    assert (review["match"]["program"]["id"], review["match"]["rank"]) == (programs[-1], len(programs))
    assert review["points_short"] > 0
    assert review["match"]["checks"]


def test_an_objection_to_a_decision_finds_its_pair_and_its_run(client: FlaskClient) -> None:
    run, programs = run_of(client)
    body = {"program_id": programs[0], "startup_id": STARTUP, "action": "rejected", "reason": "까닭", "run_id": run}
    headers = {"Idempotency-Key": "objected-to", "If-None-Match": "*"}
    decision = client.post("/api/v1/decisions", json=body, headers=headers).get_json()["id"]
    review = client.get(f"{PATH}/{objected(client, decision_id=decision)['id']}/review").get_json()

    assert review["objection"]["decision_id"] == decision
    assert (review["match"]["program"]["id"], review["points_short"]) == (programs[0], 0)


def test_where_it_can_not_be_made_again_what_was_first_sent_is_shown_and_it_says_so(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = app.test_client()
    sent = client.get(f"/api/v1/startups/{STARTUP}/matches?limit=3").get_json()
    program = sent["matches"][1]["program"]["id"]
    made = objected(client, run_id=sent["run_id"], candidate_id=program)["id"]
    unlisted = objected(client, run_id=sent["run_id"], candidate_id=run_of(client)[1][-1])["id"]
    monkeypatch.setattr(replay_run, "RULES_VERSION", "another")
    review = client.get(f"{PATH}/{made}/review").get_json()
    page = signed_in(app, UserRole.ADMIN).get(f"/console/ko/objections/{made}").text

    assert ReviewSchema().validate(review) == {}
    assert (review["reproduced"], review["match"], review["sent"]) == (False, None, sent["matches"][1])
    assert review["obstacle"]
    assert "처음 보낸 결과" in page
    assert sent["matches"][1]["reasons"][0]["label"] in page
    assert client.get(f"{PATH}/{unlisted}/review").get_json()["sent"] is None


def test_a_person_answers_once(client: FlaskClient, app: Flask) -> None:
    run, _ = run_of(client)
    made = objected(client, run_id=run)
    said = {"outcome": "dismissed", "text": "요건에 따른 결과입니다."}
    first = client.post(f"{PATH}/{made['id']}/answer", json=said)
    second = client.post(f"{PATH}/{made['id']}/answer", json=said)
    wired: Wired = app.extensions[KEY]

    assert (first.status_code, first.get_json()["state"]) == (200, "answered")
    assert first.get_json()["answer"]["answered_by"]["name"]
    assert (second.status_code, second.get_json()["code"]) == (409, "objection_answered")
    with wired.catalogue.database.reading() as connection:
        events = [row.event for row in wired.catalogue.audit.rows(connection)]
    assert events[-2:] == ["object", "answer"]


def test_objections_are_listed_by_state(client: FlaskClient) -> None:
    run, programs = run_of(client)
    ids = [objected(client, run_id=run, candidate_id=program)["id"] for program in programs[:3]]
    client.post(f"{PATH}/{ids[1]}/answer", json={"outcome": "upheld", "text": "다시 살폈습니다."})

    def listed(query: str) -> list[str]:
        return [item["id"] for item in client.get(PATH + query).get_json()["items"]]

    assert listed("") == ids
    assert (listed("?state=open"), listed("?state=answered")) == ([ids[0], ids[2]], [ids[1]])
    assert listed("?limit=2") == ids[:2]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "objection_about_nothing"),
        ({"run_id": "x", "decision_id": "d-1"}, "objection_about_nothing"),
        ({"run_id": "none"}, "run_not_found"),
        ({"decision_id": "d-999"}, "decision_not_found"),
        ({"run_id": "x", "text": " "}, "invalid_fields"),
    ],
)
def test_an_objection_to_nothing_known_is_refused(client: FlaskClient, body: dict[str, str], code: str) -> None:
    answer = client.post(PATH, json={"sender": "대표", "text": "내용", **body})

    assert answer.get_json()["code"] == code


def test_an_unknown_objection_is_told_so(client: FlaskClient) -> None:
    for path in (f"{PATH}/o-1", f"{PATH}/x", f"{PATH}/o-1/review"):
        assert client.get(path).get_json()["code"] == "objection_not_found"
