"""A person has a new model fitted from the page of models, follows it, reads what the gate says and changes to it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.identity import UserRole
from service.storage.matching.fits import Fit, Fits, FitState
from service.storage.matching.registry import Registry
from service.wired import KEY, Wired
from tests.console.browsers import fields, signed_in
from tests.console.test_words import faults
from tests.service import given

MODEL = "/console/ko/model"
COMPARED = [
    {"against": against, "direction": "programs_for_startups", "difference": {"mean": mean, "low": low, "high": high}}
    for against, mean, low, high in (("tfidf", 0.2, 0.1, 0.3), ("in_use", -0.2, -0.3, -0.1), ("bm25", 0.1, -0.1, 0.3))
]
WORDS = {"ko": ["기업에 추천하는 프로그램: NDCG@10이 현재 사용 중인 모델보다 0.200 낮습니다."], "en": ["It is below."]}
GATE = {"passes": False, "compared": COMPARED, "notes": [], "sentences": WORDS}


@pytest.fixture
def app(registry: Registry, tmp_path: Path) -> Iterator[Flask]:
    with given.running(tmp_path, registry) as made:
        yield made


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return signed_in(app, UserRole.OPERATOR)


@pytest.fixture
def wired(app: Flask) -> Wired:
    """The application's actions, once a process that takes fits was there."""
    actions: Wired = app.extensions[KEY]
    with actions.catalogue.database.writing() as connection:
        Fits().come(connection, "t", given.NOON, given.NOON)
    return actions


def asked(browser: FlaskClient) -> str:
    token = fields(browser.get(MODEL).text)["csrf_token"]
    return browser.post(f"{MODEL}/fits", data={"csrf_token": token, "reason": "분기 학습"}).location


def taken(wired: Wired) -> Fit:
    with wired.catalogue.database.writing() as connection:
        fit = Fits().take(connection, "t", given.NOON)
        assert fit is not None
        Fits().move(connection, fit, given.NOON, "t", stage="learn", progress="2/6")
    return fit


def section(browser: FlaskClient, path: str = MODEL) -> str:
    """The words of the page's part about fits."""
    text = browser.get(path).text
    assert list(faults(path, text)) == [] or "/en/" in path
    part = text.split('id="fits"')[1].split("</main>")[0]
    return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", part).split()))


def test_without_a_process_that_takes_fits_the_page_says_how_one_is_started(browser: FlaskClient) -> None:
    text = browser.get(MODEL).text

    assert "학습을 맡은 프로세스가 없습니다" in section(browser)
    assert "ieum fits" in text
    assert 'action="/console/ko/model/fits"' not in text


def test_a_fit_is_asked_for_and_followed_without_a_script_of_its_own(browser: FlaskClient, wired: Wired) -> None:
    assert asked(browser) == f"{MODEL}#fits"
    text = browser.get(MODEL).text
    assert "대기 중" in section(browser)
    assert 'hx-trigger="every 3s"' in text
    assert "분기 학습" in text
    assert 'action="/console/ko/model/fits"' not in text
    taken(wired)

    assert "학습 중 과거 참여 기업 학습 2/6" in section(browser)
    assert "학습 요청 취소" not in section(browser)
    assert "under way learning from past participants 2/6" in section(browser, "/console/en/model")


def test_a_second_fit_comes_back_with_what_was_typed(browser: FlaskClient, wired: Wired) -> None:
    token = fields(browser.get(MODEL).text)["csrf_token"]
    asked(browser)
    answer = browser.post(f"{MODEL}/fits", data={"csrf_token": token, "reason": "늦게 적은 사유"})

    assert answer.status_code == 409
    assert "다른 학습이 대기 중이거나 진행 중입니다." in answer.text
    assert "늦게 적은 사유" in answer.text


def test_a_fit_that_has_not_begun_is_taken_back(browser: FlaskClient, wired: Wired) -> None:
    asked(browser)
    text = browser.get(MODEL).text
    (path,) = re.findall(r'action="([^"]+/cancel)"', text)
    answer = browser.post(path, data={"csrf_token": fields(text)["csrf_token"]})

    assert (answer.status_code, answer.location) == (303, f"{MODEL}#fits")
    assert "취소됨" in section(browser)
    assert 'hx-trigger="every 3s"' not in browser.get(MODEL).text


def test_the_gate_s_words_and_the_differences_are_shown_with_the_model_in_use_first(
    browser: FlaskClient, wired: Wired
) -> None:
    asked(browser)
    wired.ask_fit.settle(taken(wired), "t", {"state": FitState.REFUSED, "model_version": None, "gate": GATE})
    words = section(browser)

    assert "발행 관문 미통과" in words
    assert "NDCG@10이 현재 사용 중인 모델보다 0.200 낮습니다." in words
    rows = [
        "현재 모델 기업에 프로그램 추천 -0.200 -0.300 ~ -0.100 낮음",
        "TF-IDF 기업에 프로그램 추천 +0.200 +0.100 ~ +0.300 높음",
    ]
    places = [words.index(row) for row in rows]
    assert places == sorted(places)
    assert "BM25 기업에 프로그램 추천 +0.100 -0.100 ~ +0.300 차이 없음" in words
    assert "이 모델로 바꾸기" not in words


def test_a_model_that_passed_is_one_click_from_its_activation(browser: FlaskClient, wired: Wired) -> None:
    asked(browser)
    gate = {**GATE, "passes": True, "sentences": {"ko": [], "en": []}}
    wired.ask_fit.settle(taken(wired), "t", {"state": FitState.DONE, "model_version": "v1", "gate": gate})
    words = section(browser)

    assert "완료 발행 관문을 통과했습니다. v1" in words
    assert "이 모델로 바꾸기" not in words, "it is in use already"


def test_who_may_not_change_the_model_sees_no_fits(app: Flask, wired: Wired) -> None:
    reader = signed_in(app, UserRole.VIEWER)

    assert 'id="fits"' not in reader.get(MODEL).text


def test_over_http_a_fit_is_asked_for_followed_and_taken_back(app: Flask, wired: Wired) -> None:
    client = given.acting(app, UserRole.OPERATOR)
    path = "/api/v1/model/fits"
    made = client.post(path, json={"reason": "분기 학습"})
    second = client.post(path, json={"reason": "한 번 더"})
    listed = client.get(path).get_json()
    cancelled = client.post(f"{path}/{made.get_json()['id']}/cancel").get_json()

    assert (made.status_code, second.status_code, second.get_json()["code"]) == (201, 409, "fit_under_way")
    assert [fit["state"] for fit in listed["fits"]] == ["asked"]
    assert listed["has_taker"]
    assert cancelled["state"] == "cancelled"
    assert client.post(f"{path}/99/cancel").get_json()["code"] == "fit_not_found"
    assert client.post(path, json={"reason": " "}).status_code == 422


def test_over_http_a_system_asks_for_no_fit(app: Flask, wired: Wired) -> None:
    client = app.test_client(key=given.key(app, UserRole.OPERATOR, of_system=True))

    assert client.post("/api/v1/model/fits", json={"reason": "분기 학습"}).get_json()["code"] == "person_required"
