"""Deciding on many pairs at once: few presses, one reason, all or none, undone by one press; who is barred is named."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.identity import UserRole
from service.wired import KEY, Wired
from tests.console.browsers import fields, signed_in
from tests.console.test_rounds import HERE as ROUNDS
from tests.console.test_rounds import send
from tests.service import given
from tests.service.rounds.test_round_sheets import filled_in

TOGETHER = "/console/ko/decisions/together"
API = "/api/v1/decisions/together"


@pytest.fixture
def browser(own_app: Flask) -> FlaskClient:
    return signed_in(own_app, UserRole.ADMIN)


def ticked(page: str) -> list[str]:
    return re.findall(r'name="pair" value="([^"]+)" checked', page)


def form(page: str, **typed: Any) -> dict[str, Any]:
    """What the page's form sends: every pair with what is known of its history."""
    numbers = dict(re.findall(r'name="(number:[^"]+)" value="(\d*)"', page))
    chosen = dict(
        re.findall(r'<select name="(action:[^"]+)"(?:(?!</select>).)*?<option value="(\w+)" selected', page, re.S)
    )
    return {**fields(page), **numbers, **chosen, "pair": ticked(page), **typed}


def action_of(page: str) -> str:
    found = re.search(r'action="(/console/ko/decisions/together[^"]*)"', page)
    assert found
    return found[1].replace("&amp;", "&")


def decided(app: Flask) -> list[Any]:
    wired: Wired = app.extensions[KEY]
    return list(wired.decisions.all({}, given.MANAGER))


def test_a_rounds_whole_shortlist_is_decided_by_a_link_a_choice_and_a_press(
    browser: FlaskClient, own_app: Flask
) -> None:
    answer = send(browser)
    result = browser.get(answer.location).text
    link = re.search(r'href="(/console/ko/decisions/together[^"]*)"', result)
    assert link
    page = browser.get(link[1].replace("&amp;", "&")).text
    wired: Wired = own_app.extensions[KEY]
    filled = wired.rounds.one(answer.location.split("/")[-1], given.MANAGER).outcome.filled
    saved = browser.post(action_of(page), data=form(page, action="shortlisted", reason="1차 서류 심사"))
    shown = browser.get(saved.location).text

    assert len(ticked(page)) == filled > 5
    assert saved.status_code == 303
    assert [(d.action, d.reason) for d in decided(own_app)] == [("shortlisted", "1차 서류 심사")] * filled
    assert f"결정 {filled}건을 저장했습니다." in shown
    assert wired.verify_audit().broken is None

    undone = browser.post(f"{TOGETHER}/undo", data=fields(shown))

    assert undone.status_code == 303
    assert [d.action for d in decided(own_app)][filled:] == ["reopened"] * filled
    assert {d.reason for d in decided(own_app)[filled:]} == {"저장 직후 되돌림"}


def test_a_pair_may_have_its_own_decision_and_reason(browser: FlaskClient, own_app: Flask) -> None:
    address = f"{TOGETHER}?program=majung-2026&startup=s-0001&startup=s-0002"
    page = browser.get(address).text
    own = {"action:s-0002~majung-2026": "reserve", "reason:s-0002~majung-2026": "자료 보완"}
    browser.post(address, data=form(page, action="shortlisted", reason="기술 적합", **own))

    assert [(d.startup_id, d.action, d.reason) for d in decided(own_app)] == [
        ("s-0001", "shortlisted", "기술 적합"),
        ("s-0002", "reserve", "자료 보완"),
    ]


def test_all_are_saved_or_none_and_the_page_says_which_could_not_be(browser: FlaskClient, own_app: Flask) -> None:
    address = f"{TOGETHER}?program=majung-2026&startup=s-0001&startup=s-0002"
    page = browser.get(address).text
    alone = browser.get(f"{TOGETHER}?program=majung-2026&startup=s-0002").text
    browser.post(f"{TOGETHER}?program=majung-2026&startup=s-0002", data=form(alone, action="reserve", reason="먼저"))
    answer = browser.post(address, data=form(page, action="shortlisted", reason="적어 둔 사유"))

    assert answer.status_code == 409
    assert len(decided(own_app)) == 1
    assert "그사이 다른 결정이 저장되었습니다" in answer.text
    assert 'href="#pair:s-0002~majung-2026"' in answer.text
    assert "적어 둔 사유</textarea>" in answer.text


