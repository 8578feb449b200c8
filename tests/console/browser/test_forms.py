"""Refused forms in a browser: the summary takes the focus, axe finds nothing; a session that ends loses no text."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.console.browser.conftest import SCREEN, Site
from tests.console.browser.forms import Forms
from tests.console.browser.test_every_page import faults_here
from tests.console.pages import PAGES

PAIR = "/console/ko/startups/s-0004/programs/majung-2026"
SENDERS = """[...document.querySelectorAll('main form[method=post]')].map(
    (form) => form.querySelector('[required]') ? form.getAttribute('action') : null)"""
SEND = "(place) => document.querySelectorAll('main form[method=post]')[place].requestSubmit()"


def test_an_empty_form_comes_back_with_the_focus_on_an_accessible_summary(page: Page, forms: Forms) -> None:
    objection = forms.send(
        "objections/new", sender="기업", text="이의", **forms.run_of("startups/s-0001/programs/majung-2026")
    )
    visited: set[str] = set()
    for path in [*(f"/console/ko/{path}" for path in PAGES), objection.url, "/console/ko/model/versions/v2"]:
        page.set_viewport_size(SCREEN)
        page.goto(path)
        for place, action in enumerate(page.evaluate(SENDERS)):
            kind = "/".join(re.split("[?#]", action or "")[0].split("/")[3:4])
            if action is None or kind in visited:
                continue
            visited.add(kind)
            page.goto(path)
            page.evaluate(SEND, place)

            expect(page.locator("#mistakes")).to_be_focused()
            assert page.title().startswith("오류: ")
            assert faults_here(page) == []
            page.set_viewport_size(SCREEN)

    assert {"users", "keys", "rounds", "profile", "objections", "imports", "model", "startups"} <= visited


def test_a_link_of_the_summary_leads_to_its_field(page: Page) -> None:
    page.goto(PAIR)
    page.get_by_role("button", name="결정 저장").click()
    page.locator("#mistakes a", has_text="사유를 입력하십시오.").click()

    expect(page.locator("#reason")).to_be_focused()


@pytest.fixture
def apart(chromium: Browser, context: BrowserContext, site: Site) -> Page:
    """A page of another window, in which the administrator's session can be ended without ending it elsewhere."""
    made = chromium.new_context(base_url=site.base, storage_state=context.storage_state(), reduced_motion="reduce")
    return made.new_page()


def test_two_minutes_before_its_end_a_session_says_so_and_goes_on_if_wanted(apart: Page) -> None:
    apart.clock.install()
    apart.goto(PAIR)
    idle = int(apart.locator("body").get_attribute("data-idle") or 0)
    apart.clock.fast_forward((idle - 130) * 1_000)
    expect(apart.locator("#session")).not_to_be_visible()
    apart.clock.fast_forward(15_000)
    expect(apart.get_by_role("dialog", name="곧 로그인이 끝납니다")).to_be_visible()
    expect(apart.get_by_role("button", name="계속 사용")).to_be_focused()
    apart.get_by_role("button", name="계속 사용").click()
    expect(apart.locator("#session")).not_to_be_visible()
    apart.clock.fast_forward((idle - 130) * 1_000)

    expect(apart.locator("#session")).not_to_be_visible()


def test_what_was_typed_outlives_a_session_and_is_gone_once_it_is_saved(apart: Page) -> None:
    apart.goto(PAIR)
    apart.get_by_role("combobox", name="결정").select_option("shortlisted")
    apart.get_by_label("사유").fill("길게 적은 사유")
    cookies = apart.context.cookies()
    apart.context.clear_cookies()
    apart.get_by_role("button", name="결정 저장").click()
    expect(apart.get_by_role("heading", level=1)).to_contain_text("로그인이 필요합니다")
    expect(apart.locator("main")).to_contain_text("길게 적은 사유")
    back = apart.get_by_role("link", name="다시 로그인하고 돌아오기").get_attribute("href")
    apart.context.add_cookies(cookies)
    apart.goto(PAIR)

    assert (back or "").startswith(f"/console/ko/sign-in?next={PAIR}")
    expect(apart.get_by_label("사유")).to_have_value("길게 적은 사유")
    expect(apart.locator("#draft")).to_contain_text("되살렸습니다")
    apart.get_by_role("button", name="결정 저장").click()
    apart.wait_for_url("**#decisions")
    apart.goto(PAIR)
    expect(apart.get_by_label("사유")).to_have_value("")
