"""Evaluators' scores of a round as they are shown: who brought them, what they come to, which can't count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marshmallow import fields

from model.rounds.scores import Combined
from service.actions.rounds.score_round import CombinedScoring
from service.api.rounds import answers_schema
from service.api.rounds.answers_schema import Names, points
from service.api.wire.fields import Many, Strict, Text, Whole
from service.storage.rounds.scorings import Scoring
from service.wording import notices, rounds
from service.wording.pairs import said


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


def scorings(scorings_of_round: Sequence[Scoring]) -> dict[str, Any]:
    """Every scoring of a round."""
    return {"items": [scoring(each) for each in scorings_of_round]}


def scoring(stored: Scoring) -> dict[str, Any]:
    """Who brought which scores when, and how they are combined."""
    return {
        "id": str(stored.seq),
        "round_id": stored.round_id,
        "at": stored.at,
        "by": stored.actor_name,
        "file_name": stored.file_name,
        "file_digest": stored.file_digest,
        "machine": stored.weights.machine,
        "without_extremes": stored.weights.trim,
        "scores": len(stored.scores),
    }


def scored(combined: CombinedScoring, names: Names, language: str) -> dict[str, Any]:
    """Evaluators' scores, combined, and those that can't count with the reason."""
    return {
        **scoring(combined.scoring),
        "combined": [_combined(each, names) for each in combined.combined],
        "refused": [
            {
                "place": each.score.place,
                "program_id": each.score.program,
                "startup_id": each.score.startup,
                "evaluator": each.score.evaluator,
                "code": each.why,
                "message": said(rounds.WRONG, each.why, language),
            }
            for each in combined.refused
        ],
        "notes": answers_schema.notes(combined.notes, language),
        "ai_notice": notices.ai(language),
    }


def _combined(score_of_pair: Combined, names: Names) -> dict[str, Any]:
    scores = {score.evaluator: points(score.units) for score in score_of_pair.scores if score.units is not None}
    numbers = {
        "mean": score_of_pair.mean,
        "combined": score_of_pair.combined,
        "bonus": score_of_pair.pair.bonus,
        "final": score_of_pair.final,
    }
    return {
        "program_id": score_of_pair.pair.program,
        "startup": {
            "id": score_of_pair.pair.startup,
            "name": names[0].get(score_of_pair.pair.startup, score_of_pair.pair.startup),
        },
        "rank": score_of_pair.rank,
        "scores": scores,
        **{name: points(value) for name, value in numbers.items()},
    }
