"""Tables of startups: whatever encoding, heading or way of writing, the same facts come out, or a fault by line."""

from __future__ import annotations

import io
import unicodedata
from typing import Any

import pytest
from hypothesis import given as law
from hypothesis import strategies as st

from model.domain import Startup
from model.snapshot import rows
from service.actions.catalogue.imports import Said
from service.errors import ServiceError
from service.files.importers import records
from service.files.importers.formats import isolation, sealed
from service.files.importers.formats.encodings import decoded
from service.files.importers.records import FileReading
from tests.service import given
from tests.service.files.importers import sheets


def read(raw: bytes, kind: str | None = None, name: str = "") -> FileReading:
    """Read within this process; the hostile files show what the sealed one is for."""
    out = io.BytesIO()
    sealed.answer(raw, {"kind": kind, "name": name}, out)
    return records.read(isolation.understood(out.getvalue()), name, given.codes())


def read_text(text: str, kind: str = "startups") -> FileReading:
    return read(text.encode(), kind)


def stored(reading: FileReading) -> dict[str, Any]:
    assert reading.faults == ()
    return {row.key: row.record for row in reading.rows}


def places(reading: FileReading) -> list[tuple[int | None, str, str, str]]:
    return [(fault.line, fault.field, fault.value, fault.code) for fault in reading.faults]


@pytest.mark.parametrize("encoding", sheets.ENCODINGS)
def test_the_same_data_in_five_encodings_gives_identical_startups(encoding: str) -> None:
    reading = read(sheets.ENCODINGS[encoding](sheets.text()))

    assert (reading.kind, reading.encoding) == ("startups", encoding)
    assert stored(reading) == sheets.expected()


def test_utf_16_without_a_mark_is_read_too() -> None:
    assert stored(read(sheets.text("\t").encode("utf-16-le"))) == sheets.expected()
    assert stored(read(sheets.text("\t").encode("utf-16-be"))) == sheets.expected()


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_tabs_and_semicolons_separate_as_well(delimiter: str) -> None:
    assert stored(read(sheets.text(delimiter).encode())) == sheets.expected()


def test_decomposed_hangul_is_the_same_as_composed() -> None:
    assert stored(read(sheets.decomposed().encode())) == sheets.expected()


def test_json_lines_give_what_csv_gives() -> None:
    assert stored(read(sheets.json_lines())) == sheets.expected()


def test_a_title_above_the_headings_is_passed_over() -> None:
    reading = read(f"2026년 신청 기업 명단,,\n,,\n{sheets.text()}".encode())

    assert stored(reading) == sheets.expected()
    assert reading.rows[0].line == 4


def test_a_row_is_named_by_the_line_on_which_it_begins() -> None:
    reading = read_text('id,name,설립일\na,"두\n줄",2024-01-01\nb,x,어제\n')

    assert places(reading) == [(4, "founded_on", "어제", "not_day")]


def test_every_fault_of_a_row_is_named_at_once() -> None:
    reading = read_text("id,설립일,소재지,매출액,투자단계,직원 수\na,2024.13.01,중구,1억 2천,시리즈Z,많음\nb,,,,,\n")

    assert places(reading) == [
        (2, "founded_on", "2024.13.01", "not_day"),
        (2, "region", "중구", "not_region"),
        (2, "revenue_krw", "1억 2천", "not_amount"),
        (2, "employees", "많음", "not_integer"),
    ]
    assert [row.key for row in reading.rows] == ["b"]


def test_a_stage_or_field_that_no_list_has_is_noted_and_the_row_taken_without_it() -> None:
    reading = read_text("id,name,투자단계,신산업분야\na,가,해당없음,로봇\nb,나,시드,3\n")

    assert [(n.line, n.field, n.value, n.code) for n in reading.notes] == [
        (2, "stage", "해당없음", "left_unknown"),
        (2, "new_industry_field", "로봇", "left_unknown"),
    ]
    assert [row.stated for row in reading.rows] == [
        frozenset({"id", "name"}),
        frozenset({"id", "name", "stage", "new_industry_field"}),
    ]


