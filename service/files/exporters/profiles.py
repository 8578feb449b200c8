"""Startups, programs and outcomes as tables that the importer reads back to the same records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import time
from enum import StrEnum
from typing import Any

from model.domain import Program, Startup
from service.files.columns import lists
from service.files.columns.column import Column, Holds
from service.files.columns.names import columns
from service.files.exporters.table import Head, Table, Value

WIDE = {"summary", "summary_en", "demand", "source", "not_together_with", "history", "technologies"}


def table(kind: str, name: str, records: Iterable[Startup | Program], language: str) -> Table:
    """One row a record, headed in `ko` or `en`; `kind` is `startups` or `programs`."""
    own = tuple(columns(kind).by_field.values())
    rows = tuple(tuple(_value(column, getattr(record, column.field)) for column in own) for record in records)
    return Table(name, tuple(_head(column, language) for column in own), rows)


def _head(column: Column, language: str) -> Head:
    is_code = column.holds in (Holds.KEY, Holds.DIGITS, Holds.INDUSTRY, Holds.PLACE, Holds.CLOCK)
    return Head(column.name(language), 48 if column.field in WIDE else 16, is_code)


def _value(column: Column, value: Any) -> Value:
    if value is None or value == ():
        return None
    write = _LISTS.get(column.holds)
    if write:
        return write(value)
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, bool):
        return "true" if value else "false"
    found: Value = value.value if isinstance(value, StrEnum) else value
    return found


_LISTS: Mapping[Holds, Callable[[Any], str]] = {
    Holds.WORDS: lists.joined,
    Holds.CHOICES: lists.joined,
    Holds.PLACES: lists.joined,
    Holds.INDUSTRIES: lists.joined,
    Holds.PARTICIPATIONS: lists.participations,
    Holds.CONFLICTS: lists.conflicts,
}
