"""Calendar arithmetic of notices: completed years, anniversaries, and the days on which a call may count ages."""

from __future__ import annotations

from datetime import date, timedelta

from model.domain import AgeDay, Program
from model.eligibility.days import span

COUNTED_BY = (
    "year",
    "notice_on",
    "opens_on",
    "opens_in",
    "closes_on",
    "closes_in",
    "always_open",
    "age_counted",
    "age_counted_on",
)
"""What of a program's row says on which day ages are counted."""


def completed_years(founded: date, day: date) -> int:
    """Count the whole years from a founding day to another day, both calendar dates; negative before founding.

    The founding day itself counts, so the first year is complete on its anniversary; for 29 February that is
    1 March in a common year (Civil Act, articles 157 and 160).

    >>> completed_years(date(2016, 4, 15), date(2026, 4, 14)), completed_years(date(2016, 4, 14), date(2026, 4, 14))
    (9, 10)
    >>> completed_years(date(2016, 2, 29), date(2026, 2, 28)), completed_years(date(2016, 2, 29), date(2026, 3, 1))
    (9, 10)
    """
    return day.year - founded.year - ((day.month, day.day) < (founded.month, founded.day))


def last_founding_day(day: date, years: int) -> date:
    """Find the latest founding day that has completed so many years on a day.

    >>> last_founding_day(date(2026, 4, 14), 10)
    datetime.date(2016, 4, 14)
    >>> last_founding_day(date(2028, 2, 29), 10)
    datetime.date(2018, 2, 28)
    """
    if day.year <= years:
        return date.min
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def anniversary(founded: date, years: int) -> date:
    """Find the day on which a firm completes so many years.

    >>> anniversary(date(2016, 2, 29), 3), anniversary(date(2016, 2, 29), 4)
    (datetime.date(2019, 3, 1), datetime.date(2020, 2, 29))
    """
    year = min(founded.year + years, date.max.year)
    try:
        return founded.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def day_before(day: date) -> date:
    """Give the day before, or the first of all days."""
    return day - timedelta(days=1) if day > date.min else day


def reference_days(program: Program, on: date) -> tuple[date, date] | None:
    """Give the first and last day on which ages may be counted; None where nothing bounds it.

    That is the day named by the notice: its own, its closing day, or another notice's. A standing program without a
    notice counts on the day of evaluation. An unknown notice can't be later than the opening day, or where that is
    unknown than the closing day or the end of the program's year; and calls being yearly, it is less than a year
    older. Where only the year is known, the call may have been out since July of the year before.
    """
    if program.age_counted_on:
        return program.age_counted_on, program.age_counted_on
    closes = span(program.closes_on, program.closes_in)
    if program.age_counted is AgeDay.CLOSING and closes[0] and closes[1]:
        return closes[0], closes[1]
    if program.notice_on and program.age_counted in (None, AgeDay.NOTICE):
        return program.notice_on, program.notice_on
    if program.always_open and program.age_counted is None:
        return on, on
    last = span(program.opens_on, program.opens_in)[1] or closes[1]
    if last:
        return last_founding_day(last, 1) + timedelta(days=1), last
    return (date(program.year - 1, 7, 1), date(program.year, 12, 31)) if program.year else None
