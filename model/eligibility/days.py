"""Days by how well they are known: a day, the month or year that it lies in, or nothing."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TypeAlias

Span: TypeAlias = tuple[date | None, date | None]
"""The first and the last day that a day may be; None where nothing bounds it."""


def span(day: date | None, lies_in: str | None) -> Span:
    """Give the first and last day that a day may be.

    >>> span(None, "2026-02"), span(date(2026, 1, 23), None)
    ((datetime.date(2026, 2, 1), datetime.date(2026, 2, 28)), (datetime.date(2026, 1, 23), datetime.date(2026, 1, 23)))
    """
    if day or not lies_in:
        return day, day
    year, _, month = lies_in.partition("-")
    first, last = int(month or 1), int(month or 12)
    return date(int(year), first, 1), date(int(year), last, monthrange(int(year), last)[1])
