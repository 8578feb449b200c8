"""Every page and state: no accessibility violation, nothing cut off, nothing executed, nothing fetched elsewhere."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.console.browser import hostile
from tests.console.browser.conftest import Site
from tests.console.pages import PAGES

WIDTHS = (640, 320)
"""200 % zoom of 1,280 pixels, and a phone."""


def test_every_page_is_accessible_and_whole_at_any_width(page: Page) -> None:
    found = [fault for path in PAGES for fault in faults(page, f"/console/ko/{path}")]

    assert found == []


def test_pages_keep_their_contrast_in_high_contrast(context: BrowserContext, site: Site) -> None:
    context.add_cookies([{"name": "contrast", "value": "high-contrast", "url": site.base}])
    page = context.new_page()
    found = [
        fault for path in PAGES[::2] for fault in violations(page, f"/console/en/{path}", runOnly=["color-contrast"])
    ]

    assert found == []


def faults(page: Page, path: str) -> list[str]:
    """What axe finds on a page, and whether anything is cut off when it is narrow."""
    return violations(page, path) + [f"{path}: cut off at {width}" for width in WIDTHS if is_cut_off(page, width)]


def violations(page: Page, path: str, **options: object) -> list[str]:
    """What axe finds on a page."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(path)
    result = Axe().run(page, options=options)
    broken = [(violation["id"], node) for violation in result.response["violations"] for node in violation["nodes"]]
    return [f"{path}: {rule} {node['html'][:120]}" for rule, node in broken]


def is_cut_off(page: Page, width: int) -> bool:
    page.set_viewport_size({"width": width, "height": 800})
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def test_a_hundred_hostile_strings_in_every_field_run_nowhere(page: Page, site: Site) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: None if request.url.startswith(site.base) else told.append(request.url))
    ran = [path for path in hostile_pages() if has_run(page, path)]

    assert (ran, told) == ([], [])


def hostile_pages() -> list[str]:
    ids = [startup.id for startup in hostile.startups()]
    lists = ["startups?page=2", "startups?page=3", "programs?q=x-program", "programs/x-program?ineligible=1&limit=50"]
    pairs = [f"startups/{key}/programs/x-program" for key in ids]
    queries = [f"startups?q={hostile.STRINGS[0]}", f"comparison?startup={ids[0]}&program=x-program"]
    return [f"/console/en/{path}" for path in (*lists, *pairs, *queries, f"startups/{ids[0]}/eligibility")]


def has_run(page: Page, path: str) -> bool:
    answer = page.goto(path)
    assert answer is not None
    assert answer.status in (200, 404)
    return bool(page.evaluate("'ran' in window"))
