"""Decisions: what named people decided and why; recorded on the page of one startup and one program."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from model.decisions import DecisionAction
from service.actions.catalogue.edit import Precondition
from service.actions.records.decide import Choice
from service.auth.doors import actor
from service.auth.policy import policy
from service.console.matching import sheets
from service.console.wire import exports, forms, local, query
from service.console.wire.pages import page
from service.storage.records.audit import AuditSubject
from service.wired import wired

blueprint = Blueprint("decisions", __name__)
PAGE = 30


@blueprint.get("/decisions")
@policy("decide")
def listed() -> Response:
    """List decisions, oldest first."""
    wanted = _filters()
    decision_page = wired().decisions.page(after=query.number("after", 0), limit=PAGE, filters=wanted, actor=actor())
    prepared = wired().matching.prepared()
    records: dict[str, Any] = {"startups": prepared.startups.side.records, "programs": prepared.programs.side.records}
    called = sorted((local.name(program), program.id) for program in records["programs"].values())
    records["choices"] = [(identifier, name) for name, identifier in called]
    return page("records/decisions.html", found=decision_page, wanted=wanted, actions=tuple(DecisionAction), **records)


@blueprint.post("/decisions")
@policy("decide")
def exported() -> Response:
    """Take the decisions away that the list shows, all pages of them."""
    wanted, prepared = _filters(), wired().matching.prepared()
    decisions = wired().decisions.all(wanted, actor())
    table = sheets.decisions(decisions, prepared.startups.side.records, prepared.programs.side.records)
    return exports.taken([table], "decisions", AuditSubject("decisions", wanted["program_id"] or "all"), wanted)


@blueprint.post("/startups/<string:startup_id>/programs/<string:program_id>")
@policy("decide", program="program_id")
def decide(startup_id: str, program_id: str) -> AnyResponse:
    """Record a decision and show it in the pair's history."""
    given = request.form
    action, reason = forms.code("action", DecisionAction), forms.said("reason")
    choice = Choice(program_id, startup_id, action, reason, given.get("run_id") or None)
    precondition = (
        Precondition((int(number),)) if (number := given.get("number", "")).isdecimal() else Precondition(absent=True)
    )
    wired().decide(choice, precondition, given.get("key") or secrets.token_urlsafe(16), actor())
    pair: dict[str, Any] = {"startup_id": startup_id, "program_id": program_id, "on": given.get("on") or None}
    return redirect(url_for("console.pairs.one", **pair, _anchor="decisions"), 303)


def _filters() -> dict[str, str | None]:
    return {"program_id": query.text("program") or None, "action": query.choice("action", tuple(DecisionAction))}
