"""What the rules do to many: a program's exclusions and the catalogue's coverage, as schemas and as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import fields

from model.domain import Startup
from model.eligibility.overview import ProgramReach
from service.actions.catalogue.explain_eligibility import EligibilityBasis, OfCatalogue, OfProgram
from service.api.catalogue.eligibility_schema import Grounded, VerdictCounts, grounded
from service.api.wire.fields import Many, Strict, Text, TrueOrFalse, Whole, attributes
from service.api.wire.names_schema import ShownProgram, ShownStartup, shown
from service.wording import eligibility, overview


class ExclusionSchema(Strict):
    """What one rule of a program does to the stored startups."""

    rule = Text(required=True)
    label = Text(required=True)
    sentence = Text(required=True)
    fails = Whole(required=True, metadata={"description": "이 요건으로 제외되는 기업 수 · Startups that it shuts out"})
    needs_check = Whole(required=True)
    admitted = Whole(
        required=True,
        metadata={"description": "이 요건만 완화하면 제외되지 않는 기업 수 · Startups that it alone shuts out"},
    )
    clear = Whole(
        required=True,
        metadata={"description": "그중 더 확인할 것이 없는 기업 수 · Those of them with nothing left to check"},
    )
    startups = Many(fields.Nested(ShownStartup), required=True)


class ExclusionsSchema(Grounded):
    """Which rules of a program shut out how many of the stored startups, the one that shuts out most first."""

    program = fields.Nested(ShownProgram, required=True)
    counts = fields.Nested(VerdictCounts, required=True)
    rules = Many(fields.Nested(ExclusionSchema), required=True)


class RegionSchema(Strict):
    """How the startups of one 시도 fare; a null code gathers those whose region is not known."""

    region = Text(required=True, allow_none=True)
    name = Text(required=True)
    startups = Whole(required=True)
    with_eligible = Whole(required=True)
    only_needs_check = Whole(required=True)
    without_any = Whole(required=True)
    startups_without_any = Many(fields.Nested(ShownStartup), required=True)


class RegionReach(Strict):
    """How many startups of one 시도 a program can take."""

    region = Text(required=True, allow_none=True)
    name = Text(required=True)
    eligible = Whole(required=True)
    needs_check = Whole(required=True)


class ReachSchema(Strict):
    """How many startups a program can take, in all and by 시도."""

    program = fields.Nested(ShownProgram, required=True)
    is_closed = TrueOrFalse(
        required=True, metadata={"description": "기준일에 접수하지 않음 · Takes no applications on the day"}
    )
    eligible = Whole(required=True)
    needs_check = Whole(required=True)
    by_region = Many(fields.Nested(RegionReach), required=True)


class CoverageSchema(Grounded):
    """Startups with no eligible program by 시도; calls with the fewest eligible startups first, closed ones last."""

    startups = Whole(required=True)
    with_eligible = Whole(required=True)
    only_needs_check = Whole(required=True)
    without_any = Whole(required=True)
    regions = Many(fields.Nested(RegionSchema), required=True)
    programs = Many(fields.Nested(ReachSchema), required=True)


def exclusions(survey: OfProgram, language: str) -> dict[str, Any]:
    """The values of ExclusionsSchema."""
    return {
        **grounded(survey.ground),
        "program": shown(survey.program),
        "counts": {verdict.value: count for verdict, count in survey.verdicts.items()},
        "rules": [
            {
                "rule": exclusion.rule,
                "label": eligibility.rule_name(exclusion.rule, language),
                "sentence": overview.exclusion(exclusion, language),
                "fails": exclusion.fails,
                "needs_check": exclusion.needs_check,
                "admitted": len(exclusion.admitted),
                "clear": exclusion.clear,
                "startups": _named(exclusion.admitted, survey.ground),
            }
            for exclusion in survey.exclusions
        ],
    }


def coverage(survey: OfCatalogue, language: str) -> dict[str, Any]:
    """The values of CoverageSchema."""
    return {
        **grounded(survey.ground),
        "startups": sum(region.startups for region in survey.regions),
        "with_eligible": sum(region.with_eligible for region in survey.regions),
        "only_needs_check": sum(region.only_needs_check for region in survey.regions),
        "without_any": sum(len(region.without_any) for region in survey.regions),
        "regions": [
            {
                **_place(region.region, survey.ground, language),
                **attributes(region, "startups", "with_eligible", "only_needs_check"),
                "without_any": len(region.without_any),
                "startups_without_any": _named(region.without_any, survey.ground),
            }
            for region in survey.regions
        ],
        "programs": [_reach(program, survey.ground, language) for program in survey.programs],
    }


def _reach(reach: ProgramReach, ground: EligibilityBasis, language: str) -> dict[str, Any]:
    by_region: Mapping[str, tuple[int, int]] = reach.by_region
    return {
        "program": shown(ground.programs[reach.program_id]),
        **attributes(reach, "is_closed", "eligible", "needs_check"),
        "by_region": [
            {**_place(region, ground, language), "eligible": eligible, "needs_check": needs_check}
            for region, (eligible, needs_check) in by_region.items()
        ],
    }


def _place(region: str, ground: EligibilityBasis, language: str) -> dict[str, Any]:
    return {"region": region or None, "name": overview.region(region, ground.codes, language)}


def _named(identifiers: Sequence[str], ground: EligibilityBasis) -> list[dict[str, Any]]:
    records: Mapping[str, Startup] = ground.startups
    return [shown(records[identifier]) for identifier in identifiers[: ground.wish.most_named]]
