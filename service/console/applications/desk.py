"""The desk: applications, their requirements and steps, lists from outside, what falls due."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from model.applications import NEXT, AgreementStep, CheckState, EntryKind
from model.domain import Application
from model.fields import fields_of
from service.actions.applications.outside_lists import OutsideFile
from service.actions.applications.recording import STOPPERS, TIERS
from service.auth.access import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.console.applications.entry_forms import recorded
from service.console.matching import sheets
from service.console.wire import exports, forms, local, query
from service.console.wire.forms import SentForm
from service.console.wire.language import gettext, language
from service.console.wire.mistakes import returning
from service.console.wire.names import names
from service.console.wire.pages import page
from service.files.exporters import profiles
from service.files.exporters.table import ColumnHead
from service.storage.applications.applications import RECEIVED, StoredApplication
from service.storage.applications.listings import ListingKind
from service.storage.records.audit import AuditSubject
from service.wired import wired
from service.wording import applications as words
from service.wording import eligibility
from service.wording.pairs import Pairs, said

blueprint = Blueprint("desk", __name__)
PAGE = 40
MOST_REVIEWERS = 50
STATES = (RECEIVED, *(str(step) for step in AgreementStep if step is not AgreementStep.REVERTED))


@blueprint.get("/applications")
@policy("decide")
def listed() -> Response:
    """List applications; those of firms on a list from outside are marked in red."""
    wanted = _filters()
    listed_now = wired().desk.page(after=query.text("after") or "", limit=PAGE, filters=wanted, actor=actor())
    prepared = wired().matching.prepared()
    startups, programs = prepared.startups.side.records, prepared.programs.side.records
    called = sorted((local.name(programs[code]), code) for code in {row[0] for row in wired().desk.counts(actor())})
    facts: dict[str, Any] = {
        "choices": [(code, name) for name, code in called],
        "states": [(state, said(words.STATES, state, language())) for state in STATES],
        "codes": _requirements(wanted["program_id"]),
        "checks": _named(words.CHECKS, CheckState),
        "reviewers": _reviewers(wanted["program_id"]),
        "key": secrets.token_urlsafe(16),
        "asked": {name: request.args[name] for name in ("program", "state", "q", "after") if name in request.args},
    }
    return page(
        "applications/list.html", listing=listed_now, wanted=wanted, startups=startups, programs=programs, **facts
    )


@blueprint.post("/applications")
@policy("decide")
@returning("desk.listed")
def exported() -> Response:
    """Take the applications away that the list shows, all pages of them."""
    wanted = _filters()
    listed_now = wired().desk.all(wanted, actor())
    barred = wired().desk.barred({item.record.startup_id for item in listed_now})

    def lists(item: StoredApplication) -> str:
        return ", ".join(said(words.LISTS, s.kind, language()) for s in barred.get(item.record.startup_id, ()))

    table = sheets.tabled(
        sheets.word("applications"),
        listed_now,
        (sheets.coded("application_id"), lambda item: item.record.id),
        (sheets.coded("startup_id"), lambda item: item.record.startup_id),
        (sheets.coded("program_id"), lambda item: item.record.program_id),
        *(
            (profiles.head(f, language()), lambda item, f=f: profiles.value_of(f, getattr(item.record, f.name)))
            for f in fields_of(Application)
            if f.name not in ("id", "startup_id", "program_id")
        ),
        (ColumnHead(gettext("상태")), lambda item: said(words.STATES, item.state, language())),
        (ColumnHead(gettext("외부 목록"), 24), lists),
    )
    return exports.taken([table], "applications", AuditSubject("applications", wanted["program_id"] or "all"), wanted)


@blueprint.post("/entries")
@policy("decide")
@returning("desk.listed")
def record_many() -> AnyResponse:
    """Record one requirement for ticked applications with one paper, or assign them; or for all that the list finds."""
    ticked = request.form.getlist("application")
    if request.form.get("everything") == "yes" and query.text("program"):
        ticked = [stored.record.id for stored in wired().desk.all(_filters(), actor())]
    recorded(ticked)
    return redirect(f"{url_for('.listed')}?{request.query_string.decode()}", 303)


@blueprint.get("/applications/<string:application_id>")
@policy("decide")
def one(application_id: str) -> Response:
    """Show an application: its requirements with law, papers and persons, and what was recorded."""
    listed_now, spoken = wired().desk.one(application_id, actor()), language()
    steps = sorted(NEXT[listed_now.history.step], key=list(AgreementStep).index)
    codes = wired().matching.prepared().matcher.vocabulary.codes
    facts: dict[str, Any] = {
        "requirements": [
            (line.code, eligibility.rule_name(line.code, spoken)) for line in listed_now.pair.lines if line.check
        ],
        "lines": [
            (
                line,
                eligibility.rule_name(line.code, spoken),
                line.check and eligibility.basis(line.check, codes, spoken),
            )
            for line in listed_now.pair.lines
        ],
        "results": [words.result(place, spoken) for place in range(3)],
        "checks": _named(words.CHECKS, CheckState),
        "steps": _named(words.STATES, steps),
        "entries": [(item, _about(item.kind, item.about, spoken)) for item in listed_now.history.entries],
        "said": lambda table, code: said(getattr(words, table), code, spoken),
        "tiers": _named(words.TIERS, TIERS),
        "stoppers": _named(words.STOPPERS, STOPPERS),
        "reviewers": _reviewers(listed_now.stored.record.program_id),
        "decided": _decided(listed_now.stored.record),
        "key": secrets.token_urlsafe(16),
        "names": names(),
    }
    return page("applications/application.html", sheet=listed_now, record=listed_now.stored.record, **facts)


@blueprint.post("/applications/<string:application_id>")
@policy("decide")
@returning("desk.one")
def record(application_id: str) -> AnyResponse:
    """Record what a form says of one application."""
    recorded((application_id,))
    return redirect(url_for(".one", application_id=application_id), 303)


@blueprint.get("/programs/<string:program_id>/progress")
@policy("decide", program="program_id")
def progress(program_id: str) -> Response:
    """Show a program's applications at a glance."""
    board, is_current = wired().desk.board_at_hand(program_id, actor())
    named = {code: eligibility.rule_name(code, language()) for code in board.requirements} if board else {}
    choices = _reviewers(program_id)
    program = wired().matching.prepared().programs.side.records[program_id]
    reviewers = {user.id: user.name for user in wired().users.all()}
    facts: dict[str, Any] = {"reviewers": reviewers, "choices": choices, "key": secrets.token_urlsafe(16)}
    return page("applications/progress.html", named=named, program=program, board=board, is_current=is_current, **facts)


