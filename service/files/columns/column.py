"""One column: its field, its names in both languages, and how its cells are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


class Holds(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    KEY = "key"
    DIGITS = "digits"
    INDUSTRY = "industry"
    COUNT = "count"
    WON = "won"
    YEAR = "year"
    YEARS = "years"
    DAY = "day"
    CLOCK = "clock"
    FLAG = "flag"
    CHOICE = "choice"
    PLACE = "place"
    FIELD_NUMBER = "field_number"
    WORDS = "words"
    CHOICES = "choices"
    PLACES = "places"
    INDUSTRIES = "industries"
    PARTICIPATIONS = "participations"
    CONFLICTS = "conflicts"


@dataclass(frozen=True, slots=True)
class Column:
    """A field with its names; `codes` names the list of codes that a choice is made from."""

    field: str
    holds: Holds
    ko: str
    en: str
    also: tuple[str, ...] = ()
    codes: str = ""

    def name(self, language: str) -> str:
        """Name the column in `ko` or `en`."""
        return self.ko if language == "ko" else self.en


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as a table heads it; amounts below it count in `unit` won."""

    column: Column
    unit: int = 1


class Columns:
    """Every column of one kind of record, found by any of its names."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self.by_field: Mapping[str, Column] = {column.field: column for column in columns}
        self._spelled = {
            folded(word): column for column in self.by_field.values() for word in _words(column) if folded(word)
        }

    def find(self, text: str) -> Heading | None:
        """Find the column that a heading names, whatever its case, spacing, marks and remarks in brackets."""
        own = self._spelled.get(folded(text))
        if own is not None:
            return Heading(own)
        bare, remarks = _BRACKETED.sub("", text), _BRACKETED.findall(text)
        column = self._spelled.get(folded(bare))
        unit = next((_UNITS[folded(remark)] for remark in remarks if folded(remark) in _UNITS), 1)
        return Heading(column, unit) if column else None


_UNITS = {"원": 1, "천원": 1_000, "만원": 10_000, "백만원": 1_000_000, "천만원": 10_000_000, "억원": 100_000_000}
_BRACKETED = re.compile(r"[(\[（［][^)\]）］]*[)\]）］]")
_MARK = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Bring a heading to the form in which headings are compared.

    >>> folded(" 기업명 (영문)* ")
    '기업명영문'
    """
    return _MARK.sub("", unicodedata.normalize("NFKC", text).casefold())


def _words(column: Column) -> tuple[str, ...]:
    return (column.field, column.ko, column.en, *column.also)
