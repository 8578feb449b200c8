"""Why one program stands before another: the question, the schemas and the plain values that are sent."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from marshmallow import fields

from model import domain
from model.domain import UNITS_PER_POINT, Match
from model.explanation import contrast
from service.actions.matching.match import Run
from service.api.wire.fields import Day, Identifier, Many, Strict, Text, Whole
from service.api.wire.names_schema import ShownProgram, shown
from service.api.wire.options import QueryDay
from service.wording import notices
from service.wording.matching import blocks
from service.wording.matching import contrast as wording

POINTS = {"description": "첫째에서 둘째를 뺀 점수 · Points of the first less those of the second"}


class Compared(TypedDict, total=False):
    """Which two programs, as of which day."""

    first: str
    second: str
    on: date


class ContrastQuery(Strict):
    """Two programs of a startup's list."""

    first = Identifier(required=True)
    second = Identifier(required=True)
    on = QueryDay()


class DifferenceSchema(Strict):
    """What one block makes between both."""

    block = Text(required=True)
    label = Text(required=True)
    points = fields.Float(required=True, metadata=POINTS)
    points_units = Whole(-domain.FULL_SCORE_UNITS, domain.FULL_SCORE_UNITS, required=True)


class ContrastSchema(Strict):
    """Why one program stands before another; the differences' points_units add up to the score's exactly."""

    run_id = Text(required=True)
    on = Day(required=True)
    ai_notice = Text(required=True)
    first = fields.Nested(ShownProgram, required=True)
    second = fields.Nested(ShownProgram, required=True)
    points = fields.Float(required=True, metadata=POINTS)
    points_units = Whole(-domain.FULL_SCORE_UNITS, domain.FULL_SCORE_UNITS, required=True)
    sentence = Text(required=True)
    differences = Many(fields.Nested(DifferenceSchema), required=True)


def answer(run: Run, first: Match, second: Match, language: str) -> dict[str, Any]:
    """The values of a contrast."""
    programs = [run.programs[match.program_id] for match in (first, second)]
    names = [(p.name if language == "ko" else p.name_en) or p.name or p.name_en or p.id for p in programs]
    differences = contrast(first.reasons, second.reasons)
    return {
        "run_id": run.id,
        "on": run.on,
        "ai_notice": notices.ai(language),
        "first": shown(programs[0]),
        "second": shown(programs[1]),
        "points": (first.units - second.units) / UNITS_PER_POINT,
        "points_units": first.units - second.units,
        "sentence": wording.sentence(names[0], names[1], differences, language),
        "differences": [
            {
                "block": difference.block,
                "label": blocks.name(difference.block, language),
                "points": difference.units / UNITS_PER_POINT,
                "points_units": difference.units,
            }
            for difference in differences
        ],
    }
