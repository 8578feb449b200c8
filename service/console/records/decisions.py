"""Decisions: what named people decided and why; recorded on the page of one startup and one program."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from model.decisions import DecisionAction
from model.faults import Fault
from service.actions.catalogue.edit import Precondition
from service.actions.records.decide import Choice
from service.auth.access import actor
from service.auth.policy import policy
from service.console.matching import pairs, sheets
from service.console.wire import exports, local, query
from service.console.wire.forms import SentForm
from service.console.wire.mistakes import returning
from service.console.wire.pages import page
from service.errors import Problem, ServiceError
from service.storage.records.audit import AuditSubject
from service.storage.records.decisions import Decision
from service.wired import wired

blueprint = Blueprint("decisions", __name__)
PAGE = 30
UNDO_SECONDS, MOST_UNDONE = 10, 60


@blueprint.get("/decisions")
@policy("decide")
def listed() -> Response:
    """List decisions, oldest first."""
    wanted = _filters()
    decision_page = wired().decisions.page(after=query.number("after", 0), limit=PAGE, filters=wanted, actor=actor())
    prepared = wired().matching.prepared()
    records: dict[str, Any] = {"startups": prepared.startups.side.records, "programs": prepared.programs.side.records}
    called = sorted((local.name(program), program.id) for program in records["programs"].values())
    records["just_decided"] = just_decided(query.text("saved"))
    records["choices"] = [(identifier, name) for name, identifier in called]
    return page(
        "records/decisions.html",
        decision_page=decision_page,
        wanted=wanted,
        actions=[(code, local.action(code)) for code in DecisionAction],
        **records,
    )


@blueprint.post("/decisions")
@policy("decide")
@returning("decisions.listed")
def exported() -> Response:
    """Take the decisions away that the list shows, all pages of them."""
    wanted, prepared = _filters(), wired().matching.prepared()
    decisions = wired().decisions.all(wanted, actor())
    table = sheets.decisions(decisions, prepared.startups.side.records, prepared.programs.side.records)
    return exports.taken([table], "decisions", AuditSubject("decisions", wanted["program_id"] or "all"), wanted)


@blueprint.post("/startups/<string:startup_id>/programs/<string:program_id>")
@policy("decide", program="program_id")
@returning("pairs.one")
def decide(startup_id: str, program_id: str) -> AnyResponse:
    """Record a decision and show it in the pair's history."""
    form = request.form
    sent = SentForm()
    action, reason = sent.code("action", DecisionAction), sent.text("reason")
    sent.check()
    despite, day = tuple(form.getlist("despite")), query.day("on")
    choice = Choice(program_id, startup_id, action, reason, form.get("run_id") or None, despite, day)
    precondition = (
        Precondition((int(number),)) if (number := form.get("number", "")).isdecimal() else Precondition(absent=True)
    )
    try:
        wired().decide(choice, precondition, form.get("key") or secrets.token_urlsafe(16), actor())
    except ServiceError as error:
        if error.code is not Problem.PRECONDITION_FAILED:
            raise
        raise ServiceError(error.code, faults=_meanwhile(startup_id, program_id)) from error
    pair: dict[str, Any] = {"startup_id": startup_id, "program_id": program_id, "on": form.get("on") or None}
    return redirect(url_for("console.pairs.one", **pair, _anchor="decisions"), 303)


def just_decided(saved: str) -> list[Decision]:
    """The actor's own decisions of an address's `saved=first-last` that may still be undone by one press."""
    first, _, last = saved.partition("-")
    if not (first.isdecimal() and last.isdecimal()):
        return []
    filters = {"actor_id": actor().id}
    decided = wired().decisions.page(after=int(first) - 1, limit=MOST_UNDONE, filters=filters, actor=actor()).items
    clock = datetime.fromisoformat(wired().catalogue.audit.now())
    since = clock - timedelta(seconds=2 * UNDO_SECONDS)  # the page shows it for half as long: a press takes its time
    return [d for d in decided if d.seq <= int(last) and datetime.fromisoformat(d.at) >= since]


def _meanwhile(startup_id: str, program_id: str) -> list[Fault]:
    """Who decided what while a form stood open."""
    filters = {"program_id": program_id, "startup_id": startup_id}
    *_, last = wired().decisions.page(after=0, limit=pairs.MOST_OF_PAIR, filters=filters, actor=actor()).items
    return [Fault("decided_meanwhile", field="action", value=last.actor_name, allowed=local.action(last.action))]


def _filters() -> dict[str, str | None]:
    return {"program_id": query.text("program") or None, "action": query.choice("action", tuple(DecisionAction))}
