"""Rows to startups, programs and outcomes: every fault of every row by line and field, the good rows beside them."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from model.domain import Outcome, Program, Startup
from model.faults import BadData, Fault, shown
from model.snapshot import rows
from model.text import names
from model.vocabulary.codes import Codes
from model.vocabulary.families import tells_another_year
from service.files.columns import headings
from service.files.columns.headings import ColumnRead, Heading
from service.files.columns.names import columns
from service.files.importers import applicants
from service.files.importers.applicants import UNKNOWN, Applicant
from service.files.importers.formats.contents import heading_of
from service.files.importers.formats.grids import LONGEST_NOTE, is_blank, text_of
from service.files.importers.formats.headers import TOO_MANY_CELLS
from service.files.importers.formats.isolation import Opened
from service.files.importers.formats.json_lines import UNREADABLE
from service.files.importers.sources import bizinfo, kstartup
from service.files.importers.sources.notices import LOOK
from service.files.importers.values import registration
from service.files.importers.values.cells import DEFAULTED, Cells, Note, Unclear

Record: TypeAlias = Startup | Program | Outcome | Applicant
Progress: TypeAlias = Callable[[int, int], None]
Values: TypeAlias = dict[str, Any]

READERS: Mapping[str, Callable[[Mapping[str, object]], Record]] = {
    "startups": rows.startup,
    "programs": rows.program,
    "outcomes": rows.outcome,
    "applications": applicants.applicant,
}
PUBLIC = {"kstartup": kstartup.program, "bizinfo": bizinfo.program}
"""How the notices of public services become programs."""

OF_NOTICES = {"manual_checks": frozenset({LOOK})}

EVERY = 500
"""Progress is told once in so many rows."""

MOST_ALIKE = 5
"""So many notes of one kind are kept about values that stand in the records anyway; then their number."""

SAMPLES = 3
LONGEST_KNOWN, MOST_KNOWN = 80, 2_000
"""What was read of so many texts of a column is remembered, since most columns repeat a few."""

MAY_STAY_UNKNOWN = frozenset({"stage", "new_industry_field", "score", "bonus"})
"""Columns whose cells often say what no list has (해당없음, 로봇) or no number: the row is taken without it."""

IDS = ("id", "startup_id", "program_id")


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A good row: its record, the fields that it states (None: all, it replaces the record), and its cells."""

    file: str
    line: int
    record: Record
    stated: frozenset[str] | None
    cells: Mapping[str, Any]
    own_items: Mapping[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    """Of some lists only these items are the file's to set and to take back; the others a person has added."""

    @property
    def key(self) -> str:
        """The id of its startup or program; an outcome and an applicant have none of their own."""
        is_own = isinstance(self.record, Startup | Program) and self.record.id != UNKNOWN
        return self.record.id if is_own else ""  # type: ignore[union-attr]  # as `is_own` says


UNNAMED = "unnamed_program"
"""The note on a name that the list of programs doesn't have."""


@dataclass(frozen=True, slots=True)
class FileReading:
    """What was read from one file: good rows, faults of the others, and notes on what was left out."""

    name: str
    format: str
    kind: str
    total: int
    rows: tuple[ImportRow, ...]
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    encoding: str = ""
    sheet: str = ""
    columns: tuple[ColumnRead, ...] = ()


def unheard(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def read(opened: Opened, name: str, codes: Codes, progress: Progress = unheard) -> FileReading:
    """Read an opened file; nothing is refused here that is a fault of one row."""
    reader = _Rows(opened, name, codes)
    total = len(opened.lines)
    good: list[ImportRow] = []
    faults: list[Fault] = []
    for done, (line, values) in enumerate(opened.rows(), 1):
        try:
            good.append(reader.row(line, values))
        except Faulty as bad:
            faults += [replace(fault, file=name, line=line) for fault in bad.faults]
        if done % EVERY == 0 or done == total:
            progress(done, total)
    return FileReading(
        name,
        opened.format,
        opened.kind,
        total,
        tuple(good),
        tuple(faults),
        tuple(replace(note, file=name) for note in reader.all_notes()),
        opened.encoding,
        opened.sheet,
        tuple(reader.columns_read()),
    )


class Faulty(Exception):  # noqa: N818 - never leaves this room
    """A row with faults; nothing of it is taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(len(faults))


class _Rows:
    """Makes records of one file's rows, and remembers which ids have been met."""

    def __init__(self, opened: Opened, name: str, codes: Codes) -> None:
        self._opened, self._name, self._codes = opened, name, codes
        self._reader, self._cells, self._public = READERS[opened.kind], Cells(codes), PUBLIC.get(opened.format)
        if opened.kind == "startups" and "business_number" in {about.get("field") for about in opened.columns}:
            self._reader = applicants.startup
        own = columns(opened.kind)
        unit, is_foreign = headings.unit_of(opened.late_unit)
        self._headings: dict[str, Heading] = {}
        self._unclear: list[str] = []
        for about in opened.columns:
            heading = heading_of(about, own.by_field)
            heading = heading and headings.with_unit(heading, unit, is_foreign=is_foreign, remark=opened.late_unit)
            if heading and heading.is_clear:
                self._headings[heading.column.name] = heading
            elif heading:
                self._unclear.append(about["text"])
        if "received_on" in self._headings:  # its cells may hold the hour too
            self._headings.setdefault("received_at", Heading(own.by_field["received_at"]))
        self._notes: list[Fault] = []
        self._alike: Counter[tuple[str, str]] = Counter()
        self._unused: Counter[str] = Counter()
        self._samples: dict[str, list[str]] = {field: [] for field in self._headings}
        self._unsampled = dict(self._samples)
        self._known: dict[str, dict[str, tuple[Any, Sequence[Note]]]] = {field: {} for field in self._headings}
        self._beside_id = [field for field in self._headings if field != "id"] if "id" in self._headings else []
        self._met: set[str] = set()

    def row(self, line: int, cells: Values) -> ImportRow:
        """One row; raises Faulty with all its faults."""
        if UNREADABLE in cells:
            code, field, value = cells[UNREADABLE]
            raise Faulty([Fault(code, field=field, value=value)])
        faults = [Fault("too_many_cells_in_row", value=shown(cells[TOO_MANY_CELLS]))] if TOO_MANY_CELLS in cells else []
        values = self._stated_by(line, cells, faults)
        # A replacement character says that an earlier program could not read the letter: it is lost already.
        faults += [
            Fault("broken_text", field=field, value=shown(value))
            for field, value in values.items()
            if isinstance(value, str) and "\ufffd" in value
        ]
        record = self._named(line, self._record(values, faults))
        row = ImportRow(self._name, line, record, self._states(values), cells, OF_NOTICES if self._public else {})
        key = row.key
        if key in self._met:
            raise Faulty([Fault("duplicate_id", field="id", value=shown(key))])
        if key:
            self._met.add(key)
        if self._beside_id and all(is_blank(cells.get(field)) for field in self._beside_id):
            self._note(line, "only_id", "id", key)
        if (values.get("opens_on") or "") > (values.get("closes_on") or "9"):
            self._note(line, "closes_before_it_opens", "closes_on", values["closes_on"])
        for doubt in registration.doubts(record) if isinstance(record, Startup) else ():
            self._note(line, doubt.code, doubt.field, doubt.value, doubt.allowed)
        return row

    def all_notes(self) -> Iterator[Fault]:
        """Everything that is noted of the file, of its columns, and of its rows."""
        for code, line, field, value in self._opened.notes:
            yield Fault(code, "", line, field, value)
        yield from (Fault("heading_unclear", value=text) for text in self._unclear)
        yield from (Fault("unused_key", value=key, allowed=str(count)) for key, count in sorted(self._unused.items()))
        yield from self._notes
        for (code, field), count in self._alike.items():
            if count > MOST_ALIKE:
                yield Fault("more_alike", field=field, value=str(count - MOST_ALIKE), allowed=code)

    def columns_read(self) -> Iterator[ColumnRead]:
        """Every column with its first values as they were read."""
        own = columns(self._opened.kind)
        for about in self._opened.columns:
            field = about.get("field")
            if about["text"] or field:
                near = None if field else headings.suggested(about["text"], own)
                why = about["why"] or ("heading_unclear" if about["text"] in self._unclear else "")
                samples = tuple(self._samples.get(field or "", ()))
                yield ColumnRead(
                    about["text"], about["place"], field, about.get("unit"), why, near.name if near else None, samples
                )

    def _stated_by(self, line: int, cells: Values, faults: list[Fault]) -> Values:
        if self._opened.columns:
            return self._values(line, cells, faults)
        composed: Values = _composed(cells)
        if self._public is None:
            return self._with_clean_ids(line, composed)
        values, notes, used = self._public(composed, self._codes)
        self._notes += [Fault(code, "", line, field, _cut(value)) for code, field, value in notes]
        self._unused.update(
            key for key, value in composed.items() if key not in used and value not in (None, "", [], {})
        )
        return self._with_clean_ids(line, values)

    def _with_clean_ids(self, line: int, values: Values) -> Values:
        """The values with each id as a table's cell would give it."""
        ids = {field: key for field in IDS if isinstance(key := values.get(field), str)}
        clean = {field: names.without_hidden(key).strip() for field, key in ids.items()}
        for field in ids:
            if clean[field] != ids[field]:
                self._note(line, "id_cleaned", field, ids[field])
        return {**values, **clean}

    def _states(self, values: Values) -> frozenset[str] | None:
        """A table states its columns, a notice what it speaks of; our own records state everything."""
        if not self._opened.columns and not self._public:
            return None
        return frozenset(values).difference(field for field in DEFAULTED if values.get(field) is None)

    def _values(self, line: int, cells: Values, faults: list[Fault]) -> Values:
        values: Values = {}
        if self._opened.kind == "applications":
            cells = applicants.with_hour(cells)
        for field in self._headings:
            cell = cells.get(field)
            try:
                values[field], notes = self._cell(field, cell)
            except Unclear as unclear:
                if field in MAY_STAY_UNKNOWN:  # what is stored stays, since the row then states nothing of it
                    self._note(line, "left_unknown", field, text_of(cell), unclear.allowed)
                    continue
                faults.append(Fault(unclear.code, field=field, value=shown(text_of(cell)), allowed=unclear.allowed))
                continue
            for code, said in notes:
                self._note(line, code, field, said)
        for field, samples in self._unsampled.items():
            if (value := values.get(field)) is not None:
                samples.append(_cut(", ".join(map(str, value)) if isinstance(value, list) else str(value), 80))
        self._unsampled = {field: some for field, some in self._unsampled.items() if len(some) < SAMPLES}
        return values

    def _cell(self, field: str, cell: Any) -> tuple[Any, Sequence[Note]]:
        """The value of a cell and what a person should know of it; the same text in a column is read once."""
        known = self._known[field]
        if isinstance(cell, str) and cell in known:
            return known[cell]
        heading = self._headings[field]
        value = self._cells.value(cell, heading)
        notes = [note for note in [self._cells.note(cell, value, heading)] if note]
        if value is None and not is_blank(cell):
            notes.append(("says_unknown", text_of(cell)))
        if field in IDS and value and value != text_of(cell):
            notes.append(("id_cleaned", text_of(cell)))
        if isinstance(cell, str) and len(cell) <= LONGEST_KNOWN and len(known) < MOST_KNOWN:
            known[cell] = value, notes
        return value, notes

    def _note(self, line: int, code: str, field: str, said: str, allowed: str = "") -> None:
        self._alike[code, field] += 1
        if self._alike[code, field] <= MOST_ALIKE:
            self._notes.append(Fault(code, "", line, field, _cut(said), allowed))

    def _record(self, values: Values, faults: list[Fault]) -> Record:
        try:
            record = self._reader({field: value for field, value in values.items() if value is not None})
        except BadData as bad:
            named = {fault.field for fault in faults}
            raise Faulty([*faults, *(fault for fault in bad.faults if fault.field not in named)]) from None
        if faults:
            raise Faulty(faults)
        return record

    def _named(self, line: int, record: Record) -> Record:
        """Write the programs of a history by their codes; a name that isn't known stays and is told in a note.

        So does one that holds another year than its entry, which a code would hide.
        """
        if isinstance(record, Applicant):
            firm = self._named(line, record.startup)
            return replace(record, startup=firm) if isinstance(firm, Startup) else record
        if not isinstance(record, Startup) or not record.history:
            return record
        codes = {past.program_family: self._codes.programs.find(past.program_family) for past in record.history}
        unknown = [name for name, code in codes.items() if code is None]
        self._notes += [Fault(UNNAMED, "", line, "history", shown(name)) for name in unknown]
        astray = {past: tells_another_year(past.program_family, past.year) for past in record.history}
        for past in (past for past, is_astray in astray.items() if is_astray):
            self._note(line, "another_year", "history", past.program_family, str(past.year))
        if all(code in (None, name) for name, code in codes.items()):
            return record
        clear = {past: codes[past.program_family] for past in record.history if not astray[past]}
        coded = (replace(past, program_family=clear.get(past) or past.program_family) for past in record.history)
        return replace(record, history=tuple(coded))


def _cut(text: str, most: int = LONGEST_NOTE) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _composed(value: Any) -> Any:
    """Every text inside in NFC, as Windows and the web write Korean; macOS writes its parts one by one."""
    if isinstance(value, str):
        return names.composed(value)
    if isinstance(value, list):
        return [_composed(item) for item in value]
    if isinstance(value, dict):
        return {_composed(key): _composed(item) for key, item in value.items()}
    return value
