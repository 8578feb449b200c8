"""The process that reads a file nobody has looked at yet: bound in memory and time, it hands rows over as JSON lines.

Started by `isolation`. It knows neither settings nor database; whatever a file does to it, the service goes on.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from service.files.importers import limits
from service.files.importers.formats import contents, spreadsheet
from service.files.importers.formats.contents import Contents
from service.files.importers.refusal import Refusal


def main(arguments: list[str], source: BinaryIO, out: BinaryIO) -> None:
    """Read the file on `source` as the options say, and write its opening and rows, or why it is refused."""
    limits.confine()
    answer(source.read(), json.loads(arguments[0]), out)


def answer(raw: bytes, options: Mapping[str, Any], out: BinaryIO) -> None:
    """Write what the file holds, or why it is refused; whoever calls this is not bound by any limit of the process."""
    try:
        for value in _lines(raw, options):
            out.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    except Refusal as refusal:
        _refuse(out, refusal.code, refusal.facts)
    except (MemoryError, RecursionError):
        _refuse(out, "too_demanding", {})
    out.flush()


def _lines(raw: bytes, options: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    return _grids(raw) if options.get("grids") else _records(raw, options)


def _grids(raw: bytes) -> Iterator[dict[str, Any]]:
    """Every sheet as it stands."""
    if not raw.startswith(b"PK"):
        raise Refusal("file_unknown")
    for sheet, line, cells in spreadsheet.grids(raw):
        yield {"sheet": sheet, "line": line, "cells": cells}


def _records(raw: bytes, options: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    found = contents.of(raw, kind=options.get("kind"), sheet=options.get("sheet"), name=options.get("name", ""))
    yield _opening(found)
    left = limits.MOST_TEXT
    for count, (line, values) in enumerate(found.rows, 1):
        if count > limits.MOST_ROWS:
            raise Refusal("too_many_rows", limit=limits.MOST_ROWS)
        left -= sum(len(value) for value in values.values() if isinstance(value, str))
        if left < 0:
            raise Refusal("too_much_text", limit=limits.MOST_TEXT)
        yield {"line": line, "values": values}


def _opening(found: Contents) -> dict[str, Any]:
    names = ("format", "kind", "encoding", "sheet", "unknown", "units", "fields")
    return {name: getattr(found, name) for name in names}


def _refuse(out: BinaryIO, code: str, facts: Mapping[str, object]) -> None:
    out.write(b"\n" + json.dumps({"refused": code, "facts": facts}, default=str).encode() + b"\n")


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer)