def barred(app: Flask) -> tuple[str, str, tuple[str, ...]]:
    """A pair that fails rules today, and which."""
    wired: Wired = app.extensions[KEY]
    pairs = ((s.id, p.id) for p in given.programs() if p.is_ranked for s in given.startups())
    return next((s, p, unmet) for s, p in pairs if (unmet := wired.eligibility.unmet(s, p, None)))


def test_who_fails_rules_is_selected_only_by_naming_them_at_every_way_in(browser: FlaskClient, own_app: Flask) -> None:
    startup, program, unmet = barred(own_app)
    address = f"{TOGETHER}?program={program}&startup={startup}"
    page = browser.get(address).text
    refused = browser.post(address, data=form(page, action="selected", reason="특례"))
    pair = f"/console/ko/startups/{startup}/programs/{program}"
    alone = browser.post(pair, data={**fields(browser.get(pair).text), "action": "selected", "reason": "특례"})
    body = {"program_id": program, "startup_id": startup, "action": "selected", "reason": "특례"}
    keyed = {"Idempotency-Key": "barred-0001", "If-None-Match": "*", "X-CSRF-Token": fields(page)["csrf_token"]}
    over_api = browser.post("/api/v1/decisions", json=body, headers=keyed)
    known = browser.post(
        address, data=form(page, action="selected", reason="특례", **{f"despite:{startup}~{program}": list(unmet)})
    )

    assert (refused.status_code, alone.status_code, over_api.status_code, known.status_code) == (409, 409, 409, 303)
    assert "신청 요건을 충족하지 않습니다" in refused.text
    assert over_api.get_json()["code"] == "rules_unmet"
    assert [d.action for d in decided(own_app)] == ["selected"]


def test_several_are_decided_over_the_api_once_for_each_key(browser: FlaskClient, own_app: Flask) -> None:
    token = fields(browser.get("/console/ko/profile").text)["csrf_token"]
    headers = {"Idempotency-Key": "together-0001", "X-CSRF-Token": token}
    pairs = [{"program_id": "majung-2026", "startup_id": s, "number": 0} for s in ("s-0001", "s-0002", "s-0003")]
    body = {"action": "shortlisted", "reason": "서류 심사", "decisions": pairs}
    first, again = (browser.post(API, json=body, headers=headers) for _ in range(2))
    stale = browser.post(API, json=body, headers={**headers, "Idempotency-Key": "together-0002"})
    other = browser.post(API, json={**body, "reason": "다른 사유"}, headers=headers)

    assert (first.status_code, again.status_code, stale.status_code, other.status_code) == (201, 201, 409, 422)
    assert first.get_json() == again.get_json()
    assert [d["startup_id"] for d in first.get_json()["items"]] == ["s-0001", "s-0002", "s-0003"]
    assert [error["field"] for error in stale.get_json()["errors"]] == [f"decisions.{n}" for n in range(3)]
    assert len(decided(own_app)) == 3


def test_a_score_result_proposes_decisions_by_rank(browser: FlaskClient) -> None:
    path = send(browser).location
    assert path.startswith(ROUNDS)

    token = fields(browser.get(path).text)["csrf_token"]
    raw = browser.post(path, data={"csrf_token": token, "reason": "평가"}).data
    file = (io.BytesIO(filled_in(raw, lambda line, number: 90 - line - number)), "평가.xlsx")
    scored = browser.post(f"{path}/scores", data={"csrf_token": token, "file": file, "machine": "30"}).location
    link = re.search(r'href="(/console/ko/decisions/together[^"]*)"', browser.get(scored).text)
    assert link
    page = browser.get(link[1].replace("&amp;", "&")).text
    proposals = re.findall(r'<option value="(\w+)" selected', page)

    assert proposals[:5] == ["selected", "selected", "reserve", "reserve", "rejected"]
