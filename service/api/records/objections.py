"""Objections: recorded, made again, answered by a person."""

from __future__ import annotations

from flask import Response

from service.actions.records.answer_objections import Complaint
from service.api.records import objections_schema as objections
from service.api.wire import plain
from service.api.wire.arguments import Resource
from service.api.wire.language import language
from service.api.wire.options import PageOrder
from service.auth.access import actor
from service.auth.policy import policy
from service.storage.records.objections import Settled
from service.wired import wired

resource = Resource("objections", __name__, description="이의신청 · Objections")


@resource.route("/objections", methods=["POST"])
@resource.arguments(objections.NewObjection)
@resource.response(201, objections.ObjectionSchema)
@policy("decide")
def record(complaint: Complaint) -> Response:
    """Record an objection to an answer or a decision."""
    return plain.sent(objections.values(wired().objections.record(complaint, actor())), 201)


@resource.route("/objections")
@resource.arguments(objections.ObjectionFilters, location="query")
@resource.response(200, objections.ObjectionPage)
@policy("decide")
def listed(wanted: PageOrder) -> Response:
    """List objections, oldest first."""
    state = str(wanted.filters.get("state", "")) or None
    after, limit = int(wanted.after or 0), wanted.limit
    return plain.sent(objections.paged(wired().objections.page(after=after, limit=limit, state=state, actor=actor())))


@resource.route("/objections/<string:objection_id>")
@resource.response(200, objections.ObjectionSchema)
@policy("decide")
def one(objection_id: str) -> Response:
    """Show one objection with its answer."""
    return plain.sent(objections.values(wired().objections.one(objection_id, actor())))


@resource.route("/objections/<string:objection_id>/review")
@resource.response(200, objections.ReviewSchema)
@policy("decide")
def review(objection_id: str) -> Response:
    """Make again what an objection is about: reasons, checks, and what would have changed it."""
    return plain.said(objections.reviewed(wired().objections.review(objection_id, actor()), language()))


@resource.route("/objections/<string:objection_id>/answer", methods=["POST"])
@resource.arguments(objections.NewAnswer)
@resource.response(200, objections.ObjectionSchema)
@policy("decide")
def answer(said: tuple[Settled, str], objection_id: str) -> Response:
    """Record a person's answer, once."""
    return plain.sent(objections.values(wired().objections.answer(objection_id, *said, actor())))