def test_an_id_that_stands_twice_is_a_fault_of_the_second() -> None:
    assert places(read_text("id,name\na,x\na,y\n")) == [(3, "id", "a", "duplicate_id")]


def test_a_row_with_more_cells_than_headings_is_a_fault() -> None:
    assert places(read_text("id,name\na,x,y\n")) == [(2, "", "y", "too_many_cells_in_row")]


def test_a_letter_that_was_lost_before_is_a_fault() -> None:
    assert places(read_text("id,name\na,이�음\n")) == [(2, "name", "이�음", "broken_text")]


def test_a_column_of_unknown_name_is_left_out_and_said_so() -> None:
    reading = read_text("id,name,비고\na,x,담당자 전화 010-0000-0000\n")

    assert [(note.code, note.value) for note in reading.notes] == [("unknown_column", "비고")]
    assert reading.rows[0].cells == {"id": "a", "name": "x"}


@pytest.mark.parametrize(
    ("heading", "cell", "field", "value"),
    [
        ("매출액(백만원)", "1,137", "revenue_krw", 1_137_000_000),
        ("매출액", "1억 2천만", "revenue_krw", 120_000_000),
        ("Revenue (KRW)", "₩120,000,000", "revenue_krw", 120_000_000),
        ("설립일", "20260131", "founded_on", "2026-01-31"),
        ("개업연월일", "2026. 1. 31.", "founded_on", "2026-01-31"),
        ("founded on", "2026년 1월 31일", "founded_on", "2026-01-31"),
        ("founded_on", "46053", "founded_on", "2026-01-31"),
        ("지역", "서울시 강남구 테헤란로 1", "region", "11680"),
        ("Region", "전남광주", "region", "12"),
        ("업종", "01110 곡물 재배업", "industry", "01110"),
        ("필요 지원", "GPU·멘토링/PoC, 판로", "needs", ["gpu", "mentoring", "poc", "sales"]),
        ("기술", "CI/CD, 비전(2D, 3D); R&D·특허", "technologies", ["CI/CD, 비전(2D, 3D)", "R&D·특허"]),
        ("신산업 창업 분야", "1. 인공지능", "new_industry_field", 1),
        ("신산업 분야", "인공지능", "new_industry_field", 1),
        ("구분", "소상공인", "kind", "micro_enterprise"),
        ("사업자 형태", "법인", "entity", "corporation"),
        ("참여 언어", "국문/영문", "languages", ["ko", "en"]),
        ("대표자 모두 자격 충족", "예", "representatives_qualify", True),
        ("영문 기업명", "Ieum", "name_en", "Ieum"),
        ("기업명(영문)", "Ieum", "name_en", "Ieum"),
    ],
)
def test_a_cell_is_read_as_people_write_it(heading: str, cell: str, field: str, value: object) -> None:
    quoted = cell.replace('"', '""')

    assert rows.plain(stored(read_text(f'id,{heading}\na,"{quoted}"\n'))["a"])[field] == value


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ("2026년 엔업 프로그램 중도 포기", [("nup", 2026, "stopped")]),
        ("2026 엔업 수행중", [("nup", 2026, "running")]),
        ("엔업 2026년도 협약체결확약서 제출", [("nup", 2026, "pledged")]),
        (unicodedata.normalize("NFD", "엔업 2026년 협약해지"), [("nup", 2026, "stopped")]),
        ("엔업 2026 수행중, 정글 2025 졸업", [("nup", 2026, "running"), ("jungle", 2025, "completed")]),
        ("NUP 2026 선정취소 / 정글 2025 불합격", [("nup", 2026, "withdrawn"), ("jungle", 2025, "not_selected")]),
        ("엔업, 2026, 수행 중", [("nup", 2026, "running")]),
        ("엔업 2026 협약 미체결", [("nup", 2026, "withdrawn")]),
        ("창업도약패키지 2021~2022 완료", None),
        ("엔업 '26 수행중", None),
        ("엔업 2026 예비선정", None),
    ],
)
def test_a_history_is_read_as_people_order_it_or_refused(history: str, expected: list[tuple[str, int, str]]) -> None:
    found = read_text(f'id,지원 이력\na,"{history}"\n')

    if expected is None:
        assert [fault.code for fault in found.faults] == ["not_history"]
    else:
        assert [(p.program_family, p.year, p.status) for p in stored(found)["a"].history] == expected


