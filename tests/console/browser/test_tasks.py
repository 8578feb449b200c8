"""Each task of a program manager from beginning to end, in the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.console.browser.conftest import Site
from tests.support.workbooks import sheets

DAY = "on=2026-02-02"
PAIR = f"/console/ko/startups/s-0002/programs/jungle-2026?{DAY}"

DROP = """rows => {
  const held = new DataTransfer();
  held.items.add(new File([rows], "기업.csv", {type: "text/csv"}));
  document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", {dataTransfer: held, cancelable: true}));
}"""
WATCH = """() => {
  const told = document.querySelector("form [role=status]"), stages = [];
  new MutationObserver(() => sessionStorage.setItem("stages", stages.push(told.textContent) && stages.join("|")))
    .observe(told, {childList: true});
}"""
"""Notes what a form says on its way, for the next page to read."""


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
    page.get_by_role("combobox", name="결정").select_option("shortlisted")
    page.get_by_label("사유").fill("심사 기준에 맞습니다.")
    page.get_by_role("button", name="결정 저장").dblclick()
    page.wait_for_url("**#decisions")

    expect(page.get_by_role("cell", name="심사 기준에 맞습니다.")).to_have_count(1)
    expect(page.get_by_role("combobox", name="결정").locator("option")).not_to_have_count(1)


def test_a_cp949_file_with_two_bad_rows_is_imported_without_them(page: Page, tmp_path: Path) -> None:
    page.goto("/console/ko/imports")
    page.get_by_label("파일", exact=True).set_input_files(with_bad_rows(tmp_path, "n"))
    page.get_by_role("button", name="미리 보기").click()
    expect(page.get_by_text("언젠가")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="오류 행을 엑셀 파일로 내려받기").click()
    page.get_by_role("button", name="오류 없는 행만 가져오기").click()
    expect(page.get_by_role("heading", name="가져오기 완료")).to_be_visible()
    page.goto("/console/ko/startups?q=n-새기업")

    expect(page.locator("tbody tr")).to_have_count(5)
    report = next(iter(sheets(download.value.path().read_bytes()).values()))
    assert {row[1] for row in report[1:]} == {7.0, 8.0}


def test_a_file_is_dropped_and_its_way_is_told(page: Page) -> None:
    page.goto("/console/ko/imports")
    page.evaluate(DROP, "id,이름\nd-1,끌어온기업")
    page.evaluate(WATCH)
    page.get_by_role("button", name="미리 보기").click()
    planned = page.get_by_role("region", name="가져올 행", exact=True)
    expect(planned.get_by_role("cell", name="끌어온기업", exact=True)).to_be_visible()

    stages = str(page.evaluate("sessionStorage.getItem('stages')")).split("|")
    assert [stage.split()[0] for stage in stages] == ["파일을", "행을"]


def test_a_file_that_cannot_be_read_is_told_on_the_page(page: Page) -> None:
    page.goto("/console/ko/imports")
    file = {"name": "x.xlsx", "mimeType": "application/octet-stream", "buffer": b"PK\x03\x04 broken"}
    page.get_by_label("파일", exact=True).set_input_files(file)  # type: ignore[arg-type]  # as documented
    page.get_by_role("button", name="미리 보기").click()

    expect(page.get_by_role("alert").get_by_text("손상되어 읽을 수 없는 파일입니다.")).to_be_visible()


def with_bad_rows(folder: Path, mark: str) -> Path:
    """A file in CP949 with five good rows and two bad ones, on the lines 7 and 8."""
    good = [f"{mark}-{n},{mark}-새기업{n},공장 소음을 줄이는 장치를 만든다,2024-01-0{n}" for n in range(1, 6)]
    rows = ["id,이름,소개,개업연월일", *good, f"{mark}-b,나쁜날,소개,언젠가", ",이름만,소개,2024-01-02"]
    file = folder / "기업.csv"
    file.write_bytes("\r\n".join(rows).encode("cp949"))
    return file


def test_a_model_is_put_in_use_and_rolled_back_with_a_reason(page: Page) -> None:
    for name in ("v2", "v1"):
        page.goto("/console/ko/model")
        page.get_by_role("row", name=re.compile(f"^{name} ")).get_by_role("link").click()
        page.get_by_label("사유").fill("품질을 확인하였습니다.")
        page.get_by_role("button", name=re.compile("이 모델로 바꾸기")).click()
        page.wait_for_url("**/model")

        expect(page.get_by_role("row", name=re.compile(f"^{name} "))).to_contain_text("현재 모델")


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


def test_a_ranked_list_is_taken_away_with_the_figures_of_its_page(page: Page) -> None:
    page.goto(f"/console/ko/startups/s-0001?{DAY}&limit=5&ineligible=1")
    shown = [float(text) for text in page.locator(".match .score strong").all_inner_texts()]
    names = page.locator(".match h3 a").all_inner_texts()
    found = taken(page, "2026년 2차 평가 준비")

    assert [round(row[4], 1) for row in found[1:]] == shown
    assert [row[2] or row[3] for row in found[1:]] == names


def test_a_comparison_is_taken_away_with_the_figures_of_its_page(page: Page) -> None:
    page.goto(f"/console/ko/comparison?startup=s-0001&program=majung-2026&program=jungle-2026&{DAY}")
    shown = [row.split("\t") for row in page.locator("table.compare tr").all_inner_texts()]
    found = {row[0]: row[1:] for row in taken(page, "선정 회의 자료")}

    for title, *figures in shown:
        if re.fullmatch(r"[\d.]+", figures[0]):
            assert [f"{value:.1f}" if value else "–" for value in found[title]] == figures


def taken(page: Page, reason: str) -> list[list[Any]]:
    """The first sheet of the file that the page's form gives for a reason."""
    page.locator(".export summary").click()
    page.get_by_label("내려받는 사유").fill(reason)
    with page.expect_download() as download:
        page.get_by_role("button", name="내려받기", exact=True).click()
    return next(iter(sheets(download.value.path().read_bytes()).values()))


@pytest.fixture
def plain(chromium: Browser, context: BrowserContext, site: Site) -> Iterator[Page]:
    """A page of the same person in a browser without scripts."""
    made = chromium.new_context(base_url=site.base, storage_state=context.storage_state(), java_script_enabled=False)
    yield made.new_page()
    made.close()


def test_searching_importing_and_downloading_work_without_scripts(plain: Page, tmp_path: Path) -> None:
    plain.goto("/console/ko/startups")
    plain.get_by_label("검색어").fill("음성 인식 엔진")
    plain.get_by_role("button", name="검색", exact=True).click()
    assert plain.locator("tbody tr").count() == 1
    assert [row[1] for row in taken(plain, "스크립트 없이")][1:] == plain.locator("tbody th").all_inner_texts()
    plain.goto("/console/ko/imports")
    plain.get_by_label("파일", exact=True).set_input_files(with_bad_rows(tmp_path, "p"))
    plain.get_by_role("button", name="미리 보기").click()

    expect(plain.get_by_text("언젠가")).to_be_visible()
