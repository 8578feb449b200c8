"""The columns of each kind of file, as the fields of its records are declared."""

from __future__ import annotations

from functools import cache

from model.domain import Startup
from model.fields import RECORDS, fields_of
from service.files.columns.column import Columns

KINDS = tuple(RECORDS)


@cache
def columns(kind: str) -> Columns:
    """The columns of `startups`, `programs`, `outcomes` or `applications`, whose lines state the firm as well."""
    own = fields_of(RECORDS[kind])
    if kind != "applications":
        return Columns(own)
    # A heading that both know, such as 아이템 소개, means the application; ids of ours are no columns of its own.
    return Columns((*fields_of(Startup), *(field for field in own if field.name not in ("id", "startup_id"))))
