"""Have a file read by a process of its own, so that no file can cost the service more than its limits."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from service.errors import ServiceError
from service.files.importers import limits

_AT_ONCE = threading.BoundedSemaphore(2)
"""So many files are read at the same time; the next one waits."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the sealed process says of a file, with its rows by line."""

    format: str
    kind: str
    encoding: str
    sheet: str
    fields: tuple[str, ...]
    units: dict[str, int]
    unknown: tuple[str, ...]
    lines: tuple[bytes, ...]

    def rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Every row with its line."""
        for line in self.lines:
            row = json.loads(line)
            yield row["line"], row["values"]


def opened(raw: bytes, *, kind: str | None = None, sheet: str | None = None, name: str = "") -> Opened:
    """Open a file; raises ServiceError with the code of what is wrong with it."""
    options = json.dumps({"kind": kind, "sheet": sheet, "name": name})
    with _AT_ONCE:
        answer = _run(raw, options)
    return understood(answer)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet, its cells as they stand."""

    sheet: str
    number: int
    cells: tuple[Any, ...]

    @property
    def texts(self) -> list[str]:
        """The cells as texts: an empty one is empty, a whole number has no decimals."""
        return [_text(cell) for cell in self.cells]


def grids(raw: bytes) -> tuple[Line, ...]:
    """Read every sheet of a workbook line by line; raises ServiceError with the code of what is wrong with it."""
    with _AT_ONCE:
        answer = _run(raw, json.dumps({"grids": True}))
    lines = [json.loads(line) for line in answer.split(b"\n") if line]
    if lines and "refused" in lines[-1]:
        raise ServiceError(lines[-1]["refused"], **lines[-1]["facts"])
    return tuple(Line(line["sheet"], line["line"], tuple(line["cells"])) for line in lines)


def understood(answer: bytes) -> Opened:
    """What the sealed process wrote; raises ServiceError where that is a refusal."""
    lines = answer.split(b"\n")
    last = next((line for line in reversed(lines) if line), b"{}")
    if last.startswith(b'{"refused"'):
        refused = json.loads(last)
        raise ServiceError(refused["refused"], **refused["facts"])
    opening, *rows = [line for line in lines if line]
    return _opened(json.loads(opening), tuple(rows))


def _run(raw: bytes, options: str) -> bytes:
    command = [sys.executable, "-I", "-m", "service.files.importers.formats.sealed", options]
    environment = {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and no shell
            command, input=raw, capture_output=True, timeout=limits.MOST_SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise ServiceError("too_demanding") from None
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise ServiceError("too_demanding")
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2_000:])
    return done.stdout


def _opened(opening: dict[str, Any], rows: tuple[bytes, ...]) -> Opened:
    fields, unknown = tuple(opening.pop("fields")), tuple(opening.pop("unknown"))
    return Opened(**opening, fields=fields, unknown=unknown, lines=rows)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
