"""One cell to the value of its field, as the snapshot contract has it; what is not clear is a fault, never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from model.fields import CODES, Field, Holds
from model.text import names
from model.text.analysis import DOT
from model.vocabulary.codes import Codes, CodeTable, Term
from service.files.columns.headings import Heading
from service.files.columns.lists import says_nothing
from service.files.importers.values import amounts, days, lists, places, registration

Cell = str | int | float | bool | dict[str, Any] | None
"""A value as a file has it; a dict stands for a cell that a reader sees and a program doesn't (see `grids`)."""

_YES = frozenset({"true", "yes", "y", "o", "1", "예", "네", "있음", "해당", "○", "참"})
_NO = frozenset({"false", "no", "n", "x", "0", "아니오", "아니요", "없음", "해당없음", "비해당", "×", "거짓"})
_YEAR = re.compile(r"(\d{4})(?:년도?)?")
_AGE = re.compile(r"(?:만)?(\d{1,3})(?:년|년이내|년차이내|세|years?)?")
_PERCENT = re.compile(r"(\d{1,3})(?:%|퍼센트)?")
_MONTH = re.compile(r"(\d{4})(?:년|[-./])?(?:(\d{1,2})(?:월|[.])?)?")
_KSIC = re.compile(r"([A-Ua-u]?\d{2,5})(?:\.0|[\s(\[:.-]+(?!\d).*)?", re.DOTALL)
_NAME_FIRST = re.compile(r"[^\d()\[\]]+[(\[]\s*([A-Ua-u]?\d{2,5})\s*[)\]]")
_FIELD = re.compile(r"(\d{1,2})(?:호|번)?(?:[.):\s]\s*(.*))?", re.DOTALL)
MOST_EXACT = 10**15
"""A spreadsheet keeps fifteen digits of a number; of a longer code the last ones are gone."""

_NONE_OF_THEM = frozenset({"없음", "해당없음", "해당사항없음"})
_NO_ENTRY = re.compile(
    "(?:정부|지원|사업|창업|참여|수혜|과거|해당|기존|이력|경험|사항|내역|실적)*(?:없음|없습니다|무|미참여|비해당)[.]?"
)
_ENTRIES = (Holds.PARTICIPATIONS, Holds.BUSINESSES, Holds.CONFLICTS)
_DESTROYED = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
_AS_WRITTEN = (Holds.TEXT, Holds.KEY)
"""In a text a dash stands for itself."""

_CODES = (Holds.KEY, Holds.DIGITS, Holds.INDUSTRY, Holds.INDUSTRIES, Holds.PLACE, Holds.PLACES)
"""What is a code though it may be written in digits alone: a spreadsheet that keeps it as a number changes it."""

_NUMBERS = (Holds.COUNT, Holds.WON, Holds.YEAR, Holds.YEARS, Holds.PERCENT, Holds.POINTS)
_MARKS = {"failed": "error_cell", "formula": "formula_not_calculated", "merged": "merged_cell"}

Note = tuple[str, str]
"""The code of a note with the value that it is about."""


class Unclear(Exception):  # noqa: N818 - never leaves this room
    """A cell that can't be read; `allowed` says what could stand there."""

    def __init__(self, code: str, allowed: str = "") -> None:
        self.code, self.allowed = code, allowed
        super().__init__(code)


