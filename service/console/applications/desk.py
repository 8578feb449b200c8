"""The desk: applications, their requirements and steps, lists from outside, what falls due."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from model.applications import NEXT, AgreementStep, CheckState, EntryKind
from model.faults import BadData, Fault, shown
from model.snapshot import rows
from service.actions.applications.desk import Recorded
from service.actions.applications.outside_lists import OutsideFile
from service.actions.applications.recording import AMOUNTS, DETAILS, STOPPERS, TIERS, Recording
from service.auth.doors import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.console.matching import sheets
from service.console.wire import exports, forms, local, query
from service.console.wire.language import gettext, language
from service.console.wire.mistakes import returning
from service.console.wire.pages import page
from service.errors import Problem, ServiceError
from service.files.exporters.table import ColumnHead
from service.storage.applications.applications import RECEIVED, StoredApplication
from service.storage.applications.listings import ListingKind
from service.storage.records.audit import AuditSubject
from service.wired import wired
from service.wording import applications as words
from service.wording import eligibility

blueprint = Blueprint("desk", __name__)
PAGE = 40
MOST_DUE = 100
STATES = (RECEIVED, *(str(step) for step in AgreementStep if step is not AgreementStep.REVERTED))


@blueprint.get("/applications")
@policy("decide")
def listed() -> Response:
    """List applications; those of firms on a list from outside are marked in red."""
    wanted = _filters()
    listed_now = wired().desk.page(after=query.text("after") or "", limit=PAGE, filters=wanted, actor=actor())
    prepared = wired().matching.prepared()
    startups, programs = prepared.startups.side.records, prepared.programs.side.records
    here = [startups[item.record.startup_id] for item in listed_now.items if item.record.startup_id in startups]
    called = sorted((local.name(programs[code]), code) for code in {row[0] for row in wired().desk.counts(actor())})
    facts: dict[str, Any] = {
        "choices": [(code, name) for name, code in called],
        "states": [(state, words.said(words.STATES, state, language())) for state in STATES],
        "codes": _requirements(wanted["program_id"]),
        "checks": _named(words.CHECKS, CheckState),
        "barred": wired().desk.barred(here),
    }
    return page(
        "applications/list.html", found=listed_now, wanted=wanted, startups=startups, programs=programs, **facts
    )


@blueprint.post("/applications")
@policy("decide")
@returning("desk.listed")
def exported() -> Response:
    """Take the applications away that the list shows, all pages of them."""
    wanted, startups = _filters(), wired().matching.prepared().startups.side.records
    listed_now = wired().desk.all(wanted, actor())
    firms = [startups[item.record.startup_id] for item in listed_now if item.record.startup_id in startups]
    barred = wired().desk.barred(firms)

    def lists(item: StoredApplication) -> str:
        return ", ".join(words.said(words.LISTS, s.kind, language()) for s in barred.get(item.record.startup_id, ()))

    table = sheets.tabled(
        sheets.word("applications"),
        listed_now,
        (sheets.coded("application_id"), lambda item: item.record.id),
        (sheets.coded("startup_id"), lambda item: item.record.startup_id),
        (sheets.coded("program_id"), lambda item: item.record.program_id),
        (ColumnHead(gettext("접수번호")), lambda item: item.record.named),
        (ColumnHead(gettext("창업아이템명"), 32), lambda item: item.record.item),
        (ColumnHead(gettext("주관기관")), lambda item: item.record.host),
        (ColumnHead(gettext("상태")), lambda item: words.said(words.STATES, item.state, language())),
        (ColumnHead(gettext("외부 목록"), 24), lists),
    )
    return exports.taken([table], "applications", AuditSubject("applications", wanted["program_id"] or "all"), wanted)


@blueprint.post("/entries")
@policy("decide")
@returning("desk.listed")
def record_many() -> AnyResponse:
    """Record one requirement for all ticked applications with one paper, or assign them to a reviewer."""
    _recorded(tuple(request.form.getlist("application")))
    return redirect(url_for(".listed", program=request.form.get("program") or None), 303)


@blueprint.get("/applications/<string:application_id>")
@policy("decide")
def one(application_id: str) -> Response:
    """Show an application: its requirements with law, papers and persons, and what was recorded."""
    listed_now, spoken = wired().desk.one(application_id, actor()), language()
    steps = sorted(NEXT[listed_now.history.step], key=list(AgreementStep).index)
    facts: dict[str, Any] = {
        "lines": [
            (line, eligibility.rule_name(line.code, spoken), _law(line.check, spoken)) for line in listed_now.pair.lines
        ],
        "results": [words.result(place, spoken) for place in range(3)],
        "checks": _named(words.CHECKS, CheckState),
        "steps": _named(words.STATES, steps),
        "entries": [(item, _about(item.kind, item.about, spoken)) for item in listed_now.history.entries],
        "said": lambda table, code: words.said(getattr(words, table), code, spoken),
        "tiers": TIERS,
        "stoppers": STOPPERS,
    }
    return page("applications/application.html", sheet=listed_now, record=listed_now.stored.record, **facts)


@blueprint.post("/applications/<string:application_id>")
@policy("decide")
@returning("desk.one")
def record(application_id: str) -> AnyResponse:
    """Record what a form says of one application."""
    _recorded((application_id,))
    return redirect(url_for(".one", application_id=application_id), 303)


@blueprint.get("/programs/<string:program_id>/progress")
@policy("decide", program="program_id")
def progress(program_id: str) -> Response:
    """Show a program's applications at a glance."""
    board = wired().desk.board(program_id, actor())
    named = {code: eligibility.rule_name(code, language()) for code in board.requirements}
    program = wired().matching.prepared().programs.side.records[program_id]
    reviewers = {user.id: user.name for user in wired().users.all()}
    return page("applications/progress.html", board=board, named=named, program=program, reviewers=reviewers)


