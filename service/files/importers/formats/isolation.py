"""Have a file read by a process of its own, so that no file can cost the service more than its limits."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.errors import Problem, ServiceError
from service.files.importers import limits
from service.files.importers.formats.grids import Note, text_of

_AT_ONCE = threading.BoundedSemaphore(2)
"""So many files are read at the same time; the next one waits."""

_READ = json.JSONDecoder().decode


@dataclass(frozen=True, slots=True)
class Opened:
    """What the sealed process says of a file, with its rows by line; `columns` are a table's, in their order."""

    format: str
    kind: str
    encoding: str
    sheet: str
    columns: tuple[Mapping[str, Any], ...]
    lines: tuple[bytes, ...]
    notes: tuple[Note, ...] = ()
    late_unit: str = ""
    """A remark below the table that says in which unit its amounts are."""

    def rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Every row with its line."""
        for line in self.lines:
            row = _READ(line.decode("utf-8", "surrogatepass"))
            yield row["line"], row["values"]


def opened(raw: bytes, **hints: Any) -> Opened:
    """Open a file of which the sender says what `contents.FileHints` holds; raises ServiceError."""
    with _AT_ONCE:
        answer = _run(raw, json.dumps(hints))
    return understood(answer)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a sheet, its cells as a person sees them."""

    sheet: str
    number: int
    cells: tuple[Any, ...]
    is_hidden: bool = False

    @property
    def texts(self) -> list[str]:
        """The cells as texts: an empty one is empty, a whole number has no decimals."""
        return [text_of(cell) for cell in self.cells]


def grids(raw: bytes) -> tuple[tuple[SheetLine, ...], tuple[Note, ...]]:
    """Every line of every sheet of a workbook, and what is noted of its sheets; raises ServiceError."""
    with _AT_ONCE:
        answer = _run(raw, json.dumps({"grids": True}))
    lines = [json.loads(line) for line in answer.split(b"\n") if line]
    if lines and "refused" in lines[-1]:
        raise ServiceError(Problem(lines[-1]["refused"]), **lines[-1]["facts"])
    notes = [(code, line, of["sheet"], value) for of in lines if "note" in of for code, line, _, value in [of["note"]]]
    rows = (SheetLine(of["sheet"], of["line"], tuple(of["cells"]), of["hidden"]) for of in lines if "cells" in of)
    return tuple(rows), tuple(notes)


def understood(answer: bytes) -> Opened:
    """What the sealed process wrote; raises ServiceError where that is a refusal."""
    lines = [line for line in answer.split(b"\n") if line]
    closing = json.loads(lines.pop())
    if "refused" in closing:
        raise ServiceError(Problem(closing["refused"]), **closing["facts"])
    about, rows = json.loads(lines[0]), lines[1:]
    notes = tuple((code, line, name, value) for code, line, name, value in closing["notes"])
    return Opened(
        **{**about, "columns": tuple(about["columns"])}, lines=tuple(rows), notes=notes, late_unit=closing["late_unit"]
    )


def _run(raw: bytes, options: str) -> bytes:
    # -I leaves environment and working directory out of the module search: a file beside us can't be imported.
    command = [sys.executable, "-I", "-m", "service.files.importers.formats.sealed", options]
    environment = {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and no shell
            command, input=raw, capture_output=True, timeout=limits.MOST_SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise ServiceError(Problem.TOO_DEMANDING) from None
    # Negative is a signal: the kernel ended it at one of its limits.
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise ServiceError(Problem.TOO_DEMANDING)
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2_000:])
    return done.stdout
