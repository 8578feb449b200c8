"""Business age: founding ranges as notices print them, completed years, the 10-year exception, pre-founders."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from model.domain import Entity, Program, Result, Startup, Unlock
from model.eligibility.calendar import (
    COUNTED_BY,
    anniversary,
    completed_years,
    day_before,
    last_founding_day,
    reference_days,
)
from model.eligibility.founding import AGE_LIMITS, FoundingDays, founding_days, limits_age
from model.eligibility.naming import ProgramNames
from model.eligibility.rule import NOTHING, SILENT, Checks, FactReading, Rule, Setting


class AgeStanding(Enum):
    """How a founding date stands to a program's age limits on one reference day."""

    WITHIN = "within"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    NEEDS_FIELD = "needs_field"
    NO_SUCH_FIELD = "no_such_field"
    FIELDS_UNKNOWN = "fields_unknown"
    NOT_YET_FOUNDED = "not_yet_founded"


@dataclass(frozen=True, slots=True)
class AgeLimits:
    """What a program asks of a firm's age on a day: as facts, and the standings met before.

    `standings` is keyed by the place of a founding day among `cuts`, and by the new-industry field, which is listed,
    not listed or None: nothing else of a startup decides.
    """

    required: tuple[str, ...]
    cuts: tuple[date, ...]
    standings: dict[tuple[int, bool | None], frozenset[AgeStanding]] = field(default_factory=dict)


def business_age(startup: Startup, program: Program, setting: Setting) -> Checks:
    """The firm must be old and young enough on the day that counts; a named new-industry field raises the limit.

    A notice that prints the founding days that it takes is followed to the day. Without them "within N years" is
    read in both ways that notices have: the day on which N years are complete is out (2026-259), or still in, and
    the day of counting itself out (2026-278). Where the readings, the days on which the notice may be dated or the
    days from which the firm may count differ in the answer, a person must look.

    A firm above the general limit that names no field is refused, as the notices do: choosing a field is part of
    the application, not a fact that could be looked up. A field counts only from the day of the list in force.
    """
    if not limits_age(program):
        return SILENT
    counted = founding_days(startup, setting.on)
    if startup.entity is Entity.PRE_FOUNDER:
        checks = _without_business(program)
        # a pre-founder's record that states a founding contradicts itself, and passes only where both would
        if not counted.days or checks[0].result is not Result.PASS:
            return checks
    basis = "decree-3" if program.max_age_years_new_industry is None else "act-25-4"
    if not counted.days:
        return FactReading("business_age", counted.field, None, required_age(program), basis).missing()
    days = tuple(day.isoformat() for day in counted.days)
    limits = setting.naming.ready(_limits, program, setting.on)
    # a day before which nothing is known may lie in any stretch of the program's before it
    before = [cut for cut in limits.cuts if cut < counted.days[0]] if counted.has_earlier else []
    ends = frozenset[AgeStanding]().union(
        *(_standings(startup, day, program, setting, limits) for day in (*counted.days, *before))
    )
    reading = FactReading("business_age", counted.field, days if len(days) > 1 else days[0], limits.required, basis)
    if ends == {AgeStanding.WITHIN}:
        return reading.passes()
    unlock = _what_decides(ends, program, counted)
    return reading.unsure(unlock) if unlock else reading.fails(_way_in(ends, startup, program, setting))


def _limits(program: Program, _naming: ProgramNames, on: date) -> AgeLimits:
    return AgeLimits((*required_age(program), *_readings(program, on)), cuts(program, on))


def _standings(
    startup: Startup, founded: date, program: Program, setting: Setting, limits: AgeLimits
) -> frozenset[AgeStanding]:
    number = startup.new_industry_field
    key = bisect_left(limits.cuts, founded), None if number is None else str(number) in setting.codes.new_industry
    if key not in limits.standings:
        limits.standings[key] = frozenset(standings(startup, founded, program, setting))
    return limits.standings[key]


def standings(startup: Startup, founded: date, program: Program, setting: Setting) -> set[AgeStanding]:
    """Tell how a founding day may stand to the limits, over the days of counting and the readings of the years."""
    if program.founded_from or program.founded_until:
        ranged = _ranged(startup, founded, program, setting)
        if ranged is not None:
            return ranged
    span = reference_days(program, setting.on)
    if span is None:
        # nothing bounds the day of counting, so nothing is sure
        return _outside_print({AgeStanding.WITHIN, AgeStanding.TOO_OLD, AgeStanding.TOO_YOUNG}, program)
    first, last = day_before(span[0]), span[1]  # the second reading counts as the first did a day earlier
    days = _turns(founded, program, first, last)
    counted = {_counted(startup, founded, program, setting, day, max(day, span[0])) for day in days}
    return _outside_print(counted, program)


