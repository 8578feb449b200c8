"""Past participants beside a startup: by name for staff who may see them, by count for everybody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from model.blocks.pasts import group
from model.domain import Outcome, OutcomeKind
from model.faults import Fault
from service.actions.catalogue.import_profiles import ImportProfiles
from service.api.matching.contrast_schema import ContrastSchema
from service.api.matching.participants_schema import ParticipantsSchema
from service.files.importers.files import Brought
from service.identity import UserRole
from service.wired import KEY
from tests.service import given

ASKS, *OTHERS = given.startups()
TWIN = OTHERS[0]
TAKERS = [replace(startup, summary=f"{ASKS.summary} {startup.summary}") for startup in OTHERS[1:6]]
PROGRAM = next(program for program in given.programs() if program.is_ranked)
BEFORE = replace(PROGRAM, id="year-before", year=2025, family=group(PROGRAM))
NUMBER = "1000000009"


@pytest.fixture
def informed(app: Flask) -> Flask:
    """Five firms took part, the first of them the year before; the sixth is the asking firm under another id."""
    numbered = [replace(startup, business_number=NUMBER) for startup in (ASKS, TWIN)]
    came = [
        Outcome(taker.id, BEFORE.id if i == 0 else PROGRAM.id, OutcomeKind.SELECTED, date(2026, 1, 2 + i))
        for i, taker in enumerate(TAKERS)
    ]
    came += [Outcome(startup.id, PROGRAM.id, OutcomeKind.SELECTED, date(2025, 5, 1)) for startup in numbered]
    come = [(Fault("", "outcomes.csv", line), outcome) for line, outcome in enumerate(came)]
    brought = Brought((*numbered, *TAKERS, *OTHERS[6:]), (*given.programs(), BEFORE), tuple(come))
    ImportProfiles(app.extensions[KEY].catalogue)(brought, given.OPERATOR)
    return app


def asked(client: FlaskClient, query: str = "") -> dict[str, Any]:
    address = f"/api/v1/startups/{ASKS.id}/participants?program={PROGRAM.id}&on=2026-02-02{query}"
    answer: dict[str, Any] = client.get(address).get_json()
    assert ParticipantsSchema().validate(answer) == {}
    return answer


def test_staff_read_who_took_part_what_they_share_and_how_many(informed: Flask) -> None:
    answer = asked(informed.test_client())
    named = answer["participants"]

    assert {one["startup"]["id"] for one in named} == {startup.id for startup in TAKERS}
    assert (answer["count"], answer["alike"]) == (5, 5)
    assert [one["likeness"] for one in named] == sorted((one["likeness"] for one in named), reverse=True)
    counts = {fact["label"]: fact["count"] for fact in answer["shared"]}
    assert counts
    assert counts == {label: sum(label in one["shared"] for one in named) for label in counts}
    assert len(asked(informed.test_client(), "&limit=2")["participants"]) == 2


def test_applicants_read_counts_and_no_name(informed: Flask) -> None:
    answer = asked(informed.test_client(), "&audience=applicant")

    assert (answer["count"], answer["participants"], answer["shared"]) == (5, [], [])
    assert not any(startup.id in str(answer) for startup in TAKERS)


def test_a_manager_reads_the_names_of_their_own_programs_alone(informed: Flask) -> None:
    answer = asked(given.acting(informed, UserRole.MANAGER, programs=[BEFORE.id]))

    assert [one["startup"]["id"] for one in answer["participants"]] == [TAKERS[0].id]
    assert answer["count"] == 5


def test_what_came_after_the_day_that_is_asked_about_does_not_count(informed: Flask) -> None:
    address = f"/api/v1/startups/{ASKS.id}/participants?program={PROGRAM.id}&on=2026-01-03"

    assert informed.test_client().get(address).get_json()["count"] == 2


@pytest.mark.parametrize(
    ("path", "code"),
    [("s-0001/participants?program=none", "program_not_found"), ("none/participants?program=x", "startup_not_found")],
)
def test_an_unknown_side_is_not_found(informed: Flask, path: str, code: str) -> None:
    assert informed.test_client().get(f"/api/v1/startups/{path}").get_json()["code"] == code


def test_a_contrast_is_sent_as_its_schema_says(client: FlaskClient) -> None:
    first, second = (program.id for program in [p for p in given.programs() if p.is_ranked][:2])
    address = f"/api/v1/startups/{ASKS.id}/contrast?first={first}&second={second}&on=2026-02-02"
    answer = client.get(address).get_json()

    assert (answer["on"], ContrastSchema().validate(answer)) == ("2026-02-02", {})
    assert sum(part["points_units"] for part in answer["differences"]) == answer["points_units"]
