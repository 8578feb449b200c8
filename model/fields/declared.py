"""The tables of fields beside this file, read and joined to the types of the dataclasses."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from enum import StrEnum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_type_hints

from model.domain import Application, Business, Conflict, FactSource, Outcome, OwnShare, Participation, Program, Startup

MOST_INTEGER = 10**18

RECORDS: Mapping[str, type[Any]] = {
    "startups": Startup,
    "programs": Program,
    "outcomes": Outcome,
    "applications": Application,
}
"""The records that files hold, by the name of the table that declares their fields."""

_NESTED: Mapping[str, type[Any]] = {
    "participations": Participation,
    "conflicts": Conflict,
    "businesses": Business,
    "fact_sources": FactSource,
    "own_share": OwnShare,
}


class Holds(StrEnum):
    """What a field holds, as a file writes it and a page shows it."""

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
    MOMENT = "moment"
    PERIOD = "period"
    """The years that count: `same`, `any`, or `last:N`."""
    FLAG = "flag"
    CHOICE = "choice"
    PLACE = "place"
    FIELD_NUMBER = "field_number"
    WORDS = "words"
    SOURCES = "sources"
    """Texts, of which a single one may stand without its list."""
    CHOICES = "choices"
    PLACES = "places"
    INDUSTRIES = "industries"
    PARTICIPATIONS = "participations"
    CONFLICTS = "conflicts"
    SPAN = "span"
    """A month or a year, where the day isn't known: `2026-02`, `2026`."""
    PERCENT = "percent"
    POINTS = "points"
    BUSINESSES = "businesses"
    FACT_SOURCES = "fact_sources"
    OWN_SHARE = "own_share"


_RANGES = {Holds.YEAR: (1900, 2999), Holds.YEARS: (0, 200), Holds.PERCENT: (0, 100)}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record.

    `ko` and `en` head its column and label it on pages, `also` are headings that files may have instead. `about` says
    in both languages what it means, in the API's document too; `note` is what the reference page adds. `codes` names
    the list that a choice is made from. Whole numbers lie in `low` to `high`, both included. `python_type` is the type
    of its value, or of each value where it holds a list; `default` is what an unknown value is, MISSING where the value
    must be known.
    """

    name: str
    holds: Holds
    ko: str
    en: str
    python_type: type[Any]
    default: object
    is_on_page: bool
    codes: str = ""
    low: int = 0
    high: int = MOST_INTEGER
    also: tuple[str, ...] = ()
    about: str = ""
    example: str | None = None
    note: str = ""

    def label(self, language: str) -> str:
        """Name the field in `ko` or `en`."""
        return self.ko if language == "ko" else self.en

    @property
    def is_required(self) -> bool:
        """Tell whether the record can't be without it."""
        return self.default is MISSING

    @property
    def choices(self) -> type[StrEnum] | None:
        """The closed list of codes that the type allows; None where any text or number may stand."""
        return self.python_type if issubclass(self.python_type, StrEnum) else None


def fields_of(record: type[Any]) -> tuple[Field, ...]:
    """The fields of a dataclass in the order of their table."""
    return tuple(FIELDS[record].values())


def label(record: type[Any], field: str, language: str) -> str:
    """Name a field of a dataclass in `ko` or `en`.

    >>> label(Program, "seats", "en")
    'Seats'
    """
    return FIELDS[record][field].label(language)


def _read(record: type[Any], file: Path) -> Mapping[str, Field]:
    """The declared fields by name; raises TypeError where table and dataclass don't name the same ones."""
    types, defined = get_type_hints(record), {field.name: field for field in dataclasses.fields(record)}
    with file.open(encoding="utf-8", newline="") as lines:
        rows = {row["field"]: row for row in csv.DictReader(lines)}
    if set(rows) != set(defined):
        raise TypeError(f"{file.name} and {record.__name__} differ: {sorted(set(rows) ^ set(defined))}")
    return {name: _field(row, _single(types[name]), _default(defined[name], types[name])) for name, row in rows.items()}


def _field(row: Mapping[str, str], kind: type[Any], default: object) -> Field:
    holds = Holds(row["holds"])
    low, high = _RANGES.get(holds, (0, MOST_INTEGER))
    return Field(
        name=row["field"],
        holds=holds,
        ko=row["ko"],
        en=row["en"],
        python_type=kind,
        default=default,
        is_on_page={"page": True, "record": False}[row["console"]],
        codes=row["codes"],
        low=int(row["low"] or low),
        high=int(row["high"] or high),
        also=tuple(word for word in row["also"].split("|") if word),
        about=row["about"],
        example=row["example"] or None,
        note=row["note"],
    )


def _default(defined: dataclasses.Field[Any], hint: Any) -> object:
    return None if defined.default is MISSING and NoneType in get_args(hint) else defined.default


def _single(hint: Any) -> type[Any]:
    """The type without what says that it may be unknown or that there are several."""
    inner = [part for part in get_args(hint) if part not in (NoneType, Ellipsis)]
    return _single(inner[0]) if inner else hint


FIELDS: Mapping[type[Any], Mapping[str, Field]] = {
    record: _read(record, Path(__file__).parent / f"{table}.csv") for table, record in {**RECORDS, **_NESTED}.items()
}
"""The fields of each record by name."""
