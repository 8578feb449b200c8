"""A decision as it is sent and shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Response, request
from marshmallow import ValidationError, fields, post_load

from model.decisions import DecisionAction
from service.actions.catalogue.edit import Precondition
from service.actions.records.browse_decisions import DecisionPage
from service.actions.records.decide import Choice, Decided, Ticked
from service.api.wire import keyed, plain
from service.api.wire.fields import NON_BLANK, Code, Day, Identifier, Many, Strict, Text, Whole, attributes
from service.api.wire.options import NumberPaged, place
from service.storage.records.decisions import Decision

MOST_REASON = 5_000
DESPITE = "알고도 선정하는 미충족 요건 · Rules that are known to fail, named to select the startup all the same"


class NewDecision(Strict):
    """What was decided on a startup at a program, why, and the run that was looked at."""

    program_id = Identifier(required=True)
    startup_id = Identifier(required=True)
    action = Code(DecisionAction, required=True)
    reason = Text(
        required=True, longest=MOST_REASON, metadata={"description": "결정의 까닭 · Why", "pattern": NON_BLANK}
    )
    run_id = Identifier(allow_none=True, metadata={"description": "보고 결정한 추천 결과 · The run that was looked at"})
    despite = Many(Text(longest=200), metadata={"description": DESPITE})
    on = Day(
        metadata={
            "description": "요건을 판정할 날(기본 오늘) · The day of which the rules are judged, today unless told"
        }
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Choice:
        """Turn the fields into a choice."""
        if not data["reason"].strip():
            raise ValidationError({"reason": ["missing"]})
        on, despite = data.pop("on", None), tuple(data.pop("despite", ()))
        conditions = {"despite": despite, "on": date.fromisoformat(on) if on else None}
        return Choice(**{**data, **conditions, "action": DecisionAction(data["action"])})


class OneOfSeveral(Strict):
    """One pair of several: what is known of its history, and what of the decision is its own."""

    program_id = Identifier(required=True)
    startup_id = Identifier(required=True)
    number = Whole(
        required=True,
        metadata={"description": "이 쌍의 마지막 결정의 number, 없으면 0 · The last decision's number, or 0"},
    )
    action = Code(DecisionAction)
    reason = Text(longest=MOST_REASON, metadata={"pattern": NON_BLANK})
    run_id = Identifier(allow_none=True)
    despite = Many(Text(longest=200), metadata={"description": DESPITE})


class NewDecisions(Strict):
    """One decision and one reason for several pairs, each of which may have its own."""

    action = Code(DecisionAction, required=True)
    reason = Text(required=True, longest=MOST_REASON, metadata={"pattern": NON_BLANK})
    on = Day(
        metadata={
            "description": "요건을 판정할 날(기본 오늘) · The day of which the rules are judged, today unless told"
        }
    )
    decisions = Many(fields.Nested(OneOfSeveral), required=True, least=1)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> list[Ticked]:
        """Turn the fields into choices."""
        if not data["reason"].strip():
            raise ValidationError({"reason": ["missing"]})
        if not data["decisions"]:
            raise ValidationError({"decisions": ["missing"]})
        common = {"action": data["action"], "reason": data["reason"]}
        return [_ticked({**common, **each}, data.get("on")) for each in data["decisions"]]


def _ticked(each: dict[str, Any], on: str | None) -> Ticked:
    number = each.pop("number")
    despite, action = tuple(each.pop("despite", ())), DecisionAction(each.pop("action"))
    choice = Choice(**each, action=action, despite=despite, on=date.fromisoformat(on) if on else None)
    return Ticked(choice, Precondition((number,)) if number else Precondition(absent=True))


class Person(Strict):
    """Who decided."""

    id = Text(required=True)
    name = Text(required=True)


class DecisionSchema(Strict):
    """A decision as recorded."""

    id = Text(required=True)
    program_id = Text(required=True)
    startup_id = Text(
        required=True,
        allow_none=True,
        metadata={"description": "삭제 요청으로 지워졌으면 null · Null once the startup was erased"},
    )
    startup_ref = Text(required=True, metadata={"description": "창업기업의 가명 · The startup's pseudonym"})
    number = Whole(1, required=True, metadata={"description": "이 쌍의 몇 번째 결정인지 · Its place in the history"})
    action = Code(DecisionAction, required=True)
    reason = Text(required=True)
    run_id = Text(required=True, allow_none=True)
    decided_by = fields.Nested(Person, required=True)
    decided_at = fields.AwareDateTime(required=True)


class RecordedDecisions(Strict):
    """Several decisions as recorded, in the order in which they were sent."""

    items = Many(fields.Nested(DecisionSchema), required=True)


class DecisionPageSchema(Strict):
    """Some decisions, oldest first, and the cursor of the next page (null: this was the last)."""

    items = Many(fields.Nested(DecisionSchema), required=True)
    next = Text(required=True, allow_none=True)


class DecisionFilters(NumberPaged):
    """Which page, and of which decisions."""

    program_id = Identifier()
    startup_id = Identifier(metadata={"description": "창업기업의 id 또는 가명 · The startup's id or pseudonym"})
    action = Code(DecisionAction)
    actor_id = Identifier(metadata={"description": "결정한 사람 · Who decided"})
    run_id = Identifier()


def recorded(decided: Decided) -> Response:
    """The answer to who decided; a retry gets the same with a header that says so."""
    response = plain.sent(values(decided.decision), 201)
    response.set_etag(str(decided.decision.number))
    response.headers["Location"] = f"{request.path}/{decided.decision.id}"
    if decided.is_replay:
        response.headers[keyed.REPLAYED] = "true"
    return response


def recorded_together(decisions: Sequence[Decision]) -> Response:
    """The answer to who decided on several pairs."""
    return plain.sent({"items": [values(decision) for decision in decisions]}, 201)


def shown(decision: Decision) -> Response:
    """One decision with its number as ETag."""
    response = plain.sent(values(decision))
    response.set_etag(str(decision.number))
    return response


def paged(page: DecisionPage) -> Response:
    """One page of decisions; of one pair, with the ETag of its history."""
    response = plain.sent({"items": [values(decision) for decision in page.items], "next": place(page.after)})
    if page.number is not None:
        response.set_etag(str(page.number))
    return response


def values(decision: Decision) -> dict[str, Any]:
    """The values of DecisionSchema."""
    return {
        **attributes(decision, "id", "program_id", "startup_id", "startup_ref", "number", "action", "reason", "run_id"),
        "decided_by": {"id": decision.actor_id, "name": decision.actor_name},
        "decided_at": decision.at,
    }
