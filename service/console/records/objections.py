"""Objections: recorded, with what they are about made again, and answered by a person."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, url_for
from werkzeug import Response as AnyResponse

from service.actions.applications.clocks import answer_due
from service.actions.records.answer_objections import Complaint, Review
from service.auth.access import actor
from service.auth.policy import policy
from service.console.matching import shown
from service.console.records import record_sheets
from service.console.wire import exports, query
from service.console.wire.forms import SentForm
from service.console.wire.language import language
from service.console.wire.mistakes import returning
from service.console.wire.pages import page
from service.storage.records.audit import AuditSubject
from service.storage.records.objections import Settled
from service.wired import wired

blueprint = Blueprint("objections", __name__, url_prefix="/objections")
PAGE, LONGEST_SENDER = 30, 500
STATES = ("open", "answered")
ABOUT = ("run_id", "decision_id", "candidate_id")


@blueprint.get("")
@policy("decide")
def listed() -> Response:
    """List objections, oldest first."""
    state = query.choice("state", STATES)
    first, programs = query.number("after", 0), wired().matching.prepared().programs.side.records
    objections, after = wired().objections.page(after=first, limit=PAGE, state=state, actor=actor())
    return page("records/objections.html", objections=objections, after=after, state=state, programs=programs)


@blueprint.post("")
@policy("decide")
@returning("objections.listed")
def exported() -> Response:
    """Take the objections away that the list shows, all pages of them, with what they say and the answers."""
    state, programs = query.choice("state", STATES), wired().matching.prepared().programs.side.records
    table = record_sheets.objections(wired().objections.all(state, actor()), programs)
    return exports.taken([table], "objections", AuditSubject("objections", state or "all"), {"state": state})


@blueprint.get("/new")
@policy("decide")
def form() -> Response:
    """Ask who objects to what, and why."""
    return page("records/objection_new.html", about={name: query.text(name) for name in ABOUT})


@blueprint.post("/new")
@policy("decide")
@returning("objections.form")
def record() -> AnyResponse:
    """Record an objection."""
    sent = SentForm()
    about = {name: sent.optional(name, query.LONGEST) or None for name in ABOUT}
    complaint = Complaint(sent.text("sender", LONGEST_SENDER), sent.text("text"), **about)
    sent.check()
    objection = wired().objections.record(complaint, actor())
    return redirect(url_for(".one", objection_id=objection.id), 303)


@blueprint.get("/<string:objection_id>")
@policy("decide")
def one(objection_id: str) -> Response:
    """Show an objection with what it is about, made again, and what would have changed it."""
    review = wired().objections.review(objection_id, actor())
    objection, prepared = review.objection, wired().matching.prepared()
    decision = wired().decisions.one(f"d-{objection.decision}", actor()) if objection.decision else None
    facts: dict[str, Any] = {"review": review, "objection": objection, "decision": decision}
    facts |= {"startups": prepared.startups.side.records, "programs": prepared.programs.side.records}
    return page("records/objection.html", due=answer_due(objection), **facts, **_again(review))


@blueprint.post("/<string:objection_id>")
@policy("decide")
@returning("objections.one")
def answer(objection_id: str) -> AnyResponse:
    """Record a person's answer, once."""
    sent = SentForm()
    outcome, text = sent.code("outcome", Settled), sent.text("text")
    sent.check()
    wired().objections.answer(objection_id, outcome, text, actor())
    return redirect(url_for(".one", objection_id=objection_id), 303)


def _again(review: Review) -> dict[str, Any]:
    """The pair in words, as far as it could be made again: reasons, what stood against it, points short."""
    if review.run is None or review.match is None:
        refusal = review.refusal and review.refusal.explained(language())
        bare: dict[str, Any] = {"reasons": (), "lines": (), "verdict": None, "short": 0, "is_shown": False}
        return {**bare, "refusal": refusal, "sent": review.sent(language())}
    short = max(0, (review.lowest or 0) - review.match.units)
    return {
        "refusal": None,
        "sent": None,
        "reasons": shown.reasons(review.run.vocabulary, review.match.reasons),
        "lines": shown.lines(review.run, review.match),
        "verdict": shown.verdict(review.match.verdict),
        "short": short,
        "is_shown": review.match.rank <= review.shown and not short,
    }
