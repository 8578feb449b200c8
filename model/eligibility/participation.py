"""Rules on other programs: one application per group and year, and programs that may not be carried out together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from model.domain import Check, Participation, ParticipationStatus, Program, Result, Startup, Unlock
from model.eligibility.rule import NOTHING, SILENT, Answer, Checks, Reading, Rule, Setting, Weigh

_RISING: dict[ParticipationStatus, int] = {
    status: rank for rank, status in enumerate(s for s in ParticipationStatus if s is not ParticipationStatus.WITHDRAWN)
}
_IN_FORCE = {ParticipationStatus.AGREED, ParticipationStatus.RUNNING}
_GRAVITY = {Result.PASS: 0, Result.NEEDS_CHECK: 1, Result.FAIL: 2}


def exclusive_group(startup: Startup, program: Program, setting: Setting) -> Checks:
    """A startup may apply to only one program of a group in a year; its application to this very program is that one.

    Which families make up the group is read from the catalogue. A withdrawn application, a second round of the same
    family, and a family that the catalogue doesn't know are for a person to look at. An empty history is unknown.
    """
    if not program.exclusive_group:
        return SILENT
    reading = Reading("exclusive_group", "history", None, program.exclusive_group)
    return _worst(reading, startup.history, _exclusive, program, setting)


def not_together(startup: Startup, program: Program, setting: Setting) -> Checks:
    """Programs that a notice names may not be carried out together with this one in the same year, from a stage on.

    An entry of the program's own year counts from the named stage on, completion included, since the notices exclude
    whoever carries out the other program in that year. An agreement of an earlier year counts while it is in force;
    one older than a year is probably out of date and needs a look. Later years don't count.
    """
    if not program.not_together_with:
        return SILENT
    required = tuple(sorted(f"{conflict.family}:{conflict.from_stage.value}" for conflict in program.not_together_with))
    reading = Reading("not_together", "history", None, required, "act-12")
    return _worst(reading, startup.history, _together, program, setting)


_PASS: Answer = (Result.PASS, None)


def _exclusive(entry: Participation, program: Program, setting: Setting) -> Answer:
    group, family = program.exclusive_group, entry.program_family
    if not group or entry.year != _year(program, setting.on):
        return _PASS
    if family == program.family:
        rows = setting.rows.get((group, family), frozenset()) | {program.id}
        return _PASS if len(rows) == 1 else (Result.NEEDS_CHECK, Unlock("confirm", value="own_application"))
    members = setting.group(group) | {program.family}
    if family == group or family in members:
        if entry.status is ParticipationStatus.WITHDRAWN:
            return Result.NEEDS_CHECK, Unlock("confirm", value="withdrawn_application")
        return Result.FAIL, NOTHING
    known = family in setting.families or len(members) > 1
    return _PASS if known else (Result.NEEDS_CHECK, Unlock("confirm", value="group_membership"))


def _together(entry: Participation, program: Program, setting: Setting) -> Answer:
    stages = [c.from_stage for c in program.not_together_with if c.family == entry.program_family]
    if not stages:
        return _PASS
    answers = [_from_stage(entry, stage, _year(program, setting.on)) for stage in stages]
    return max(answers, key=lambda answer: _GRAVITY[answer[0]])


def _from_stage(entry: Participation, stage: ParticipationStatus, year: int) -> Answer:
    if entry.status is ParticipationStatus.WITHDRAWN or entry.year > year:
        return _PASS
    if _RISING[entry.status] < _RISING.get(stage, 0):
        return _PASS
    if entry.year == year:
        can_withdraw = _RISING[entry.status] < _RISING[ParticipationStatus.AGREED]
        return Result.FAIL, Unlock("withdraw_application", value=_said(entry)) if can_withdraw else NOTHING
    if entry.status not in _IN_FORCE:
        return _PASS
    unlock = Unlock("finish_agreement", value=_said(entry))
    return (Result.FAIL if entry.year == year - 1 else Result.NEEDS_CHECK), unlock


def _worst(
    reading: Reading, history: Iterable[Participation], weigh: Weigh, program: Program, setting: Setting
) -> Checks:
    entries = sorted(set(history), key=lambda e: (e.year, e.program_family, e.status))
    if not entries:
        return reading.missing()
    weighed = [(weigh(entry, program, setting), entry) for entry in entries]
    standing = [(answer, entry) for answer, entry in weighed if answer[0] is not Result.PASS]
    if not standing:
        return reading.passes()
    result = max((answer[0] for answer, _ in standing), key=_GRAVITY.__getitem__)
    found = tuple(_said(entry) for _, entry in standing)
    unlock = _all_of([answer[1] or NOTHING for answer, _ in standing])
    return (Check(reading.rule, result, reading.field, found, reading.required, reading.basis, unlock),)


def _all_of(unlocks: Sequence[Unlock]) -> Unlock:
    """Join what each entry asks for: one that nothing can change decides, then one that a person must look at."""
    for unlock in unlocks:
        if unlock == NOTHING:
            return NOTHING
    for unlock in unlocks:
        if unlock.code == "confirm":
            return unlock
    codes = {unlock.code for unlock in unlocks}
    values = tuple(str(unlock.value) for unlock in unlocks)
    return Unlock(codes.pop() if len(codes) == 1 else "finish_or_withdraw", value=values)


def _said(entry: Participation) -> str:
    return f"{entry.program_family}:{entry.year}:{entry.status.value}"


def _year(program: Program, on: date) -> int:
    day = program.notice_on or program.opens_on or program.closes_on or on
    return program.year or day.year


_DATES = ("year", "notice_on", "opens_on", "closes_on")
RULES = (
    Rule(
        "exclusive_group",
        ("history",),
        ("id", "family", "exclusive_group", *_DATES),
        exclusive_group,
        weigh=_exclusive,
    ),
    Rule("not_together", ("history",), ("not_together_with", *_DATES), not_together, weigh=_together),
)
