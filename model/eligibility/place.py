"""Rules on where the head office lies: regions named by the program, and outside the capital area."""

from __future__ import annotations

from model.domain import Program, Startup, Unlock
from model.eligibility.rule import SILENT, Checks, FactReading, Rule, Setting
from model.vocabulary.places import NON_CAPITAL, Relation


def region(startup: Startup, program: Program, setting: Setting) -> Checks:
    """The head office must lie in a region that the program names, by the borders of the day.

    Old and new codes of the same place are the same place. Where a code only partly covers what the program names
    (a 시도 against a 시군구, a merged or divided district against its parts) or is no known code, a person must look.
    """
    if not program.regions:
        return SILENT
    reading = FactReading("region", "region", startup.region, tuple(program.regions), "notice-head-office")
    if not startup.region:
        return reading.missing()
    relation = setting.codes.regions.relation(startup.region.strip(), program.regions, setting.on)
    if relation is Relation.INSIDE:
        return reading.passes()
    if relation is Relation.UNCERTAIN:
        return reading.unsure(_what_decides(startup.region.strip(), program, setting))
    return reading.fails(Unlock("move_head_office", value=tuple(program.regions)))


def capital_area(startup: Startup, program: Program, setting: Setting) -> Checks:
    """A program for firms outside the capital area takes head offices outside 서울, 인천 and 경기.

    Since 2025-07-22 border and population-decline areas inside the capital area count as outside it; before that
    day they don't. A code that covers both kinds (41 or 28 alone) leaves the answer open.
    """
    if not program.non_capital_only:
        return SILENT
    reading = FactReading("capital_area", "region", startup.region, NON_CAPITAL, "act-10")
    if not startup.region:
        return reading.missing()
    relation = setting.codes.regions.outside_capital(startup.region.strip(), setting.on)
    if relation is Relation.INSIDE:
        return reading.passes()
    if relation is Relation.UNCERTAIN:
        return reading.unsure(Unlock("state_district", value="region"))
    return reading.fails(Unlock("move_head_office", value=NON_CAPITAL))


def _what_decides(code: str, program: Program, setting: Setting) -> Unlock:
    regions = setting.codes.regions
    if code in regions and any(target not in regions for target in program.regions):
        return Unlock("state_in_notice", value="regions")
    return Unlock("state_district", value="region")


RULES = (
    Rule("region", ("region",), ("regions",), region),
    Rule("capital_area", ("region",), ("non_capital_only",), capital_area),
)
