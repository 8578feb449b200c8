"""The frozen folder in: startups, programs and outcomes as files, read whole or refused with every fault named."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from model.domain import Outcome, Program, Snapshot, Startup
from model.faults import BadData, Fault, shown
from model.snapshot import rows

VERSION = 1
STARTUPS, PROGRAMS, OUTCOMES, INDEX = "startups.jsonl", "programs.jsonl", "outcomes.csv", "snapshot.json"
COLUMNS = ("startup_id", "program_id", "outcome", "on")
MOST_FAULTS, MOST_CELL = 100, 131_072

Row = TypeVar("Row", Startup, Program)


def read(folder: Path) -> Snapshot:
    """Read a snapshot folder; raises BadData, naming file, line, field and value of each fault."""
    startups = read_startups(folder / STARTUPS)
    programs = read_programs(folder / PROGRAMS)
    outcomes = _outcomes(folder / OUTCOMES, startups, programs) if (folder / OUTCOMES).exists() else ()
    digests = _digests(folder)
    _agree_with_index(folder, digests)
    return Snapshot(startups, programs, outcomes, _whole(digests))


def has_index(folder: Path) -> bool:
    """Tell whether the folder carries `snapshot.json`, by which its files can be proved unchanged."""
    return (folder / INDEX).exists()


def read_startups(path: Path) -> tuple[Startup, ...]:
    """Read startups from JSON lines; raises BadData."""
    return _lines(path, rows.startup)


def read_programs(path: Path) -> tuple[Program, ...]:
    """Read programs from JSON lines; raises BadData."""
    return _lines(path, rows.program)


def write(folder: Path, snapshot: Snapshot, *, created_at: datetime) -> Snapshot:
    """Write a snapshot folder with its index; returns the snapshot with its digest."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_lines(folder / STARTUPS, [rows.plain(startup) for startup in snapshot.startups])
    _write_lines(folder / PROGRAMS, [rows.plain(program) for program in snapshot.programs])
    text = io.StringIO()
    # The module ends lines with CR LF, and the digest would differ from that of a file edited on Linux.
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([o.startup_id, o.program_id, o.outcome.value, o.on or ""] for o in snapshot.outcomes)
    (folder / OUTCOMES).write_text(text.getvalue(), encoding="utf-8")
    digests = _digests(folder)
    index = {
        "version": VERSION,
        "created_at": created_at.isoformat(),
        "counts": {
            "startups": len(snapshot.startups),
            "programs": len(snapshot.programs),
            "outcomes": len(snapshot.outcomes),
        },
        "sha256": digests,
    }
    (folder / INDEX).write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")
    return replace(snapshot, digest=_whole(digests))


def json_object(text: str) -> dict[str, Any]:
    """Parse one JSON object, refusing what JSON itself refuses: NaN, doubled keys, deep nesting; raises BadData.

    >>> json_object('{"id": "s-1"}')
    {'id': 's-1'}
    """
    try:
        value = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_unique)
    except BadData:
        raise
    except (ValueError, RecursionError):
        raise BadData([Fault("not_json", value=shown(text))]) from None
    if not isinstance(value, dict):
        raise BadData([Fault("not_json", value=shown(text))])
    return value


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    unique = dict(pairs)
    if len(unique) < len(pairs):
        # Only for a broken row: counting each key costs the square of their number.
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise BadData([Fault("duplicate_key", field=shown(twice))])
    return unique


def _lines(path: Path, reader: Callable[[dict[str, Any]], Row]) -> tuple[Row, ...]:
    records: list[Row] = []
    faults: list[Fault] = []
    identifiers: set[str] = set()
    for number, line in _text_lines(path):
        try:
            record = reader(json_object(line))
        except BadData as bad:
            faults += [replace(fault, file=path.name, line=number) for fault in bad.faults]
            continue
        if record.id in identifiers:
            faults.append(Fault("duplicate_id", path.name, number, "id", shown(record.id)))
        identifiers.add(record.id)
        records.append(record)
    _refuse(faults)
    return tuple(records)


def _text_lines(path: Path) -> Iterator[tuple[int, str]]:
    # Split as bytes: `splitlines` takes U+2028 within a text for the end of a line.
    for number, raw in enumerate(_bytes(path).split(b"\n"), start=1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise BadData([Fault("not_utf8", path.name, number, value=shown(raw[:60]))]) from None
        if line.strip():
            yield number, line


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise BadData([Fault("missing_file", path.name)]) from None


def _outcomes(path: Path, startups: Sequence[Startup], programs: Sequence[Program]) -> tuple[Outcome, ...]:
    startup_ids = {startup.id for startup in startups}
    program_ids = {program.id for program in programs}
    outcomes: list[Outcome] = []
    faults: list[Fault] = []
    for number, row in _csv_rows(path):
        try:
            outcome = rows.outcome(row)
        except BadData as bad:
            faults += [replace(fault, file=path.name, line=number) for fault in bad.faults]
            continue
        if outcome.startup_id not in startup_ids:
            faults.append(Fault("unknown_startup", path.name, number, "startup_id", shown(outcome.startup_id)))
        if outcome.program_id not in program_ids:
            faults.append(Fault("unknown_program", path.name, number, "program_id", shown(outcome.program_id)))
        outcomes.append(outcome)
    _refuse(faults)
    return tuple(outcomes)


def _csv_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        text = _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadData([Fault("not_utf8", path.name)]) from None
    csv.field_size_limit(MOST_CELL)  # the process has one limit for all readers
    reader = csv.DictReader(io.StringIO(text))
    columns = Fault("wrong_columns", path.name, 1, value=shown(text[:60]), allowed=",".join(COLUMNS))
    try:
        if sorted(reader.fieldnames or ()) not in (sorted(COLUMNS), sorted(COLUMNS[:3])):
            raise BadData([columns])
        for row in reader:
            if None in row:
                raise BadData([replace(columns, line=reader.line_num, value=shown(row[None]))])
            yield reader.line_num, {key: value for key, value in row.items() if value is not None}
    except csv.Error:
        raise BadData([Fault("not_csv", path.name, reader.line_num + 1)]) from None


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise BadData(faults[:MOST_FAULTS])


def _write_lines(path: Path, values: Sequence[dict[str, Any]]) -> None:
    lines = (json.dumps(value, ensure_ascii=False) + "\n" for value in values)
    path.write_text("".join(lines), encoding="utf-8")


def _digests(folder: Path) -> dict[str, str]:
    names = [name for name in (STARTUPS, PROGRAMS, OUTCOMES) if (folder / name).exists()]
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def _whole(digests: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()


def _agree_with_index(folder: Path, digests: dict[str, str]) -> None:
    if not has_index(folder):
        return
    index = _index(folder / INDEX)
    if index.get("version", VERSION) != VERSION:
        raise BadData([Fault("not_allowed", INDEX, None, "version", shown(index["version"]), str(VERSION))])
    listed = index.get("sha256")
    if not isinstance(listed, dict):
        raise BadData([Fault("missing", INDEX, field="sha256")])
    # digests.keys()) | Both sides, so that a file that was added or taken away is told as well as a changed one.
    names = sorted(listed.keys() | digests.keys())
    _refuse([Fault("digest_differs", shown(name)) for name in names if listed.get(name) != digests.get(name)])


def _index(path: Path) -> dict[str, Any]:
    try:
        return json_object(_bytes(path).decode("utf-8"))
    except UnicodeDecodeError:
        raise BadData([Fault("not_utf8", path.name)]) from None
    except BadData as bad:
        raise BadData([replace(fault, file=path.name) for fault in bad.faults]) from None
