"""What a person does on the console: decide, import, change the model; refused without the page's own token."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.identity import UserRole
from tests.console.browsers import PAIR, fields, signed_in


@pytest.fixture
def app(own_app: Flask) -> Flask:
    return own_app


def test_a_decision_is_recorded_with_its_reason_and_shown_to_others(browser: FlaskClient) -> None:
    form = fields(browser.get(PAIR).text)
    answer = browser.post(PAIR, data={**form, "action": "shortlisted", "reason": "기술이 잘 맞습니다."})
    page = browser.get(PAIR).text

    assert (answer.status_code, answer.location) == (303, f"{PAIR}?on=2026-02-02#decisions")
    assert "기술이 잘 맞습니다." in page
    assert "기술이 잘 맞습니다." in browser.get("/console/ko/decisions").text


def test_pressing_the_button_twice_records_one_decision(browser: FlaskClient) -> None:
    form = {**fields(browser.get(PAIR).text), "action": "shortlisted", "reason": "한 번"}
    answers = [browser.post(PAIR, data=form).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert browser.get(PAIR).text.count('<td lang="ko">한 번</td>') == 1


def test_a_decision_on_what_has_changed_meanwhile_is_refused(browser: FlaskClient) -> None:
    form = fields(browser.get(PAIR).text)
    browser.post(PAIR, data={**form, "action": "shortlisted", "reason": "먼저"})
    answer = browser.post(PAIR, data={**form, "key": "another-key-0001", "action": "rejected", "reason": "나중"})

    assert answer.status_code == 412
    assert "<h1" in answer.text


@pytest.mark.parametrize("wrong", [{"csrf_token": ""}, {"csrf_token": "0" * 64}])
@pytest.mark.parametrize(
    "path", [PAIR, "/console/ko/imports", "/console/ko/imports/x", "/console/ko/model/rollback", "/console/ko/profile",
             "/console/ko/model/versions/v1", "/console/ko/startups", "/console/ko/decisions"],
)  # fmt: skip
def test_a_change_without_the_pages_token_is_refused(browser: FlaskClient, path: str, wrong: dict[str, str]) -> None:
    answer = browser.post(path, data={"action": "shortlisted", "reason": "x", "summary": "x", **wrong})

    assert answer.status_code == 403


@pytest.mark.parametrize("role", [UserRole.VIEWER, UserRole.OPERATOR])
def test_who_may_not_decide_finds_no_form_and_is_refused(app: Flask, role: UserRole) -> None:
    client = signed_in(app, role)
    page = client.get(PAIR).text
    answer = client.post(PAIR, data={**fields(page), "action": "selected", "reason": "x"})

    assert 'name="action"' not in page
    assert answer.status_code == 403


def test_a_file_with_bad_rows_is_previewed_and_its_good_rows_imported(browser: FlaskClient) -> None:
    rows = [
        "id,이름,소개,개업연월일",
        "n-1,새기업,공장 소음을 줄이는 장치를 만든다,2024-01-02",
        "n-2,나쁜날,소개,언젠가",
        ",이름만,소개,2024-01-02",
    ]
    token = fields(browser.get("/console/ko/imports").text)["csrf_token"]
    file = (io.BytesIO("\r\n".join(rows).encode("cp949")), "기업.csv")
    sent = browser.post("/console/ko/imports", data={"csrf_token": token, "file": file, "kind": "startups"})
    preview = browser.get(sent.location).text
    done = browser.post(sent.location, data=fields(preview))

    assert (sent.status_code, done.status_code) == (303, 303)
    assert "언젠가" in preview
    assert "새기업" in browser.get("/console/ko/startups?q=n-1").text
    assert "나쁜날" not in browser.get("/console/ko/startups?q=n-2").text


def test_who_has_not_signed_in_is_led_to_it_and_back(app: Flask) -> None:
    answer = app.test_client(key=None).get("/console/en/startups?q=ai")

    assert answer.status_code == 303
    assert answer.location == "/console/en/sign-in?next=/console/en/startups?q%3Dai"


def test_a_profile_that_makes_no_sense_is_shown_with_what_is_wrong(browser: FlaskClient) -> None:
    token = fields(browser.get("/console/ko/profile").text)["csrf_token"]
    answer = browser.post(
        "/console/ko/profile", data={"csrf_token": token, "summary": "소개", "founded_on": "2026-99-99"}
    )

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_a_profile_may_say_its_past_support_as_people_write_it(browser: FlaskClient) -> None:
    token = fields(browser.get("/console/ko/profile").text)["csrf_token"]
    form = {"csrf_token": token, "summary": "GPU로 학습을 가속하는 서비스"}

    unreadable = browser.post("/console/ko/profile", data={**form, "history": "엔업 프로그램"})
    read = browser.post("/console/ko/profile", data={**form, "history": "엔업 프로그램 2026 수행 중; NUP 2025 완료"})

    assert (unreadable.status_code, read.status_code) == (422, 200)
    assert "엔업 프로그램 2026 수행 중" in unreadable.text


def test_a_profile_is_matched_and_not_stored(browser: FlaskClient) -> None:
    token = fields(browser.get("/console/ko/profile").text)["csrf_token"]
    answer = browser.post(
        "/console/ko/profile",
        data={
            "csrf_token": token,
            "summary": "클라우드에서 도는 기업용 인공지능 문서 검색",
            "technologies": "LLM, 클라우드",
        },
    )

    assert answer.status_code == 200
    assert '<li class="match">' in answer.text
    assert browser.get("/api/v1/startups/profile").status_code == 404
