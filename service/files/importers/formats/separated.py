"""CSV, and its kin with tabs or semicolons: text to rows, quoted line breaks included, each with its first line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from service.files.columns.formulas import unguarded
from service.files.importers import limits
from service.files.importers.formats import headers
from service.files.importers.formats.headers import SEARCHED_ROWS, Headed
from service.files.importers.refusal import Refusal

DELIMITERS = (",", "\t", ";")


def rows(text: str, kind: str | None) -> tuple[Headed, Iterator[tuple[int, list[str]]]]:
    """Find the delimiter and the headings, then read every row below; raises Refusal, the iterator too."""
    csv.field_size_limit(limits.MOST_TEXT)
    tried = [_head(text, delimiter, kind) for delimiter in DELIMITERS]
    readable = [found for found in tried if isinstance(found, tuple)]
    if not readable:
        raise tried[0]  # type: ignore[misc]  # none is a tuple, so all are refusals
    headed, delimiter = max(readable, key=lambda found: found[0].known)
    return headed, _below(text, delimiter, headed.place)


def _head(text: str, delimiter: str, kind: str | None) -> tuple[Headed, str] | Refusal:
    try:
        first = [cells for _, cells in _upto(_read(text, delimiter), SEARCHED_ROWS)]
        return headers.found(first, kind), delimiter
    except Refusal as refusal:
        return refusal


def _upto(read: Iterator[tuple[int, list[str]]], most: int) -> Iterator[tuple[int, list[str]]]:
    return (row for row, _ in zip(read, range(most), strict=False))


def _below(text: str, delimiter: str, place: int) -> Iterator[tuple[int, list[str]]]:
    return (row for at, row in enumerate(_read(text, delimiter)) if at > place)


def _read(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if len(cells) > limits.MOST_COLUMNS:
                raise Refusal("too_many_columns", limit=limits.MOST_COLUMNS)
            if any(cells):
                yield line, [unguarded(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error:
        raise Refusal("csv_broken", line=line) from None
