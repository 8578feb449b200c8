"""Where a table's heading row stands, which column each of its cells names, and the rows below as values by field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any

from model.fields import Holds
from service.files.columns import headings
from service.files.columns.column import Columns, folded
from service.files.columns.headings import Heading
from service.files.columns.names import KINDS, columns
from service.files.importers import limits
from service.files.importers.formats.grids import Cell, Grid, Note, is_blank, is_remark, is_total, letter, said, text_of
from service.files.importers.refusal import Refusal

SEARCHED_ROWS = limits.ROWS_ABOVE
LONGEST = 80
"""What is longer is no heading."""

TOO_MANY_CELLS = "…"
"""The key under which a row keeps what stands beyond its last heading."""

REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "startups": (("id",), ("business_number",)),
    "programs": (("id",),),
    "outcomes": (("startup_id", "program_id", "outcome"),),
    "applications": (("number",), ("project_number",), ("control_number",)),
}
"""Sets of fields of which a file of a kind must have one."""

_OUTER_PLACE = frozenset({"시도", "시도명", "광역시도", "광역자치단체"})
_INNER_PLACE = frozenset({"시군구", "시군구명", "시군", "기초자치단체"})
_SECOND_ROW = re.compile(r"[(\[].*[)\]]|단위.*|(?:천|만|백만|천만|억|십억)?원|(?:19|20)\d\d년?도?(?:\.\d+)?|'?\d\d년")
_FIGURE = re.compile(r"[-\d,.%\s]*\S?|(?:총\s*)?\d[\d,.]*\s*\S{1,4}")
"""What stands beside 합계 or 평균: a number, with what it counts, such as 12개사."""

_UNIT_REMARK = re.compile(r"단위[^)\]]*")


@dataclass(frozen=True, slots=True)
class Header:
    """One column of a table: what its heading says, what it names (None: nothing that is read), and why not."""

    text: str
    heading: Heading | None = None
    why_left_out: str = ""
    with_next: bool = False
    """The column on its right says the same more narrowly: 시도 beside 시군구."""


@dataclass(frozen=True, slots=True)
class Headed:
    """The kind of record, where the heading row stands among the rows and how many rows it takes, and the columns."""

    kind: str
    place: int
    columns: tuple[Header, ...]
    height: int = 1
    notes: tuple[Note, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """The fields that have a column."""
        return frozenset(header.heading.column.name for header in self.columns if header.heading)

    @property
    def weight(self) -> tuple[bool, int]:
        """How well a row serves as the heading row: whether nothing is missing, and how many columns are ours."""
        return any(self.fields.issuperset(fields) for fields in REQUIRED[self.kind]), len(self.fields)


Mapped = Mapping[str, str]
"""Fields by heading, folded: how an institution heads its form."""


def find(rows: Sequence[tuple[int, Sequence[Cell]]], kind: str | None, mapped: Mapped) -> Headed:
    """Find the row with the most headings of ours; raises Refusal when there is none, or it could be of two kinds."""
    ranked = sorted(
        (
            headed
            for possible_kind in KINDS
            if kind in (None, possible_kind)
            for headed in [
                max(
                    _candidates(rows, possible_kind, mapped),
                    key=lambda candidate: candidate.weight,
                    default=Headed(possible_kind, 0, ()),
                )
            ]
        ),
        key=lambda headed: headed.weight,
    )
    best = ranked[-1]
    if not best.weight[0]:
        raise Refusal(
            "no_headings", columns=_asked_for(best.kind), found=", ".join(h.text for h in best.columns if h.text)[:300]
        )
    if len(ranked) > 1 and ranked[-2].weight == best.weight:
        raise Refusal("import_kind_unknown")
    if len(best.columns) > limits.MOST_COLUMNS:
        raise Refusal("too_many_columns", limit=limits.MOST_COLUMNS)
    return _under_unit(_once(best), rows)


def _asked_for(kind: str) -> str:
    own = columns(kind).by_field
    sets = (", ".join(f"{own[name].ko}({own[name].en})" for name in fields) for fields in REQUIRED[kind])
    return " / ".join(sets)


def _candidates(rows: Sequence[tuple[int, Sequence[Cell]]], kind: str, mapped: Mapped) -> Iterator[Headed]:
    own = columns(kind)
    for place, (_, cells) in enumerate(rows[:SEARCHED_ROWS]):
        tops = [text_of(cell) for cell in cells]
        under = [text_of(cell) for cell in rows[place + 1][1]] if place + 1 < len(rows) else []
        joined = None
        if _is_second_row(tops, under):
            wide = max(len(tops), len(under))
            pairs = zip(tops + [""] * (wide - len(tops)), under + [""] * (wide - len(under)), strict=True)
            texts = [top if low in ("", top) else f"{top} {low}".strip() for top, low in pairs]
            yield (joined := Headed(kind, place, tuple(_header(text, own, mapped) for text in texts), 2))
        if joined is None or not joined.weight[0]:  # a row such as [서울] is a part of the table, not of its headings
            texts = ["" if is_blank(cell) else text for cell, text in zip(cells, tops, strict=True)]
            yield Headed(kind, place, tuple(_header(text, own, mapped) for text in texts))


def _is_second_row(tops: Sequence[str], under: Sequence[str]) -> bool:
    """Tell whether a row goes on with the headings above: units or years alone, or cells merged with those above."""
    filled = [text for text in under if text]
    merged = any(top and top == low for top, low in zip(tops, under, strict=False))
    return bool(filled) and (merged or all(_SECOND_ROW.fullmatch(text) for text in filled))


def _header(text: str, own: Columns, mapped: Mapped) -> Header:
    shown = text[:LONGEST]
    chosen = mapped.get(folded(text))
    if chosen is not None:
        known = headings.read(text, own)
        unit = known.unit if known else headings.unit_of(text)[0]
        column = own.by_field.get(chosen)
        return Header(shown, Heading(column, unit) if column else None, "" if column else "column_ignored")
    heading = headings.read(text, own) if 0 < len(text) <= LONGEST else None
    if heading is None:
        return Header(shown, None, "unknown_column" if text else "column_without_heading")
    return Header(shown, heading) if heading.is_clear else Header(shown, None, "heading_unclear")


def _once(headed: Headed) -> Headed:
    """Every field in one column: 시도 and 시군구 are joined, and give way to a whole address; others are refused."""
    headers = list(headed.columns)
    for name in sorted(headed.fields):
        places = [at for at, header in enumerate(headers) if header.heading and header.heading.column.name == name]
        levels = {at: _level(headers[at]) for at in places}
        whole = [at for at in places if not levels[at]]
        if len(places) == 2 and sorted(levels.values()) == [1, 2]:
            outer, inner = sorted(places, key=lambda at: levels[at])
            if inner == outer + 1:
                headers[outer], headers[inner] = replace(headers[outer], with_next=True), Header(headers[inner].text)
                continue
        if len(whole) == 1:
            for at in places:
                if levels[at]:
                    headers[at] = Header(headers[at].text, None, "heading_twice")
        elif len(places) > 1:
            raise Refusal("duplicate_heading", column=name, found=", ".join(headers[at].text for at in places))
    return replace(headed, columns=tuple(headers))


def _level(header: Header) -> int:
    """How narrow a place the heading asks for: 1 a 시도, 2 a 시군구, 0 an address."""
    own = folded(header.text) if header.heading and header.heading.column.holds is Holds.PLACE else ""
    return 1 if own in _OUTER_PLACE else 2 if own in _INNER_PLACE else 0


def _under_unit(headed: Headed, rows: Sequence[tuple[int, Sequence[Cell]]]) -> Headed:
    """The columns under a remark such as `(단위: 백만원)` above the headings; every other row above is noted."""
    headers, notes = headed.columns, []
    for line, cells in rows[: headed.place]:
        remark, before = _UNIT_REMARK.search(said(cells)), headers
        if remark:
            headers = tuple(_with_unit(header, remark[0]) for header in headers)
        notes.append(("unit_applied" if headers != before else "row_above", line, "", said(cells)))
    if headed.height > 1:
        line, cells = rows[headed.place + 1]
        notes.append(("headings_joined", line, "", said(cells)))
    return replace(headed, columns=headers, notes=tuple(notes))


def _with_unit(header: Header, remark: str) -> Header:
    if header.heading is None:
        return header
    unit, is_foreign = headings.unit_of(remark)
    heading = headings.with_unit(header.heading, unit, is_foreign=is_foreign, remark=remark)
    return replace(header, heading=heading) if heading.is_clear else Header(header.text, None, "heading_unclear")


@dataclass(slots=True)
class Below:
    """The rows below the headings as values by field; `notes` is whole once all rows were read."""

    headed: Headed
    rows: Iterator[tuple[int, Sequence[Cell]]]
    refuses_more_cells: bool = False
    """Cells beyond the last heading are a fault of their row: in CSV they come from a comma that is not in quotes."""

    notes: list[Note] = field(default_factory=list)
    late_unit: str = ""
    """A remark below the table that says in which unit its amounts are."""

    _left: dict[int, tuple[int, str]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Every record with its line; raises Refusal."""
        self.notes += self.headed.notes
        for line, cells in self.rows:
            values = self._values(line, cells)
            first = next((text_of(cell) for cell in cells if not is_blank(cell)), "")
            totals = is_total(first)
            if self._begins_another_table(values):
                self.notes.append(("table_left_out", line, "", str(1 + sum(1 for _ in self.rows))))
                break
            if self._is_no_record(cells, values, first, totals=totals):
                self._leave_out(line, cells)
                continue
            if totals:
                self.notes.append(("row_like_total", line, "", said(cells)))
            yield line, values
        self.notes += self._of_columns()

    def _values(self, line: int, cells: Sequence[Cell]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for at, (header, cell) in enumerate(zip(self.headed.columns, cells, strict=False)):
            if header.heading and header.with_next:
                more = cells[at + 1] if at + 1 < len(cells) else None
                values[header.heading.column.name] = f"{text_of(cell)} {text_of(more)}".strip()
            elif header.heading:
                values[header.heading.column.name] = cell
            elif header.why_left_out and not is_blank(cell):
                self._left.setdefault(at, (line, text_of(cell)))
        beyond = [at for at in range(len(self.headed.columns), len(cells)) if not is_blank(cells[at])]
        if beyond and self.refuses_more_cells:
            values[TOO_MANY_CELLS] = text_of(cells[beyond[0]])
        for at in () if self.refuses_more_cells else beyond:
            self._left.setdefault(at, (line, text_of(cells[at])))
        return values

    def _begins_another_table(self, values: Mapping[str, Any]) -> bool:
        """Tell whether a row heads columns anew, and otherwise: what is below it has other fields."""
        known = columns(self.headed.kind).spelled
        keys = {name for fields in REQUIRED[self.headed.kind] for name in fields if not is_blank(values.get(name))}
        if not any((column := known.get(folded(text_of(values[key])))) and column.name == key for key in keys):
            return False
        heads = [known.get(folded(text_of(cell))) for cell in values.values() if not is_blank(cell)]
        return (
            len(heads) > 1
            and None not in heads
            and [head and head.name for head in heads] != [name for name, cell in values.items() if not is_blank(cell)]
        )

    def _is_no_record(self, cells: Sequence[Cell], values: Mapping[str, Any], first: str, *, totals: bool) -> bool:
        """Tell whether a row is a total, a remark, or says nothing in our columns; `first` is its first text."""
        if all(is_blank(cell) for cell in values.values()):
            return True
        if any(first == header.text for header in self.headed.columns) and self._repeats_headings(cells):
            return True
        if not (totals or is_remark(first)):  # nearly every row
            return False
        keys = [name for fields in REQUIRED[self.headed.kind] for name in fields]
        if any(not is_blank(values.get(key)) and text_of(values[key]) != first for key in keys):
            return False
        others = [cell for cell in values.values() if not is_blank(cell) and text_of(cell) != first]
        numbers = all(_FIGURE.fullmatch(text_of(cell)) or isinstance(cell, dict) for cell in others)
        return (totals and numbers) or not (totals or others)

    def _repeats_headings(self, cells: Sequence[Cell]) -> bool:
        """Tell whether a row says what the headings say, as printed pages repeat them."""
        shown = ((header.text, text_of(cell)) for header, cell in zip(self.headed.columns, cells, strict=False))
        return all(heading == text for heading, text in shown if text)

    def _leave_out(self, line: int, cells: Sequence[Cell]) -> None:
        remark = _UNIT_REMARK.search(said(cells))
        self.late_unit = remark[0] if remark else self.late_unit
        is_applied = remark and any(header != _with_unit(header, remark[0]) for header in self.headed.columns)
        self.notes.append(("unit_applied" if is_applied else "row_left_out", line, "", said(cells)))

    def _of_columns(self) -> Iterator[Note]:
        for at in range(max((len(self.headed.columns), *(place + 1 for place in self._left)))):
            header = (
                self.headed.columns[at] if at < len(self.headed.columns) else Header("", None, "column_without_heading")
            )
            line, value = self._left.get(at, (None, ""))
            if header.why_left_out == "column_without_heading":
                if at in self._left:
                    yield header.why_left_out, line, letter(at), value
            elif header.why_left_out:
                yield header.why_left_out, None, "", header.text
            elif header.heading and header.heading.remark:
                yield "heading_remark", None, header.heading.column.name, header.text


def table(grid: Grid, kind: str | None, mapped: Mapped, *, refuses_more_cells: bool = False) -> Below:
    """Find a sheet's headings; its rows are read as they are asked for. Raises Refusal."""
    first = list(islice(grid.rows, SEARCHED_ROWS + 1))
    headed = find(first, kind, mapped)
    rest = chain(first[headed.place + headed.height :], grid.rows)
    return Below(headed, rest, refuses_more_cells, list(grid.notes))


def by_file_name(name: str) -> str | None:
    """The kind that a file's name begins with, in English or Korean, whichever way its Hangul is composed.

    >>> by_file_name("기업_2026.csv"), by_file_name("list.csv")
    ('startups', None)
    """
    beginnings = {
        "startups": ("startup", "기업", "창업기업"),
        "programs": ("program", "프로그램", "공고"),
        "outcomes": ("outcome", "진행결과"),
        "applications": ("application", "applicant", "신청", "접수"),
    }
    stem = folded(re.split(r"[/\\]", name)[-1])
    return next((kind for kind, words in beginnings.items() if stem.startswith(words)), None)
