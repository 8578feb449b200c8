"""What once was lost, guessed or changed without a word, one row each: the right value, a fault, or a note."""

from __future__ import annotations

import io
import json
import unicodedata
from typing import Any

import pytest
import xlsxwriter

from model.domain import Startup
from model.snapshot import rows
from service.actions.rounds import interests, score_round
from service.actions.rounds.sheets import FIXED
from service.errors import ServiceError
from service.files.importers.applicants import Applicant
from service.files.importers.records import FileReading
from service.wording import rounds
from service.wording.pairs import said
from tests.service.files.importers.test_tables import read, read_text
from tests.support.persons_files import Leaf, workbook


def codes(reading: FileReading) -> set[str]:
    """Of everything that is said of a file beside its records."""
    return {one.code for one in (*reading.faults, *reading.notes)}


def records(reading: FileReading) -> list[dict[str, Any]]:
    return [rows.plain(row.record) for row in reading.rows]


CELLS = [
    ("programs", "접수 마감일", "2026/1/3 10:00", {"closes_on": "2026-01-03"}, "hour_left_out"),
    ("programs", "접수 마감일", "2026. 1. 3.(토) 18시까지", {"closes_on": "2026-01-03"}, "hour_left_out"),
    ("programs", "접수 마감일", "2026-01-03T10:00:00+09:00", {"closes_on": "2026-01-03"}, "hour_left_out"),
    ("programs", "접수 마감일", "2026-01-03 00:00:00", {"closes_on": "2026-01-03"}, None),
    ("programs", "접수 마감일", "2026.1.3 25:00", None, "not_day"),
    ("programs", "접수 마감일", "2026.1.3 10:70", None, "not_day"),
    ("programs", "접수 마감일", "46053", {"closes_on": "2026-01-31"}, "day_by_serial"),
    ("programs", "접수 마감일", "8000", None, "not_day"),
    ("programs", "접수 마감일", "'26.1.3", None, "not_day"),
    ("programs", "접수 마감일", "1월 3일", None, "not_day"),
    ("programs", "대상 지역", "전국, 서울", None, "not_region"),
    ("programs", "대상 지역", "전국(수도권 제외)", None, "not_region"),
    ("programs", "대상 지역", "수도권 외", None, "not_region"),
    ("programs", "대상 지역", "대상 지역: 전국", None, "not_region"),
    ("programs", "찾는 기술", "AI@로봇", {"technologies": ["AI", "로봇"]}, None),
    ("programs", "찾는 기술", "a@b.kr", {"technologies": ["a@b.kr"]}, None),
    ("startups", "핵심 기술", "없음", {"technologies": None}, "says_unknown"),
    *(
        ("startups", "정부 지원사업 참여 이력", cell, {"history": None}, "says_unknown")
        for cell in ("없음", "해당 없음", "해당사항 없음", "무", "-", "N/A", "정부지원사업 참여 이력 없음.")
    ),
    ("startups", "정부 지원사업 참여 이력", "TIPS 참여 없음", None, "not_history"),
    ("startups", "정부 지원사업 참여 이력", "엔업 2026 (2025, 완료)", {}, "another_year"),
    ("startups", "이전 사업", "없음", {}, "says_unknown"),
    ("startups", "매출액", "٣", None, "not_amount"),
    ("startups", "매출액(VAT 포함)", "180", {"revenue_krw": None}, "heading_unclear"),
    ("startups", "매출액(추정)", "180", {"revenue_krw": None}, "heading_unclear"),
    ("startups", "업종 코드", "1411", {"industry": "1411"}, "zero_may_be_lost"),
    ("startups", "업종 코드", "58-222", {"industry": "58-222"}, "industry_as_written"),
    ("startups", "업종 코드", "58222.0", {"industry": "58222"}, None),
    ("startups", "업종 코드", "58222 시스템 소프트웨어", {"industry": "58222"}, None),
    ("startups", "업종 코드", "시스템 소프트웨어(58222)", {"industry": "58222"}, None),
    ("startups", "사업자등록번호", "１２４－８１－００９９８", {"business_number": "124-81-00998"}, None),
    ("startups", "매출액", "00억", None, "not_amount"),
    ("programs", "모집 규모", "00개사", None, "not_integer"),
    ("programs", "마감 시각", "18:00:59", {"closes_at": "18:00"}, "seconds_left_out"),
    ("programs", "접수 마감일", "2026-01-03 오전 12시", {"closes_on": "2026-01-03"}, "hour_left_out"),
    ("programs", "대상 업종", "전 업종", {"industries": ["전 업종"]}, "industry_as_written"),
    ("programs", "제외 업종", "일반유흥주점업(56211), 56", {"excluded_industries": ["56211", "56"]}, None),
    ("programs", "제외 업종", "부동산업", {"excluded_industries": ["68"]}, None),
]


