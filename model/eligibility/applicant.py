"""Rules on who applies: kind of firm, legal form, investment stage, languages, joint representatives."""

from __future__ import annotations

from collections.abc import Iterable

from model.domain import Entity, Kind, Program, Stage, Startup, Unlock
from model.eligibility.rule import NOTHING, SILENT, Checks, FactReading, Rule, Setting

CO_REPRESENTATIVES = "co_representatives"

_STAGES = tuple(Stage)


def kind(startup: Startup, program: Program, _setting: Setting) -> Checks:
    """The applicant must be of a kind that the program takes; a program that names none takes startups."""
    wanted = program.applicants or (Kind.STARTUP,)
    reading = FactReading("kind", "kind", startup.kind.value, _values(wanted))
    return reading.passes() if startup.kind in wanted else reading.fails()


def entity(startup: Startup, program: Program, _setting: Setting) -> Checks:
    """The legal form must be one that the program names; founding a business can change it, but not undo it."""
    if not program.entities:
        return SILENT
    entity_code = startup.entity.value if startup.entity else None
    reading = FactReading("entity", "entity", entity_code, _values(program.entities))
    if startup.entity is None:
        return reading.missing()
    if startup.entity in program.entities:
        return reading.passes()
    return reading.fails(_founding(startup.entity, program.entities))


def _founding(now: Entity, wanted: tuple[Entity, ...]) -> Unlock:
    if now is Entity.PRE_FOUNDER and Entity.SOLE_PROPRIETOR in wanted:
        return Unlock("register_business")
    if Entity.CORPORATION in wanted:
        return Unlock("register_corporation")
    return NOTHING


def stage(startup: Startup, program: Program, _setting: Setting) -> Checks:
    """The investment stage must be one that the program names; a later stage can be reached, an earlier one can't."""
    if not program.stages:
        return SILENT
    stage_code = startup.stage.value if startup.stage else None
    reading = FactReading("stage", "stage", stage_code, _values(sorted(program.stages, key=_STAGES.index)))
    if startup.stage is None:
        return reading.missing()
    if startup.stage in program.stages:
        return reading.passes()
    later = [s for s in _STAGES[_STAGES.index(startup.stage) :] if s in program.stages]
    return reading.fails(Unlock("reach_stage", value=later[0].value) if later else NOTHING)


def languages(startup: Startup, program: Program, setting: Setting) -> Checks:
    """The startup must be able to take part in one of the program's languages.

    Words that are no known language count for nothing beside known ones; alone they leave the answer open.
    """
    if not program.languages:
        return SILENT
    reading = FactReading("languages", "languages", tuple(startup.languages), tuple(program.languages))
    if not startup.languages:
        return reading.missing()
    own, wanted = _known(startup.languages, setting), _known(program.languages, setting)
    if own & wanted:
        return reading.passes()
    if not own:
        return reading.missing()
    if any(setting.codes.languages.find(word) is None for word in program.languages):
        return reading.unsure(Unlock("state_in_notice", value="languages"))
    return reading.fails(Unlock("offer_language", value=tuple(sorted(wanted))))


def _known(words: Iterable[str], setting: Setting) -> frozenset[str]:
    codes = (setting.codes.languages.find(word) for word in words)
    return frozenset(code for code in codes if code)


def representatives(startup: Startup, program: Program, _setting: Setting) -> Checks:
    """All joint representatives must meet the conditions, where a notice says so or there is more than one."""
    several = startup.representatives is not None and startup.representatives > 1
    refused = startup.representatives_qualify is False
    if not several and not refused and CO_REPRESENTATIVES not in program.manual_checks:
        return SILENT
    known = startup.representatives is not None or startup.representatives_qualify is not None
    field = "representatives_qualify" if known else "representatives"
    count = startup.representatives if startup.representatives_qualify is None else startup.representatives_qualify
    reading = FactReading("representatives", field, count, True, "notice-representatives")
    if refused:
        return reading.fails(Unlock("qualify_representatives"))
    if startup.representatives == 1 or startup.representatives_qualify:
        return reading.passes()
    return reading.missing()


def _values(members: Iterable[Kind | Entity | Stage]) -> tuple[str, ...]:
    return tuple(member.value for member in members)


RULES = (
    Rule("kind", ("kind",), ("applicants",), kind),
    Rule("entity", ("entity",), ("entities",), entity),
    Rule("stage", ("stage",), ("stages",), stage),
    Rule("languages", ("languages",), ("languages",), languages),
    Rule("representatives", ("representatives", "representatives_qualify"), ("manual_checks",), representatives),
)