class Cells:
    """Reads cells by the columns they stand in; codes are found by name in both languages."""

    def __init__(self, codes: Codes) -> None:
        named = ("kinds", "stages", "entities", "support", "languages", "manual_checks")
        self._codes = codes
        self._tables = {name: getattr(codes, name) for name in named} | {
            name: CodeTable(Term(entry.code, entry.ko, entry.en, entry.also) for entry in listed.values())
            for name, listed in CODES.items()
        }

    def value(self, cell: Cell, heading: Heading) -> Any:
        """The value of a cell, or None where nothing is known; raises Unclear."""
        column = heading.column
        if isinstance(cell, dict):
            cell = _as_shown(cell, column)
        text = written(cell)
        if not text.strip() or (column.holds not in _AS_WRITTEN and says_nothing(text)):
            return None
        if column.holds is Holds.WORDS and names.folded(text[:40]) in _NONE_OF_THEM:
            return None
        if column.holds in _ENTRIES and _NO_ENTRY.fullmatch(names.folded(text[:40])):
            return None
        if column.holds in _CODES:
            self._refuse_changed(cell, text, column)
        reader = _READERS.get(column.holds)
        value = reader(text, heading) if reader else self._coded(text, column)
        if value is None:
            table = self._tables.get(column.codes or "status")
            choices = ", ".join(table.by_code) if table and column.holds not in _UNREAD else ""
            raise Unclear(_UNREAD.get(column.holds, "not_allowed"), choices)
        return value

    def note(self, cell: Cell, value: Any, heading: Heading) -> Note | None:
        """What a person should know of a value that was taken as it is written, or with something of it left out."""
        holds = heading.column.holds
        if value is None:
            return ("default_taken", "") if heading.column.name in DEFAULTED else None
        if holds is Holds.INDUSTRY and self._codes.industries.prefixes(value) is None:
            return "industry_as_written", value
        if holds is Holds.INDUSTRIES:
            strange = [code for code in value if self._codes.industries.prefixes(code) is None]
            return ("industry_as_written", ", ".join(strange)) if strange else None
        if holds not in (Holds.DAY, Holds.CLOCK, Holds.INDUSTRY):
            return None
        text = written(None if isinstance(cell, dict) else cell)
        if holds is Holds.DAY and days.is_serial(text):
            return "day_by_serial", text
        if holds is Holds.DAY and (clock := days.clock_of(text)):
            return "hour_left_out", clock
        if holds is Holds.CLOCK and days.has_seconds(text):
            return "seconds_left_out", text
        if holds is Holds.INDUSTRY and value.isdigit() and self._codes.industries.prefixes(f"0{value}"):
            return "zero_may_be_lost", text
        return None

    def _coded(self, text: str, column: Field) -> Any:
        """What needs a list of codes to be read; None where the list has no such code."""
        match column.holds:
            case Holds.CHOICE:
                return self._tables[column.codes].find(text)
            case Holds.CHOICES:
                return self._many(text, self._tables[column.codes])
            case Holds.INDUSTRY:
                return self._industry(text)
            case Holds.INDUSTRIES:
                return [self._industry(item) for item in lists.words(text)]
            case Holds.PLACE:
                return places.address(self._codes.regions, text)
            case Holds.PLACES:
                places_of_text = places.many(self._codes.regions, text)
                return places_of_text if all(code in self._codes.regions for code in places_of_text) else None
            case Holds.FIELD_NUMBER:
                number = _FIELD.fullmatch(text.strip())
                code = self._codes.new_industry.find(number[2] or number[1] if number else text)
                return int(code) if code and (not number or number[1].lstrip("0") == code) else None
            case Holds.PARTICIPATIONS:
                return lists.participations(text, self._tables["status"])
            case Holds.BUSINESSES:
                return lists.businesses(text, self._tables["entities"])
            case Holds.FACT_SOURCES | Holds.OWN_SHARE:
                return lists.objects(text)
            case _:
                return lists.conflicts(text, self._tables["status"])

    def _many(self, text: str, table: CodeTable) -> list[str] | None:
        """Each item whole if it has a code, else in the parts that slashes and middle dots make of it."""
        codes: list[str | None] = []
        for item in lists.words(text):
            code = table.find(item)
            parts = re.split(rf"[/{DOT}]", names.visible(item))
            codes += [code] if code else [table.find(part) for part in parts]
        return None if None in codes else list(dict.fromkeys(code for code in codes if code))

    def _industry(self, text: str) -> str:
        """The code alone, beside its name on either side, or of an official name; what is neither stays as written."""
        match = _KSIC.fullmatch(text.strip()) or _NAME_FIRST.fullmatch(text.strip())
        return match[1].upper() if match else self._codes.industries.find(text) or text.strip()

    def _refuse_changed(self, cell: Cell, text: str, column: Field) -> None:
        """A code kept as a number has lost the zeros that it began with, or all but its first digits."""
        is_number = isinstance(cell, float | int) and not isinstance(cell, bool)
        if _DESTROYED.fullmatch(text.strip()) or (is_number and float(text) >= MOST_EXACT):
            raise Unclear("destroyed_number")
        expected = registration.DIGITS.get(column.name)
        digits = re.sub(r"[-\s]", "", _digits(text))
        if expected and len(digits) != expected and (is_number or len(digits.lstrip("0")) < expected):
            raise Unclear("lost_zeros" if is_number else "not_number_of_firm", str(expected))
        if expected and not (digits.isascii() and digits.isdigit() and len(digits) == expected):
            raise Unclear("not_number_of_firm", str(expected))
        if column.holds is Holds.INDUSTRY and is_number and self._codes.industries.prefixes(f"0{text}"):
            raise Unclear("lost_zeros")


