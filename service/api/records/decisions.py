"""Decisions: recorded once each by a named person, read by page; nothing is overwritten."""

from __future__ import annotations

from flask import Response

from service.actions.records.decide import Choice, Ticked
from service.api.records import decisions_schema as decisions
from service.api.wire import keyed
from service.api.wire import profile_replies as records
from service.api.wire.arguments import Resource
from service.api.wire.options import PageOrder
from service.auth.access import actor
from service.auth.policy import policy
from service.wired import wired

resource = Resource("decisions", __name__, description="결정 · Decisions")


@resource.route("/decisions", methods=["POST"])
@resource.arguments(decisions.NewDecision)
@resource.response(201, decisions.DecisionSchema)
@resource.headers(keyed.PARAMETER)
@policy("decide")
def decide(choice: Choice) -> Response:
    """Record a person's decision. Idempotency-Key is required, and If-Match (If-None-Match: * for the first)."""
    decided = wired().decide(choice, records.precondition(), keyed.key(), actor())
    return decisions.recorded(decided)


@resource.route("/decisions/together", methods=["POST"])
@resource.arguments(decisions.NewDecisions, limit="batch_limit")
@resource.response(201, decisions.RecordedDecisions)
@resource.headers(keyed.PARAMETER)
@policy("decide", body="batch_limit")
def decide_together(items: list[Ticked]) -> Response:
    """Record a person's decision on each of several pairs, all or none. Idempotency-Key is required."""
    return decisions.recorded_together(wired().decide.together(items, keyed.key(), actor()))


@resource.route("/decisions")
@resource.arguments(decisions.DecisionFilters, location="query")
@resource.response(200, decisions.DecisionPageSchema)
@policy("decide")
def listed(wanted: PageOrder) -> Response:
    """List decisions, oldest first; asked for one program and startup, the ETag is what the next decision must name."""
    page = wired().decisions.page(
        after=int(wanted.after or 0), limit=wanted.limit, filters=wanted.filters, actor=actor()
    )
    return decisions.paged(page)


@resource.route("/decisions/<string:decision_id>")
@resource.response(200, decisions.DecisionSchema)
@policy("decide")
def one(decision_id: str) -> Response:
    """Show one decision; its ETag is its number in the pair's history."""
    return decisions.shown(wired().decisions.one(decision_id, actor()))