@pytest.mark.parametrize(("kind", "heading", "cell", "expected", "code"), CELLS)
def test_a_cell(kind: str, heading: str, cell: str, expected: dict[str, Any] | None, code: str | None) -> None:
    key = "기업 ID" if kind == "startups" else "프로그램 ID"
    reading = read_text(f'{key},"{heading}"\na,"{cell}"\n', kind)

    assert codes(reading) == ({code} if code else set())
    if expected is None:
        assert records(reading) == []
    for field, value in (expected or {}).items():
        assert records(reading)[0].get(field) == value


TABLES = [
    ("기업 ID,매출액\n<2기>,\na,1\n", ["a"], "row_left_out"),
    ("기업 ID,매출액\n[서울],\na,1\n", ["a"], "row_left_out"),
    ("기업 ID,매출액\n2기 기업,\na,1\n", ["2기 기업", "a"], "only_id"),
    ("기업 ID,기업명,종업원 수\na,가,5\n합계,1개사,5\n", ["a"], "row_left_out"),
    ("기업 ID,기업명,종업원 수\n합계,합계컨설팅,5\n", ["합계"], "row_like_total"),
    ("기업 ID,기업명\na,가\n기업 ID,기업명\nb,나\n", ["a", "b"], "row_left_out"),
    ("(단위: 천명),\n기업 ID,직원수\na,3\n", ["a"], "heading_unclear"),
    ("기업 ID,직원수\na,3\n(단위: 천명),\n", ["a"], "heading_unclear"),
    ("기업 ID,기업명\na,가\n총 2개사,\n", ["a"], "row_left_out"),
    ("기업 ID,기업명\na,가\n기업 ID,소재지\nb,서울\n", ["a"], "table_left_out"),
    ("(단위: 명),\n기업 ID,직원수\na,3\n", ["a"], "row_above"),
]


@pytest.mark.parametrize(("text", "keys", "code"), TABLES)
def test_a_row_of_a_table(text: str, keys: list[str], code: str) -> None:
    reading = read_text(text)

    assert [row.key for row in reading.rows] == keys
    assert code in codes(reading)
    assert all(record.get("employees") != 3 or code == "row_above" for record in records(reading))


def test_a_program_that_closes_before_it_opens_is_noted() -> None:
    reading = read_text("프로그램 ID,접수 시작일,접수 마감일\na,2026-02-28,2026-01-02\n", "programs")

    assert codes(reading) == {"closes_before_it_opens"}


@pytest.mark.parametrize("column", ["기업 ID", "업종 코드", "법인등록번호"])
def test_a_long_code_that_a_spreadsheet_rounded_is_a_fault(column: str) -> None:
    heads = ("기업 ID", column) if column != "기업 ID" else ("기업 ID", "기업명")
    row = ("a", 123456789012345678) if column != "기업 ID" else (123456789012345678, "가")

    assert [fault.code for fault in read(workbook(Leaf("S", [heads, row])), "startups").faults] == ["destroyed_number"]


