"""A selection round in the browser: set up, run and compared by keyboard alone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.console.browser.keyboard import fill_in, press_enter, press_to
from tests.console.browser.test_every_page import faults_here


def set_up_by_keyboard(page: Page, name: str) -> str:
    """Set up a round over the first program and run it; gives the address of its result."""
    page.goto("/console/ko/rounds/new")
    fill_in(page, "#name", name)
    press_to(page, "[id^=program-]")
    page.keyboard.press("Space")
    fill_in(page, "[id^='seats:']", "2")
    press_enter(page, "button[value=run]", re.compile(r"/rounds/r-[0-9a-f]{32}$"))
    return page.url


def test_a_round_is_run_and_compared_without_a_mouse(page: Page) -> None:
    address = set_up_by_keyboard(page, "키보드로 만든 회차")
    expect(page.get_by_role("heading", name="프로그램별 결과")).to_be_visible()
    page.goto(f"{address}/what-if")
    press_to(page, "[id^='seats:']")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("1")
    press_to(page, "button[value=run]")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="원래 결과와 비교")).to_be_visible()
    assert faults_here(page) == []
