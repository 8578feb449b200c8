"""Startups, programs and outcomes as tables that the importer reads back to the same records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import time
from enum import StrEnum
from typing import Any

from model.domain import Program, Startup
from model.fields import RECORDS, Field, Holds, fields_of
from service.files.columns import lists
from service.files.exporters.table import ColumnHead, ExportTable, Value

WIDE = {"summary", "summary_en", "demand", "source", "not_together_with", "history", "technologies"}


def table(kind: str, name: str, records: Iterable[Startup | Program], language: str) -> ExportTable:
    """One row a record, headed in `ko` or `en`; `kind` is `startups` or `programs`."""
    own = fields_of(RECORDS[kind])
    rows = tuple(tuple(value_of(field, getattr(record, field.name)) for field in own) for record in records)
    return ExportTable(name, tuple(head(field, language) for field in own), rows)


def head(field: Field, language: str) -> ColumnHead:
    """The heading of a field's column, in `ko` or `en`."""
    is_code = field.holds in (Holds.KEY, Holds.DIGITS, Holds.INDUSTRY, Holds.PLACE, Holds.CLOCK)
    return ColumnHead(field.label(language), 48 if field.name in WIDE else 16, is_code)


def value_of(field: Field, value: Any) -> Value:
    """The cell that the importer reads back to a value."""
    if value is None or value == ():
        return None
    write = _LISTS.get(field.holds)
    if write:
        return write(value)
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, bool):
        return "true" if value else "false"
    plain: Value = value.value if isinstance(value, StrEnum) else value
    return plain


_LISTS: Mapping[Holds, Callable[[Any], str]] = {
    Holds.WORDS: lists.joined,
    Holds.SOURCES: lists.joined,
    Holds.CHOICES: lists.joined,
    Holds.PLACES: lists.joined,
    Holds.INDUSTRIES: lists.joined,
    Holds.PARTICIPATIONS: lists.participations,
    Holds.CONFLICTS: lists.conflicts,
    Holds.BUSINESSES: lists.written,
    Holds.FACT_SOURCES: lists.written,
    Holds.OWN_SHARE: lists.written,
}
