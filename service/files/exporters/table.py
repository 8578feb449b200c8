"""A table as it is to be written: titled columns, rows of values, and what the file says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

Value: TypeAlias = str | int | float | date | datetime | bool | None


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column's title; `is_code` keeps its numbers as text, so that leading zeros stay.

    `is_hidden`: there for whoever reads the file back, not for the eye. `most`: cells that people fill in take 0 to it.
    """

    title: str
    width: int = 16
    is_code: bool = False
    is_hidden: bool = False
    most: int | None = None


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One table; `name` becomes the sheet's. The rows numbered in `red`, from 0, stand out; None: not told yet."""

    name: str
    heads: tuple[ColumnHead, ...]
    rows: tuple[tuple[Value, ...], ...]
    red: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself on a sheet of its own: when it was made, by whom, why; pairs of label and value."""

    name: str
    lines: tuple[tuple[str, str], ...]
    at: datetime
