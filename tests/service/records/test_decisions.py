"""Decisions: a named person, once each, in the allowed order, with a row of the audit trail, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from model.decisions import DecisionAction
from model.domain import Outcome
from service.actions.catalogue.edit import Precondition
from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.catalogue.take_snapshot import TakeSnapshot
from service.actions.records.browse_decisions import BrowseDecisions
from service.actions.records.decide import Choice, Decide
from service.actions.records.verify_audit import VerifyAudit
from service.errors import ServiceError
from service.files.importers.files import Brought
from service.identity import Scope
from service.storage import repositories, schema
from service.storage.records.decisions import Decision
from service.storage.repositories import Catalogue, open_catalogue
from tests.service import given

PROGRAMS, STARTUPS = given.programs(), given.startups()
FIRST = Precondition(absent=True)
CHOICE = Choice(PROGRAMS[0].id, STARTUPS[0].id, DecisionAction.SHORTLISTED, "기술 적합")
PATH = "/api/v1/decisions"


class Deciding:
    """The actions on one database."""

    def __init__(self, catalogue: Catalogue) -> None:
        kept = repositories.open_records(lambda: given.NOON)
        self.catalogue = catalogue
        self.decide = Decide(catalogue, kept)
        self.browse = BrowseDecisions(catalogue, kept)
        self.verify = VerifyAudit(catalogue)

    def all(self) -> tuple[Decision, ...]:
        return self.browse.page(after=0, limit=100, filters={}, actor=given.MANAGER).items


@pytest.fixture
def deciding(address: str) -> Iterator[Deciding]:
    catalogue = open_catalogue(address, lambda: given.NOON)
    schema.migrate(catalogue.database)
    ImportProfiles(catalogue)(Brought(STARTUPS, PROGRAMS), given.OPERATOR)
    yield Deciding(catalogue)
    catalogue.database.close()


def refusal(deciding: Deciding, choice: Choice, seen: Precondition, key: str = "key-0000", **actor: Any) -> str:
    with pytest.raises(ServiceError) as refused:
        deciding.decide(choice, seen, key, replace(given.MANAGER, **actor))
    return refused.value.code


def test_a_decision_is_kept_with_its_person_its_reason_and_its_audit_row(deciding: Deciding) -> None:
    made = deciding.decide(CHOICE, FIRST, "key-0001", given.MANAGER).decision

    assert deciding.all() == (made,)
    assert (made.actor_id, made.actor_name, made.reason, made.number) == ("kim", "김담당", "기술 적합", 1)
    assert deciding.verify().broken is None
    assert deciding.verify().head.count == made.seq == 2  # the import left the first row


def test_the_same_key_gets_the_same_decision_however_often_it_is_sent(deciding: Deciding) -> None:
    first = deciding.decide(CHOICE, FIRST, "key-0001", given.MANAGER)
    again = deciding.decide(CHOICE, FIRST, "key-0001", given.MANAGER)

    assert (again.decision, again.is_replay, first.is_replay) == (first.decision, True, False)
    assert len(deciding.all()) == 1


def test_a_key_stands_for_one_request_of_one_person(deciding: Deciding) -> None:
    deciding.decide(CHOICE, FIRST, "key-0001", given.MANAGER)

    assert refusal(deciding, replace(CHOICE, reason="다른 까닭"), FIRST, "key-0001") == "idempotency_key_reused"
    assert refusal(deciding, CHOICE, FIRST, "key-0001", id="lee") == "precondition_failed"


def test_twenty_at_once_with_one_key_make_one_decision(deciding: Deciding) -> None:
    def send(_: int) -> str:
        try:
            return deciding.decide(CHOICE, FIRST, "key-0001", given.MANAGER).decision.id
        except ServiceError as error:
            return error.code

    with ThreadPoolExecutor(20) as pool:
        answers = set(pool.map(send, range(20)))

    assert len(deciding.all()) == 1
    assert answers <= {deciding.all()[0].id, "idempotency_key_in_flight"}


def test_of_eight_who_saw_the_same_state_one_decides(deciding: Deciding) -> None:
    def send(number: int) -> str:
        try:
            return deciding.decide(CHOICE, FIRST, f"key-000{number}", given.MANAGER).decision.id
        except ServiceError as error:
            return error.code

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(send, range(8)))

    assert answers == [deciding.all()[0].id, *["precondition_failed"] * 7]


def test_what_was_decided_is_corrected_by_a_new_entry(deciding: Deciding) -> None:
    deciding.decide(CHOICE, FIRST, "key-0001", given.MANAGER)
    wrong = replace(CHOICE, action=DecisionAction.REJECTED)
    deciding.decide(wrong, Precondition((1,)), "key-0002", given.MANAGER)

    assert (
        refusal(deciding, replace(CHOICE, action=DecisionAction.SELECTED), Precondition((2,)))
        == "transition_not_allowed"
    )
    deciding.decide(replace(CHOICE, action=DecisionAction.REOPENED), Precondition((2,)), "key-0003", given.MANAGER)
    deciding.decide(replace(CHOICE, action=DecisionAction.SELECTED), Precondition((3,)), "key-0004", given.MANAGER)
    assert [decision.action for decision in deciding.all()] == ["shortlisted", "rejected", "reopened", "selected"]


def test_only_a_person_with_the_scope_and_the_program_decides(deciding: Deciding) -> None:
    others = frozenset({PROGRAMS[1].id})

    assert refusal(deciding, CHOICE, FIRST, is_person=False) == "person_required"
    assert refusal(deciding, CHOICE, FIRST, scopes=frozenset({Scope.READ})) == "forbidden"
    assert refusal(deciding, CHOICE, FIRST, programs=others) == "not_your_program"
    assert deciding.all() == ()


def test_a_refused_decision_leaves_nothing_behind(deciding: Deciding) -> None:
    before = deciding.verify().head

    assert refusal(deciding, replace(CHOICE, startup_id="none"), FIRST) == "startup_not_found"
    assert refusal(deciding, replace(CHOICE, program_id="none"), FIRST) == "program_not_found"
    assert refusal(deciding, CHOICE, Precondition()) == "precondition_required"
    assert refusal(deciding, CHOICE, Precondition((1,))) == "precondition_failed"
    assert deciding.verify().head == before
    assert deciding.decide(CHOICE, FIRST, "key-0000", given.MANAGER).decision.number == 1


def test_who_is_bound_to_programs_sees_their_decisions_alone(deciding: Deciding) -> None:
    made = deciding.decide(CHOICE, FIRST, "key-0001", given.MANAGER).decision
    other = replace(given.MANAGER, programs=frozenset({PROGRAMS[1].id}))

    assert deciding.browse.page(after=0, limit=10, filters={}, actor=other).items == ()
    with pytest.raises(ServiceError):
        deciding.browse.one(made.id, other)


def test_the_database_refuses_to_change_or_delete_a_decision(deciding: Deciding) -> None:
    deciding.decide(CHOICE, FIRST, "key-0001", given.MANAGER)

    for statement in (
        "UPDATE decisions SET reason = 'x'",
        "DELETE FROM decisions",
        "UPDATE audit SET details = 'x'",
        "DELETE FROM audit",
        "UPDATE audit_head SET count = 0",
        "DELETE FROM audit_head",
    ):
        with pytest.raises(DBAPIError), deciding.catalogue.database.writing() as connection:
            connection.exec_driver_sql(statement)
    assert deciding.verify().broken is None


class TestOverHttp:
    """What a client of the API meets."""

    BODY: dict[str, Any] = {  # noqa: RUF012 - a constant of the tests
        "program_id": PROGRAMS[0].id,
        "startup_id": STARTUPS[0].id,
        "action": "shortlisted",
        "reason": "기술 적합",
    }
    KEYED: dict[str, str] = {"Idempotency-Key": "0f8fad5b-d9cb"}  # noqa: RUF012 - a constant of the tests
    NEW: dict[str, str] = {**KEYED, "If-None-Match": "*"}  # noqa: RUF012 - a constant of the tests

    def test_a_decision_is_created_with_the_etag_that_the_next_must_name(self, app: Flask) -> None:
        client = app.test_client()
        made = client.post(PATH, json=self.BODY, headers=self.NEW)
        again = client.post(PATH, json=self.BODY, headers=self.NEW)

        assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
        assert client.get(made.headers["Location"]).get_json() == made.get_json()
        assert (again.status_code, again.data, again.headers["Idempotency-Replayed"]) == (201, made.data, "true")
        following = {"Idempotency-Key": "another-key", "If-Match": made.headers["ETag"]}
        assert client.post(PATH, json={**self.BODY, "action": "selected"}, headers=following).status_code == 201

    @pytest.mark.parametrize(
        ("headers", "status", "code"),
        [
            ({}, 400, "idempotency_key_missing"),
            ({"Idempotency-Key": "short"}, 400, "idempotency_key_missing"),
            ({"Idempotency-Key": "with a space in it"}, 400, "idempotency_key_missing"),
            (KEYED, 428, "precondition_required"),
            ({**KEYED, "If-Match": '"3"'}, 412, "precondition_failed"),
            ({**KEYED, "If-Match": "*"}, 412, "precondition_failed"),
        ],
    )
    def test_headers_that_are_missing_or_wrong_are_refused(
        self, app: Flask, headers: dict[str, str], status: int, code: str
    ) -> None:
        answer = app.test_client().post(PATH, json=self.BODY, headers=headers)

        assert (answer.status_code, answer.get_json()["code"]) == (status, code)

    @pytest.mark.parametrize("reason", ["", "  ", None, 5])
    def test_a_decision_without_a_reason_is_refused(self, app: Flask, reason: object) -> None:
        answer = app.test_client().post(PATH, json={**self.BODY, "reason": reason}, headers=self.NEW)

        assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, "reason")

    def test_pages_hold_every_decision_once_in_order(self, app: Flask) -> None:
        client = app.test_client()
        for number, startup in enumerate(STARTUPS[:5]):
            headers = {"Idempotency-Key": f"key-{number:05}", "If-None-Match": "*"}
            client.post(PATH, json={**self.BODY, "startup_id": startup.id}, headers=headers)
        first = client.get(f"{PATH}?limit=3").get_json()
        second = client.get(f"{PATH}?limit=3&cursor={first['next']}").get_json()
        of_pair = client.get(f"{PATH}?program_id={PROGRAMS[0].id}&startup_id={STARTUPS[1].id}")

        found = [item["startup_id"] for item in first["items"] + second["items"]]
        assert found == [startup.id for startup in STARTUPS[:5]]
        assert second["next"] is None
        assert ([item["number"] for item in of_pair.get_json()["items"]], of_pair.headers["ETag"]) == ([1], '"1"')

    def test_an_unknown_decision_is_told_so(self, app: Flask) -> None:
        for name in ("d-1", "d-x", "1", "d-99999999999999999999", "d-٣"):
            assert app.test_client().get(f"{PATH}/{name}").get_json()["code"] == "decision_not_found"

    def test_a_program_with_decisions_stays(self, app: Flask) -> None:
        client = app.test_client()
        client.post(PATH, json=self.BODY, headers=self.NEW)
        answer = client.delete(f"/api/v1/programs/{PROGRAMS[0].id}", headers={"If-Match": "*"})

        assert answer.get_json()["code"] == "in_use"


def test_a_snapshot_tells_training_what_was_decided_and_still_stands(deciding: Deciding) -> None:
    for number, action in enumerate(["rejected", "reopened", "shortlisted", "selected", "withdrawn"]):
        seen = Precondition((number,)) if number else FIRST
        deciding.decide(replace(CHOICE, action=DecisionAction(action)), seen, f"key-{number:05}", given.MANAGER)

    outcomes = TakeSnapshot(deciding.catalogue, lambda: given.NOON).read().outcomes

    pair = (CHOICE.startup_id, CHOICE.program_id)
    assert outcomes == tuple(Outcome(*pair, kind, date(2026, 2, 2)) for kind in ("shortlisted", "selected"))
