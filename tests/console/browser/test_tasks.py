"""Each task of a program manager from beginning to end, in the browser, and again by keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.console.browser.conftest import Site

DAY = "on=2026-02-02"
PAIR = f"/console/ko/startups/s-0002/programs/jungle-2026?{DAY}"


def test_a_startup_is_found_while_typing_and_its_reasons_read(page: Page) -> None:
    page.goto("/console/ko/startups")
    page.get_by_label("검색어").fill("음성 인식 엔진")
    page.wait_for_url("**q=*")
    page.get_by_role("link", name="말결소리").click()
    page.goto(page.url.split("?")[0] + f"?{DAY}")
    page.locator(".match h3 a").first.click()

    expect(page.get_by_role("heading", name="추천 근거")).to_be_visible()
    assert page.locator("mark").count() > 0
    figures = [float(text) for text in page.locator("#part-reasons td.figure").all_inner_texts()]
    assert round(sum(figures[:-1]), 4) == figures[-1]


def test_programs_are_compared_side_by_side(page: Page) -> None:
    page.goto(f"/console/ko/startups/s-0001?{DAY}")
    for place in (1, 2, 3):
        page.locator(f"label[for=compare-{place}]").click()
    page.get_by_role("button", name="비교").click()

    expect(page.locator("table.compare thead th")).to_have_count(4)


def test_a_decision_is_recorded_once_however_often_it_is_pressed(page: Page) -> None:
    page.goto(PAIR)
    page.get_by_label("내 결정").select_option("shortlisted")
    page.get_by_label("사유").fill("심사 기준에 맞습니다.")
    page.get_by_role("button", name="결정 남기기").dblclick()
    page.wait_for_url("**#decisions")

    expect(page.get_by_role("cell", name="심사 기준에 맞습니다.")).to_have_count(1)
    expect(page.get_by_label("내 결정").locator("option")).not_to_have_count(1)


def test_a_cp949_file_with_two_bad_rows_is_imported_without_them(page: Page, tmp_path: Path) -> None:
    good = [f"n-{n},새기업{n},공장 소음을 줄이는 장치를 만든다,2024-01-0{n}" for n in range(1, 6)]
    rows = ["id,이름,소개,개업연월일", *good, "b-1,나쁜날,소개,언젠가", ",이름만,소개,2024-01-02"]
    file = tmp_path / "기업.csv"
    file.write_bytes("\r\n".join(rows).encode("cp949"))
    page.goto("/console/ko/imports")
    page.get_by_label("파일", exact=True).set_input_files(file)
    page.get_by_role("button", name="미리 보기").click()
    expect(page.locator("section, main").get_by_text("언젠가")).to_be_visible()
    page.get_by_role("button", name="오류 없는 줄만 가져오기").click()
    page.goto("/console/ko/startups?q=새기업")

    expect(page.locator("tbody tr")).to_have_count(5)


def test_a_model_is_put_in_use_and_rolled_back_with_a_reason(page: Page) -> None:
    for name, button in (("v2", "이 모델 쓰기"), ("v1", "되돌리기")):
        page.goto("/console/ko/model")
        page.get_by_role("row", name=re.compile(f"^{name} ")).get_by_role("link").click()
        page.get_by_label("사유").fill("품질을 확인하였습니다.")
        page.get_by_role("button", name=button).click()
        page.wait_for_url("**/model")

        expect(page.get_by_role("row", name=re.compile(f"^{name} "))).to_contain_text("쓰고 있음")


def test_the_language_is_switched_on_the_very_page(page: Page) -> None:
    page.goto(f"/console/ko/startups/s-0001?{DAY}")
    page.get_by_role("link", name="English").click()

    expect(page.get_by_role("heading", name="Programs that suit it")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"
    assert DAY in page.url


def test_a_profile_is_tried_without_storing_it(page: Page) -> None:
    page.goto("/console/en/profile")
    page.get_by_label("Summary").fill("Cloud service that searches contracts with a language model")
    page.get_by_role("button", name="Find programs").click()

    expect(page.locator("#result")).to_contain_text("About this AI recommendation")


def test_the_list_works_without_scripts(chromium: Browser, site: Site, session: dict[str, object]) -> None:
    context = chromium.new_context(base_url=site.base, storage_state=session, java_script_enabled=False)  # type: ignore[arg-type]  # as Playwright gave it
    page = context.new_page()
    page.goto("/console/ko/startups")
    page.get_by_label("검색어").fill("음성 인식 엔진")
    page.get_by_role("button", name="검색", exact=True).click()
    found = page.locator("tbody tr").count()
    context.close()

    assert found == 1


def press_to(page: Page, css: str) -> None:
    """Press Tab until an element has the focus; every element on the way must show that it has it."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("css => document.activeElement.matches(css)", css):
            return
    raise AssertionError(css)


def test_finding_reading_and_deciding_need_no_mouse(page: Page) -> None:
    page.goto("/console/ko/startups")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    press_to(page, "#q")
    page.keyboard.type("라벨링")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    press_to(page, "tbody a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/startups/s-0003**")
    press_to(page, "#ineligible")
    page.keyboard.press("Space")
    press_to(page, "form.search button")
    page.keyboard.press("Enter")
    page.wait_for_url("**ineligible=1**")
    press_to(page, ".match h3 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/programs/**")
    press_to(page, "#action")
    page.keyboard.press("ArrowDown")
    press_to(page, "#reason")
    page.keyboard.type("키보드로 적은 사유")
    press_to(page, "#part-decisions button")
    page.keyboard.press("Enter")
    page.wait_for_url("**#decisions")

    expect(page.get_by_role("cell", name="키보드로 적은 사유")).to_be_visible()
