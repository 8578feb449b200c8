"""The process that reads a file nobody has looked at yet: bound in memory and time, it hands rows over as JSON lines.

Started by `isolation`. It knows neither settings nor database; whatever a file does to it, the service goes on.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from service.files.importers import limits
from service.files.importers.formats import contents, separated, spreadsheet
from service.files.importers.formats.encodings import decoded
from service.files.importers.refusal import Refusal

_WRITTEN = json.JSONEncoder(ensure_ascii=False).encode


def main(arguments: list[str], source: BinaryIO, out: BinaryIO) -> None:
    """Read the file on `source` as the options say, and write its opening and rows, or why it is refused."""
    # Before the first byte is read: what follows parses what a stranger has sent.
    limits.confine()
    answer(source.read(), json.loads(arguments[0]), out)


def answer(raw: bytes, options: dict[str, Any], out: BinaryIO) -> None:
    """Write what the file holds, or why it is refused; whoever calls this is not bound by any limit of the process."""
    try:
        for value in _grids(raw) if options.pop("grids", False) else _records(raw, contents.FileHints(**options)):
            out.write(_WRITTEN(value).encode("utf-8", "surrogatepass") + b"\n")
    except Refusal as refusal:
        _refuse(out, refusal.code, refusal.facts)
    except (MemoryError, RecursionError):
        _refuse(out, "too_demanding", {})
    out.flush()


def _grids(raw: bytes) -> Iterator[dict[str, Any]]:
    """Every sheet as a person sees it, a CSV file as the only one; what is noted of a sheet behind its rows."""
    if not raw.startswith(b"PK"):
        if not raw.strip() or raw.startswith((contents.OLE, *contents.NOT_TEXT)):
            raise Refusal("file_unknown")
        text = decoded(raw).text
        parted = max(separated.DELIMITERS, key=lambda mark: text.splitlines()[0].count(mark))
        for line, row in separated.rows(text, parted):
            yield {"sheet": "", "hidden": False, "line": line, "cells": row}
        return
    for grid in spreadsheet.sheets(raw):
        for line, cells in grid.rows:
            yield {"sheet": grid.name, "hidden": grid.is_hidden, "line": line, "cells": cells}
        for note in grid.notes:
            yield {"sheet": grid.name, "note": note}


def _records(raw: bytes, hints: contents.FileHints) -> Iterator[dict[str, Any]]:
    """The opening, every row, and what is known once all rows were read."""
    opened = contents.of(raw, hints)
    columns = [contents.column_plain(header, at) for at, header in enumerate(opened.columns)]
    yield {name: getattr(opened, name) for name in ("format", "kind", "encoding", "sheet")} | {"columns": columns}
    left = limits.MOST_TEXT
    for count, (line, values) in enumerate(opened.rows, 1):
        if count > limits.MOST_ROWS:
            raise Refusal("too_many_rows", limit=limits.MOST_ROWS)
        left -= sum(len(value) for value in values.values() if isinstance(value, str))
        if left < 0:
            raise Refusal("too_much_text", limit=limits.MOST_TEXT)
        yield {"line": line, "values": values}
    yield {"notes": opened.notes, "late_unit": opened.late_unit}


def _refuse(out: BinaryIO, code: str, facts: Mapping[str, object]) -> None:
    # On a line of its own, since the refusal may come in the middle of one.
    out.write(b"\n" + json.dumps({"refused": code, "facts": facts}, default=str).encode() + b"\n")


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer)
