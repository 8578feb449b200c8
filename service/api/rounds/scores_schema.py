"""Evaluators' scores of a round as they are shown: who brought them, what they come to, which can't count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marshmallow import fields

from model.rounds.scores import Combined
from service.actions.rounds.score_round import Scored
from service.api.rounds import answers_schema
from service.api.rounds.answers_schema import Names, points
from service.api.wire.fields import Many, Strict, Text, Whole
from service.storage.rounds.scorings import Scoring
from service.wording import notices, rounds


class ScoringSchema(Strict):
    """Who brought which scores when: `file_digest` is the file's SHA-256, `machine` percent of the base score."""

    id = Text(required=True)
    round_id = Text(required=True)
    at = Text(required=True)
    by = Text(required=True)
    file_name = Text(required=True)
    file_digest = Text(required=True)
    machine = Whole(0, 100, required=True)
    without_extremes = fields.Boolean(required=True)
    scores = Whole(required=True)


class ScoringsSchema(Strict):
    """Every scoring of a round, oldest first."""

    items = Many(fields.Nested(ScoringSchema), required=True)


class ScoresSchema(ScoringSchema):
    """Evaluators' scores combined by the stated weights; a recommendation still, decided by nobody."""

    combined = Many(fields.Dict(), required=True)
    refused = Many(fields.Dict(), required=True)
    notes = Many(fields.Dict(), required=True)
    ai_notice = Text(required=True)


def scorings(found: Sequence[Scoring]) -> dict[str, Any]:
    """Every scoring of a round."""
    return {"items": [scoring(one) for one in found]}


def scoring(found: Scoring) -> dict[str, Any]:
    """Who brought which scores when, and how they are combined."""
    return {
        "id": str(found.seq),
        "round_id": found.round_id,
        "at": found.at,
        "by": found.actor_name,
        "file_name": found.file_name,
        "file_digest": found.file_digest,
        "machine": found.weights.machine,
        "without_extremes": found.weights.trim,
        "scores": len(found.scores),
    }


def scored(found: Scored, names: Names, language: str) -> dict[str, Any]:
    """Evaluators' scores, combined, and those that can't count with the reason."""
    return {
        **scoring(found.scoring),
        "combined": [_combined(one, names) for one in found.combined],
        "refused": [
            {
                "place": one.score.place,
                "program_id": one.score.program,
                "startup_id": one.score.startup,
                "evaluator": one.score.evaluator,
                "code": one.why,
                "message": rounds.wrong(one.why, language),
            }
            for one in found.refused
        ],
        "notes": answers_schema.notes(found.notes, language),
        "ai_notice": notices.ai(language),
    }


def _combined(one: Combined, names: Names) -> dict[str, Any]:
    scores = {score.evaluator: points(score.units) for score in one.scores if score.units is not None}
    numbers = {"mean": one.mean, "combined": one.combined, "bonus": one.pair.bonus, "final": one.final}
    return {
        "program_id": one.pair.program,
        "startup": {"id": one.pair.startup, "name": names[0].get(one.pair.startup, one.pair.startup)},
        "rank": one.rank,
        "scores": scores,
        **{name: points(value) for name, value in numbers.items()},
    }
