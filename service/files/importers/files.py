"""Files and folders on disk: which there are, what they hold, and JSON lines of our own, however many."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from model.domain import Application, Outcome, Program, Startup
from model.faults import Fault
from model.snapshot import folder as snapshot
from service.errors import Problem, ServiceError
from service.files.importers.formats import headers, json_lines
from service.files.importers.formats.encodings import decoded
from service.files.importers.formats.isolation import Opened
from service.files.importers.refusal import Refusal

OWN = "*.jsonl"


@dataclass(frozen=True, slots=True)
class Brought:
    """The records of one import; each outcome with its file and line."""

    startups: tuple[Startup, ...] = ()
    programs: tuple[Program, ...] = ()
    outcomes: tuple[tuple[Fault, Outcome], ...] = ()
    applications: tuple[Application, ...] = ()


def input_files(paths: Sequence[Path]) -> list[Path]:
    """Every file that some paths name; of a folder its JSON lines and outcomes.

    A folder with `snapshot.json` must be what that says. Raises ServiceError `nothing_to_import` and BadData.
    """
    return [file for path in paths for file in _files(path)]


def kind(file: Path, said: str | None) -> str | None:
    """What a file holds: what is said of it, else what its own name or its folder's begins with."""
    names = (said or "", file.name, file.resolve().parent.name)
    return next((known for name in names if (known := headers.by_file_name(name))), None)


def opened(raw: bytes, file: Path, holds: str | None) -> Opened:
    """Open JSON lines of our own, however many; raises ServiceError."""
    if holds is None:
        raise ServiceError(Problem.UNKNOWN_KIND, name=file.name)
    try:
        text = decoded(raw)
    except Refusal as refusal:
        raise ServiceError(Problem(refusal.code), **refusal.facts) from None
    lines = (json.dumps({"line": line, "values": values}).encode() for line, values in json_lines.rows(text.text))
    return Opened("jsonl", holds, text.encoding, "", (), tuple(lines))


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    files = sorted([*path.glob(OWN), *path.glob(snapshot.OUTCOMES)])
    if not files:
        raise ServiceError(Problem.NOTHING_TO_IMPORT, name=path.name)
    if snapshot.has_index(path):
        snapshot.read(path)  # its files must be the ones that its index names
    return files