@blueprint.post("/programs/<string:program_id>/progress")
@policy("decide", program="program_id")
@returning("desk.progress")
def share(program_id: str) -> AnyResponse:
    """Share out the applications that nobody reviews among the ticked reviewers."""
    chosen, key = request.form.getlist("reviewers"), request.form.get("key") or secrets.token_urlsafe(16)
    wired().desk.share(program_id, chosen, key, actor())
    return redirect(url_for(".progress", program_id=program_id, _anchor="by-reviewer"), 303)


@blueprint.get("/listings")
@policy("decide")
def listings() -> Response:
    """List the lists from outside, and ask for a file."""
    listed_now = [(item, said(words.LISTS, item.kind, language())) for item in wired().outside_lists.all(actor())]
    return page("applications/listings.html", lists=listed_now, kinds=_named(words.LISTS, ListingKind))


@blueprint.post("/listings")
@policy("import", work=Work.IMPORT, body="import_limit")
@returning("desk.listings")
def bring() -> AnyResponse:
    """Keep a list from outside."""
    sent = SentForm()
    about = (*sent.file("file"), sent.code("kind", ListingKind), sent.text("source", 100), sent.day("as_of"))
    sent.check()
    report = wired().outside_lists.bring(OutsideFile(*about), actor())
    return redirect(url_for(".listing", listing_id=report.listing.id), 303)