DEFAULTED = frozenset({"kind", "role"})
"""What a record always has: an empty cell leaves what is stored, and a new record gets the contract's default."""


def written(cell: Cell) -> str:
    """A cell as text: composed, a whole number without decimals."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else names.composed(str(cell))


def _as_shown(cell: Mapping[str, Any], column: Field) -> Cell:
    """What a marked cell comes to: a number with a format is shown as a code and counted as a number."""
    if "format" in cell:
        if column.holds in _NUMBERS:
            raise Unclear("number_format", cell["format"])
        number: Cell = cell["number"]
        return number
    if "shown" in cell:
        shown: Cell = cell["shown"] if column.holds in (*_CODES, Holds.TEXT) else cell["number"]
        return shown
    raise Unclear(next(code for mark, code in _MARKS.items() if mark in cell))


def _unless(code: str, read: Callable[[str], Any]) -> Callable[[str, Heading], Any]:
    def value(text: str, _: Heading) -> Any:
        try:
            return read(text)
        except ValueError:
            raise Unclear(code) from None

    return value


def _won(text: str, heading: Heading) -> int:
    unit = heading.unit or 1
    try:
        return amounts.won(text) if unit == 1 else amounts.scaled(text, unit)
    except ValueError:
        raise Unclear("not_amount") from None


def _number(form: re.Pattern[str]) -> Callable[[str], int]:
    def read(text: str) -> int:
        match = form.fullmatch(amounts.squeezed(text))
        if not match:
            raise ValueError(text)
        return int(match[1])

    return read


def _month(text: str) -> str:
    span = _MONTH.fullmatch(amounts.squeezed(text))
    if span is None:
        raise ValueError(text)
    return f"{span[1]}-{int(span[2]):02}" if span[2] else span[1]


def _flag(text: str) -> bool:
    word = names.folded(text[:40])
    if word not in _YES | _NO:
        raise ValueError(word)
    return word in _YES


def _digits(text: str) -> str:
    """A firm's number as it is written; the `.0` of a number that a program wrote out is taken off."""
    return names.visible(text).removesuffix(".0")


_READERS: Mapping[Holds, Callable[[str, Heading], Any]] = {
    Holds.TEXT: lambda text, _: text,
    Holds.KEY: lambda text, _: names.without_hidden(text).strip() or None,
    Holds.DIGITS: lambda text, _: _digits(text),
    Holds.WORDS: lambda text, _: lists.words(text),
    Holds.SOURCES: lambda text, _: lists.words(text),
    Holds.COUNT: _unless("not_integer", amounts.count),
    Holds.WON: _won,
    Holds.YEAR: _unless("not_integer", _number(_YEAR)),
    Holds.YEARS: _unless("not_integer", _number(_AGE)),
    Holds.PERCENT: _unless("not_integer", _number(_PERCENT)),
    Holds.DAY: _unless("not_day", lambda text: days.day(text).isoformat()),
    Holds.SPAN: _unless("not_month", _month),
    Holds.CLOCK: _unless("not_time", lambda text: days.hour(text).isoformat("minutes")),
    Holds.FLAG: _unless("not_boolean", _flag),
    Holds.POINTS: _unless("not_points", lambda text: float(amounts.points(text))),
}
_UNREAD = {
    Holds.PLACE: "not_region",
    Holds.PLACES: "not_region",
    Holds.FIELD_NUMBER: "not_field_number",
    Holds.PARTICIPATIONS: "not_history",
    Holds.CONFLICTS: "not_conflicts",
    Holds.BUSINESSES: "not_businesses",
    Holds.FACT_SOURCES: "not_object",
    Holds.OWN_SHARE: "not_object",
}
