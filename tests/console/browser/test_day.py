"""A program manager's day in Korean: applicants of a usual file come in, a round is decided, and scores are taken."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from xlsxwriter import Workbook

from tests.console.browser.forms import Forms
from tests.service.files.importers.sheets import numbered
from tests.service.rounds.test_round_sheets import filled_in
from tests.service.rounds.test_rounds import OPEN_CALLS

ROWS = 60
HEADINGS = ("접수번호", "기업명", "사업자등록번호", "소재지", "신산업분야", "투자단계", "창업아이템 개요", "주요기술")
FIELDS = ("로봇", "친환경·에너지", "인공지능", "기타")
STAGES = ("해당없음", "미유치", "시드", "Pre-A")
PLACES = ("세종특별자치시", "세종특별자치시 나성동", "서울특별시 강남구", "부산광역시 해운대구")


def applicants(folder: Path, mark: str, first: int) -> Path:
    """A file as institutions send it: a merged title, headings in row three, values that no list knows."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("신청현황")
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, f"2026년 {mark} 신청기업 현황")
        sheet.write_row(2, 0, HEADINGS)
        for row in range(ROWS):
            known = (
                FIELDS[row % 4],
                STAGES[row % 3],
                f"{mark} {row}번 아이템은 골목 창고를 잇는다.",
                f"경로 계획, {mark}기술{row}",
            )
            about = f"GBC-2026-{row + 1:04}", f"{mark}기업{row}", numbered(first + row), PLACES[row % 4]
            sheet.write_row(3 + row, 0, (*about, *known))
    path = folder / f"{mark}.xlsx"
    path.write_bytes(out.getvalue())
    return path


class Clicks:
    """Counts what a person presses; typing is not counted."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, press: Callable[[], object]) -> None:
        self.count += 1
        press()


def bring(page: Page, file: Path, program: str) -> int:
    """Import a file of applicants for a program; gives how many clicks it took."""
    click = Clicks()
    page.goto("/console/ko/imports")
    click(lambda: page.get_by_label("파일", exact=True).set_input_files(file))
    click(lambda: page.get_by_label("신청한 프로그램").select_option(program))
    click(page.get_by_role("button", name="미리 보기").click)
    expect(page.locator(".counts")).to_contain_text("오류 행 0")
    click(page.get_by_role("button", name="가져오기", exact=True).click)
    expect(page.get_by_role("heading", name="가져오기 완료")).to_be_visible()
    return click.count


def found(page: Page, words: str) -> Locator:
    page.goto(f"/console/ko/startups?q={words}")
    return page.locator("tbody tr")


def test_all_applicants_come_in_and_nothing_that_they_say_is_lost(page: Page, tmp_path: Path) -> None:
    clicks = [bring(page, applicants(tmp_path, "가람", 7_000), OPEN_CALLS[0])]
    clicks += [bring(page, applicants(tmp_path, "나래", 8_000), OPEN_CALLS[1])]  # the same 접수번호, other firms

    assert max(clicks) <= 5
    for mark in ("가람", "나래"):
        expect(found(page, f"{mark}기업")).to_have_count(20)
        expect(page.locator("main")).to_contain_text(re.compile(rf"{ROWS}곳|{ROWS}건|{ROWS}개"))
        for row in (0, 1, 31, 59):
            expect(found(page, f"{mark}기업{row}").first).to_be_visible()
            page.get_by_role("link", name=f"{mark}기업{row}", exact=True).click()
            expect(page.locator("main")).to_contain_text(f"{mark} {row}번 아이템은 골목 창고를 잇는다.")
            expect(page.locator("main")).to_contain_text(f"{mark}기술{row}")


def test_a_rounds_shortlist_is_decided_in_four_clicks_with_one_reason(page: Page, forms: Forms) -> None:
    path, click = (
        forms.run_round(name="하루의 회차", factor="1", **{f"seats:{program}": "7" for program in OPEN_CALLS}),
        Clicks(),
    )
    page.goto(f"/console/ko/{path}")
    click(page.get_by_role("link", name="선발 명단 한꺼번에 결정").click)
    expect(page.locator("input[name=pair]:checked")).to_have_count(28)
    click(lambda: page.get_by_label("결정", exact=True).select_option("shortlisted"))
    page.get_by_label("사유", exact=True).fill("서류 심사를 통과하였습니다.")
    click(page.get_by_role("button", name="결정 저장").first.click)

    expect(page.get_by_role("status").filter(has_text="결정 28건을 저장했습니다.")).to_be_visible()
    assert click.count <= 4


def test_a_score_file_is_previewed_and_then_taken(page: Page, forms: Forms, tmp_path: Path) -> None:
    path = forms.run_round(name="점수의 회차")
    book = tmp_path / "평가.xlsx"
    book.write_bytes(
        filled_in(forms.send(path, reason="평가위원회 배부").body(), lambda line, number: 90 - line - number)
    )
    page.goto(f"/console/ko/{path}/scores")
    page.get_by_label("점수를 적은 파일").set_input_files(book)
    page.get_by_role("button", name="점수 미리 보기").click()
    expect(page.get_by_role("heading", name="평가 점수 미리 보기")).to_be_visible()
    expect(page.get_by_text("아직 저장하지 않았습니다.")).to_be_visible()
    page.get_by_role("button", name="이 점수 저장").click()

    expect(page.get_by_role("heading", name="평가 점수의 결과")).to_be_visible()
    expect(page.get_by_role("link", name="이 결과대로 결정하기")).to_be_visible()
