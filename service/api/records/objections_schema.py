"""An objection as it is sent and shown, and its review."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, post_load

from model.domain import UNITS_PER_POINT
from service.actions.records.answer_objections import Complaint, Review
from service.api.matching import match_schema as match
from service.api.matching.match_schema import MatchSchema
from service.api.records.decisions_schema import MOST_REASON, Person
from service.api.wire.fields import (
    NON_BLANK,
    Code,
    Identifier,
    Many,
    Strict,
    Text,
    TrueOrFalse,
    Whole,
    attributes,
    just_one,
)
from service.api.wire.names_schema import ShownProgram, ShownStartup
from service.api.wire.options import NumberPaged, place
from service.storage.records.objections import Objection, Settled

STATES = ("open", "answered")


class NewObjection(Strict):
    """Who objects to which answer or decision, and why."""

    together = just_one("run_id", "decision_id")
    run_id = Identifier(allow_none=True, metadata={"description": "이의가 있는 추천 결과 · The answer objected to"})
    decision_id = Identifier(allow_none=True, metadata={"description": "이의가 있는 결정 · The decision objected to"})
    candidate_id = Identifier(
        allow_none=True,
        metadata={"description": "추천 결과 가운데 어느 프로그램(창업기업)인지 · Which candidate of the answer"},
    )
    sender = Text(required=True, longest=500, metadata={"description": "신청인 · Who objects", "pattern": NON_BLANK})
    text = Text(
        required=True,
        longest=MOST_REASON,
        metadata={"description": "신청 내용 · What is objected", "pattern": NON_BLANK},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Complaint:
        """Turn the fields into a complaint."""
        empty = [name for name in ("sender", "text") if not data[name].strip()]
        if empty:
            raise ValidationError({name: ["missing"] for name in empty})
        return Complaint(**data)


class NewAnswer(Strict):
    """A person's answer."""

    outcome = Code(Settled, required=True)
    text = Text(required=True, longest=MOST_REASON, metadata={"pattern": NON_BLANK})

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> tuple[Settled, str]:
        """Turn the fields into what came of it and why."""
        if not data["text"].strip():
            raise ValidationError({"text": ["missing"]})
        return Settled(data["outcome"]), data["text"]


class AnswerSchema(Strict):
    """What a person answered."""

    outcome = Code(Settled, required=True)
    text = Text(required=True)
    answered_by = fields.Nested(Person, required=True)
    answered_at = fields.AwareDateTime(required=True)


class ObjectionSchema(Strict):
    """An objection as recorded; sender and text are null once the startup was erased."""

    id = Text(required=True)
    state = Code(STATES, required=True)
    run_id = Text(required=True, allow_none=True)
    decision_id = Text(required=True, allow_none=True)
    program_id = Text(required=True, allow_none=True)
    startup_ref = Text(required=True, allow_none=True)
    sender = Text(required=True, allow_none=True)
    text = Text(required=True, allow_none=True)
    recorded_by = fields.Nested(Person, required=True)
    recorded_at = fields.AwareDateTime(required=True)
    answer = fields.Nested(AnswerSchema, required=True, allow_none=True)


class ObjectionPage(Strict):
    """Some objections, oldest first, and the cursor of the next page (null: this was the last)."""

    items = Many(fields.Nested(ObjectionSchema), required=True)
    next = Text(required=True, allow_none=True)


class ReviewedMatch(MatchSchema):
    """The pair that an objection is about, as it was."""

    program = fields.Nested(ShownProgram)
    startup = fields.Nested(ShownStartup)


class ReviewSchema(Strict):
    """What an objection is about, made again; the checks' unlocks and the reasons say what would have changed it."""

    objection = fields.Nested(ObjectionSchema, required=True)
    reproduced = TrueOrFalse(required=True)
    obstacle = Text(
        required=True, allow_none=True, metadata={"description": "다시 만들 수 없는 까닭 · Why it can't be made again"}
    )
    shown_count = Whole(required=True)
    points_short = fields.Float(
        required=True,
        allow_none=True,
        metadata={"description": "보인 결과의 마지막 점수까지 모자란 점수 · Points short of the last one shown"},
    )
    match = fields.Nested(ReviewedMatch, required=True, allow_none=True)
    sent = fields.Dict(
        required=True,
        allow_none=True,
        metadata={
            "description": "다시 만들 수 없을 때, 처음 보낸 답의 이 상대 부분 · "
            "Where it can't be made again, this pair as it was first sent"
        },
    )


class ObjectionFilters(NumberPaged):
    """Which page, and in which state."""

    state = Code(STATES)


def values(objection: Objection) -> dict[str, Any]:
    """The values of ObjectionSchema."""
    reply = objection.reply
    said = reply and {
        "outcome": reply.outcome,
        "text": reply.text,
        "answered_by": {"id": reply.actor_id, "name": reply.actor_name},
        "answered_at": reply.at,
    }
    return {
        **attributes(objection, "id", "state", "run_id"),
        "decision_id": None if objection.decision is None else f"d-{objection.decision}",
        **attributes(objection, "program_id", "startup_ref", "sender", "text"),
        "recorded_by": {"id": objection.actor_id, "name": objection.actor_name},
        "recorded_at": objection.at,
        "answer": said,
    }


def paged(page_of_objections: tuple[tuple[Objection, ...], int | None]) -> dict[str, Any]:
    """The values of ObjectionPage."""
    items, after = page_of_objections
    return {"items": [values(objection) for objection in items], "next": place(after)}


def reviewed(review: Review, language: str) -> dict[str, Any]:
    """The values of ReviewSchema."""
    short = None
    if review.match is not None and review.lowest is not None:
        short = max(0, review.lowest - review.match.units) / UNITS_PER_POINT
    return {
        "objection": values(review.objection),
        "reproduced": review.run is not None,
        "obstacle": review.refusal and review.refusal.explained(language).why,
        "shown_count": review.shown,
        "points_short": short,
        "match": _match(review, language),
        "sent": review.sent(language),
    }


def _match(review: Review, language: str) -> dict[str, Any] | None:
    if review.run is None or review.match is None:
        return None
    whole = match.answer(review.run, [review.match], (), language)
    entry: dict[str, Any] = (whole.get("matches") or whole["candidates"])[0]
    return entry
