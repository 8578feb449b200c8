"""Is it a founding, and since which day? Earlier businesses, changes of form and the start-up certificate.

Enforcement Decree of the Support for Small and Medium Enterprise Establishment Act, article 2: resuming the same
business (equal five-digit KSIC) within three years of closing it, two after a bankruptcy, is no founding, and a
change of form goes on as the same business. Since 2026-01-01 its paragraph 2 lets some firms count as founded from
a later day, which the start-up certificate (창업기업확인서) states as 창업 기준 충족일.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from model.domain import Business, Entity, Program, Startup, Unlock
from model.eligibility.calendar import COUNTED_BY, anniversary, reference_days
from model.eligibility.rule import SILENT, Checks, FactReading, Rule, Setting
from model.vocabulary.places import Relation

RESUMED_YEARS, RESUMED_YEARS_BANKRUPT = 3, 2
DETAILED = 5
"""Digits of a KSIC code at which businesses are the same."""

AGE_LIMITS = ("founded_from", "founded_until", "min_age_years", "max_age_years", "max_age_years_new_industry")
"""What of a program's row limits business age, and so asks for a founding."""


def limits_age(program: Program) -> bool:
    """Tell whether a program limits the age of the firms that it takes."""
    return any(getattr(program, name) is not None for name in AGE_LIMITS)


class FoundingDays(NamedTuple):
    """The days from which a firm's age may count, none where no day is known; `has_earlier`: or from one before them.

    `field` is the startup's field that tells the first of them.
    """

    days: tuple[date, ...]
    field: str
    has_earlier: bool = False


def founding_days(startup: Startup, on: date) -> FoundingDays:
    """Tell from which day the firm's age counts, or between which days the data doesn't decide.

    A firm that an earlier business became counts from that one's opening. A certificate in force decides for the
    day that it states; without one both days stay possible. So they do where an earlier business of the same kind
    isn't known to be closed. An opening that isn't known was before the firm's own founding.
    """
    basis, until = startup.founding_basis_on, startup.founding_certificate_until
    if basis and startup.founding_certificate and until and until >= on:
        return FoundingDays((basis,), "founding_basis_on")
    converted = [business.opened_on for business in startup.previous_businesses if business.converted]
    first = min((day for day in converted if day), default=startup.founded_on)
    field = "previous_businesses" if converted else "founded_on"
    if first is None:
        return FoundingDays((), field)
    goes_on = [b.opened_on for b in startup.previous_businesses if _may_go_on(b, startup)]
    days = dict.fromkeys([first, *(day for day in goes_on if day), *([basis] if basis else [])])
    return FoundingDays(tuple(days), field, None in converted or None in goes_on)


def _may_go_on(business: Business, startup: Startup) -> bool:
    is_other = _same_kind(business.industry, startup.industry) is Relation.OUTSIDE
    return not (business.converted or business.closed_on or is_other)


def contradicting_field(startup: Startup) -> str | None:
    """Name the field that states a founding of a pre-founder, who has registered no business; None where none does.

    >>> contradicting_field(Startup("s", entity=Entity.PRE_FOUNDER, founded_on=date(2024, 3, 4)))
    'founded_on'
    """
    if startup.entity is not Entity.PRE_FOUNDER:
        return None
    days = (name for name in ("founded_on", "founding_basis_on") if getattr(startup, name))
    is_converted = any(business.converted for business in startup.previous_businesses)
    return next(days, "previous_businesses" if is_converted else None)


def founding(startup: Startup, program: Program, _setting: Setting) -> Checks:
    """A program that limits business age takes foundings, which a business resumed too soon is not.

    Silent where no earlier business is stated: that a firm has none can't be known from its data.
    """
    if not limits_age(program) or not startup.previous_businesses:
        return SILENT
    businesses = tuple(
        f"{b.industry or ''}:{b.opened_on or ''}:{b.closed_on or ''}" for b in startup.previous_businesses
    )
    reading = FactReading("founding", "previous_businesses", businesses, startup.industry, "decree-2")
    answers = {_continues(business, startup) for business in startup.previous_businesses}
    if Relation.INSIDE in answers:
        return reading.fails()
    if Relation.UNCERTAIN in answers:
        return reading.unsure(Unlock("confirm", value="not_a_founding"))
    return reading.passes()


def founding_certificate(startup: Startup, program: Program, setting: Setting) -> Checks:
    """Where a notice demands the start-up certificate, its day must not be after the notice, nor its validity over."""
    if not program.founding_certificate_required or startup.entity is Entity.PRE_FOUNDER:
        return SILENT
    day = startup.founding_basis_on
    stated_on = day.isoformat() if day else None
    first, last = reference_days(program, setting.on) or (date.min, date.max)
    required = last.isoformat() if first == last else None
    if day is None:
        return FactReading("founding_certificate", "founding_basis_on", stated_on, required, "decree-2").missing()
    reading = FactReading("founding_certificate", "founding_basis_on", stated_on, required, "decree-2")
    if day > last:
        return reading.fails()
    if not startup.founding_certificate:
        return FactReading("founding_certificate", "founding_certificate", None, required, "decree-2").missing()
    until = startup.founding_certificate_until
    if until is None or until < setting.on:
        over = until.isoformat() if until else None
        return FactReading("founding_certificate", "founding_certificate_until", over, required, "decree-2").missing()
    if day > first:
        return reading.unsure(Unlock("state_in_notice", value="notice_on"))
    return reading.passes()


def _continues(business: Business, startup: Startup) -> Relation:
    """Tell whether the firm goes on with an earlier business, so that it is no founding of its own."""
    same = _same_kind(business.industry, startup.industry)
    if business.converted:
        return Relation.OUTSIDE if business.opened_on else Relation.UNCERTAIN  # the age runs on instead
    if same is Relation.OUTSIDE:
        return same
    if business.closed_on is None or startup.founded_on is None or startup.founded_on <= business.closed_on:
        return Relation.UNCERTAIN
    if startup.founded_on >= anniversary(business.closed_on, RESUMED_YEARS):
        return Relation.OUTSIDE
    late_enough = startup.founded_on >= anniversary(business.closed_on, RESUMED_YEARS_BANKRUPT)
    if late_enough and business.bankrupt is not False:
        return Relation.OUTSIDE if business.bankrupt else Relation.UNCERTAIN
    return same


def _same_kind(code: str | None, other: str | None) -> Relation:
    if not code or not other:
        return Relation.UNCERTAIN
    length = min(len(code), len(other))
    if code[:length] != other[:length]:
        return Relation.OUTSIDE
    return Relation.INSIDE if length >= DETAILED else Relation.UNCERTAIN


_ABOUT_FOUNDING = ("previous_businesses", "industry", "founded_on")
RULES = (
    Rule(
        "founding", _ABOUT_FOUNDING, AGE_LIMITS, founding, states=limits_age, concerns="previous_businesses", alike=True
    ),
    Rule(
        "founding_certificate",
        ("entity", "founding_basis_on", "founding_certificate", "founding_certificate_until"),
        ("founding_certificate_required", *COUNTED_BY),
        founding_certificate,
        states=lambda program: bool(program.founding_certificate_required),
    ),
)
