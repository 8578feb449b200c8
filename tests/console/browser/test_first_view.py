"""What is seen first: a recommendation on a screen; on a phone one button for the menu, and tables as cards."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.console.browser.conftest import SCREEN
from tests.console.browser.forms import Forms
from tests.console.browser.test_every_page import DAY, faults_here

FOLD = 600
PHONE = {"width": 390, "height": 844}
CUT = """[...document.querySelectorAll('.krds-table-wrap')].filter(
    (part) => !part.querySelector('.compare') && part.scrollWidth > part.clientWidth + 1).length"""


@pytest.mark.parametrize("path", [f"startups/s-0001?{DAY}", f"programs/majung-2026?{DAY}"])
def test_the_first_recommendation_stands_above_the_fold(page: Page, path: str) -> None:
    page.set_viewport_size(SCREEN)
    page.goto(f"/console/ko/{path}")
    first = page.locator(".match").first.bounding_box()

    assert first is not None
    assert first["y"] <= FOLD


def test_a_phones_menu_is_one_button(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/console/ko/startups")
    button = page.get_by_role("button", name="전체 메뉴")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("link", name="선정 회차")).not_to_be_visible()
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("link", name="선정 회차")).to_be_visible()
    page.set_viewport_size(SCREEN)

    expect(button).not_to_be_visible()
    expect(page.get_by_role("link", name="선정 회차")).to_be_visible()


@pytest.mark.parametrize(
    "path", ["startups", "programs", "audit", "access-log", "users", "startups/s-0001/eligibility"]
)
def test_on_a_phone_a_table_is_read_as_cards_and_no_cell_is_cut_off(page: Page, path: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"/console/ko/{path}")
    table = page.get_by_role("table").first

    assert page.evaluate(CUT) == 0
    assert table.get_by_role("columnheader").count() > 1
    assert table.get_by_role("row").nth(1).locator("[data-label]").count() > 1
    assert faults_here(page) == []


def test_the_page_that_decides_together_is_accessible_before_and_after_a_mistake(page: Page, forms: Forms) -> None:
    page.set_viewport_size(SCREEN)
    page.goto("/console/ko/decisions/together?program=jungle-2026&startup=s-0002&startup=s-0003")
    fine = faults_here(page)
    page.set_viewport_size(SCREEN)
    page.get_by_role("button", name="결정 저장").first.click()
    expect(page.locator("#mistakes")).to_be_focused()

    assert fine + faults_here(page) == []


def test_pairs_ticked_on_a_list_are_decided_in_four_clicks_and_one_reason_and_undone_by_one(page: Page) -> None:
    page.set_viewport_size(SCREEN)
    page.goto(f"/console/ko/programs/jungle-2026?{DAY}")
    for box in page.locator(".pick label").all()[:3]:
        box.click()
    page.get_by_role("button", name="고른 기업 한꺼번에 결정").click()
    page.get_by_role("combobox", name="결정", exact=True).select_option("shortlisted")
    page.get_by_label("사유", exact=True).fill("기술이 잘 맞음")
    page.get_by_role("button", name="결정 저장").first.click()
    expect(page.get_by_role("status").filter(has_text="결정 3건을 저장했습니다.")).to_be_visible()
    assert faults_here(page) == []
    page.set_viewport_size(SCREEN)
    page.get_by_role("button", name="되돌리기").click()

    expect(page.get_by_role("cell", name="저장 직후 되돌림")).to_have_count(3)
