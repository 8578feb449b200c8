"""Workbooks that committees fill in: each visible sheet's headings, the rows below by column, and what was left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from model.faults import Fault
from model.text import names
from model.text.analysis import DOT
from service.files.importers import limits
from service.files.importers.formats import isolation
from service.files.importers.formats.grids import is_blank, is_remark, is_total, letter, said, text_of
from service.files.importers.formats.isolation import SheetLine
from service.files.importers.values import lists

UNDERSTOOD = ""
"""What a column is called that is ours but isn't read."""

Headings = Callable[[Sequence[str]], Mapping[int, str] | None]
"""What the columns of a heading row are called, by place; None where a row is no heading row."""


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One row below the headings: where it stands, and its cells by what their columns are called."""

    place: str
    cells: Mapping[str, Any]

    def text(self, column: str) -> str:
        """One cell as a person reads it; empty where there is none."""
        return text_of(self.cells.get(column))

    def texts(self, column: str) -> list[str]:
        """Every cell that is filled under a heading, which may stand over more than one column."""
        return [text_of(cell) for name, cell in self.cells.items() if of_column(name) == column and not is_blank(cell)]


def entries(
    raw: bytes, headings: Headings, keys: Sequence[str], ours: Collection[str] = ()
) -> tuple[list[ScoreRow], list[Fault]]:
    """Read every visible sheet but `ours`; a row counts that fills every key. Notes name the rest.

    Raises ServiceError.
    """
    lines, of_sheets = isolation.grids(raw)
    notes = [Fault(code, field, line, "", value) for code, line, field, value in of_sheets]
    read: list[ScoreRow] = []
    for sheet, group in groupby(lines, key=lambda line: line.sheet):
        if sheet in ours:
            continue
        rows = list(group)
        at = next((n for n, row in enumerate(rows[: limits.ROWS_ABOVE]) if headings(row.texts)), None)
        if rows[0].is_hidden or at is None:
            code = "hidden_sheet_left_out" if rows[0].is_hidden else "sheet_left_out"
            notes.append(Fault(code, sheet, None, "", str(len(rows))))
            continue
        notes += [Fault("row_above", sheet, row.number, "", said(row.cells)) for row in rows[:at]]
        columns, height = _named(rows[at:], headings, keys)
        notes += [
            Fault("headings_joined", sheet, row.number, "", said(row.cells)) for row in rows[at + 1 : at + height]
        ]
        own, below = _below(rows[at], columns, rows[at + height :], keys)
        read += own
        notes += below
    return read, notes


def is_unreadable(cell: Any) -> bool:
    """Tell whether a cell holds a formula that has failed or was never calculated."""
    return isinstance(cell, dict) and bool({"failed", "formula"} & cell.keys())


def people(text: str) -> list[str]:
    """The evaluators whom a cell names; a comma may also stand within one Latin name.

    >>> people("김가나, 이다라 위원"), people("Smith, John")
    (['김가나', '이다라 위원'], ['Smith, John'])
    """
    each = lists.words(text, also=f"{DOT}/")
    return each if all(re.search("[가-힣]{2}", name) for name in each) else [text]


def of_column(name: str) -> str:
    """What a column's heading says; a second column of that heading has its place behind a NUL."""
    return name.partition("\0")[0]


def _named(rows: Sequence[SheetLine], headings: Headings, keys: Sequence[str]) -> tuple[dict[int, str], int]:
    """What each column is called, no two alike, and how many rows the headings take.

    Headings merged across several columns are told apart by what the row below says there, if that row is no record.
    """
    texts, height = list(rows[0].texts), 1
    columns = dict(headings(texts) or {})
    across = [at for at, cell in enumerate(rows[0].cells) if isinstance(cell, dict) and "merged" in cell]
    spread = {*across, *(at - 1 for at in across)}
    below = rows[1].texts if len(rows) > 1 else []
    is_record = all(below[at : at + 1] not in ([], [""], [texts[at]]) for at, name in columns.items() if name in keys)
    if any(below[at : at + 1] not in ([], [""]) for at in spread) and not is_record:
        joined = [
            below[at] if at in spread and below[at : at + 1] not in ([], [""]) else t for at, t in enumerate(texts)
        ]
        columns, height = dict(headings(joined) or columns), 2
    names_ = Counter(columns.values())
    first: set[str] = set()
    for at, name in sorted(columns.items()):
        if name and names_[name] > 1 and name in first:
            columns[at] = f"{name}\0{at}"
        first.add(name)
    return columns, height


def _below(
    head: SheetLine, columns: Mapping[int, str], rows: Sequence[SheetLine], keys: Sequence[str]
) -> tuple[list[ScoreRow], list[Fault]]:
    read: list[ScoreRow] = []
    notes: list[Fault] = []
    left: dict[int, tuple[int, str]] = {}
    for row in rows:
        cells = {name: row.cells[at] for at, name in columns.items() if name and at < len(row.cells)}
        first = next(text_of(cell) for cell in row.cells if not is_blank(cell))
        is_record = all(text_of(cells.get(key)) for key in keys)
        if not is_record or is_total(first) or (is_remark(first) and sum(map(bool, row.texts)) == 1):
            notes.append(Fault("row_left_out", row.sheet, row.number, "", said(row.cells)))
            continue
        read.append(ScoreRow(f"{row.sheet}!{row.number}", cells))
        for at, cell in enumerate(row.cells):
            if at not in columns and not is_blank(cell):
                left.setdefault(at, (row.number, text_of(cell)))
    for at, (line, value) in sorted(left.items()):
        heading = head.texts[at] if at < len(head.texts) else ""
        code = "column_left_out" if heading else "column_without_heading"
        notes.append(Fault(code, head.sheet, line, heading or letter(at), value))
    return read, notes


def named(text: str, words: Sequence[str]) -> bool:
    """Tell whether a heading is one of some words, whatever stands behind it in brackets."""
    return names.folded(re.sub(r"[(\[].*?[)\]]", "", names.visible(text))) in {names.folded(word) for word in words}
