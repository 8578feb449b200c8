"""An unlock carried out: the startup, program or day as they would be once the named change has been made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time

from model.domain import Check, Entity, Participation, ParticipationStatus, Program, Stage, Startup, Unlock
from model.eligibility.calendar import day_before, reference_days
from model.eligibility.participation import said

PERSON = frozenset({"confirm"})
"""Unlocks that a person settles by looking outside the data."""

NOTICE = frozenset({"state_in_notice", "name_field_and_notice"})
"""Unlocks that a fact of the program's notice settles."""

FACTS = frozenset({"state", "state_district", "state_full_code", "correct_number", "name_program"})
"""Unlocks that a fact of the startup settles, whichever way it turns out."""

ACTIONS = frozenset(
    {
        "register_business",
        "register_corporation",
        "reach_stage",
        "offer_language",
        "qualify_representatives",
        "name_field",
        "move_head_office",
        "change_industry",
        "withdraw_application",
    }
)
"""Unlocks that the startup brings about itself."""

WAITING = frozenset({"wait_until", "before_hour"})
"""Unlocks that time brings."""

CODES = PERSON | NOTICE | FACTS | ACTIONS | WAITING | {"nothing"}
"""Every unlock that a rule may give."""


@dataclass(frozen=True, slots=True)
class Case:
    """One pair on one day, as a whole to be changed."""

    startup: Startup
    program: Program
    on: date
    at: time | None = None


def carried_out(case: Case, check: Check, *, head_office: str = "", industry: str = "") -> Case | None:
    """Give the case with a check's unlock carried out; None where no action, day or hour by itself would do.

    `head_office` and `industry` are the codes moved or changed to; without them such an unlock isn't carried out.
    """
    unlock = check.unlock
    if unlock is None or unlock.code not in ACTIONS | WAITING:
        return None
    if unlock.code == "wait_until":
        return replace(case, on=unlock.on or case.on, at=time.min)  # the day begins at midnight
    if unlock.code == "before_hour":
        return replace(case, at=time.min)
    if unlock.code == "move_head_office":
        return replace(case, startup=replace(case.startup, region=head_office)) if head_office else None
    if unlock.code == "change_industry":
        return replace(case, startup=replace(case.startup, industry=industry)) if industry else None
    return replace(case, startup=_changed(case, unlock))


def _changed(case: Case, unlock: Unlock) -> Startup:
    startup = case.startup
    if unlock.code == "register_business":
        _, last = reference_days(case.program, case.on) or (case.on, case.on)
        return replace(startup, entity=Entity.SOLE_PROPRIETOR, founded_on=day_before(last))
    if unlock.code == "register_corporation":
        return replace(startup, entity=Entity.CORPORATION)
    if unlock.code == "reach_stage":
        return replace(startup, stage=Stage(str(unlock.value)))
    if unlock.code == "offer_language":
        offered = unlock.value if isinstance(unlock.value, tuple) else ()
        return replace(startup, languages=(*startup.languages, *offered))
    if unlock.code == "qualify_representatives":
        return replace(startup, representatives_qualify=True)
    if unlock.code == "name_field":
        return replace(startup, new_industry_field=1)
    ended = unlock.value if isinstance(unlock.value, tuple) else ()
    return replace(startup, history=tuple(_ended(entry, ended) for entry in startup.history))


def _ended(entry: Participation, ended: tuple[str, ...]) -> Participation:
    is_meant = said(entry) in ended
    return replace(entry, status=ParticipationStatus.APPLICATION_WITHDRAWN) if is_meant else entry