@blueprint.get("/listings")
@policy("decide")
def listings() -> Response:
    """List the lists from outside, and ask for a file."""
    listed_now = [(item, words.said(words.LISTS, item.kind, language())) for item in wired().outside_lists.all(actor())]
    return page("applications/listings.html", found=listed_now, kinds=_named(words.LISTS, ListingKind))


@blueprint.post("/listings")
@policy("import", work=Work.IMPORT, body="import_limit")
@returning("desk.listings")
def bring() -> AnyResponse:
    """Keep a list from outside."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise ServiceError(Problem.BAD_FORM)
    try:
        as_of = rows.day(request.form.get("as_of", ""))
    except ValueError:
        raise BadData([Fault("not_date", field="as_of", value=shown(request.form.get("as_of", "")))]) from None
    kind = forms.code("kind", ListingKind)
    brought = OutsideFile(file.read(), file.filename[:200], kind, forms.said("source", 100), as_of)
    report = wired().outside_lists.bring(brought, actor())
    return redirect(url_for(".listing", listing_id=report.listing.id), 303)


@blueprint.get("/listings/<string:listing_id>")
@policy("decide")
def listing(listing_id: str) -> Response:
    """Show a list with the firms on it."""
    report = wired().outside_lists.one(listing_id, actor())
    notes = [(note, *note.sentences(language())) for note in report.listing.notes[:PAGE]]
    kind = words.said(words.LISTS, report.listing.kind, language())
    return page("applications/listing.html", report=report, kind=kind, notes=notes)


@blueprint.post("/listings/<string:listing_id>")
@policy("decide")
@returning("desk.listing")
def answer(listing_id: str) -> AnyResponse:
    """Record a person's word on whether a firm is the one of that name."""
    line, is_same = forms.number("line", 1, 10**7), request.form.get("is_same") == "yes"
    startup, reason = forms.said("startup_id", 200), forms.said("reason")
    wired().outside_lists.answer(listing_id, line, startup, is_same=is_same, reason=reason, actor=actor())
    return redirect(url_for(".listing", listing_id=listing_id), 303)


@blueprint.get("/due")
@policy("decide")
def due() -> Response:
    """List what falls due."""
    mine = query.choice("mine", ("true",)) == "true"
    items = wired().clocks.due(actor(), mine=mine)[:MOST_DUE]
    named = [(item, words.said(words.DUE, item.code, language())) for item in items]
    return page(
        "applications/due.html", items=named, mine=mine, programs=wired().matching.prepared().programs.side.records
    )


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
    wired().merge_firms.undo(merge_id, forms.said("reason"), actor())
    return redirect(url_for(".merge_form", startup_id=startup_id), 303)


@blueprint.post("/startups/<string:startup_id>/merges")
@policy("write")
@returning("desk.merge_form")
def merge(startup_id: str) -> AnyResponse:
    """Merge another firm into this one."""
    wired().merge_firms(startup_id, forms.said("gone", 200), forms.said("reason"), actor())
    return redirect(url_for("console.startups.one", startup_id=startup_id), 303)


def _recorded(applications: tuple[str, ...]) -> Recorded:
    """Record what the form says; what is left empty is not said."""
    given = {name: text for name in DETAILS if (text := request.form.get(name, "").strip())}
    details: dict[str, Any] = {**given, **{n: _whole(n, given[n]) for n in (*AMOUNTS, "year") if n in given}}
    if "contract" in given:
        details["contract"] = given["contract"] == "yes"
    kind = forms.code("kind", EntryKind)
    asked = Recording(applications, kind, forms.given("about", 100), request.form.get("state", ""), details)
    return wired().desk.record(asked, request.form.get("key") or secrets.token_urlsafe(16), actor())


def _whole(name: str, text: str) -> int:
    digits = text.replace(",", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        raise BadData([Fault("not_integer", field=name, value=shown(text))])
    return int(digits)


def _requirements(program_id: str | None) -> list[tuple[str, str]]:
    """What may be confirmed for many applications of one program at once."""
    if not program_id:
        return []
    codes = wired().desk.requirements(program_id)
    return [(code, eligibility.rule_name(code, language())) for code in codes]


def _law(check: Any, spoken: str) -> str:
    """The article or notice that the machine's answer rests on."""
    codes = wired().matching.prepared().matcher.vocabulary.codes
    return (eligibility.basis(check, codes, spoken) or "") if check else ""


def _about(kind: EntryKind, about: str, spoken: str) -> str:
    if kind is EntryKind.STEP:
        return words.said(words.STATES, about, spoken)
    return eligibility.rule_name(about, spoken) if kind is EntryKind.CHECK else about


def _named(table: words.Pairs, codes: Any) -> list[tuple[str, str]]:
    return [(str(code), words.said(table, str(code), language())) for code in codes]


def _filters() -> dict[str, str | None]:
    wanted = {name: query.text(at) or None for name, at in (("program_id", "program"), ("q", "q"))}
    return {**wanted, "state": query.choice("state", STATES) or None}
