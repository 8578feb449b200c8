"""Days and hours as people and spreadsheets write them; a form that could mean two days is refused."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone

from model.text import names

_EIGHT = re.compile(r"((?:19|2\d)\d\d)(\d\d)(\d\d)")
_CLOCK = r"(?:오전|오후|AM|PM)?\s*\d{1,2}(?::\d\d(?::\d\d(?:\.\d+)?)?|시(?:\s*\d{1,2}분)?)\s*(?:AM|PM|까지)?"
_OFFSET = re.compile(r"\S+[T ]\S+(?:Z|[+-]\d\d:?\d\d)", re.IGNORECASE)
_PARTED = re.compile(
    r"((?:19|2\d)\d\d)\s*(?:년|[-./])\s*(\d{1,2})\s*(?:월|[-./])\s*(\d{1,2})\s*일?\.?"
    rf"\s*(?:\(\s*[월화수목금토일](?:요일)?\s*\))?(?:(?:T|,?\s+|(?<=[)일]))(?P<clock>{_CLOCK}))?(?:\s*까지)?",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(오전|오후|am|pm)?(\d{1,2})(?::(\d\d)(?::\d\d(?:\.\d+)?)?|시(?:(\d{1,2})분)?)(am|pm)?(?:까지)?")
_MIDNIGHT = re.compile(r"\s*0?0:00(?::00(?:\.0+)?)?\s*")
FIRST_SERIAL, LAST_SERIAL = 7_306, 73_050
"""Excel's numbers of days for 1920-01-01 and 2099-12-31; beyond them a number is hardly meant as a day."""

END_OF_DAY = time(23, 59)
_EXCEL_ZERO = date(1899, 12, 30)
_KOREA = timezone(timedelta(hours=9))


def day(text: str) -> date:
    """Read a calendar day, with an hour or a weekday behind it; one with an offset is Korea's day. Raises ValueError.

    >>> for written in ("20260131", "2026. 1. 31.(토)", "2026년 1월 31일 18시", "2026/1/31 10:00", "46053"):
    ...     assert day(written) == date(2026, 1, 31)
    """
    bare = names.visible(text[:60])
    if _OFFSET.fullmatch(bare):
        return _in_korea(bare).date()
    match = _EIGHT.fullmatch(bare) or _PARTED.fullmatch(bare)
    if match:
        if clock := match.groupdict().get("clock"):
            hour(clock)
        return date(int(match[1]), int(match[2]), int(match[3]))
    if is_serial(bare):  # six digits typed as text are year, month and day more likely
        return by_serial(int(bare))
    raise ValueError(text[:40])


def is_serial(text: str) -> bool:
    """Tell whether a text is a spreadsheet's number of a day and shows no day by itself."""
    return bool(re.fullmatch(r"\d{5}", text.strip(), re.ASCII))


def clock_of(text: str) -> str:
    """The hour that is written behind a day; empty where there is none, or midnight, as spreadsheets write a bare day.

    >>> clock_of("2026. 1. 31. 18시까지"), clock_of("2026-01-31 00:00:00"), clock_of("2026-01-31 12:00 AM")
    ('18시까지', '', '12:00 AM')
    """
    bare = names.visible(text[:60])
    match = _PARTED.fullmatch(bare)
    if match:
        return "" if not match["clock"] or _MIDNIGHT.fullmatch(match["clock"]) else match["clock"].strip()
    return re.split("[T ]", bare, maxsplit=1)[1] if _OFFSET.fullmatch(bare) else ""


def moment(text: str) -> tuple[date, str]:
    """Read a day and the hour behind it as it is written, both in Korea; without one it is empty. Raises ValueError.

    >>> moment("2026-05-11 2:59:10 PM"), moment("2026-05-11T23:59:00Z")
    ((datetime.date(2026, 5, 11), '2:59:10 PM'), (datetime.date(2026, 5, 12), '08:59:00'))
    """
    bare = names.visible(text[:60])
    if _OFFSET.fullmatch(bare):
        at = _in_korea(bare)
        return at.date(), at.time().isoformat("seconds")
    return day(text), clock_of(text)


def has_seconds(text: str) -> bool:
    """Tell whether an hour is written to the second, and not on the minute.

    >>> has_seconds("15:00:30"), has_seconds("15:00:00")
    (True, False)
    """
    return bool(re.search(r":\d\d:(?!00)\d\d", text))


def _in_korea(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(_KOREA)


def by_serial(number: float) -> date:
    """Read a spreadsheet's number of a day, counted from 1900, or eight digits that were typed as a number.

    >>> by_serial(46053.75), by_serial(20260131)
    (datetime.date(2026, 1, 31), datetime.date(2026, 1, 31))
    """
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        return _EXCEL_ZERO + timedelta(days=int(number))
    match = _EIGHT.fullmatch(str(int(number))) if 0 < number < 10**8 else None
    if not match:
        raise ValueError(number)
    return date(int(match[1]), int(match[2]), int(match[3]))


def hour(text: str) -> time:
    """Read a time of day; 24:00 is the day's last minute. Raises ValueError.

    >>> hour("오후 6시"), hour("18:00:00"), hour("18시 30분"), hour("24:00")
    (datetime.time(18, 0), datetime.time(18, 0), datetime.time(18, 30), datetime.time(23, 59))
    """
    match = _HOUR.fullmatch("".join(names.visible(text[:60]).casefold().split()))
    if not match:
        raise ValueError(text[:40])
    half, hours, minutes = match[1] or match[5], int(match[2]), int(match[3] or match[4] or 0)
    if half and not 1 <= hours <= 12:
        raise ValueError(text[:40])
    if half:
        hours = hours % 12 + (12 if half in ("오후", "pm") else 0)
    return END_OF_DAY if (hours, minutes) == (24, 0) else time(hours, minutes)
