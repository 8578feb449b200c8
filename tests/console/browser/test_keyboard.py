"""Each task of a program manager by keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.console.browser.keyboard import fill_in, press_enter, press_to, unseen
from tests.console.browser.test_every_page import faults
from tests.console.browser.test_tasks import DAY, PAIR, with_bad_rows
from tests.support.workbooks import sheets


def test_finding_reading_and_deciding_need_no_mouse(page: Page) -> None:
    page.goto("/console/ko/startups")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    fill_in(page, "#q", "라벨링")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    press_enter(page, "tbody a", "**/startups/s-0003**")
    press_to(page, "details.conditions summary")
    page.keyboard.press("Enter")
    press_to(page, "#ineligible")
    page.keyboard.press("Space")
    press_enter(page, "form.search button", "**ineligible=1**")
    press_enter(page, ".match h3 a", "**/programs/**")
    press_to(page, "#action")
    page.keyboard.press("ArrowDown")
    fill_in(page, "#reason", "키보드로 적은 사유")
    press_enter(page, "#part-decisions button", "**#decisions")

    expect(page.get_by_role("cell", name="키보드로 적은 사유")).to_be_visible()


def test_an_objection_is_recorded_and_answered_without_a_mouse(page: Page) -> None:
    page.goto(PAIR)
    press_enter(page, "a[href*='objections/new']", "**/objections/new**")
    for field, said in (("#sender", "새기업 김대표"), ("#text", "점수를 설명해 주십시오.")):
        press_to(page, field)
        page.keyboard.type(said)
    press_enter(page, "main form button", "**/objections/o-*")
    expect(page.get_by_role("heading", name="무엇이 달랐다면")).to_be_visible()
    press_to(page, "#outcome")
    page.keyboard.press("ArrowDown")
    fill_in(page, "#text[name=text]", "기준을 설명하였습니다.")
    press_to(page, "main form button")
    page.keyboard.press("Enter")

    expect(page.get_by_text("기준을 설명하였습니다.")).to_be_visible()
    assert faults(page, page.url) == []


def test_a_key_is_made_shown_once_and_revoked_without_a_mouse(page: Page) -> None:
    page.goto("/console/ko/keys/new")
    fill_in(page, "#name", "포털")
    press_to(page, "#scope-read")
    page.keyboard.press("Space")
    press_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.locator("#raw")).to_have_text(re.compile("^ieum_"))
    press_to(page, "main form button")
    page.keyboard.press("Enter")

    expect(page.get_by_text("폐기됨")).to_be_visible()
    expect(page.locator("#raw")).to_have_count(0)
    assert faults(page, page.url) == []


def test_importing_needs_no_mouse(page: Page, tmp_path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.goto("/console/ko/imports")
        press_to(page, "#file")
        page.keyboard.press("Space")
    chooser.value.set_files(with_bad_rows(tmp_path, "k"))
    press_enter(page, "main form button", "**/imports/*")
    press_to(page, "main form button")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="가져오기 완료")).to_be_visible()


def test_changing_the_model_and_going_back_need_no_mouse(page: Page) -> None:
    for name in ("v2", "v1"):
        page.goto("/console/ko/model")
        press_enter(page, f"a[href$='versions/{name}']", f"**/versions/{name}")
        press_to(page, "#reason")
        page.keyboard.type("품질을 확인하였습니다.")
        press_enter(page, "main form button", "**/model")

        expect(page.get_by_role("row", name=re.compile(f"^{name} "))).to_contain_text("현재 모델")


def test_comparing_needs_no_mouse(page: Page) -> None:
    page.goto(f"/console/ko/startups/s-0001?{DAY}")
    for place in (1, 2):
        press_to(page, f"#compare-{place}")
        page.keyboard.press("Space")
    press_enter(page, "form[action$=comparison] button", "**/comparison?**")

    expect(page.locator("table.compare thead th")).to_have_count(3)


def test_a_list_is_taken_away_for_a_reason_without_a_mouse(page: Page) -> None:
    page.goto("/console/ko/startups?q=s-0003")
    press_to(page, ".export summary")
    page.keyboard.press("Enter")
    fill_in(page, ".export [name=reason]", "키보드로 받는 자료")
    press_to(page, ".export button")
    with page.expect_download() as download:
        page.keyboard.press("Enter")

    rows = next(iter(sheets(download.value.path().read_bytes()).values()))
    assert [row[0] for row in rows[1:]] == ["s-0003"]


def test_a_profile_is_tried_without_a_mouse(page: Page) -> None:
    page.goto("/console/ko/profile")
    fill_in(page, "#summary", "클라우드에서 계약서를 찾아 주는 인공지능")
    fill_in(page, "#founded_on", "01022024")
    press_to(page, "main form input[type=checkbox]")
    page.keyboard.press("Space")
    press_enter(page, "main form button", "**/profile#result")

    expect(page.locator("#founded_on")).to_have_value("2024-01-02")
    assert page.locator("#result .match").count() > 0


def test_language_and_contrast_are_switched_without_a_mouse(page: Page) -> None:
    page.goto("/console/ko/programs?q=aws")
    press_enter(page, "a[hreflang=en]", "**/en/programs?q=aws")
    for mode in ("high-contrast", "light"):
        press_to(page, f"a[href*='display/{mode}']")
        page.keyboard.press("Enter")
        expect(page.locator("html")).to_have_attribute("data-krds-mode", mode)
    press_enter(page, "a[hreflang=ko]", "**/ko/programs?q=aws")


@pytest.mark.parametrize("path", [f"startups/s-0001?{DAY}", "profile", "rounds/new", "keys/new", "imports"])
def test_whatever_has_the_focus_is_seen_to_have_it(page: Page, path: str) -> None:
    page.goto(f"/console/ko/{path}")

    assert unseen(page) == []
