"""Rules on other programs: one application per group and year, none carried out beside another, none once again.

A history holds names as people write them. A name that isn't known is never taken as harmless: whatever its year,
every rule that names programs answers that a person must look. Nor is a year that has yet to begin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from model.codes import REACHED
from model.domain import (
    Check,
    Confidence,
    Conflict,
    Participation,
    ParticipationStatus,
    Program,
    Result,
    Startup,
    Unlock,
)
from model.eligibility.naming import ProgramNames, years_beside
from model.eligibility.rule import NOTHING, SILENT, Answer, Checks, FactReading, Rule, Setting, is_ahead
from model.vocabulary.families import folded
from model.vocabulary.places import Relation

SAME_YEAR = "same"
_GRAVITY = {Result.PASS: 0, Result.NEEDS_CHECK: 1, Result.FAIL: 2}
_PASS: Answer = (Result.PASS, None)
_NAME: Answer = (Result.NEEDS_CHECK, Unlock("name_program"))
_AHEAD: Answer = (Result.NEEDS_CHECK, Unlock("confirm", value="participation_year"))


def exclusive_group(startup: Startup, program: Program, setting: Setting) -> Checks:
    """A startup may apply to only one program of a group in a year; its application to this very program is that one.

    Which families make up the group is read from the catalogue. A withdrawn or refused application, a second round
    of the same family, and a group of which the source isn't sure are for a person to look at.
    """
    if not program.exclusive_group:
        return SILENT
    reading = FactReading("exclusive_group", "history", None, program.exclusive_group)
    weigh = setting.naming.ready(_one_of_group, program)
    return _summed(reading, _by_now({entry: weigh(entry) for entry in startup.history}, program, setting))


def not_together(startup: Startup, program: Program, setting: Setting) -> Checks:
    """Programs that a notice names may not be carried out in the same year as this one, from a stage on.

    Only entries of the call's own year count, stopped and completed ones included; what is left of an agreement of
    another year doesn't bar. Where the call's year isn't known, no entry is sure to be of another.
    """
    reading = setting.naming.ready(_same_year_reading, program)
    if reading is None:
        return SILENT
    weigh = setting.naming.ready(_conflicting, program)
    return _summed(reading, _by_now({entry: weigh(entry) for entry in startup.history}, program, setting))


def past_participation(startup: Startup, program: Program, setting: Setting) -> Checks:
    """A program may bar whoever was in it, or in others, before: in any year, in the last years, or so many times.

    The applications, agreements and so on of one program in one year count as one participation.
    """
    stated = [conflict for conflict in program.not_together_with if conflict.years != SAME_YEAR]
    if not stated:
        return SILENT
    weighed: dict[Participation, Answer] = {}
    for conflict in stated:
        for entry, answer in _counted(startup.history, conflict, program, setting.naming).items():
            weighed[entry] = max(weighed.get(entry, _PASS), answer, key=_grave)
    return _summed(_reading("past_participation", stated), _by_now(weighed, program, setting))


def _by_now(
    weighed: Mapping[Participation, Answer], program: Program, setting: Setting
) -> Mapping[Participation, Answer]:
    ahead = {e: max(answer, _AHEAD, key=_grave) for e, answer in weighed.items() if is_ahead(e, program, setting.on)}
    return {**weighed, **ahead} if ahead else weighed


def _one_of_group(program: Program, naming: ProgramNames) -> Callable[[Participation], Answer]:
    group, find, year = program.exclusive_group or "", _finder(program, naming), program.year
    own = naming.family(program.family) if program.family else None
    rows = naming.groups.get(group, frozenset()) | {(own, program.id)}
    members = {family for family, _ in rows}
    umbrellas = {over for member in members if member for over in naming.umbrellas(member)}
    is_only_row = program.year is not None and sum(family == own for family, _ in rows) == 1
    is_sure = program.year is not None and program.exclusive_group_confidence is not Confidence.UNSURE

    def weigh(entry: Participation) -> Answer:
        family = find(entry.program_family, entry.year)
        if family is None:
            return _NAME
        if year is not None and entry.year != year:
            return _PASS
        if family == own:
            return _PASS if is_only_row else _look("own_application")
        if family in umbrellas:
            return _NAME  # it may have been this very program
        if family not in members:
            shares_umbrella = bool(naming.umbrellas(family, entry.year) & umbrellas)
            return _look("group_membership") if shares_umbrella or len(members) == 1 else _PASS
        if REACHED.get(entry.status, -1) < 0:
            return _look("withdrawn_application")
        return (Result.FAIL, NOTHING) if is_sure else _look("group_rule")

    return weigh


def _conflicting(program: Program, naming: ProgramNames) -> Callable[[Participation], Answer]:
    """Weigh entries against the conflicts of the same year, which are sorted once by what they name."""
    find, year = _finder(program, naming), program.year
    stated = [conflict for conflict in program.not_together_with if conflict.years == SAME_YEAR]
    by_family: dict[str, list[Conflict]] = {}
    for conflict in stated:
        if conflict.family:
            by_family.setdefault(naming.family(conflict.family), []).append(conflict)
    by_umbrella: dict[str, list[Conflict]] = {}
    for family, conflicts in by_family.items():
        for over in naming.umbrellas(family):
            by_umbrella.setdefault(over, []).extend(conflicts)
    of_class = [conflict for conflict in stated if conflict.program_class]

    def weigh(entry: Participation) -> Answer:
        family = find(entry.program_family, entry.year)
        if family is None:
            return _NAME
        if year is not None and entry.year != year:
            return _PASS
        near = [*by_family.get(family, ()), *of_class, *by_umbrella.get(family, ())]
        for over in naming.umbrellas(family, entry.year):
            near += by_family.get(over, ())
        return max([_barred(entry, family, code, program, naming) for code in near], key=_grave) if near else _PASS

    return weigh


def _barred(entry: Participation, family: str, conflict: Conflict, program: Program, naming: ProgramNames) -> Answer:
    """Tell whether a conflict bars on account of an entry: by what it names, how far it came, and its year."""
    relation = _named(entry, family, conflict, program, naming)
    if relation is Relation.OUTSIDE or _other_year(entry, program, conflict.years):
        return _PASS
    stage = max(REACHED.get(conflict.from_stage, 0), 0)
    if entry.status is ParticipationStatus.WITHDRAWN:
        return _look("withdrawn_when") if stage <= REACHED[ParticipationStatus.STOPPED] else _PASS
    if REACHED[entry.status] < stage:
        return _PASS
    if relation is Relation.UNCERTAIN:
        return _look("program_class") if conflict.program_class else _NAME
    # the last N years end within a year, of which an entry doesn't tell the day
    if program.year is None or (
        conflict.years.startswith("last") and entry.year == program.year - _last(conflict.years)
    ):
        return Result.NEEDS_CHECK, Unlock("state_in_notice", value="year")
    if conflict.confidence is Confidence.UNSURE:
        return _look("conflict_rule")
    can_withdraw = conflict.years == SAME_YEAR and REACHED[entry.status] < REACHED[ParticipationStatus.PLEDGED]
    return Result.FAIL, Unlock("withdraw_application", value=said(entry)) if can_withdraw else NOTHING


def _named(entry: Participation, family: str, conflict: Conflict, program: Program, naming: ProgramNames) -> Relation:
    if conflict.family:
        return naming.relation(family, naming.family(conflict.family), entry.year)
    if program.family and family == naming.family(program.family):
        return Relation.OUTSIDE  # "another program of the class": this very one isn't
    return naming.in_class(family, conflict.program_class or "")


def _counted(
    history: Sequence[Participation], conflict: Conflict, program: Program, naming: ProgramNames
) -> Mapping[Participation, Answer]:
    find = _finder(program, naming)
    families = {entry: find(entry.program_family, entry.year) for entry in history}
    answers = {
        entry: _barred(entry, family, conflict, program, naming) if family else _NAME
        for entry, family in families.items()
    }
    sure = {(families[e], e.year) for e, answer in answers.items() if answer[0] is Result.FAIL}
    if len(sure) >= conflict.times:
        return answers
    possible = {(families[e] or e.program_family, e.year) for e, answer in answers.items() if answer != _PASS}
    if len(possible) >= conflict.times:
        return {e: _look("times") if answer[0] is Result.FAIL else answer for e, answer in answers.items()}
    return {e: _PASS if families[e] else answer for e, answer in answers.items()}


def _other_year(entry: Participation, program: Program, years: str = SAME_YEAR) -> bool:
    """Tell whether an entry's year surely doesn't count; a call whose year isn't known leaves that open."""
    if program.year is None or years == "any":
        return False
    if years == SAME_YEAR:
        return entry.year != program.year
    return not program.year - _last(years) <= entry.year <= program.year


