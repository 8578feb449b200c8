"""JSON lines and snapshot folders from disk, read whole or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from model import rows, snapshot
from model.domain import Outcome, Program, Startup
from model.faults import BadData, Fault, shown
from service.errors import ServiceError

KINDS = ("startups", "programs")


@dataclass(frozen=True, slots=True)
class Brought:
    """The records of one import; each outcome with its file and line."""

    startups: tuple[Startup, ...] = ()
    programs: tuple[Program, ...] = ()
    outcomes: tuple[tuple[Fault, Outcome], ...] = ()

    def __add__(self, other: Brought) -> Brought:
        return Brought(self.startups + other.startups, self.programs + other.programs, self.outcomes + other.outcomes)


def read(paths: Sequence[Path], kind: str | None = None) -> Brought:
    """Read files, folders of files or snapshots.

    What a file holds is told by `kind`, else by its own name, else by its folder's. Raises ServiceError
    `nothing_to_import` or `unknown_kind`, and BadData with every fault of the first file that has any.
    """
    brought = sum((_file(file, kind) for path in paths for file in _files(path)), Brought())
    _refuse_twice(brought)
    return brought


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    found = sorted([*path.glob("*.jsonl"), *path.glob(snapshot.OUTCOMES)])
    if not found:
        raise ServiceError("nothing_to_import", name=path.name)
    if snapshot.has_index(path):
        snapshot.read(path)  # its files must be the ones that its index names
    return found


def _file(file: Path, kind: str | None) -> Brought:
    if file.name == snapshot.OUTCOMES:
        return Brought(outcomes=tuple(_outcomes(file)))
    if _kind(file, kind) == "startups":
        return Brought(startups=snapshot.read_startups(file))
    return Brought(programs=snapshot.read_programs(file))


def _kind(file: Path, kind: str | None) -> str:
    names = (kind or "", file.name, file.resolve().parent.name)
    found = [known for name in names for known in KINDS if name.startswith(known)]
    if not found:
        raise ServiceError("unknown_kind", name=file.name)
    return found[0]


def _outcomes(file: Path) -> Iterator[tuple[Fault, Outcome]]:
    faults: list[Fault] = []
    for line, row in _csv_rows(file):
        place = Fault("missing", file.name, line)
        try:
            yield place, rows.outcome(row)
        except BadData as bad:
            faults += [replace(fault, file=file.name, line=line) for fault in bad.faults]
    if faults:
        raise BadData(faults)


def _csv_rows(file: Path) -> Iterator[tuple[int, dict[str, object]]]:
    try:
        reader = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""))
    except UnicodeDecodeError:
        raise BadData([Fault("not_utf8", file.name)]) from None
    columns = ("startup_id", "program_id", "outcome", "on")
    if not set(columns[:3]) <= set(reader.fieldnames or ()) <= set(columns):
        found = ",".join(reader.fieldnames or ())
        raise BadData([Fault("wrong_columns", file.name, 1, value=shown(found), allowed=",".join(columns))])
    for row in reader:
        yield reader.line_num, {str(key or "…"): value for key, value in row.items() if value is not None}


def _refuse_twice(brought: Brought) -> None:
    faults = [*_twice("startups", brought.startups), *_twice("programs", brought.programs)]
    if faults:
        raise BadData(faults)


def _twice(name: str, records: Sequence[Startup | Program]) -> Iterator[Fault]:
    seen: set[str] = set()
    for record in records:
        if record.id in seen:
            yield Fault("duplicate_id", name, None, "id", shown(record.id))
        seen.add(record.id)
