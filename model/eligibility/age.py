"""Business age: completed years between calendar dates, the 10-year exception, pre-founders, unknown notice dates."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, timedelta
from enum import Enum

from model.domain import Entity, Program, Startup, Unlock
from model.eligibility.rule import NOTHING, SILENT, Checks, Reading, Rule, Setting


class Standing(Enum):
    """How a founding date stands to a program's age limits on one reference day."""

    WITHIN = "within"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    NEEDS_FIELD = "needs_field"
    NO_SUCH_FIELD = "no_such_field"
    FIELDS_UNKNOWN = "fields_unknown"
    NOT_YET_FOUNDED = "not_yet_founded"


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


def reference_days(program: Program, on: date) -> tuple[date, date]:
    """Give the first and last day on which the program's notice may be dated; ages are counted on that day.

    A stated notice date is the only such day. A standing program, or one with no date at all, counts ages on the
    day of evaluation. Otherwise the notice can't be later than the opening day, or where that is unknown than the
    closing day or the end of the program's year; and calls being yearly, it is less than a year older.
    """
    if program.notice_on:
        return program.notice_on, program.notice_on
    year_end = date(program.year, 12, 31) if program.year else None
    last = program.opens_on or program.closes_on or year_end
    if program.always_open or last is None:
        return on, on
    return last_founding_day(last, 1) + timedelta(days=1), last


def business_age(startup: Startup, program: Program, setting: Setting) -> Checks:
    """The firm must be old and young enough at the notice date; a named new-industry field raises the limit.

    "Within N years" means fewer than N completed years, "over N years" N or more, so that no firm is in both.
    A firm above the general limit that names no field is refused, as the notices do: choosing a field is part of
    the application, not a fact that could be looked up. A field counts only from the day of the list in force.
    Where the notice date is unknown the answer is given if it is the same on every day that it may have.
    """
    if program.min_age_years is None and program.max_age_years is None and program.max_age_years_new_industry is None:
        return SILENT
    if startup.entity is Entity.PRE_FOUNDER:
        return _without_business(program)
    required = required_age(program)
    basis = "decree-3" if program.max_age_years_new_industry is None else "act-25-4"
    if startup.founded_on is None:
        return Reading("business_age", "founded_on", None, required, basis).missing()
    ends = {standing(startup, program, setting, day) for day in reference_days(program, setting.on)}
    reading = Reading("business_age", "founded_on", startup.founded_on.isoformat(), required, basis)
    if ends == {Standing.WITHIN}:
        return reading.passes()
    unlock = _what_decides(ends, program)
    return reading.unsure(unlock) if unlock else reading.fails(_way_in(ends, startup, program, setting))


def standing(startup: Startup, program: Program, setting: Setting, day: date) -> Standing:
    """Tell how a firm with a founding day stands to the program's limits on one reference day."""
    founded = startup.founded_on
    if founded is None or founded > day:
        return Standing.NOT_YET_FOUNDED
    age = completed_years(founded, day)
    if program.min_age_years is not None and age < program.min_age_years:
        return Standing.TOO_YOUNG
    if program.max_age_years is None or age < program.max_age_years:
        return Standing.WITHIN
    if program.max_age_years_new_industry is None or age >= program.max_age_years_new_industry:
        return Standing.TOO_OLD
    return _field(startup.new_industry_field, setting, day)


def required_age(program: Program) -> tuple[str, ...]:
    """Write the limits as facts: `over:3`, `within:7`, `within_new_industry:10`, `at:2026-04-14`."""
    limits = {
        "over": program.min_age_years,
        "within": program.max_age_years,
        "within_new_industry": program.max_age_years_new_industry,
        "at": program.notice_on and program.notice_on.isoformat(),
    }
    return tuple(f"{name}:{value}" for name, value in limits.items() if value is not None)


def _field(number: int | None, setting: Setting, day: date) -> Standing:
    in_force = setting.codes.new_industry_from
    if in_force is not None and day < in_force:
        return Standing.FIELDS_UNKNOWN
    if number is None:
        return Standing.NEEDS_FIELD
    return Standing.WITHIN if str(number) in setting.codes.new_industry else Standing.NO_SUCH_FIELD


def _without_business(program: Program) -> Checks:
    reading = Reading("business_age", "entity", Entity.PRE_FOUNDER.value, required_age(program), "act-2")
    if Entity.PRE_FOUNDER in program.entities:
        return reading.passes()
    counted_later = reference_days(program, date.min) == (date.min, date.min)
    open_to_new = not program.min_age_years and program.max_age_years != 0
    return reading.fails(Unlock("register_business") if counted_later and open_to_new else NOTHING)


_REFUSED = {Standing.TOO_YOUNG, Standing.TOO_OLD, Standing.NOT_YET_FOUNDED}
_WITH_FIELD = {Standing.WITHIN, Standing.NEEDS_FIELD, Standing.NO_SUCH_FIELD}


def _what_decides(ends: set[Standing], program: Program) -> Unlock | None:
    """Say what is needed to decide, or None where the firm is refused on every day that the notice may have."""
    if Standing.FIELDS_UNKNOWN in ends:
        return Unlock("confirm", value="new_industry_evidence")
    if Standing.NOT_YET_FOUNDED in ends and Entity.PRE_FOUNDER in program.entities:
        return Unlock("confirm", value="founded_after_notice")
    if ends <= _REFUSED or ends <= _WITH_FIELD - {Standing.WITHIN}:
        return None
    if ends <= _WITH_FIELD:
        return Unlock("name_field")
    return Unlock("state_in_notice" if Standing.WITHIN in ends else "name_field_and_notice", value="notice_on")


def _way_in(ends: set[Standing], startup: Startup, program: Program, setting: Setting) -> Unlock:
    if ends <= _WITH_FIELD:
        return Unlock("name_field")
    if startup.founded_on is None or reference_days(program, setting.on) != (setting.on, setting.on):
        return NOTHING
    day = anniversary(startup.founded_on, program.min_age_years or 0)
    waiting_helps = day > setting.on and standing(startup, program, setting, day) is Standing.WITHIN
    return Unlock("wait_until", on=day) if waiting_helps and program.notice_on is None else NOTHING


def cuts(program: Program, setting: Setting) -> tuple[date, ...]:
    """List the founding days after which, for this program, the answer may be another."""
    limits = (program.min_age_years, program.max_age_years, program.max_age_years_new_industry)
    ends = set(reference_days(program, setting.on))
    aged = {last_founding_day(day, years) for day in ends for years in limits if years is not None}
    return tuple(sorted(aged | ends))


def kinds(startup: Startup, setting: Setting) -> Hashable:
    """Tell apart what else of a startup the answer depends on: being a pre-founder, and having a listed field."""
    number = startup.new_industry_field
    listed = number is not None and str(number) in setting.codes.new_industry
    return startup.entity is Entity.PRE_FOUNDER, startup.founded_on is None, number is None, listed


RULES = (
    Rule(
        "business_age",
        ("entity", "founded_on", "new_industry_field"),
        (
            "entities",
            "year",
            "notice_on",
            "opens_on",
            "closes_on",
            "always_open",
            "min_age_years",
            "max_age_years",
            "max_age_years_new_industry",
        ),
        business_age,
        cuts=cuts,
        kinds=kinds,
    ),
)
