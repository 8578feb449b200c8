"""Days and hours as people and spreadsheets write them; a form that could mean two days is refused."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta

_EIGHT = re.compile(r"((?:19|2\d)\d\d)(\d\d)(\d\d)")
_PARTED = re.compile(
    r"((?:19|2\d)\d\d)(?:년|[-./])(\d{1,2})(?:월|[-./])(\d{1,2})일?\.?(?:\([월화수목금토일]\))?(?:T?\d{1,2}:\d\d(?::\d\d(?:\.0+)?)?)?"
)
_HOUR = re.compile(r"(오전|오후|am|pm)?(\d{1,2})(?::(\d\d)(?::\d\d)?|시(?:(\d{1,2})분)?)(am|pm)?")
FIRST_SERIAL, LAST_SERIAL = 7_306, 109_938
"""Excel's numbers of days for 1920-01-01 and 2200-12-29; beyond them a number is hardly meant as a day."""

_EXCEL_ZERO = date(1899, 12, 30)


def day(text: str) -> date:
    """Read a calendar day; raises ValueError.

    >>> for written in ("20260131", "2026-01-31", "2026. 1. 31.", "2026년 1월 31일", "2026/01/31 00:00", "46053"):
    ...     assert day(written) == date(2026, 1, 31)
    """
    bare = _bare(text)
    found = _EIGHT.fullmatch(bare) or _PARTED.fullmatch(bare)
    if found:
        return date(int(found[1]), int(found[2]), int(found[3]))
    if re.fullmatch(r"\d{4,6}", bare, re.ASCII):
        return by_serial(int(bare))
    raise ValueError(text[:40])


def by_serial(number: float) -> date:
    """Read a spreadsheet's number of a day, counted from 1900, or eight digits that were typed as a number.

    >>> by_serial(46053.75), by_serial(20260131)
    (datetime.date(2026, 1, 31), datetime.date(2026, 1, 31))
    """
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        return _EXCEL_ZERO + timedelta(days=int(number))
    found = _EIGHT.fullmatch(str(int(number))) if 0 < number < 10**8 else None
    if not found:
        raise ValueError(number)
    return date(int(found[1]), int(found[2]), int(found[3]))


def hour(text: str) -> time:
    """Read a time of day; raises ValueError.

    >>> hour("오후 6시"), hour("18:00:00"), hour("18시 30분")
    (datetime.time(18, 0), datetime.time(18, 0), datetime.time(18, 30))
    """
    found = _HOUR.fullmatch(_bare(text))
    if not found:
        raise ValueError(text[:40])
    half, hours, minutes = found[1] or found[5], int(found[2]), int(found[3] or found[4] or 0)
    if half and not 1 <= hours <= 12:
        raise ValueError(text[:40])
    if half:
        hours = hours % 12 + (12 if half in ("오후", "pm") else 0)
    return time(hours, minutes)


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text[:60]).split()).replace("AM", "am").replace("PM", "pm")
