"""Startups: searched, shown one by one with the programs that suit them, and what the rules say of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response

from model.domain import Kind, Stage
from service.actions.catalogue.browse import Browse
from service.actions.catalogue.explain_eligibility import ExplanationWish
from service.actions.matching.match import Options
from service.auth.access import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.console.matching import ledger, sheets, shown
from service.console.matching.recording import record_run
from service.console.wire import exports, query
from service.console.wire.mistakes import returning
from service.console.wire.names import names
from service.console.wire.pages import page
from service.storage.records.audit import AuditSubject
from service.wired import wired

blueprint = Blueprint("startups", __name__, url_prefix="/startups")
PAGE = 20
SHORTLIST, MOST = 10, 25


@blueprint.get("")
@policy("read")
def listed() -> Response:
    """List startups, a page at a time, as searched."""
    facts = searched(wired().startups, wanted := filters(), wanted)
    return page("catalogue/startups.html", part="catalogue/startups_results.html", **facts)


@blueprint.post("")
@policy("export", work=Work.EXPORT)
@returning("startups.listed")
def exported() -> Response:
    """Take the list away as searched, all pages of it."""
    wanted = filters()
    table = sheets.startups(wired().startups.all(wanted, query.text("order")), names())
    return exports.taken([table], "startups", AuditSubject("catalogue", "startups"), wanted)


@blueprint.get("/<string:startup_id>")
@policy("match")
def one(startup_id: str) -> Response:
    """Show a startup with the programs that suit it best."""
    run = record_run(wired().matching.for_startup(startup_id, options()))
    entries = shown.ranked(run, wired().matching.matches(run))
    nearest = wired().participants(run, [entry.candidate.id for entry in entries[:SHORTLIST]], actor())
    alike = [shown.participant(run.vocabulary, participant) for rows in nearest.values() for participant in rows]
    known = shown.known(run, wired().matching.known(run))
    facts: dict[str, Any] = {"participants": alike, "known": known, "names": names()}
    return page("catalogue/startup.html", startup=run.subject, run=run, matches=entries, view="matches", **facts)


@blueprint.post("/<string:startup_id>")
@policy("export", work=Work.EXPORT)
@returning("startups.one")
def matches_exported(startup_id: str) -> Response:
    """Take a startup's ranked programs away, as many as the page shows."""
    run = record_run(wired().matching.for_startup(startup_id, options()))
    return exports.sent(wired().export_results.ranked(run, exports.purpose(), actor()))


@blueprint.get("/<string:startup_id>/eligibility")
@policy("match")
def eligibility(startup_id: str) -> Response:
    """Show what the rules say of a startup at every open call, and what one change would unlock."""
    wish = ExplanationWish(query.day("on"))
    explanation = wired().eligibility.of_startup(startup_id, wish)
    ledger_page = ledger.page_of(explanation, wired().eligibility.steps(startup_id, wish))
    return page(
        "catalogue/startup_ledger.html",
        startup=explanation.startup,
        explanation=explanation,
        names=names(),
        view="ledger",
        ledger_page=ledger_page,
    )


@blueprint.post("/<string:startup_id>/eligibility")
@policy("export", work=Work.EXPORT)
@returning("startups.eligibility")
def eligibility_exported(startup_id: str) -> Response:
    """Take away what the rules say of a startup, every open call."""
    wish = ExplanationWish(query.day("on"))
    explanation = wired().eligibility.of_startup(startup_id, wish)
    ledger_page = ledger.page_of(
        explanation, wired().eligibility.steps(startup_id, wish), size=max(1, len(explanation.programs))
    )
    subject, facts = AuditSubject("startup", startup_id), exports.ground(explanation.ground)
    return exports.taken(sheets.ledger(ledger_page), "eligibility", subject, {}, facts)


def searched(browse: Browse[Any], wanted: Mapping[str, object], meant: Mapping[str, object]) -> dict[str, Any]:
    """The part of a list that the address asks for, of its size and in its order; `meant` is `wanted` for the store."""
    size, order = int(query.choice("size", ("50", "100")) or PAGE), query.text("order")
    listing = browse.listing(number=query.number("page", 1), size=size, filters=meant, order=order)
    return {"listing": listing, "wanted": wanted, "names": names(), "href": query.href, "order": order}


def filters() -> dict[str, object]:
    """What the list is searched for."""
    return {
        "q": query.text("q") or None,
        "kind": query.choice("kind", tuple(Kind)),
        "stage": query.choice("stage", tuple(Stage)),
        "region": query.choice("region", [code for code, _ in names().regions()]),
    }


def options() -> Options:
    """How many matches, as of which day, under which rules."""
    limit = query.number("limit", SHORTLIST, 1, MOST)
    return Options(
        limit, query.day("on"), include_ineligible=query.flag("ineligible"), include_known=query.flag("known")
    )
