"""What a person sees in a file and a reader doesn't: merged cells, formulas, formats, hidden sheets, units, remarks."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter

from model.snapshot import rows
from service.errors import ServiceError
from service.files.importers.records import FileReading
from tests.service.files.importers.test_tables import places, read, read_text, stored


def book(fill: Any) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        fill(made)
    return out.getvalue()


def notes(reading: FileReading) -> set[str]:
    return {note.code for note in reading.notes}


def cell(heading: str, text: str, kind: str = "startups") -> Any:
    head = "기업 ID" if kind == "startups" else "프로그램 ID"
    reading = read_text(f'{head},"{heading}"\na,"{text}"\n', kind)
    return [fault.code for fault in reading.faults] or rows.plain(stored(reading)["a"])


@pytest.mark.parametrize(
    ("heading", "field", "value"),
    [
        ("매출액(단위: 백만원)", "revenue_krw", 180_000_000),
        ("매출액(백만)", "revenue_krw", 180_000_000),
        ("매출액(2025년, 백만원)", "revenue_krw", 180_000_000),
        ("매출액 백만원", "revenue_krw", 180_000_000),
        ("매출액_억", "revenue_krw", 18_000_000_000),
        ("매출액(USD)", "revenue_krw", None),
        ("매출액(백만원/천원)", "revenue_krw", None),
        ("소재지(공장)", "region", None),
        ("설립일(예정)", "founded_on", None),
        ("임직원 수(명)", "employees", 180),
    ],
)
def test_a_heading_says_what_its_numbers_mean(heading: str, field: str, value: int | None) -> None:
    assert cell(heading, "180").get(field) == value


def test_a_unit_above_or_below_the_table_holds_for_its_amounts() -> None:
    above = read_text("(단위: 백만원),,\n기업 ID,기업명,매출액\na,가,180\n")
    below = read_text("기업 ID,기업명,매출액\na,가,180\n※ 단위: 백만원,,\n")
    foreign = read_text("(단위: USD),,\n기업 ID,기업명,매출액\na,가,180\n")

    assert [stored(one)["a"].revenue_krw for one in (above, below, foreign)] == [180_000_000, 180_000_000, None]
    assert notes(above) == notes(below) == {"unit_applied"}


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("접수 마감일", "2026/1/3 10:00", {"closes_on": "2026-01-03"}),
        ("접수 마감일", "2026-01-31T15:00:00Z", {"closes_on": "2026-02-01"}),
        ("접수 마감일", "090412", ["not_day"]),
        ("마감 시각", "24:00", {"closes_at": "23:59"}),
        ("모집 규모", "5 10", ["not_integer"]),
        ("최대 업력", "3 7", ["not_integer"]),
        ("대상 지역", "경북 포항", {"regions": ["47110"]}),
        ("대상 지역", "경북 포황", ["not_region"]),
        ("대상 지역", "서울 강남구 테헤란로 1", ["not_region"]),
        ("지원 내용", "수출@교육", {"support": ["overseas", "education"]}),
        ("찾는 기술", "#AI #로봇", {"technologies": ["AI", "로봇"]}),
        ("찾는 기술", "드론ㆍ개인이동수단", {"technologies": ["드론ㆍ개인이동수단"]}),
    ],
)
def test_a_cell_of_a_program_is_never_guessed(heading: str, text: str, expected: Any) -> None:
    found = cell(heading, text, "programs")

    assert found == expected if isinstance(expected, list) else expected.items() <= found.items()


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("소재지", "세종특별자치시 한누리대로 1", {"region": "36"}),
        ("소재지", "경기도 성남시분당구", {"region": "41135"}),
        ("소재지", "서울 강낭구", ["not_region"]),
        ("법인등록번호", "1.10111E+12", ["destroyed_number"]),
        ("사업자등록번호", "1234567890.0", {"business_number": "1234567890"}),
        ("사업자등록번호", "12345", ["not_number_of_firm"]),
        ("업종 코드", "출판업", {"industry": "58"}),
        ("신산업 분야", "드론ㆍ개인이동수단", {}),
        ("종업원 수", "2024 15명", ["not_integer"]),
    ],
)
def test_a_cell_of_a_startup_is_never_guessed(heading: str, text: str, expected: Any) -> None:
    found = cell(heading, text)

    assert found == expected if isinstance(expected, list) else expected.items() <= found.items()


def test_rows_that_are_no_records_are_noted() -> None:
    reading = read_text("기업 ID,기업명,종업원 수\na,가,5\n합계,,5\n※ 출처: 어느 기관,,\n")

    assert [(note.line, note.code, note.value) for note in reading.notes] == [
        (3, "row_left_out", "합계 | 5"),
        (4, "row_left_out", "※ 출처: 어느 기관"),
    ]


def test_a_value_merged_downwards_holds_for_every_row() -> None:
    def fill(made: Any) -> None:
        sheet = made.add_worksheet("S")
        for line, cells in enumerate([["기업 ID", "기업명", "소재지"], ["a", "가", ""], ["b", "나", ""]]):
            sheet.write_row(line, 0, cells)
        sheet.merge_range("C2:C3", "부산")

    reading = read(book(fill))

    assert [record.region for record in stored(reading).values()] == ["26", "26"]
    assert notes(reading) == {"merged_cells_filled"}


def test_a_formula_that_was_never_calculated_is_a_fault() -> None:
    raw = book(lambda made: made.add_worksheet("S").write_row(0, 0, ["기업 ID", "매출액"]))
    held = {name: zipfile.ZipFile(io.BytesIO(raw)).read(name) for name in zipfile.ZipFile(io.BytesIO(raw)).namelist()}
    row = b'<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2"><f>1+1</f></c></row></sheetData>'
    held["xl/worksheets/sheet1.xml"] = held["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", row)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in held.items():
            packed.writestr(name, content)

    assert places(read(out.getvalue())) == [(2, "revenue_krw", "=", "formula_not_calculated")]


def test_a_number_is_the_code_that_its_format_shows() -> None:
    def fill(made: Any) -> None:
        sheet = made.add_worksheet("S")
        sheet.write_row(0, 0, ["기업 ID", "사업자등록번호", "업종 코드"])
        sheet.write_number(1, 0, 7, made.add_format({"num_format": "00000"}))
        sheet.write_number(1, 1, 1248100998, made.add_format({"num_format": "000-00-00000"}))
        sheet.write_number(1, 2, 1110, made.add_format({"num_format": "00000"}))

    (record,) = stored(read(book(fill))).values()

    assert (record.id, record.business_number, record.industry) == ("00007", "124-81-00998", "01110")


def test_a_number_that_may_have_lost_a_zero_is_a_fault() -> None:
    def fill(made: Any) -> None:
        sheet = made.add_worksheet("S")
        sheet.write_row(0, 0, ["기업 ID", "업종 코드"])
        sheet.write_row(1, 0, ["a", 1411])

    assert places(read(book(fill))) == [(2, "industry", "1411", "lost_zeros")]


def test_a_hidden_sheet_is_not_read_and_the_others_are_named() -> None:
    def fill(made: Any) -> None:
        for name in ("옛 자료", "현재", "메모"):
            made.add_worksheet(name).write_row(0, 0, ["기업 ID", "기업명"])
            made.get_worksheet_by_name(name).write_row(1, 0, [name, "가"])
        made.get_worksheet_by_name("옛 자료").hide()
        made.get_worksheet_by_name("현재").activate()

    reading = read(book(fill))

    assert (reading.sheet, list(stored(reading))) == ("현재", ["현재"])
    assert {(note.code, note.field) for note in reading.notes} == {
        ("hidden_sheet_left_out", "옛 자료"),
        ("sheet_left_out", "메모"),
    }


def test_two_columns_of_a_place_are_joined_and_two_rows_of_headings_too() -> None:
    places_ = read_text("기업 ID,시도,시군구\na,서울특별시,강남구\n")
    headed = read_text("기업 ID,기업명,매출액\n,,(백만원)\na,가,180\n")

    assert stored(places_)["a"].region == "11680"
    assert stored(headed)["a"].revenue_krw == 180_000_000
    assert notes(headed) == {"headings_joined"}


def test_an_html_table_is_read_as_what_it_is() -> None:
    page = (
        "<html><head><meta charset='euc-kr'></head><body><table><tr><th>회사명</th><th>기업 ID</th><th>지역</th></tr>"
        "<tr><td>가나</td><td>005930</td><td rowspan='2'>서울</td></tr>"
        "<tr><td>다라</td><td>000660</td></tr></table></body>"
    )
    reading = read(page.encode("cp949"), name="기업.xls")

    assert [(key, one.name, one.region) for key, one in stored(reading).items()] == [
        ("005930", "가나", "11"),
        ("000660", "다라", "11"),
    ]
    assert (reading.format, notes(reading)) == ("html", {"html_table"})


HWPX = (
    '<hs:sec xmlns:hs="s" xmlns:hp="p"><hp:p><hp:run><hp:t>배터리 상태를 진단합니다.</hp:t></hp:run></hp:p>'
    "<hp:p><hp:run><hp:tbl>{rows}</hp:tbl></hp:run></hp:p></hs:sec>"
)


def document(cells: list[list[str]]) -> bytes:
    made = "".join(
        "<hp:tr>"
        + "".join(
            f"<hp:tc><hp:subList><hp:p><hp:run><hp:t>{text}</hp:t></hp:run></hp:p></hp:subList>"
            f'<hp:cellAddr colAddr="{c}" rowAddr="{r}"/><hp:cellSpan colSpan="1" rowSpan="1"/></hp:tc>'
            for c, text in enumerate(row)
        )
        + "</hp:tr>"
        for r, row in enumerate(cells)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/hwp+zip")
        packed.writestr("Contents/section0.xml", HWPX.format(rows=made))
    return out.getvalue()


def test_a_form_of_hangul_gives_named_fields_and_its_body_as_the_summary() -> None:
    reading = read(document([["기업 ID", "h-1", "기업명", "가나"], ["매출액(백만원)", "180", "담당자", "홍"]]))
    (record,) = stored(reading).values()

    assert (record.id, record.name, record.revenue_krw) == ("h-1", "가나", 180_000_000)
    assert record.summary == "배터리 상태를 진단합니다."
    assert ("form_row_left_out", "담당자 | 홍") in [(note.code, note.value) for note in reading.notes]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\x9b DRMONE  This Document is encrypted and protected by Fasoo DRM", "file_protected"),
        (b"SCDSA002" + b"\0" * 40, "file_protected"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "HwpSummaryInformation".encode("utf-16-le"), "file_hwp"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "file_encrypted"),
        (b"<html><body>nothing</body></html>", "html_without_table"),
    ],
)
def test_a_file_that_is_not_read_is_named_for_what_it_is(raw: bytes, code: str) -> None:
    with pytest.raises(ServiceError) as refused:
        read(raw)

    assert refused.value.code == code
    assert all(refused.value.explained(language).advice for language in ("ko", "en"))


def test_a_missing_column_is_named_with_what_was_found() -> None:
    with pytest.raises(ServiceError) as refused:
        read_text("회사이름표,비고\n가,나\n")

    assert "기업 ID" in refused.value.facts["columns"]
    assert "회사이름표" in refused.value.facts["found"]


def test_an_empty_cell_far_below_is_no_row() -> None:
    def fill(made: Any) -> None:
        sheet = made.add_worksheet("S")
        for line, cells in enumerate([["기업 ID", "기업명"], ["a", "가"]]):
            sheet.write_row(line, 0, cells)
        sheet.write_blank(29_999, 0, None, made.add_format({"bottom": 1}))

    assert list(stored(read(book(fill)))) == ["a"]
