"""XLSX: real dates, codes as text, nothing that runs; the tables first, then the sheet that says what the file is."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

from xlsxwriter import Workbook

from service.errors import Problem, ServiceError
from service.files.columns.formulas import is_active
from service.files.exporters.table import About, ColumnHead, ExportTable, Value

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_CHARACTERS = 32_767
"""What Excel takes in one cell, in UTF-16 units."""

EXACT_TO = 10**15
"""Excel keeps fifteen digits of a number; a longer one is written as text."""

FONT = "맑은 고딕"
POINTS_A_LINE, MOST_POINTS = 13.5, 405.0
"""Height of a line, and the most that Excel gives to a row."""

WIDE = 0x10FF
"""Characters beyond this one, such as Korean, take two places."""

Worksheet: TypeAlias = Any
"""XlsxWriter ships no types."""

FIRST_DAY = date(1900, 3, 1)
"""Excel takes 1900 for a leap year, so days before this one are off by one; they are written as text."""

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Marks that Excel refuses, and control characters, which the library writes as they are: the part would be no XML."""

_NOT_IN_XML = re.compile("[\ufffe\uffff]")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


def written(tables: Sequence[ExportTable], about: About) -> bytes:
    """Write a workbook; the same tables give the same bytes. Raises ServiceError `cell_too_long`."""
    out = io.BytesIO()
    with Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": about.at.astimezone(UTC).replace(tzinfo=None)})
        styles, red = _styles(book, {}), _styles(book, {"font_color": "#B3261E", "bold": True})
        for table in tables:
            _table(book.add_worksheet(_sheet_name(table.name)), table, styles, red)
        sheet = book.add_worksheet(_sheet_name(about.name))
        _printed(sheet)
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 90)
        for line, (label, value) in enumerate(about.lines):
            _text(sheet, line, 0, label, styles, style="head")
            _text(sheet, line, 1, value, styles)
    return out.getvalue()


def _styles(book: Workbook, own: Mapping[str, Any]) -> Mapping[str, Any]:
    usual = {"valign": "top", "border": 1, "border_color": "#B1B8BE", "font_name": FONT, "font_size": 10, **own}
    wrapped = {"text_wrap": True, **usual}
    return {
        "head": book.add_format({"bold": True, "bg_color": "#EEF2F7", **wrapped}),
        "text": book.add_format({"num_format": "@", **wrapped}),
        "marked": book.add_format({"num_format": "@", "quote_prefix": True, **wrapped}),
        "whole": book.add_format({"num_format": "#,##0", **usual}),
        "number": book.add_format({"num_format": "#,##0.0000", **usual}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", **usual}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", **usual}),
        "blank": book.add_format(wrapped),
    }


def _printed(sheet: Worksheet) -> None:
    """Have a sheet printed across, all columns on one page, titles on each, with its name and page numbers."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.set_header("&L&A")
    sheet.set_footer("&C&P / &N")
    sheet.repeat_rows(0)


def _height(table: ExportTable, row: Sequence[Value]) -> float:
    """Points that a line needs for its longest cell; offices that don't measure wrapped cells show one line else."""
    lines = 1
    for head, value in zip(table.heads, row, strict=True):
        if isinstance(value, str) and not head.is_hidden:
            rows = (sum(2 if ord(mark) > WIDE else 1 for mark in part) for part in value.split("\n"))
            lines = max(lines, sum(1 + width // head.width for width in rows))
    return min(MOST_POINTS, lines * POINTS_A_LINE)


def _table(sheet: Worksheet, table: ExportTable, styles: Mapping[str, Any], red: Mapping[str, Any]) -> None:
    _printed(sheet)
    for place, head in enumerate(table.heads):
        sheet.set_column(place, place, head.width, None, {"hidden": head.is_hidden})
        _text(sheet, 0, place, head.title, styles, style="head")
        if head.most is not None and table.rows:
            sheet.data_validation(
                1,
                place,
                len(table.rows),
                place,
                {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": head.most},
            )
    for line, row in enumerate(table.rows, 1):
        sheet.set_row(line, _height(table, row))
        for place, (head, value) in enumerate(zip(table.heads, row, strict=True)):
            _cell(sheet, line, place, head, value, red if line - 1 in (table.red or ()) else styles)
    sheet.freeze_panes(1, 0)
    if table.heads:
        sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)


def _cell(sheet: Worksheet, line: int, place: int, head: ColumnHead, value: Value, styles: Mapping[str, Any]) -> None:
    if value is None:
        sheet.write_blank(line, place, None, styles["blank"])
        return
    write: Callable[..., None] = _WRITERS.get(type(value), _text)
    if head.is_code or _beyond_excel(value):
        write, value = _text, str(value)
    write(sheet, line, place, value, styles)


def _beyond_excel(value: Value) -> bool:
    """Tell whether Excel would keep another value than this one."""
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value) < FIRST_DAY
    return isinstance(value, int) and abs(value) >= EXACT_TO


def _text(
    sheet: Worksheet, line: int, place: int, value: Any, styles: Mapping[str, Any], style: str | None = None
) -> None:
    text = _NOT_IN_XML.sub("\ufffd", str(value))
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > MOST_CHARACTERS:
        raise ServiceError(Problem.CELL_TOO_LONG, line=line + 1, limit=MOST_CHARACTERS)
    sheet.write_string(line, place, text, styles[style or ("marked" if is_active(text) else "text")])


def _flag(sheet: Worksheet, line: int, place: int, value: Any, _: Mapping[str, Any]) -> None:
    sheet.write_boolean(line, place, value)


def _number(style: str) -> Callable[..., None]:
    def write(sheet: Worksheet, line: int, place: int, value: Any, styles: Mapping[str, Any]) -> None:
        sheet.write_number(line, place, value, styles[style])

    return write


def _day(style: str) -> Callable[..., None]:
    def write(sheet: Worksheet, line: int, place: int, value: Any, styles: Mapping[str, Any]) -> None:
        naive = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        sheet.write_datetime(line, place, naive, styles[style])

    return write


_WRITERS: Mapping[type, Callable[..., None]] = {
    bool: _flag,
    int: _number("whole"),
    float: _number("number"),
    date: _day("day"),
    datetime: _day("moment"),
}


def _sheet_name(name: str) -> str:
    return _NOT_IN_SHEET_NAMES.sub(" ", name)[:31].strip() or "Sheet"
