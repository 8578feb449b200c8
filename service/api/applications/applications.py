"""Applications: read, recorded on by named persons; lists from outside; merges of firms; what falls due."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response

from service.actions.applications.outside_lists import OutsideFile
from service.actions.applications.recording import Recording
from service.api.applications import applications_schema as shown
from service.api.records.exports_schema import ExportOrder, Reasoned
from service.api.wire import keyed, plain, upload
from service.api.wire.arguments import Resource
from service.api.wire.download import download
from service.api.wire.language import language
from service.api.wire.options import PageOrder
from service.auth.access import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.wired import wired

resource = Resource("applications", __name__, description="신청 · Applications")
CALENDAR = "text/calendar; charset=utf-8"


@resource.route("/applications")
@resource.arguments(shown.ApplicationFilters, location="query")
@resource.response(200, shown.ItemPageSchema)
@policy("decide")
def listed(wanted: PageOrder) -> Response:
    """List applications by id, as far as the asker's programs go."""
    page = wired().desk.page(after=wanted.after, limit=wanted.limit, filters=wanted.filters, actor=actor())
    return plain.sent(shown.listed(page))


@resource.route("/applications/<string:application_id>")
@resource.response(200, shown.ApplicationSchema)
@policy("decide")
def one(application_id: str) -> Response:
    """Show an application: every requirement with the machine's answer and persons' words, and all entries."""
    return plain.said(shown.sheet(wired().desk.one(application_id, actor()), language()))


@resource.route("/applications/entries", methods=["POST"])
@resource.arguments(shown.NewEntry)
@resource.response(201, shown.RecordedSchema)
@resource.headers(keyed.PARAMETER)
@policy("decide")
def record(asked: Recording) -> Response:
    """Record a check, a request, an assignment, a step or an override on one or more applications, each its own entry.

    Idempotency-Key is required.
    """
    done = wired().desk.record(asked, keyed.key(), actor())
    response = plain.sent(shown.recorded(done), 201)
    if done.is_replay:
        response.headers[keyed.REPLAYED] = "true"
    return response


@resource.route("/programs/<string:program_id>/progress")
@resource.response(200, shown.BoardSchema)
@policy("decide", program="program_id")
def progress(program_id: str) -> Response:
    """Show a program's applications at a glance: by requirement and by reviewer, how many are settled."""
    return plain.said(shown.board(wired().desk.board(program_id, actor()), language()))


@resource.route("/startups/<string:startup_id>/merges", methods=["POST"])
@resource.arguments(shown.NewMerge)
@resource.response(201, shown.MergeSchema)
@policy("write")
def merge(asked: dict[str, Any], startup_id: str) -> Response:
    """Merge another firm into this one; applications and outcomes move, and undoing brings them back."""
    return plain.sent(shown.merge(wired().merge_firms(startup_id, asked["gone"], asked["reason"], actor())), 201)


@resource.route("/merges/<string:merge_id>/undo", methods=["POST"])
@resource.arguments(shown.NewParting)
@resource.response(200, shown.MergeSchema)
@policy("write")
def part(asked: dict[str, Any], merge_id: str) -> Response:
    """Part two firms that were merged."""
    return plain.sent(shown.merge(wired().merge_firms.undo(merge_id, asked["reason"], actor())))


@resource.route("/listings")
@resource.response(200, shown.ItemPageSchema)
@policy("decide")
def listings() -> Response:
    """List the lists from outside, newest first; of a kind and source the newest counts."""
    items = [shown.listing(listing_of) for listing_of in wired().outside_lists.all(actor())]
    return plain.sent({"items": items, "next": None})


