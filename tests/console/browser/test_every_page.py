"""Every page and state: no accessibility violation, nothing cut off, nothing executed, nothing fetched elsewhere."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.console.browser import hostile
from tests.console.browser.conftest import SCREEN, Site
from tests.console.browser.forms import Forms, path_of
from tests.console.pages import OF_ROUND, PAGES
from tests.service.rounds.test_rounds import OPEN_CALLS

DAY = "on=2026-02-02"
WIDTHS = (640, 320)
"""200 % zoom of 1,280 pixels, and a phone."""

WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
AXE = {"resultTypes": ["violations"]}
OPEN = "document.querySelectorAll('details').forEach((part) => { part.open = true; })"
UNCHECKED = "document.querySelectorAll('main form').forEach((form) => { form.noValidate = true; })"
UNDATED = "Object.assign(document.querySelector('#founded_on'), {type: 'text', value: '2026-99-99'})"
FILLS = "['.ground', '.bar', '.label'].map((part) => getComputedStyle(document.querySelector('svg ' + part)).fill)"
GROUNDS = (
    "['body', '.gnb-main-trigger.active'].map((part) => getComputedStyle(document.querySelector(part)).backgroundColor)"
)
FORGED = "document.querySelectorAll('main [name=csrf_token]').forEach((field) => { field.value = 'x'; })"


def test_every_page_is_accessible_and_whole_at_any_width(page: Page) -> None:
    found = [fault for path in PAGES for fault in faults(page, f"/console/ko/{path}")]

    assert found == []


def test_the_pages_of_a_round_are_accessible_and_whole_at_any_width(page: Page, forms: Forms) -> None:
    quota = {"quota-0-name": "여성", "quota-0-field": "대표자 성별", "quota-0-values": "여성", "quota-0-least": "1"}
    clashing, served = forms.run_round(name="상충하는 회차", **quota), forms.run_round(name="보이는 회차")
    scoring = forms.score_round(served)
    paths = [clashing, scoring, *(served + path.format(program=OPEN_CALLS[0]) for path in OF_ROUND)]
    found = [fault for path in paths for fault in faults(page, f"/console/ko/{path}")]

    assert found == []


def test_an_import_is_accessible_before_and_after_its_good_rows_are_taken(page: Page, forms: Forms) -> None:
    rows = ["id,이름,소개,개업연월일", "a-1,접근성,소음을 줄인다,2024-01-02", "a-2,나쁜날,소개,언젠가", ",이름만,소개,"]
    made = path_of(forms.send_file("imports", "기업.csv", "\n".join(rows).encode(), kind="startups"))
    found = faults(page, f"/console/ko/{made}")
    forms.send(made, rows="good")

    assert found + faults(page, f"/console/ko/{made}") == []


@pytest.mark.parametrize(
    ("path", "button", "status", "meddling"),
    [
        ("keys/new", "키 만들기", 422, UNCHECKED),
        ("users", "등록", 403, f"{UNCHECKED};{FORGED}"),
        ("rounds/new", "회차 실행", 422, UNCHECKED),
        ("profile", "맞는 프로그램 찾기", 422, f"{UNCHECKED};{UNDATED}"),
    ],
)
def test_a_refused_form_is_told_on_an_accessible_page(
    page: Page, path: str, button: str, status: int, meddling: str
) -> None:
    page.set_viewport_size(SCREEN)
    page.goto(f"/console/ko/{path}")
    page.evaluate(meddling)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()

    assert answer.value.status == status
    assert faults_here(page) == []


@pytest.mark.parametrize("path", ["startups/none", "nowhere/at/all"])
def test_a_page_that_is_not_there_is_told_on_an_accessible_page(page: Page, path: str) -> None:
    found = faults(page, f"/console/ko/{path}")

    assert page.locator("main h1").is_visible()
    assert found == []


def test_pages_keep_their_contrast_in_high_contrast(chromium: Browser, context: BrowserContext, site: Site) -> None:
    made = chromium.new_context(base_url=site.base, storage_state=context.storage_state(), reduced_motion="reduce")
    made.add_cookies([{"name": "contrast", "value": "high-contrast", "url": site.base}])
    page, found = made.new_page(), []
    for path in PAGES[::2]:
        page.goto(f"/console/en/{path}")
        found += violations(page, runOnly=["color-contrast"])
    made.close()

    assert found == []


def test_charts_and_places_are_told_in_the_colours_that_the_system_gives(
    chromium: Browser, context: BrowserContext, site: Site
) -> None:
    made = chromium.new_context(
        base_url=site.base, storage_state=context.storage_state(), forced_colors="active", color_scheme="dark"
    )
    page = made.new_page()
    page.goto(f"/console/ko/startups/s-0001/programs/majung-2026?{DAY}")
    canvas, here = page.evaluate(GROUNDS)
    ground, bar, label = page.evaluate(FILLS)
    made.close()

    assert ground == canvas
    assert canvas not in (bar, label, here)


def faults(page: Page, path: str) -> list[str]:
    """What axe finds on a page with all its parts opened, and whether anything is cut off when it is narrow."""
    page.set_viewport_size(SCREEN)
    page.goto(path)
    return faults_here(page)


def faults_here(page: Page) -> list[str]:
    """The same of the page as it stands."""
    page.evaluate(OPEN)
    return violations(page) + [f"{page.url}: {part}, at {width}" for width in WIDTHS for part in cut_off(page, width)]


def violations(page: Page, **options: object) -> list[str]:
    """What axe finds on the page as it is."""
    result = Axe().run(page, options={**AXE, **options})
    broken = [(violation["id"], node) for violation in result.response["violations"] for node in violation["nodes"]]
    return [f"{page.url}: {rule} {node['html'][:120]}" for rule, node in broken]


def cut_off(page: Page, width: int) -> list[str]:
    """Whether the page has to be moved sideways at a width."""
    page.set_viewport_size({"width": width, "height": 800})
    return ["cut off"] if page.evaluate(WIDE) else []


PRINTED = {
    "": [".card", "tbody tr"],
    f"startups/s-0001?{DAY}": [".match", ".notice", ".facts"],
    f"startups/s-0001/programs/majung-2026?{DAY}": [".waterfall svg", "#part-checks tbody tr", ".notice"],
    f"comparison?startup=s-0001&program=majung-2026&program=jungle-2026&{DAY}": ["table.compare", ".notice"],
}
"""Pages as they are printed, and what must be on the paper."""

ONLY_ON_SCREEN = (
    "#krds-masthead, .krds-main-menu, .krds-breadcrumb-wrap, .search, .sheet, .export, .buttons, .krds-tab-area"
)


@pytest.mark.parametrize("path", PRINTED)
def test_a_page_is_printed_whole_without_what_only_a_screen_can_do(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 700, "height": 1000})
    page.emulate_media(media="print")
    page.goto(f"/console/ko/{path}")
    page.wait_for_load_state("networkidle")

    assert [part for part in page.locator(ONLY_ON_SCREEN).all() if part.is_visible()] == []
    assert all(page.locator(css).first.is_visible() for css in PRINTED[path])
    assert hostile.PERSON in page.locator(".printed").inner_text()
    assert page.url in page.locator(".printed").inner_text()
    assert page.evaluate(WIDE) is False
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")


@pytest.fixture
def heard(page: Page, site: Site) -> list[str]:
    """What a page says aloud or fetches from elsewhere."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text))
    page.on("dialog", lambda dialog: (found.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: None if request.url.startswith(site.base) else found.append(request.url))
    return found


def test_a_hundred_hostile_strings_in_every_field_run_nowhere(page: Page, heard: list[str]) -> None:
    ran = [path for path in hostile_pages() if has_run(page, path)]

    assert (ran, heard) == ([], [])


def test_a_hundred_hostile_strings_in_every_word_that_people_leave_run_nowhere(
    page: Page, heard: list[str], forms: Forms
) -> None:
    paths = [path for leave in (decided, objected, admitted, imported, rounds_run) for path in leave(forms)]
    ran = [path for path in (*paths, "audit") if has_run(page, f"/console/en/{path}")]

    assert (ran, heard) == ([], [])


def decided(forms: Forms) -> list[str]:
    """Decide with every string as the reason, and take the decisions away for reasons that hold every string."""
    pair = "startups/s-0009/programs/jungle-2026"
    forms.send(pair, action="shortlisted", reason=" ".join(hostile.STRINGS))
    for reason in hostile.packed(500):
        forms.send("decisions", reason=reason)
    return [pair, "decisions", "programs/jungle-2026/shortlist"]


def objected(forms: Forms) -> list[str]:
    """Object in every string, signed with all of them, and answer in them."""
    text, about = " ".join(hostile.STRINGS), forms.run_of("startups/s-0009/programs/jungle-2026")
    signed = [{"sender": sender, "text": text, **about} for sender in hostile.packed(500)]
    made = [path_of(forms.send("objections/new", **complaint)) for complaint in signed]
    for path in made:
        forms.send(path, outcome="dismissed", text=text)
    return ["objections", *made]


def admitted(forms: Forms) -> list[str]:
    """Admit users and make keys under names that hold every string."""
    names = hostile.packed(200)
    users = [path_of(forms.send("users/new", name=name, role="viewer")) for name in names]
    for name in names:
        forms.send("keys/new", name=name, role="viewer", days="1")
    return ["users", users[0], users[-1], f"keys/new?user_id={users[0].split('/')[-1]}", "keys"]


def imported(forms: Forms) -> list[str]:
    """Bring a file whose every row is a string in a sound row and in a faulty one."""
    rows = [(f"h-{number:03}", text, text, "") for number, text in enumerate(hostile.STRINGS)]
    wrong = [(text, text, "", text) for text in hostile.STRINGS]
    raw = hostile.written([("id", "이름", "소개", "개업연월일"), *rows, *wrong])
    made = path_of(forms.send_file("imports", hostile.STRINGS[5] + ".csv", raw, kind="startups"))
    return [f"{made}?page={number}" for number in range(1, 7)]


def rounds_run(forms: Forms) -> list[str]:
    """Run rounds under names that hold every string, with all of them as reasons, and score one."""
    text = " ".join(hostile.STRINGS)
    made = [forms.run_round(**worded(name, text)) for name in hostile.packed(200)]
    first = made[0]
    scoring = forms.score_round(first, f"{hostile.STRINGS[0]}.xlsx", hostile.packed(500)[0])
    return ["rounds", scoring, *made, *(first + path.format(program=OPEN_CALLS[0]) for path in OF_ROUND)]


def worded(name: str, text: str) -> dict[str, str]:
    """A round's words: its name, and of each kind of term one line."""
    return {
        "name": name,
        "quota-0-name": name,
        "quota-0-field": "권역",
        "quota-0-values": "비수도권",
        "quota-0-least": "1",
        "bonus-0-name": name,
        "bonus-0-points": "2",
        "bonus-0-field": "권역",
        "bonus-0-values": "비수도권",
        "lock-0-startup": "s-0001",
        "lock-0-program": OPEN_CALLS[0],
        "lock-0-reason": text,
        "ban-0-startup": "s-0002",
        "ban-0-reason": text,
        "interest-0-evaluator": name,
        "interest-0-startup": "s-0003",
        "interest-0-reason": text,
    }


def test_a_hostile_profile_runs_nowhere(page: Page) -> None:
    page.goto("/console/en/profile")
    page.get_by_label("Summary").fill(" 클라우드 ".join(hostile.STRINGS[:90])[:5_000])
    page.get_by_label("Technologies").fill(", ".join(string.replace(",", " ") for string in hostile.STRINGS[:20]))
    page.get_by_role("button", name="Find programs").click()
    page.wait_for_url("**#result")

    assert page.evaluate("'ran' in window") is False


def hostile_pages() -> list[str]:
    ids = [startup.id for startup in hostile.startups()]
    lists = ["startups?page=2", "programs?q=x-program", "programs/x-program?ineligible=1&limit=25"]
    pairs = [f"startups/{key}/programs/x-program" for key in ids]
    queries = [f"startups?q={quote(hostile.STRINGS[0])}", f"comparison?startup={ids[0]}&program=x-program"]
    return [f"/console/en/{path}" for path in (*lists, *pairs, *queries, f"startups/{ids[0]}/eligibility")]


def has_run(page: Page, path: str) -> bool:
    answer = page.goto(path)
    assert answer is not None
    assert answer.status in (200, 404)
    return bool(page.evaluate("'ran' in window"))
