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
        styles = _styles(book)
        for table in tables:
            _table(book.add_worksheet(_sheet_name(table.name)), table, styles)
        _about(book.add_worksheet(_sheet_name(about.name)), about, styles)
    return out.getvalue()


def _styles(book: Workbook) -> Mapping[str, Any]:
    wrapped = {"text_wrap": True, "valign": "top"}
    return {
        "head": book.add_format({"bold": True, "bg_color": "#EEF2F7", "bottom": 1, **wrapped}),
        "text": book.add_format({"num_format": "@", **wrapped}),
        "marked": book.add_format({"num_format": "@", "quote_prefix": True, **wrapped}),
        "whole": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "number": book.add_format({"num_format": "#,##0.0000", "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top"}),
    }


def _table(sheet: Worksheet, table: ExportTable, styles: Mapping[str, Any]) -> None:
    for place, head in enumerate(table.heads):
        sheet.set_column(place, place, head.width)
        _text(sheet, 0, place, head.title, styles, style="head")
    for line, row in enumerate(table.rows, 1):
        for place, (head, value) in enumerate(zip(table.heads, row, strict=True)):
            _cell(sheet, line, place, head, value, styles)
    sheet.freeze_panes(1, 0)
    if table.heads:
        sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)


def _cell(sheet: Worksheet, line: int, place: int, head: ColumnHead, value: Value, styles: Mapping[str, Any]) -> None:
    if value is None:
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


def _about(sheet: Worksheet, about: About, styles: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90)
    for line, (label, value) in enumerate(about.lines):
        _text(sheet, line, 0, label, styles, style="head")
        _text(sheet, line, 1, value, styles)


def _sheet_name(name: str) -> str:
    return _NOT_IN_SHEET_NAMES.sub(" ", name)[:31].strip() or "Sheet"
