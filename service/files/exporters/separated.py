"""CSV for Excel in Korea: UTF-8 with a mark, every text in quotes, and what would run marked by an apostrophe."""

from __future__ import annotations

import csv
import io

from service.files.columns.formulas import guarded
from service.files.exporters.table import ExportTable, Value

MEDIA = "text/csv; charset=utf-8"


def written(table: ExportTable) -> bytes:
    """Write one table; the importer reads the same values back."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([guarded(head.title) for head in table.heads])
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str | int | float:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    return guarded(str(value)) if value is not None else ""
