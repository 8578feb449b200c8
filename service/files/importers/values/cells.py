"""One cell to the value of its field, as the snapshot contract has it; what is not clear is a fault, never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from model.fields import CODES, Field, Holds
from model.vocabulary.codes import Codes, Table, Term
from service.files.columns.column import Heading
from service.files.columns.lists import says_nothing
from service.files.importers.values import amounts, days, lists, places

Cell = str | int | float | bool | dict[str, str] | None
"""A value as a file has it; a dict stands for a formula that has failed."""
_YES = frozenset({"true", "yes", "y", "o", "1", "예", "네", "있음", "해당", "○", "참"})
_NO = frozenset({"false", "no", "n", "x", "0", "아니오", "아니요", "없음", "해당없음", "비해당", "×", "거짓"})
_YEAR = re.compile(r"(\d{4})(?:년도?)?")
_AGE = re.compile(r"(\d{1,3})(?:년|년이내|년차이내|years?)?")
_KSIC = re.compile(r"([A-Ua-u]?\d{2,5})(?:[\s(\[:.-].*)?", re.DOTALL)
_FIELD = re.compile(r"(\d{1,2})(?:호|번)?(?:[.):\s].*)?", re.DOTALL)
_EXPECTED_DIGITS = {"business_number": 10, "corporate_number": 13}


_AS_WRITTEN = (Holds.TEXT, Holds.KEY)
"""In a text a dash stands for itself."""


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
            name: Table(Term(one.code, one.ko, one.en, one.also) for one in listed.values())
            for name, listed in CODES.items()
        }

    def value(self, cell: Cell, heading: Heading) -> Any:
        """The value of a cell, or None where nothing is known; raises Unclear."""
        if isinstance(cell, dict):
            raise Unclear("error_cell")
        text = _text(cell)
        holds = heading.column.holds
        if not text.strip() or (holds not in _AS_WRITTEN and says_nothing(text)):
            return None
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            _refuse_lost_zeros(text, heading.column)
        reader = _READERS.get(holds)
        return reader(text, heading) if reader else self._coded(text, heading.column)

    def _coded(self, text: str, column: Field) -> Any:
        """What needs a list of codes to be read."""
        found = self._read_codes(text, column)
        if found is None:
            raise Unclear(_UNREAD.get(column.holds, "not_allowed"), self._choices(column))
        return found

    def _read_codes(self, text: str, column: Field) -> Any:
        match column.holds:
            case Holds.CHOICE:
                return self._tables[column.codes].find(text)
            case Holds.CHOICES:
                return self._many(text, self._tables[column.codes])
            case Holds.PLACE:
                return places.one(self._codes.regions, text)
            case Holds.PLACES:
                return self._known_places(text)
            case Holds.FIELD_NUMBER:
                return self._field_number(text)
            case Holds.PARTICIPATIONS:
                return lists.participations(text, self._tables["status"])
            case _:
                return lists.conflicts(text, self._tables["status"])

    def _many(self, text: str, table: Table) -> list[str] | None:
        """Each item whole if it has a code, else in the parts that slashes and middle dots make of it."""
        found: list[str | None] = []
        for item in lists.words(text):
            code = table.find(item)
            found += [code] if code else [table.find(part) for part in re.split(r"[/·ㆍ・]", item)]
        return None if None in found else list(dict.fromkeys(code for code in found if code))

    def _known_places(self, text: str) -> list[str] | None:
        found = places.many(self._codes.regions, text)
        return found if all(code in self._codes.regions for code in found) else None

    def _field_number(self, text: str) -> int | None:
        number = _FIELD.fullmatch(text.strip())
        code = number[1] if number else self._codes.new_industry.find(text)
        return int(code) if code else None

    def _choices(self, column: Field) -> str:
        table = self._tables.get(column.codes or "status")
        return ", ".join(table.by_code) if table and column.holds not in _UNREAD else ""


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else unicodedata.normalize("NFC", str(cell))


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text[:40]).casefold().split())


def _refuse_lost_zeros(text: str, column: Field) -> None:
    """A number kept as a number has lost the zeros that it began with."""
    expected = _EXPECTED_DIGITS.get(column.name)
    if expected and len(text) != expected:
        raise Unclear("lost_zeros")


def _industry(text: str) -> str:
    """The code alone of `58222 시스템 소프트웨어`; what is no code stays as it is written."""
    found = _KSIC.fullmatch(text.strip())
    return found[1].upper() if found else text


def _number(read: Callable[[str], int], text: str, code: str) -> int:
    try:
        return read(text)
    except ValueError:
        raise Unclear(code) from None


def _won(text: str, unit: int) -> int:
    if unit == 1:
        return _number(amounts.won, text, "not_amount")
    return _number(lambda written: amounts.scaled(written, unit), text, "not_amount")


def _matched(form: re.Pattern[str], text: str) -> int:
    found = form.fullmatch(_squeezed(text))
    if not found:
        raise Unclear("not_integer")
    return int(found[1])


def _day(text: str) -> str:
    try:
        return days.day(text).isoformat()
    except ValueError:
        raise Unclear("not_day") from None


def _hour(text: str) -> str:
    try:
        return days.hour(text).isoformat("minutes")
    except ValueError:
        raise Unclear("not_time") from None


def _flag(text: str) -> bool:
    word = _squeezed(text)
    if word not in _YES | _NO:
        raise Unclear("not_boolean")
    return word in _YES


_READERS: Mapping[Holds, Callable[[str, Heading], Any]] = {
    Holds.TEXT: lambda text, _: text,
    Holds.KEY: lambda text, _: text.strip(),
    Holds.DIGITS: lambda text, _: text.strip(),
    Holds.INDUSTRY: lambda text, _: _industry(text),
    Holds.INDUSTRIES: lambda text, _: [_industry(item) for item in lists.words(text)],
    Holds.WORDS: lambda text, _: lists.words(text),
    Holds.SOURCES: lambda text, _: lists.words(text),
    Holds.COUNT: lambda text, _: _number(amounts.count, text, "not_integer"),
    Holds.WON: lambda text, heading: _won(text, heading.unit),
    Holds.YEAR: lambda text, _: _matched(_YEAR, text),
    Holds.YEARS: lambda text, _: _matched(_AGE, text),
    Holds.DAY: lambda text, _: _day(text),
    Holds.CLOCK: lambda text, _: _hour(text),
    Holds.FLAG: lambda text, _: _flag(text),
}
_UNREAD = {
    Holds.PLACE: "not_region",
    Holds.PLACES: "not_region",
    Holds.FIELD_NUMBER: "not_field_number",
    Holds.PARTICIPATIONS: "not_history",
    Holds.CONFLICTS: "not_conflicts",
}