@blueprint.get("/listings/<string:listing_id>")
@policy("decide")
def listing(listing_id: str) -> Response:
    """Show a list with the firms on it."""
    number = query.number("page", 1)
    report = wired().outside_lists.one(listing_id, actor(), skip=(number - 1) * PAGE, limit=PAGE)
    notes = [(note, *note.sentences(language())) for note in report.listing.notes[:PAGE]]
    kind = said(words.LISTS, report.listing.kind, language())
    at: dict[str, Any] = {"number": number, "pages": max(1, -(-report.count // PAGE)), "href": query.href}
    return page("applications/listing.html", report=report, kind=kind, notes=notes, **at)


@blueprint.post("/listings/<string:listing_id>")
@policy("decide")
@returning("desk.listing")
def answer(listing_id: str) -> AnyResponse:
    """Record a person's word on whether a firm is the one of that name."""
    pair, sent = request.form.get("pair", "").partition("~"), SentForm()
    reason = sent.text(f"reason-{pair[0]}-{pair[2]}")
    sent.check()
    is_same, line = request.form.get("is_same") == "yes", int(pair[0]) if pair[0].isdecimal() else 0
    wired().outside_lists.answer(listing_id, line, pair[2], is_same=is_same, reason=reason, actor=actor())
    return redirect(url_for(".listing", listing_id=listing_id), 303)


@blueprint.get("/due")
@policy("decide")
def due() -> Response:
    """List what falls due."""
    mine = query.choice("mine", ("true",)) == "true"
    number = query.number("page", 1)
    items, count = wired().clocks.page(actor(), mine=mine, skip=(number - 1) * PAGE, limit=PAGE)
    named = [(item, said(words.DUE, item.code, language())) for item in items]
    at: dict[str, Any] = {"number": number, "pages": max(1, -(-count // PAGE)), "href": query.href, "count": count}
    sides = wired().matching.prepared()
    records: dict[str, Any] = {"programs": sides.programs.side.records, "startups": sides.startups.side.records}
    return page("applications/due.html", items=named, mine=mine, **records, **at)


@blueprint.get("/startups/<string:startup_id>/merges")
@policy("write")
def merge_form(startup_id: str) -> Response:
    """Ask which firm goes into this one, and show which have."""
    startup = wired().startups.one(startup_id).record
    return page("applications/merge.html", startup=startup, merges=wired().merge_firms.of(startup_id))


@blueprint.post("/startups/<string:startup_id>/merges/<string:merge_id>")
@policy("write")
@returning("desk.merge_form")
def part(startup_id: str, merge_id: str) -> AnyResponse:
    """Part two firms that were merged."""
    wired().merge_firms.undo(merge_id, forms.said(f"reason-{merge_id}"), actor())
    return redirect(url_for(".merge_form", startup_id=startup_id), 303)


@blueprint.post("/startups/<string:startup_id>/merges")
@policy("write")
@returning("desk.merge_form")
def merge(startup_id: str) -> AnyResponse:
    """Merge another firm into this one."""
    sent = SentForm()
    gone, reason = sent.text("gone", 200), sent.text("reason")
    sent.check()
    wired().merge_firms(startup_id, gone, reason, actor())
    return redirect(url_for("console.startups.one", startup_id=startup_id), 303)


def _decided(record: Application) -> str:
    """What was last decided on the firm at the program."""
    pair = {"startup_id": record.startup_id, "program_id": record.program_id}
    decisions = wired().decisions.all(pair, actor())
    return local.action(decisions[-1].action) if decisions else gettext("결정 전")


def _reviewers(program_id: str | None) -> list[tuple[str, str]]:
    """Who may review a program's applications, by name."""
    users = wired().desk.reviewers(program_id) if program_id else []
    return [(user.id, user.name) for user in users[:MOST_REVIEWERS]]


def _requirements(program_id: str | None) -> list[tuple[str, str]]:
    """What may be confirmed for many applications of one program at once."""
    codes = wired().desk.requirements(program_id) if program_id else ()
    return [(code, eligibility.rule_name(code, language())) for code in codes]


def _about(kind: EntryKind, about: str, spoken: str) -> str:
    if kind is EntryKind.STEP:
        return said(words.STATES, about, spoken)
    return eligibility.rule_name(about, spoken) if kind is EntryKind.CHECK else about


def _named(table: Pairs, codes: Any) -> list[tuple[str, str]]:
    return [(str(code), said(table, str(code), language())) for code in codes]


def _filters() -> dict[str, str | None]:
    wanted = {name: query.text(at) or None for name, at in (("program_id", "program"), ("q", "q"))}
    return {**wanted, "state": query.choice("state", STATES) or None}
