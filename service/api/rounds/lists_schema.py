"""Lists of programs for a round's startups, spread over free seats, beside plain lists by score."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from model.rounds import RoundOutcome
from model.rounds.lists import NOBODY, Congestion
from service.actions.rounds.lists import Spread, listed
from service.api.rounds.answers_schema import points
from service.api.wire.fields import Code, Many, Strict, Text, Whole
from service.wording import notices


class CongestionSchema(Strict):
    """What lists are worth: their mean score, seats filled by first choices, and seats that somebody sees."""

    mean_score = fields.Float(required=True)
    filled = Whole(required=True)
    reached = Whole(required=True)
    seats = Whole(required=True)


class OneListSchema(Strict):
    """The programs for one startup, best first."""

    startup_id = Text(required=True)
    programs = Many(Text(), required=True)


class RoundListsSchema(Strict):
    """Lists for every startup, with the loss in score and the gain in filled seats beside lists by score."""

    by = Code(Spread, required=True)
    by_score = fields.Nested(CongestionSchema, required=True)
    these = fields.Nested(CongestionSchema, required=True)
    lists = Many(fields.Nested(OneListSchema), required=True)
    ai_notice = Text(required=True)


def shown(outcome: RoundOutcome, by: Spread, length: int, language: str) -> dict[str, Any]:
    """Lists over the pairs in the running, and what they are worth."""
    spread_lists, slate = listed(outcome, by, length), outcome.standing.slate
    ids = [program.id for program in slate.programs]
    return {
        "by": by,
        "by_score": _measured(spread_lists.plain),
        "these": _measured(spread_lists.these),
        "lists": [
            {"startup_id": startup.id, "programs": [ids[column] for column in columns if column != NOBODY]}
            for startup, columns in zip(slate.startups, spread_lists.lists.columns.tolist(), strict=True)
        ],
        "ai_notice": notices.ai(language),
    }


def _measured(load: Congestion) -> dict[str, Any]:
    mean = points(load.units) / load.listed if load.listed else 0.0
    return {"mean_score": round(mean, 4), "filled": load.filled, "reached": load.reached, "seats": load.seats}
