"""Files of offices: cells that a person reads rightly and a program easily does not, and what must come of each."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

Row = Sequence[Any]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell whose formula was never calculated: no program that wrote the file knew its value."""

    text: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """One sheet: its name, its rows, whether it is hidden, merged ranges, and empty cells that only have a border."""

    name: str
    rows: Sequence[Row]
    is_hidden: bool = False
    merged: Sequence[str] = ()
    bordered: Sequence[str] = ()


def workbook(*leaves: Leaf) -> bytes:
    """The sheets as a workbook of inline texts."""
    numbers = range(1, len(leaves) + 1)
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        parts = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_BOOK}.worksheet+xml"/>' for n in numbers
        )
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.'
            f'openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
            f'ContentType="{_BOOK}.sheet.main+xml"/>{parts}</Types>',
        )
        packed.writestr("_rels/.rels", _links([("b", "officeDocument", "xl/workbook.xml")]))
        links = [(f"s{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
        packed.writestr("xl/_rels/workbook.xml.rels", _links(links))
        hidden = {True: ' state="hidden"', False: ""}
        listed = "".join(
            f'<sheet name="{escape(leaf.name)}" sheetId="{n}"{hidden[leaf.is_hidden]} r:id="s{n}"/>'
            for n, leaf in zip(numbers, leaves, strict=True)
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        )
        for n, leaf in zip(numbers, leaves, strict=True):
            packed.writestr(f"xl/worksheets/sheet{n}.xml", _sheet(leaf))
    return out.getvalue()


def _links(found: Sequence[tuple[str, str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for name, kind, target in found
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _sheet(leaf: Leaf) -> str:
    lines = [
        f'<row r="{n}">{"".join(_cell(f"{chr(65 + at)}{n}", value) for at, value in enumerate(row))}</row>'
        for n, row in enumerate(leaf.rows, 1)
    ]
    lines += [f'<row r="{place[1:]}"><c r="{place}" s="0"/></row>' for place in leaf.bordered]
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in leaf.merged)
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData>'
        f"{f'<mergeCells>{merged}</mergeCells>' if merged else ''}</worksheet>"
    )


def _cell(place: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Formula):
        return f'<c r="{place}"><f>{escape(value.text)}</f></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


@dataclass(frozen=True, slots=True)
class Case:
    """A file, what it holds, which notes or faults it must bring, and some fields of records that must come of it.

    A field of None is not in the record; a record of None is not in the catalogue.
    """

    name: str
    raw: bytes
    codes: frozenset[str]
    records: Mapping[str, Mapping[str, Any] | None]
    kind: str = "startups"
    faulty: bool = field(default=False)


def _csv(
    name: str, heading: str, cell: str, codes: set[str], fields: Mapping[str, Any], kind: str = "startups"
) -> Case:
    key = "기업 ID" if kind == "startups" else "프로그램 ID"
    raw = f'{key},"{heading}"\nc-1,"{cell}"\n'.encode()
    return Case(f"{name}.csv", raw, frozenset(codes), {"c-1": fields}, kind)


def _refused(name: str, heading: str, cell: str, code: str, kind: str) -> Case:
    made = _csv(name, heading, cell, {code}, {}, kind)
    return Case(made.name, made.raw, made.codes, {"c-1": None}, kind, faulty=True)


def _book(name: str, codes: set[str], records: Mapping[str, Mapping[str, Any] | None], *leaves: Leaf) -> Case:
    return Case(f"{name}.xlsx", workbook(*leaves), frozenset(codes), records)


HEADS = ("기업 ID", "기업명", "소재지")
CASES: dict[str, Case] = {
    "K1 a second sheet under a title": _book(
        "sheets",
        {"sheet_left_out", "hidden_sheet_left_out"},
        {"c-1": {"name": "가"}, "c-2": None, "c-3": None},
        Leaf("옛 자료", [HEADS, ("c-3", "옛", None)], is_hidden=True),
        Leaf("현재", [HEADS, ("c-1", "가", None)]),
        Leaf("추가", [("추가 명단",), HEADS, ("c-2", "나", None)]),
    ),
    "K1 a column without a heading": _book(
        "unheaded",
        {"column_without_heading", "row_above"},
        {"c-1": {"name": "가"}},
        Leaf("명단", [("2026년 신청 기업",), ("기업 ID", None, "기업명"), ("c-1", "비공개 메모", "가")]),
    ),
    "K4 a unit in the heading": _csv("unit", "매출액(단위: 백만원)", "180", set(), {"revenue_krw": 180_000_000}),
    "K4 a year and a unit": _csv(
        "year", "매출액(2025년, 백만원)", "180", {"heading_remark"}, {"revenue_krw": 180_000_000}
    ),
    "K4 another currency": _csv("usd", "매출액(USD)", "180", {"heading_unclear"}, {"revenue_krw": None}),
    "K4 another place": _csv("factory", "소재지(공장)", "부산", {"heading_unclear"}, {"region": None}),
    "K4 a planned day": _csv("planned", "설립일(예정)", "2027-01-01", {"heading_unclear"}, {"founded_on": None}),
    "K4 a unit above the table": Case(
        "above.csv",
        "(단위: 백만원),,\n기업 ID,기업명,매출액\nc-1,가,180\n".encode(),
        frozenset({"unit_applied"}),
        {"c-1": {"revenue_krw": 180_000_000}},
    ),
    "K5 a day with an hour": _csv(
        "hour", "접수 마감일", "2026/1/3 10:00", set(), {"closes_on": "2026-01-03"}, "programs"
    ),
    "K5 two numbers of seats": _refused("seats", "모집 규모", "5 10", "not_integer", "programs"),
    "K5 two ages": _refused("ages", "최대 업력", "3 7", "not_integer", "programs"),
    "K5 a year and a headcount": _refused("people", "종업원 수", "2024 15명", "not_integer", "startups"),
    "K10 a merged place": _book(
        "merged",
        {"merged_cells_filled"},
        {"c-1": {"region": "26"}, "c-2": {"region": "26"}},
        Leaf("S", [HEADS, ("c-1", "가", "부산"), ("c-2", "나", None)], merged=["C2:C3"]),
    ),
    "K10 an empty cell with a border far below": _book(
        "border", set(), {"c-1": {"name": "가"}}, Leaf("S", [HEADS, ("c-1", "가", None)], bordered=["A30000"])
    ),
}
"""By the kind of the fault and what the file is; each is one row of the tests of the console and of the commands."""

FORMULA = Case(
    "formula.xlsx",
    workbook(Leaf("S", [("기업 ID", "매출액"), ("c-1", Formula("1200*1000000"))])),
    frozenset({"formula_not_calculated"}),
    {"c-1": {"revenue_krw": 500}},
    faulty=True,
)
"""K10: it must leave the 500 that are stored."""
