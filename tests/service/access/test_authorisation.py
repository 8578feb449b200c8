"""The authorisation matrix: every route, method and role, own object and other, asked for real."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.auth import policy
from service.identity import PERMITTED, Scope, UserRole
from service.storage.matching.registry import Registry
from tests.service import given
from tests.spec import authorisation
from tests.spec.authorisation import LINES, METHODS, ROWS, WHO, Line, shown

OWN, OTHER = (program.id for program in given.programs()[:2])
STARTUP = given.startups()[0].id
ANY = {
    "kind": "startups",
    "startup_id": STARTUP,
    "program_id": OWN,
    "language": "ko",
    "code": "forbidden",
    "mode": "plain",
}
REASON = "현장 실증이 앞섬"
SHUT = {"unauthenticated": "401", "forbidden": "403", "not_your_program": "403"}
"""What a refusal of access is called; any other answer comes from the view."""


def decision(program: str) -> dict[str, Any]:
    body = {"program_id": program, "startup_id": STARTUP, "action": "shortlisted", "reason": REASON}
    return {"json": body, "headers": {"Idempotency-Key": f"matrix-{program}", "If-None-Match": "*"}}


BODIES = {("POST", "/api/v1/decisions"): decision}
"""How a route whose policy concerns the body is asked about a program."""


@pytest.fixture(scope="module")
def house(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return given.application(tmp_path_factory.mktemp("matrix"), registry)


@pytest.fixture(scope="module")
def clients(house: Flask) -> Mapping[str, FlaskClient]:
    bound = given.acting(house, UserRole.MANAGER, programs=[OWN])
    roles = {str(role): given.acting(house, role) for role in UserRole}
    return {"nobody": given.acting(house, None), "own": bound, "other": bound, **roles}


def asked(client: FlaskClient, who: str, method: str, path: str) -> TestResponse:
    program = OTHER if who == "other" else OWN
    values = {**ANY, "program_id": program}
    address = re.sub(r"{(\w+)}", lambda name: values.get(name[1], "x"), path)
    make = BODIES.get((method, path))
    return client.open(address, method=method, **(make(program) if make else {}))


def answer(response: TestResponse) -> str:
    """`401` or `403` for a refusal of access, else `yes`."""
    where = response.headers.get("Location", "")
    if "/sign-in" in where and response.request.path.startswith("/console"):  # a page asks to sign in
        return "401"
    problem = response.get_json(silent=True)
    code = problem.get("code", "") if isinstance(problem, dict) else ""
    if response.status_code in (401, 403) and not code:  # a page says it in words
        return str(response.status_code)
    return SHUT.get(code, "yes") if response.status_code in (401, 403) else "yes"


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.method} {line.path}")
def test_every_cell_of_the_table_is_what_the_doors_do(line: Line, clients: Mapping[str, FlaskClient]) -> None:
    found = {who: answer(asked(clients[who], who, line.method, line.path)) for who in WHO}

    assert found == {who: line.expected(who) for who in WHO}


def test_who_is_bound_to_programs_sees_their_decisions_alone(registry: Registry, tmp_path: Path) -> None:
    app = given.application(tmp_path, registry)
    path = "/api/v1/decisions"
    made = {program: app.test_client().post(path, **decision(program)).get_json()["id"] for program in (OWN, OTHER)}
    bound = given.acting(app, UserRole.MANAGER, programs=[OWN])
    listed = {program: bound.get(path, query_string={"program_id": program}).get_json()["items"] for program in made}
    exported = bound.get("/api/v1/exports/decisions.csv", query_string={"reason": "확인"}).get_data(as_text=True)

    assert [item["id"] for item in bound.get(path).get_json()["items"]] == [made[OWN]]
    assert [[item["id"] for item in listed[program]] for program in (OWN, OTHER)] == [[made[OWN]], []]
    assert [bound.get(f"{path}/{made[program]}").status_code for program in (OWN, OTHER)] == [200, 404]
    assert OWN in exported
    assert OTHER not in exported


@pytest.mark.parametrize("role", [UserRole.VIEWER, UserRole.OPERATOR])
def test_who_takes_no_part_in_selection_sees_no_decision_and_no_reason(
    registry: Registry, tmp_path: Path, role: UserRole
) -> None:
    app = given.application(tmp_path, registry)
    made = app.test_client().post("/api/v1/decisions", **decision(OWN)).get_json()["id"]
    client, decider = given.acting(app, role), given.acting(app, UserRole.MANAGER)
    shut = [f"/api/v1/decisions/{made}", "/api/v1/decisions", "/api/v1/exports/decisions.csv?reason=확인"]
    shut += ["/console/ko/decisions", f"/console/ko/programs/{OWN}/shortlist"]
    open_to_all = ["/console/ko/", f"/console/ko/startups/{STARTUP}/programs/{OWN}", f"/console/ko/programs/{OWN}"]

    assert {path: client.get(path).status_code for path in shut} == dict.fromkeys(shut, 403)
    assert {path: decider.get(path).status_code for path in shut} == dict.fromkeys(shut, 200)
    for path in open_to_all:
        told = client.get(path).text
        assert [word for word in (REASON, "/decisions", "/shortlist", "card-undecided") if word in told] == []


def test_a_key_that_may_not_export_takes_no_decisions_away(house: Flask) -> None:
    client = house.test_client(key=given.key(house, UserRole.MANAGER, [Scope.DECIDE]))

    assert client.get("/api/v1/decisions").status_code == 200
    assert client.get("/api/v1/exports/decisions.csv?reason=확인").get_json()["code"] == "forbidden"


@pytest.mark.parametrize("who", WHO)
def test_a_method_that_is_not_listed_is_refused_to_everybody(clients: Mapping[str, FlaskClient], who: str) -> None:
    listed = {(line.method, line.path) for line in LINES}
    others = [(method, path) for path in {line.path for line in LINES} for method in METHODS]
    statuses = {pair: asked(clients[who], who, *pair).status_code for pair in others if pair not in listed}

    assert {pair: status for pair, status in statuses.items() if status not in (401, 403, 404, 405)} == {}


def test_the_code_states_the_scope_that_the_table_names(house: Flask) -> None:
    table = {(line.method, line.path): line.scope for line in LINES}
    wrong = []
    for rule in house.url_map.iter_rules():
        stated = policy.of(house.view_functions[rule.endpoint])
        scope = "-" if stated is None else str(stated.scope or policy.OPEN) + ("*" if stated.program else "")
        names = [table.get((method, shown(rule.rule)), "") for method in (rule.methods or set()) & set(METHODS)]
        wrong += [(rule.rule, name, scope) for name in names if name.rstrip("+") != scope]

    assert wrong == []


def test_the_roles_scopes_are_those_of_the_table() -> None:
    def by_table(role: UserRole) -> set[Scope]:
        return {Scope(scope.rstrip("*+")) for scope, row in ROWS.items() if row[role] == "yes" and scope != policy.OPEN}

    assert {role: by_table(role) for role in UserRole} == PERMITTED


def test_a_scope_alone_opens_only_its_own_routes(house: Flask) -> None:
    for scope in Scope:
        client = house.test_client(key=given.key(house, UserRole.ADMIN, [scope]))
        reads = [line for line in LINES if line.method == "GET" and not line.path.startswith("/sign-in")]
        opened = {
            line.scope.rstrip("*+") for line in reads if answer(asked(client, "admin", "GET", line.path)) == "yes"
        }
        assert opened <= {policy.OPEN, str(scope)}


def test_the_page_on_the_shelf_is_the_one_that_the_table_makes() -> None:
    assert authorisation.PAGE.read_text(encoding="utf-8") == authorisation.page()