K = {"pbanc_sn": 7, "biz_pbanc_nm": "공고"}
B = {"pblancId": "PBLN_7", "pblancNm": "공고", "trgetNm": "중소기업"}
NOTICES = [
    (K | {"pbanc_sn": "7.0"}, {"id": "kstartup-7"}, set()),
    (K | {"pbanc_ctnt": "null", "biz_pbanc_nm": "NaN"}, {"name": None, "name_en": None, "summary_en": None}, set()),
    (K | {"pbanc_rcpt_bgng_dt": "20260102"}, {"opens_on": "2026-01-02", "closes_on": None}, {"no_closing_day"}),
    (K | {"supt_regin": {"code": "11"}}, {"regions": None}, {"unused_key"}),
    (K | {"supt_regin": "전국, 서울"}, {"regions": None, "manual_checks": ["other_restriction"]}, {"region_unknown"}),
    (B | {"reqstBeginEndDe": "2026-02-28 ~ 2026-01-02"}, {"opens_on": None, "closes_on": None}, {"no_closing_day"}),
    (B | {"reqstBeginEndDe": "2026-01-02 ~"}, {"opens_on": "2026-01-02", "closes_on": None}, {"no_closing_day"}),
    (B | {"trgetNm": ["중소기업", "창업벤처"]}, {"manual_checks": ["other_restriction"]}, {"target_unknown"}),
    (B | {"trgetNm": "null"}, {"manual_checks": ["other_restriction"]}, {"target_missing", "unused_key"}),
    (B | {"hashTags": ["서울", "AI"]}, {"source": ["기업마당 공고 PBLN_7", "해시태그: 서울, AI"]}, set()),
    (B | {"reqstBeginEndDe": "2026-01-02 09:00 ~ 2026-02-28 18:00"}, {"closes_at": "18:00"}, {"hour_left_out"}),
    (B | {"bsnsSumryCn": "<img src='a.png' alt='공고문'>"}, {"summary": None}, {"unused_key"}),
    (K | {"pbanc_ctnt": "<img src='a.png'>"}, {"summary": None}, {"unused_key"}),
    (K | {"pbanc_rcpt_bgng_dt": "2026-01-02 10:00"}, {"opens_on": "2026-01-02"}, {"hour_left_out", "no_closing_day"}),
    (B | {"pblancId": "PBLN_7\u200b"}, {"id": "bizinfo-PBLN_7"}, {"id_cleaned"}),
]


@pytest.mark.parametrize(("item", "expected", "said"), NOTICES)
def test_a_field_of_a_notice(item: dict[str, Any], expected: dict[str, Any], said: set[str]) -> None:
    reading = read(json.dumps([item], ensure_ascii=False).encode())

    assert codes(reading) == said
    assert {name: records(reading)[0].get(name) for name in expected} == expected


def test_a_notice_is_read_alike_however_it_is_laid_out() -> None:
    compact, indented = (read(json.dumps(K, indent=indent).encode()) for indent in (None, 1))
    lines = read("\n".join(json.dumps({**K, "pbanc_sn": n}) for n in (7, 8)).encode())

    assert records(compact) == records(indented) == records(lines)[:1]
    assert [row.key for row in lines.rows] == ["kstartup-7", "kstartup-8"]


def test_what_stands_beside_the_list_of_an_answer_is_noted() -> None:
    reading = read(json.dumps({"totalCount": 1, "pageNo": 1, "data": [K], "remark": "정정 공고"}).encode())

    assert [(note.code, note.value) for note in reading.notes] == [("key_beside", "remark")]


def test_what_stands_in_attributes_of_an_answer_is_noted() -> None:
    item = '<item state="정정"><itemId>7</itemId><title lang="ko">공고</title></item>'
    reading = read(f"<response><body><items>{item}</items></body></response>".encode())

    assert {note.value for note in reading.notes if note.code == "unused_key"} == {"state", "title lang"}


MOMENTS = [
    ("2026-05-11 14:59", "2026-05-11", "14:59", set()),
    ("2026-05-11 2:59:10 PM", "2026-05-11", "14:59", {"seconds_left_out"}),
    ("2026. 5. 11.(월) 오후 2:59:00", "2026-05-11", "14:59", set()),
    ("2026-05-11T05:59:00Z", "2026-05-11", "14:59", set()),
    ("2026-05-11T23:30:00-01:00", "2026-05-12", "09:30", set()),
    ("2026-05-11 15:00:30", "2026-05-11", "15:00", {"seconds_left_out"}),
    ("2026-05-11 00:00:00", "2026-05-11", None, set()),
]


