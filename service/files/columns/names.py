"""The columns of startups, programs and outcomes, as their fields are declared."""

from __future__ import annotations

from functools import cache

from model.fields import RECORDS, fields_of
from service.files.columns.column import Columns

KINDS = tuple(RECORDS)


@cache
def columns(kind: str) -> Columns:
    """The columns of `startups`, `programs` or `outcomes`."""
    return Columns(fields_of(RECORDS[kind]))