def required_age(program: Program) -> tuple[str, ...]:
    """Write the limits as facts: `over:3`, `within:7`, `within_new_industry:10`, `from:2019-04-20`, `at:2026-04-14`."""
    counted = program.age_counted_on or (program.notice_on if program.age_counted is None else None)
    limits = {
        "over": program.min_age_years,
        "within": program.max_age_years,
        "within_new_industry": program.max_age_years_new_industry,
        "from": program.founded_from,
        "until": program.founded_until,
        "at": counted,
    }
    return tuple(f"{name}:{value}" for name, value in limits.items() if value is not None)


def _ranged(startup: Startup, founded: date, program: Program, setting: Setting) -> set[AgeStanding] | None:
    """Follow the printed range; None where the side that it leaves out has to be counted in years."""
    if program.founded_until and founded > program.founded_until:
        return {AgeStanding.TOO_YOUNG if program.min_age_years else AgeStanding.NOT_YET_FOUNDED}
    if program.founded_from and founded < program.founded_from:
        return {_in_new_industry(startup, founded, program, setting)}
    return {AgeStanding.WITHIN} if program.founded_from and program.founded_until else None


def _outside_print(counted: Set[AgeStanding], program: Program) -> set[AgeStanding]:
    """Leave to the years only the side of the range that the notice doesn't print; a day within settles the other."""
    printed = (_OLD if program.founded_from else set()) | (_YOUNG if program.founded_until else set())
    return {AgeStanding.WITHIN if standing in printed else standing for standing in counted}


def _in_new_industry(startup: Startup, founded: date, program: Program, setting: Setting) -> AgeStanding:
    """The exception begins as many years before the printed day as it is longer, by the same reading."""
    more, limit = program.max_age_years_new_industry, program.max_age_years
    if program.founded_from is None or more is None or limit is None:
        return AgeStanding.TOO_OLD
    if founded < last_founding_day(program.founded_from, more - limit):
        return AgeStanding.TOO_OLD
    return _field(startup.new_industry_field, setting, program.notice_on or setting.on)


def _counted(
    startup: Startup, founded: date, program: Program, setting: Setting, day: date, listed_on: date
) -> AgeStanding:
    if founded > day:
        return AgeStanding.NOT_YET_FOUNDED
    age = completed_years(founded, day)
    if program.min_age_years is not None and age < program.min_age_years:
        return AgeStanding.TOO_YOUNG
    if program.max_age_years is None or age < program.max_age_years:
        return AgeStanding.WITHIN
    if program.max_age_years_new_industry is None or age >= program.max_age_years_new_industry:
        return AgeStanding.TOO_OLD
    return _field(startup.new_industry_field, setting, listed_on)


def _turns(founded: date, program: Program, first: date, last: date) -> Iterator[date]:
    """The ends of the days of counting, and those between on which the answer may turn."""
    yield from (first, last)
    limits = (program.min_age_years, program.max_age_years, program.max_age_years_new_industry)
    for day in (founded, *(anniversary(founded, years) for years in limits if years is not None)):
        yield from (turn for turn in (day_before(day), day) if first < turn < last)


def _field(number: int | None, setting: Setting, day: date) -> AgeStanding:
    in_force = setting.codes.new_industry_from
    if in_force is not None and day < in_force:
        return AgeStanding.FIELDS_UNKNOWN
    if number is None:
        return AgeStanding.NEEDS_FIELD
    return AgeStanding.WITHIN if str(number) in setting.codes.new_industry else AgeStanding.NO_SUCH_FIELD


def _without_business(program: Program) -> Checks:
    reading = FactReading("business_age", "entity", Entity.PRE_FOUNDER.value, required_age(program), "act-2")
    if Entity.PRE_FOUNDER in program.entities:
        return reading.passes()
    counted_later = reference_days(program, date.min) == (date.min, date.min)
    open_to_new = not program.min_age_years and program.max_age_years != 0 and not program.founded_until
    return reading.fails(Unlock("register_business") if counted_later and open_to_new else NOTHING)


_YOUNG = {AgeStanding.TOO_YOUNG, AgeStanding.NOT_YET_FOUNDED}
_OLD = {AgeStanding.TOO_OLD, AgeStanding.NEEDS_FIELD, AgeStanding.NO_SUCH_FIELD, AgeStanding.FIELDS_UNKNOWN}
_REFUSED = {AgeStanding.TOO_OLD, *_YOUNG}
_WITH_FIELD = {AgeStanding.WITHIN, AgeStanding.NEEDS_FIELD, AgeStanding.NO_SUCH_FIELD}