@resource.route("/listings", methods=["POST"])
@resource.arguments(shown.ListingOptions, location="query")
@resource.doc(requestBody=upload.DOCUMENT)
@resource.response(201, shown.ListingSchema)
@policy("import", work=Work.IMPORT, body="import_limit")
def bring(asked: shown.AskedListing) -> Response:
    """Keep a list of those barred, owing or in arrears (CSV, XLSX), and tell which firms stand on it."""
    received = upload.received()
    file = OutsideFile(received.raw, asked.name or received.name, asked.kind, asked.source, asked.as_of)
    report = wired().outside_lists.bring(file, actor())
    return plain.said(shown.list_report(report, language()), 201, f"listings/{report.listing.id}")


@resource.route("/listings/<string:listing_id>")
@resource.response(200, shown.ListingSchema)
@policy("decide")
def listing(listing_id: str) -> Response:
    """Show a list with the firms on it: by number, or by name for a person to decide."""
    return plain.said(shown.list_report(wired().outside_lists.one(listing_id, actor()), language()))


@resource.route("/listings/<string:listing_id>/answers", methods=["POST"])
@resource.arguments(shown.NewListAnswer)
@resource.response(200, shown.ListingSchema)
@policy("decide")
def answer(asked: dict[str, Any], listing_id: str) -> Response:
    """Record a person's word on whether a firm is the one that a line names."""
    wired().outside_lists.answer(
        listing_id, asked["line"], asked["startup_id"], is_same=asked["is_same"], reason=asked["reason"], actor=actor()
    )
    return plain.said(shown.list_report(wired().outside_lists.one(listing_id, actor()), language()))


@resource.route("/due")
@resource.arguments(shown.DueOptions, location="query")
@resource.response(200, shown.ItemPageSchema)
@policy("decide")
def due(mine: bool) -> Response:
    """List what falls due, the earliest first."""
    items = [shown.due(item, language()) for item in wired().clocks.due(actor(), mine=mine)]
    return plain.said({"items": items, "next": None})


@resource.route("/due.ics")
@resource.arguments(shown.DueOptions, location="query")
@resource.response(200, {"type": "string"}, content_type=CALENDAR)
@policy("decide")
def calendar(mine: bool) -> Response:
    """The same as a calendar file."""
    text = wired().clocks.calendar(actor(), mine=mine, title=lambda item: shown.due_title(item, language()))
    return Response(text, content_type=CALENDAR)


@resource.route("/reports")
@resource.arguments(shown.ReportDay, location="query")
@resource.response(200, shown.DayReportSchema)
@policy("decide")
def report(on: date) -> Response:
    """Report the state at the end of a day: selected and rejected, repeated support, exclusions, money, contracts."""
    return plain.said(shown.report(wired().reports(on, actor(), language())))


@resource.route("/reports.xlsx")
@resource.arguments(shown.ReportExport, location="query")
@resource.response(200, {"type": "string", "format": "binary"}, content_type=upload.XLSX)
@policy("decide", work=Work.EXPORT)
def report_workbook(wanted: ExportOrder) -> Response:
    """Take the same away as a workbook, with what each table counts on a sheet of its own."""
    on = wanted.on or date.max  # the parameter is required
    return download(wired().reports.exported(on, wanted.purpose("xlsx", language()), actor()))


@resource.route("/rounds/<string:round_id>/papers")
@resource.response(200, shown.PapersSchema)
@policy("rounds")
def papers(round_id: str) -> Response:
    """Trace a round over applications: what each requirement rested on, by paper and person; and what was open."""
    ran, _, papers_of = wired().round_papers(round_id, actor())
    return plain.said({"round_id": ran.stored.id, "items": [shown.papers(paper, language()) for paper in papers_of]})


@resource.route("/rounds/<string:round_id>/papers.xlsx")
@resource.arguments(Reasoned, location="query")
@resource.response(200, {"type": "string", "format": "binary"}, content_type=upload.XLSX)
@policy("rounds", work=Work.EXPORT)
def papers_workbook(wanted: ExportOrder, round_id: str) -> Response:
    """Take the same away as a workbook, one row a requirement."""
    return download(wired().round_papers.exported(round_id, wanted.purpose("xlsx", language()), actor()))
