"""A cookie in Hangul, such as another application of the same host may set, signs nobody out of a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

HANGUL = "document.cookie = '이름=새기업; path=/'"
GONE = "document.cookie = '이름=; path=/; max-age=0'"


@pytest.mark.parametrize("path", ["startups", "profile"])
def test_a_cookie_in_hangul_signs_nobody_out(page: Page, path: str) -> None:
    page.goto("/console/ko/startups")
    page.evaluate(HANGUL)
    try:
        answer = page.goto(f"/console/ko/{path}")

        assert page.evaluate("document.cookie").count("이름=새기업") == 1  # the browser does hold it, and sends it
        assert answer is not None
        assert answer.status == 200
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert f"/console/ko/{path}" in page.url
    finally:
        page.evaluate(GONE)


def test_a_form_is_taken_beside_a_cookie_in_hangul(page: Page) -> None:
    page.goto("/console/ko/profile")
    page.evaluate(HANGUL)
    try:
        page.locator("#summary").fill("제조 현장의 표면 결함을 비전 AI로 검사하는 장비를 만든다.")
        with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
            page.get_by_role("button", name="맞는 프로그램 찾기", exact=True).click()

        assert answer.value.status == 200
    finally:
        page.evaluate(GONE)
