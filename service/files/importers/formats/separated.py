"""CSV, and its kin with tabs or semicolons: text to rows, quoted line breaks included, each with its first line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from service.files.columns.formulas import MARK, unguarded
from service.files.importers import limits
from service.files.importers.formats import headers
from service.files.importers.formats.grids import Grid
from service.files.importers.formats.headers import SEARCHED_ROWS, Below, Headed, Mapped
from service.files.importers.refusal import Refusal

DELIMITERS = (",", "\t", ";")


def table(text: str, kind: str | None, mapped: Mapped) -> Below:
    """Find the delimiter and the headings, then read every row below; raises Refusal, the rows too."""
    # The module's own limit of 131,072 characters is less than a summary may have.
    csv.field_size_limit(limits.MOST_TEXT)
    tried: list[tuple[Headed, str]] = []
    refusals: list[Refusal] = []
    for delimiter in DELIMITERS:
        try:
            tried.append(
                (headers.find(list(islice(rows(text, delimiter), SEARCHED_ROWS + 1)), kind, mapped), delimiter)
            )
        except Refusal as refusal:
            refusals.append(refusal)
    if not tried:
        raise refusals[0]
    # The delimiter under which most headings are known; a comma within one cell proves nothing.
    _, best = max(tried, key=lambda candidate: candidate[0].weight)
    return headers.table(Grid("", rows(text, best)), kind, mapped, refuses_more_cells=True)


def rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, with the line on which it begins; raises Refusal."""
    # newline="" leaves line breaks within quotes to the reader.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if len(cells) > limits.MOST_COLUMNS:
                raise Refusal("too_many_columns", limit=limits.MOST_COLUMNS)
            if any(cell.strip() for cell in cells):
                yield line, [unguarded(cell) if cell[:1] == MARK else cell for cell in cells]
            # A row may span lines: the next one begins behind the last line that was read.
            line = reader.line_num + 1
    except csv.Error:
        raise Refusal("csv_broken", line=line) from None