def _last(years: str) -> int:
    return int(years.removeprefix("last:"))


def _finder(program: Program, naming: ProgramNames) -> Callable[[str, int], str | None]:
    """Find families by name, those that the row itself names included, which are known by that.

    A name that holds another year than its entry is not known: either may be meant.
    """
    stated = (program.family, *(conflict.family for conflict in program.not_together_with))
    own = {folded(name): naming.family(name) for name in stated if name}

    def find(name: str, year: int) -> str | None:
        code, years = naming.stated(name)
        if code is None and (code := own.get(folded(name))):
            years = years_beside(name, code)
        return None if years and year not in years else code

    return find


def _look(value: str) -> Answer:
    return Result.NEEDS_CHECK, Unlock("confirm", value=value)


def _grave(answer: Answer) -> int:
    return _GRAVITY[answer[0]]


def _same_year_reading(program: Program, _naming: ProgramNames) -> FactReading | None:
    stated = [conflict for conflict in program.not_together_with if conflict.years == SAME_YEAR]
    return _reading("not_together", stated) if stated else None


def _reading(rule: str, stated: Iterable[Conflict]) -> FactReading:
    required = tuple(
        f"{c.family or f'class:{c.program_class}'}"
        f"{'' if c.years == SAME_YEAR else f':{c.years}*{c.times}'}:{c.from_stage.value}"
        for c in stated
    )
    bases = dict.fromkeys(conflict.basis for conflict in stated if conflict.basis)
    return FactReading(
        rule, "history", None, tuple(sorted(required)), f"notice:{'; '.join(bases)}" if bases else "act-12"
    )


