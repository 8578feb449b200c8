"""Objections, records and administration as pages: what a person does there, and what the pages never tell."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from model.applications import EntryKind
from service import actions
from service.actions.operation.activate_model import INTENTS, SETTLED, STRANGE
from service.identity import UserRole
from service.storage.access.accesses import CLOSING
from service.storage.matching.fits import FitState
from service.storage.matching.registry import Registry
from service.storage.records.audit import SHOWING
from service.storage.records.decisions import EVENT
from service.wired import KEY, Wired
from service.wording import audit_events
from tests.console.browsers import PAIR, fields, signed_in
from tests.service import given


@pytest.fixture(scope="module")
def app(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return given.application(tmp_path_factory.mktemp("administration"), registry)


def token(browser: FlaskClient) -> dict[str, str]:
    return {"csrf_token": fields(browser.get("/console/ko/profile").text)["csrf_token"]}


def test_an_objection_is_recorded_made_again_and_answered_once(browser: FlaskClient) -> None:
    run = fields(browser.get(PAIR).text)["run_id"]
    about = {"run_id": run, "candidate_id": "majung-2026", "sender": "새기업 김대표", "text": "점수를 설명해 주십시오."}
    made = browser.post("/console/ko/objections/new", data={**token(browser), **about})
    page = browser.get(made.location).text
    answer = {**token(browser), "outcome": "dismissed", "text": "요건과 점수를 설명하였습니다."}
    answered = browser.post(made.location, data=answer)
    again = browser.post(made.location, data=answer)

    assert (made.status_code, answered.status_code, again.status_code) == (303, 303, 409)
    assert "점수를 설명해 주십시오." in page
    assert 'class="waterfall"' in page
    assert f"{PAIR}#decisions" in page
    assert "무엇이 달랐다면" in page
    assert "요건과 점수를 설명하였습니다." in browser.get(made.location).text
    assert "새기업 김대표" in browser.get("/console/ko/objections?state=answered").text
    assert "새기업 김대표" not in browser.get("/console/ko/objections?state=open").text


def test_the_pages_points_of_an_objection_add_up_to_the_pairs_score(browser: FlaskClient) -> None:
    page = browser.get(PAIR).text
    about = {"run_id": fields(page)["run_id"], "candidate_id": "majung-2026", "sender": "a", "text": "b"}
    made = browser.post("/console/ko/objections/new", data={**token(browser), **about})
    exact = [float(found) for found in re.findall(r'"figure">([\d.]+)</td>', browser.get(made.location).text)]
    compared = browser.get("/console/ko/comparison?startup=s-0001&program=majung-2026&program=jungle-2026").text
    first = re.search(r"<thead>.*?/programs/([\w-]+)", compared, re.DOTALL)
    total = re.search(r'<td class="figure"><strong>(\d+\.\d)</strong>', compared)

    assert first
    assert first[1] == "majung-2026"
    assert total
    assert round(sum(exact), 1) == float(total[1])


def test_an_objection_to_a_decision_names_it(browser: FlaskClient) -> None:
    browser.post(PAIR, data={**fields(browser.get(PAIR).text), "action": "rejected", "reason": "자료가 부족합니다."})
    link = re.search(r'objections/new\?decision_id=(d-\d+)"', browser.get(PAIR).text)
    assert link
    about = {"decision_id": link[1], "sender": "새기업", "text": "다시 살펴 주십시오."}
    made = browser.post("/console/ko/objections/new", data={**token(browser), **about})
    asked = browser.get(made.location).text
    browser.post(made.location, data={**token(browser), "outcome": "upheld", "text": "다시 심사합니다."})
    answered = browser.get(made.location).text

    assert link[1] in asked
    assert "미선정" in asked
    assert "자료가 부족합니다." in asked
    assert "답변 기한</dt><dd>2026. 3. 4.</dd>" in asked  # thirty days after 2 February
    assert "답변 기한" not in answered
    assert re.search(rf'href="{PAIR}[^"]*#decisions">이 기업을 다시 결정하기', answered)


def test_a_user_is_admitted_changed_disabled_and_given_a_link_once(browser: FlaskClient, app: Flask) -> None:
    wanted = {"name": "박담당", "role": "manager", "email": "Park@example.kr", "programs": "majung-2026"}
    made = browser.post("/console/ko/users/new", data={**token(browser), **wanted})
    page = browser.get(made.location).text
    link = browser.post(f"{made.location}/links", data=token(browser)).text
    changed = {**token(browser), "name": "박담당", "role": "viewer", "disabled": "1"}
    browser.post(made.location, data=changed)

    assert 'value="park@example.kr"' in page
    assert "/sign-in/link?token=" in link
    assert "/sign-in/link?token=" not in browser.get(made.location).text
    assert "사용이 중지된 사람에게는" in browser.get(made.location).text


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"role": "king"}, {"email": "not an address"}, {"programs": "no-such-program"}]
)
def test_a_user_who_can_not_be_taken_so_is_refused_with_the_field(browser: FlaskClient, wrong: dict[str, str]) -> None:
    answer = browser.post("/console/en/users/new", data={**token(browser), "name": "x", "role": "viewer", **wrong})

    assert answer.status_code == 422
    assert f'id="{next(iter(wrong))}-mistake"' in answer.text
    assert browser.get("/console/en/users/new").location == "/console/en/users#admit"


def test_a_key_is_shown_once_opens_what_it_should_and_nothing_once_revoked(browser: FlaskClient, app: Flask) -> None:
    wanted = {"name": "포털", "role": "viewer", "days": "30", "scopes": "read"}
    made = browser.post("/console/ko/keys/new", data={**token(browser), **wanted})
    raw = re.search(r'<code id="raw">(ieum_[\w-]+)</code>', made.text)
    assert raw
    address = re.search(r'action="(/console/ko/keys/[0-9a-f]{12})"', made.text)
    assert address
    reading = app.test_client(key=raw[1])
    before = [reading.get(path).status_code for path in ("/api/v1/startups", "/api/v1/startups/s-0001/matches")]
    browser.post(address[1], data=token(browser))

    assert made.status_code == 201
    assert before == [200, 403]
    assert raw[1] not in browser.get(address[1]).text + browser.get("/console/ko/keys").text
    assert "폐기됨" in browser.get(address[1]).text


@pytest.mark.parametrize("days", ["0", "1826", "", "ten"])
def test_a_key_has_an_end(browser: FlaskClient, days: str) -> None:
    answer = browser.post("/console/ko/keys/new", data={**token(browser), "name": "x", "role": "viewer", "days": days})

    assert answer.status_code == 422


def test_the_audit_trail_is_shown_filtered_and_verified(browser: FlaskClient) -> None:
    browser.post("/console/ko/users/new", data={**token(browser), "name": "이담당", "role": "manager"})
    rows = browser.get("/console/ko/audit?deed=admit").text
    verified = browser.get("/console/ko/audit/verification").text

    assert "사용자 등록" in rows
    assert "<td>가져오기</td>" not in rows
    assert "이상 없음" in verified
    assert "확인일시</dt><dd>2026. 2. 2. 12:00</dd>" in verified


def test_the_first_bad_row_of_a_broken_trail_is_named(own_app: Flask) -> None:
    browser = signed_in(own_app, UserRole.ADMIN)
    wired: Wired = own_app.extensions[KEY]
    with wired.catalogue.database.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_update_refused")
        connection.exec_driver_sql("UPDATE audit SET details = '{}' WHERE seq = 1")
    page = browser.get("/console/en/audit/verification").text

    assert "broken from row 1 on" in page
    assert "not what was recorded" in page


def test_the_trail_goes_back_page_by_page_and_misses_nothing(app: Flask) -> None:
    wired: Wired = app.extensions[KEY]
    for _ in range(4):
        given.person(app, UserRole.VIEWER)
    found, before = [], None
    while found == [] or before is not None:
        page = wired.audit.page(before=before, limit=3, filters={})
        found += [row.seq for row in page.rows]
        before = page.before

    with wired.catalogue.database.reading() as connection:
        rows = {row.seq: row.event for row in wired.catalogue.audit.rows(connection)}
    assert list(rows) == list(range(1, page.head.count + 1))
    assert found == sorted((seq for seq, event in rows.items() if event != SHOWING), reverse=True)


def test_the_access_log_tells_who_came_to_whose_record_with_the_address_masked(browser: FlaskClient) -> None:
    browser.get("/console/ko/startups/s-0002")
    page = browser.get("/console/ko/access-log?subject=startup_id:s-0002").text

    assert "startup_id:s-0002" in page
    assert "127.0.0.•••" in page
    assert "<code>127.0.0.1</code>" not in page


def test_the_guide_and_a_page_that_is_not_there_keep_the_menu_of_who_has_signed_in(
    app: Flask, browser: FlaskClient
) -> None:
    paths = ("help", "nowhere")
    known = [browser.get(f"/console/ko/{path}").text for path in paths]
    ended = app.test_client(key=None)
    ended.set_cookie("ieum", "no-such-session")
    others = [client.get(f"/console/ko/{path}").text for client in (app.test_client(key=None), ended) for path in paths]

    assert all("/console/ko/objections" in page and "/sign-out" in page for page in known)
    assert not any("/console/ko/objections" in page or "/sign-out" in page for page in others)
    assert all("/console/ko/sign-in" in page for page in others)


def test_a_users_page_leads_to_what_the_user_did(browser: FlaskClient, app: Flask) -> None:
    user = given.person(app, UserRole.VIEWER)
    page = browser.get(f"/console/ko/users/{user.id}").text

    assert f"/console/ko/audit?actor_id={user.id}" in page
    assert f"/console/ko/access-log?actor={user.id}" in page


def test_who_may_not_administer_finds_no_menu_and_is_refused(app: Flask) -> None:
    manager = signed_in(app, UserRole.MANAGER)
    paths = ("users", "keys", "audit", "access-log", "retention")

    assert "/console/ko/users" not in manager.get("/console/ko/startups").text
    assert [manager.get(f"/console/ko/{path}").status_code for path in paths] == [403] * len(paths)


def test_every_deed_that_is_recorded_has_a_name() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(actions.__file__).parent.rglob("*.py"))
    named = r'(?:record|_put|_change|_record)\(\s*(?:(?:connection|actor|record|held),\s*)*"(\w+)"'
    recorded = {*re.findall(named, sources), *(f"record_{kind}" for kind in EntryKind)}
    recorded |= {f"fit_{state}" for state in FitState if state is not FitState.RUNNING}

    assert {"admit", "put", "change", "restore", *INTENTS} <= recorded
    assert recorded | {EVENT, "erase", SHOWING, CLOSING, "prove", SETTLED, STRANGE} == set(audit_events.NAMES)