def _readings(program: Program, on: date) -> tuple[str, ...]:
    """Write the founding days that each reading of the years takes, where one day of counting is known."""
    span = reference_days(program, on)
    if program.founded_from or program.max_age_years is None or span is None or span[0] != span[1]:
        return ()
    days = (span[0], day_before(span[0]))
    first = [last_founding_day(day, program.max_age_years) + timedelta(days=1) for day in days]
    last = [last_founding_day(day, program.min_age_years or 0) for day in days]
    return tuple(f"reading:{early}~{other}" for early, other in zip(first, last, strict=True))


def _what_decides(ends: Set[AgeStanding], program: Program, counted: FoundingDays) -> Unlock | None:
    """Say what is needed to decide, or None where the firm is refused on every day and reading."""
    if AgeStanding.FIELDS_UNKNOWN in ends:
        return Unlock("confirm", value="new_industry_evidence")
    if AgeStanding.NOT_YET_FOUNDED in ends and Entity.PRE_FOUNDER in program.entities:
        return Unlock("confirm", value="founded_after_notice")
    if ends <= _REFUSED or ends <= _WITH_FIELD - {AgeStanding.WITHIN}:
        return None
    if counted.has_earlier:
        return Unlock("state", value="previous_businesses")
    if len(counted.days) > 1:
        return Unlock("confirm", value="founding_day")
    if ends <= _WITH_FIELD:
        return Unlock("name_field")
    if AgeStanding.WITHIN not in ends:
        return Unlock("name_field_and_notice", value="notice_on")
    is_dated = program.notice_on or program.age_counted_on or program.always_open
    return Unlock("state_in_notice", value="founded_from" if is_dated else "notice_on")


def _way_in(ends: Set[AgeStanding], startup: Startup, program: Program, setting: Setting) -> Unlock:
    if ends <= _WITH_FIELD:
        return Unlock("name_field")
    counted = founding_days(startup, setting.on)
    counted_now = reference_days(program, setting.on) == (setting.on, setting.on) and not program.notice_on
    if len(counted.days) != 1 or counted.has_earlier or not counted_now:
        return NOTHING
    # a day later than the anniversary, both readings agree that the years are complete
    day = anniversary(counted.days[0], program.min_age_years or 0) + timedelta(days=1)
    after = Setting(day, setting.codes, setting.at, setting.names)
    # a certificate that is over by then decides no longer
    holds = day > setting.on and founding_days(startup, day) == counted
    is_within = holds and standings(startup, counted.days[0], program, after) == {AgeStanding.WITHIN}
    return Unlock("wait_until", on=day) if is_within else NOTHING


def cuts(program: Program, on: date) -> tuple[date, ...]:
    """List the founding days after which, for this program, the answer may be another."""
    limits = (0, program.min_age_years, program.max_age_years, program.max_age_years_new_industry)
    span = reference_days(program, on)
    ends = {near for day in span or () for near in (day_before(day), day)}
    aged = {last_founding_day(day, years) for day in ends for years in limits if years is not None}
    more, limit = program.max_age_years_new_industry, program.max_age_years
    if program.founded_from:
        aged.add(day_before(program.founded_from))
        aged |= {day_before(last_founding_day(program.founded_from, more - limit))} if more and limit else set()
    return tuple(sorted(aged | ({program.founded_until} if program.founded_until else set())))


def kinds(startup: Startup, setting: Setting) -> Hashable:
    """Tell apart what else of a startup the answer depends on: pre-founders, listed fields, and other founding days."""
    number = startup.new_industry_field
    listed = number is not None and str(number) in setting.codes.new_industry
    usual = startup.founding_basis_on is None and not startup.previous_businesses
    other = None if usual else founding_days(startup, setting.on)
    return startup.entity is Entity.PRE_FOUNDER, startup.founded_on is None, number is None, listed, other


RULES = (
    Rule(
        "business_age",
        (
            "entity",
            "founded_on",
            "new_industry_field",
            "industry",
            "founding_basis_on",
            "founding_certificate",
            "founding_certificate_until",
            "previous_businesses",
        ),
        ("entities", *COUNTED_BY, *AGE_LIMITS),
        business_age,
        states=limits_age,
        cuts=cuts,
        kinds=kinds,
    ),
)