@pytest.mark.parametrize(("cell", "day", "hour", "said"), MOMENTS)
def test_the_moment_of_receipt_is_koreas(cell: str, day: str, hour: str | None, said: set[str]) -> None:
    reading = read_text(f"사업자등록번호,접수번호,접수일시\n1248100998,7,{cell}\n", "applications")
    (applicant,) = (row.record for row in reading.rows)

    assert isinstance(applicant, Applicant)
    stated = rows.plain(applicant.application)
    assert (stated["received_on"], stated.get("received_at")) == (day, hour)
    assert codes(reading) == said


def drawn(heading: str, value: float, style: dict[str, Any], comment: str = "") -> bytes:
    """A workbook of one record whose last cell has a style, and a comment if any."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["기업 ID", heading])
        sheet.write(1, 0, "a")
        sheet.write_number(1, 1, value, book.add_format(style))
        if comment:
            sheet.write_comment(1, 1, comment)
    return out.getvalue()


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("매출액", '#,##0"백만원"'),
        ("매출액", "#,##0,,"),
        ("매출액", "[$$-409]#,##0"),
        ("매출액", "_-[$€-2]* #,##0"),
        ("종업원 수", "0%"),
        ("종업원 수", '0"천명"'),
    ],
)
def test_a_number_that_its_format_shows_as_another_amount_is_a_fault(heading: str, shown: str) -> None:
    reading = read(drawn(heading, 1200, {"num_format": shown}), "startups")

    assert [(fault.code, fault.allowed) for fault in reading.faults] == [("number_format", shown)]


@pytest.mark.parametrize("shown", ["#,##0", "[$₩-412]#,##0", '#,##0"원"', "_-* #,##0_-", "0", "#,##0;[Red]-#,##0"])
def test_a_number_that_its_format_shows_as_it_is_is_read(shown: str) -> None:
    assert records(read(drawn("매출액", 1200, {"num_format": shown}), "startups"))[0]["revenue_krw"] == 1200


def test_what_is_struck_through_and_what_stands_in_a_comment_is_noted() -> None:
    assert codes(read(drawn("매출액", 1200, {"font_strikeout": True}), "startups")) == {"struck_rows_read"}
    assert codes(read(drawn("매출액", 1200, {}, "폐업"), "startups")) == {"beside_cells_left_out"}


HEADS = [said(rounds.HEADINGS, code, "ko") for code in FIXED]


def scored(heads: list[str | None], *given: list[Any], merged: tuple[str, ...] = ()) -> tuple[Any, set[str]]:
    """The scores of a sheet by evaluator, and what is said of it; the code of a refusal instead of both."""
    lines = [["p", f"s-{n}", *[None] * (len(HEADS) - 2), *row] for n, row in enumerate(given)]
    try:
        scores, notes = score_round.read(workbook(Leaf("1", [HEADS + heads, *lines], merged=merged)))
    except ServiceError as refused:
        return refused.code, set()
    return [(s.evaluator, s.units) for s in scores], {note.code for note in notes}


FIGURES = [
    *(
        "합계",
        "합  계",
        "평균",
        "총점",
        "순위",
        "평균점수",
        "평균 점수(점)",
        "최종점수",
        "합산",
        "종합점수",
        "평가점수",
    ),
    *(
        "환산점수",
        "가중평균",
        "최고점 제외 평균",
        "위원 평균",
        "등급",
        "결과",
        "선정여부",
        "서명",
        "평가일",
        "ＳＵＭ",
        "비고",
    ),
    *("기술성", "사업성(40점)", "시장 성장 가능성", "팀 역량", "실현 가능성"),
    *("김가나, 나다라", "김가나·나다라 위원", "김가나/나다라"),
]


@pytest.mark.parametrize("heading", FIGURES)
def test_a_column_of_figures_or_of_two_people_is_no_evaluator(heading: str) -> None:
    assert scored(["이다라", heading, "마바사", "평가 의견"], [80, 90, 70, None]) == (
        [("이다라", 800_000), ("마바사", 700_000)],
        {"column_left_out"},
    )


@pytest.mark.parametrize(
    "heading",
    [
        "이다라 위원",
        "평가위원 1",
        "선정위원장 이다라",
        "이다라(한국대)",
        "이다라(100점)",
        "점수현",
        "이다라 위원(기술·사업)",
    ],
)
def test_a_name_with_a_title_is_an_evaluator(heading: str) -> None:
    assert scored([heading, "평가 의견"], [80, None]) == ([(heading, 800_000)], set())


def test_points_of_another_scale_are_not_taken_for_points_of_a_hundred() -> None:
    assert scored(["이다라", "마바사(50점 만점)", "평가 의견"], [80, 40, None]) == (
        [("이다라", 800_000)],
        {"column_left_out"},
    )


@pytest.mark.parametrize("above", [True, False])
def test_a_row_that_gives_all_points_another_scale_refuses_them(above: bool) -> None:
    head, scale, row = [*HEADS, "이다라"], [*[None] * 11, "(50점 만점)"], ["p", "s-1", *[None] * 9, 40]
    sheet = [["평가표 (50점 만점)"], head, row] if above else [head, scale, row]

    with pytest.raises(ServiceError) as refused:
        score_round.read(workbook(Leaf("1", sheet)))
    assert refused.value.code == "score_not_a_number"


@pytest.mark.parametrize("second", ["이다라", unicodedata.normalize("NFD", "이다라")])
def test_two_columns_of_one_evaluator_are_both_read(second: str) -> None:
    assert scored(["이다라", second, "평가 의견"], [80, 70, None])[0] == [("이다라", 800_000), ("이다라", 700_000)]


def test_a_heading_over_two_columns_gives_way_to_the_names_below_it() -> None:
    made = workbook(
        Leaf(
            "1",
            [
                [*HEADS, "평가위원", None, "평가 의견"],
                [*[None] * len(HEADS), "이다라", "마바사", None],
                ["p", "s-1", *[None] * (len(HEADS) - 2), 80, 70, None],
            ],
            merged=["M1:N1"],
        )
    )
    given, notes = score_round.read(made)

    assert [(s.evaluator, s.units) for s in given] == [("이다라", 800_000), ("마바사", 700_000)]
    assert {note.code for note in notes} == {"merged_cells_filled", "headings_joined"}


@pytest.mark.parametrize("cell", ["1_0", "8,5", "O", "85%", "85/100", "8 5", "-5", "٨٥", "1e1", "85(수정)"])
def test_what_a_person_does_not_read_as_points_is_refused(cell: str) -> None:
    assert scored(["이다라", "평가 의견"], [cell, None])[0] == "score_not_a_number"


def test_one_score_in_a_cell_merged_over_two_evaluators_is_refused() -> None:
    assert scored(["이다라", "마바사", "평가 의견"], [80, None, None], merged=("M2:N2",))[0] == "score_not_a_number"


@pytest.mark.parametrize(
    ("heads", "cells", "expected", "unknown"),
    [
        (("평가위원", "기업", "기업"), ("김가나", "가나", "다라"), [], ["가나 / 다라"]),
        (("평가위원", "기업명", "기업 ID"), ("김가나", "가나", "s-2"), [], ["가나 / s-2"]),
        (("평가위원", "기업명", "기업 ID"), ("김가나", "㈜가나", "s-1"), [("김가나", "s-1")], []),
        (("위원", "성명", "기업"), ("1", "김가나", "가나"), [("1 김가나", "s-1")], []),
    ],
)
def test_two_columns_of_an_interest_agree_or_are_named(
    heads: tuple[str, ...], cells: tuple[str, ...], expected: list[tuple[str, str]], unknown: list[str]
) -> None:
    found = interests.read(
        workbook(Leaf("제척", [heads, cells])), [Startup("s-1", name="가나"), Startup("s-2", name="다라")], []
    )

    assert [(one.evaluator, one.startup) for one in found.interests] == expected
    assert [value for _, value in found.unknown] == unknown


@pytest.mark.parametrize(
    "cell", ["김가나, 이다라", "김가나·이다라", "김가나ㆍ이다라", "김가나 / 이다라", "김가나\n이다라"]
)
def test_two_evaluators_in_one_cell_are_both_recused(cell: str) -> None:
    leaf = Leaf("제척", [("평가위원", "기업"), (cell, "가나"), ("Kim, Ga-na", "가나")])
    found = interests.read(workbook(leaf), [Startup("s-1", name="가나")], [])

    assert [one.evaluator for one in found.interests] == ["김가나", "이다라", "Kim, Ga-na"]
