"""Rows to startups, programs and outcomes: every fault of every row by line and field, the good rows beside them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from model.domain import Outcome, Program, Startup
from model.faults import BadData, Fault, shown
from model.snapshot import rows
from model.vocabulary.codes import Codes
from service.files.columns.column import Heading
from service.files.columns.names import columns
from service.files.importers.formats.contents import TOO_MANY_CELLS
from service.files.importers.formats.isolation import Opened
from service.files.importers.formats.json_lines import UNREADABLE
from service.files.importers.sources import bizinfo, kstartup
from service.files.importers.values.cells import Cells, Unclear

Record: TypeAlias = Startup | Program | Outcome
Progress: TypeAlias = Callable[[int, int], None]
Values: TypeAlias = dict[str, Any]

READERS: Mapping[str, Callable[[Mapping[str, object]], Record]] = {
    "startups": rows.startup,
    "programs": rows.program,
    "outcomes": rows.outcome,
}
PUBLIC = {"kstartup": kstartup.program, "bizinfo": bizinfo.program}
"""How the notices of public services become programs."""

EVERY = 500
"""Progress is told once in so many rows."""


@dataclass(frozen=True, slots=True)
class Row:
    """A good row: its record, the fields that it states (None: all, it replaces the record), and its cells as found."""

    file: str
    line: int
    record: Record
    stated: frozenset[str] | None
    found: Mapping[str, Any]

    @property
    def key(self) -> str:
        """The id of its startup or program; an outcome has none of its own."""
        return "" if isinstance(self.record, Outcome) else self.record.id


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one file: good rows, faults of the others, and notes on what was left out."""

    name: str
    format: str
    kind: str
    total: int
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    encoding: str = ""
    sheet: str = ""


def unheard(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def read(opened: Opened, name: str, codes: Codes, progress: Progress = unheard) -> Reading:
    """Read an opened file; nothing is refused here that is a fault of one row."""
    reader = _Rows(opened, name, codes)
    total = len(opened.lines)
    good: list[Row] = []
    faults: list[Fault] = []
    for done, (line, values) in enumerate(opened.rows(), 1):
        try:
            good.append(reader.row(line, values))
        except Faulty as bad:
            faults += [replace(fault, file=name, line=line) for fault in bad.faults]
        if done % EVERY == 0 or done == total:
            progress(done, total)
    columns_left_out = (Fault("unknown_column", name, value=shown(heading)) for heading in opened.unknown)
    notes = (*columns_left_out, *reader.notes)
    return Reading(
        name, opened.format, opened.kind, total, tuple(good), tuple(faults), notes, opened.encoding, opened.sheet
    )


class Faulty(Exception):  # noqa: N818 - never leaves this room
    """A row with faults; nothing of it is taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(len(faults))


class _Rows:
    """Makes records of one file's rows, and remembers which ids have been met."""

    def __init__(self, opened: Opened, name: str, codes: Codes) -> None:
        self._name, self._reader, self._cells = name, READERS[opened.kind], Cells(codes)
        self._fields, self._public, self._codes = opened.fields, PUBLIC.get(opened.format), codes
        self.notes: list[Fault] = []
        self._met: set[str] = set()
        own = columns(opened.kind).by_field
        self._headings = {field: Heading(own[field], opened.units.get(field, 1)) for field in opened.fields}

    def row(self, line: int, found: Values) -> Row:
        """One row; raises Faulty with all its faults."""
        if UNREADABLE in found:
            code, field, value = found[UNREADABLE]
            raise Faulty([Fault(code, field=field, value=value)])
        faults: list[Fault] = list(_beyond(found))
        values = self._stated_by(line, found, faults)
        faults += _broken(values)
        record = self._named(line, self._record(values, faults))
        row = Row(self._name, line, record, self._states(values), found)
        if row.key in self._met:
            raise Faulty([Fault("duplicate_id", field="id", value=shown(row.key))])
        if row.key:
            self._met.add(row.key)
        return row

    def _stated_by(self, line: int, found: Values, faults: list[Fault]) -> Values:
        if self._fields:
            return self._values(found, faults)
        if self._public is None:
            composed: Values = _composed(found)
            return composed
        values, notes = self._public(_composed(found), self._codes)
        self.notes += [Fault(code, self._name, line, field, shown(value)) for code, field, value in notes]
        return values

    def _states(self, values: Values) -> frozenset[str] | None:
        """A table states its columns, a notice what it says; our own records state everything."""
        if self._fields:
            return frozenset(self._fields)
        return frozenset(values) if self._public else None

    def _named(self, line: int, record: Record) -> Record:
        """Write the programs of a history by their codes; a name that isn't known stays and is told in a note."""
        if not isinstance(record, Startup) or not record.history:
            return record
        codes = {past.program_family: self._codes.programs.find(past.program_family) for past in record.history}
        unknown = [name for name, code in codes.items() if code is None]
        self.notes += [Fault("unnamed_program", self._name, line, "history", shown(name)) for name in unknown]
        coded = (
            replace(past, program_family=codes[past.program_family] or past.program_family) for past in record.history
        )
        return replace(record, history=tuple(coded))

    def _values(self, found: Values, faults: list[Fault]) -> Values:
        values: Values = {}
        for field, heading in self._headings.items():
            try:
                values[field] = self._cells.value(found.get(field), heading)
            except Unclear as unclear:
                faults.append(Fault(unclear.code, field=field, value=_seen(found[field]), allowed=unclear.allowed))
        return values

    def _record(self, values: Values, faults: list[Fault]) -> Record:
        try:
            record = self._reader({field: value for field, value in values.items() if value is not None})
        except BadData as bad:
            named = {fault.field for fault in faults}
            raise Faulty([*faults, *(fault for fault in bad.faults if fault.field not in named)]) from None
        if faults:
            raise Faulty(faults)
        return record


def _seen(cell: Any) -> str:
    return "#" if isinstance(cell, dict) else shown(cell)


def _beyond(found: Values) -> Iterator[Fault]:
    if TOO_MANY_CELLS in found:
        yield Fault("too_many_cells_in_row", value=shown(found[TOO_MANY_CELLS]))


def _broken(values: Values) -> list[Fault]:
    """A replacement character says that an earlier program could not read the letter: it is lost already."""
    return [
        Fault("broken_text", field=field, value=shown(value))
        for field, value in values.items()
        if isinstance(value, str) and "\ufffd" in value
    ]


def _composed(value: Any) -> Any:
    """Every text inside in NFC, as Windows and the web write Korean; macOS writes its parts one by one."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_composed(item) for item in value]
    if isinstance(value, dict):
        return {_composed(key): _composed(item) for key, item in value.items()}
    return value