def _summed(reading: FactReading, weighed: Mapping[Participation, Answer]) -> Checks:
    """Give the worst of the entries; no entry at all is an unknown history."""
    if not weighed:
        return reading.missing()
    open_entries = [entry for entry, answer in weighed.items() if answer[0] is not Result.PASS]
    if not open_entries:
        return reading.passes()
    open_entries.sort(key=lambda e: (e.year, e.program_family, e.status, str(e.pledged_at)))
    standing = [(weighed[entry], entry) for entry in open_entries]
    result = max((answer for answer, _ in standing), key=_grave)[0]
    entries = tuple(said(entry) for _, entry in standing)
    unlock = _all_of([(answer[1] or NOTHING, said(entry)) for answer, entry in standing])
    return (Check(reading.rule, result, reading.field, entries, reading.required, reading.basis, unlock),)


def _all_of(unlocks: Sequence[tuple[Unlock, str]]) -> Unlock:
    """Join what each entry asks for: what nothing can change decides, then what a person must look at, then names."""
    if any(unlock == NOTHING for unlock, _ in unlocks):
        return NOTHING
    for unlock, _ in unlocks:
        if unlock.code in ("confirm", "state_in_notice"):
            return unlock
    unnamed = tuple(entry for unlock, entry in unlocks if unlock.code == "name_program")
    if unnamed:
        return Unlock("name_program", value=unnamed)
    return Unlock("withdraw_application", value=tuple(entry for _, entry in unlocks))


def said(entry: Participation) -> str:
    """Write an entry as a fact: `nup:2026:running`, the program as it is written."""
    return f"{entry.program_family}:{entry.year}:{entry.status.value}"


RULES = (
    Rule(
        "exclusive_group",
        ("history",),
        ("id", "family", "exclusive_group", "exclusive_group_confidence", "not_together_with", "year"),
        exclusive_group,
        states=lambda program: bool(program.exclusive_group),
        weigh=_one_of_group,
    ),
    Rule(
        "not_together",
        ("history",),
        ("family", "not_together_with", "year"),
        not_together,
        states=lambda program: any(conflict.years == SAME_YEAR for conflict in program.not_together_with),
        weigh=_conflicting,
    ),
    Rule(
        "past_participation",
        ("history",),
        ("family", "not_together_with", "year"),
        past_participation,
        states=lambda program: any(conflict.years != SAME_YEAR for conflict in program.not_together_with),
    ),
)