def test_a_support_history_is_read_in_both_forms() -> None:
    startup: Startup = stored(read_text('id,지원 이력\na,"dips 2025 완료; tips (2026, 수행 중)"\n'))["a"]

    assert [(p.program_family, p.year, p.status) for p in startup.history] == [
        ("dips", 2025, "completed"),
        ("tips", 2026, "running"),
    ]


@pytest.mark.parametrize("cell", ["", " ", "-", "미상", "N/A"])
def test_a_cell_that_says_nothing_is_unknown(cell: str) -> None:
    assert stored(read_text(f"id,설립일\na,{cell}\n"))["a"].founded_on is None


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "file_empty"),
        (b" \n\n", "file_empty"),
        ("id,기업명,지역\na,이음,서울\n".encode() + "b,말결,부산\n".encode("cp949"), "mixed_encodings"),
        ("id,기업명\n".encode("cp949") + "a,이음\n".encode(), "mixed_encodings"),
        (b"\xef\xbb\xbf" + "id,기업명\na,이음\n".encode("cp949"), "mixed_encodings"),
        ("id,name\na,日本語のテキスト\n".encode("shift_jis"), "unknown_encoding"),
        ("id,name\na,简体中文公司名称\n".encode("gb18030"), "unknown_encoding"),
        ("id,name\na,Société générale à Genève\n".encode("latin-1"), "unknown_encoding"),
        ("id,기업명\na,이음\n".encode("utf-32"), "unknown_encoding"),
        (b"id,name\na,x\0y\n", "nul_in_text"),
        (b"\xff\xfei\0d\0", "import_kind_unknown"),
        (b"kind,stage\nx,y\n", "no_headings"),
        (b"a,b\n1,2\n", "no_headings"),
        (b"id,name\n1,2\n", "import_kind_unknown"),
        ("id,기업명,상호\n1,2,3\n".encode(), "duplicate_heading"),
        ('id,기업명\na,"열린 따옴표\nb,x\n'.encode(), "csv_broken"),
        (b"%PDF-1.7\n", "file_unknown"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_old_office"),
        (b'{"a": 1}\n', "import_kind_unknown"),
    ],
)
def test_a_file_that_cannot_be_read_with_certainty_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(ServiceError) as refused:
        read(raw)

    assert refused.value.code == code
    assert all(refused.value.explained(language).advice for language in ("ko", "en"))


def test_a_mixture_is_refused_by_the_line_where_it_changes() -> None:
    lines = [f"a{n},이음 {n}\n".encode("cp949" if n < 5 else "utf-8") for n in range(8)]

    with pytest.raises(ServiceError) as refused:
        read("id,기업명\n".encode("cp949") + b"".join(lines))

    assert (refused.value.facts["line"], refused.value.facts["second"]) == (7, "utf-8")


def test_short_korean_that_is_also_valid_utf_8_stays_cp949() -> None:
    reading = read("id,기업명\na,타\nb,이음\n".encode("cp949"))

    assert [record.name for record in stored(reading).values()] == ["타", "이음"]


@law(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3) | st.sampled_from(" a,·㎡①漢※"), max_size=20))
def test_korean_windows_text_keeps_every_letter(text: str) -> None:
    line = f"한국어 소개글,{text}\n"

    assert decoded(line.encode("cp949")).text == line


def test_who_sends_it_may_say_what_it_holds() -> None:
    assert Said(kind="programs").kind == read_text("id,name\na,x\n", "programs").kind
