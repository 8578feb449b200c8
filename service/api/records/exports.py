"""Exports: files that people take away, each with the reason that they give."""

from __future__ import annotations

from flask import Response

from service.actions.catalogue.export import Purpose
from service.actions.matching.match import Run
from service.api.matching.answers import answers
from service.api.records.exports_schema import DecisionExport, ExportOrder, RankedExport, Reasoned, RoundExport
from service.api.wire import upload
from service.api.wire.arguments import Resource
from service.api.wire.download import download
from service.api.wire.language import language
from service.auth.access import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.wired import wired

resource = Resource("exports", __name__, description="내보내기 · Exports")

FILE = {"type": "string", "format": "binary"}


@resource.route("/exports/startups.<string:form>")
@resource.arguments(Reasoned, location="query")
@resource.response(200, FILE, content_type="application/octet-stream")
@policy("export", work=Work.EXPORT)
def startups(wanted: ExportOrder, form: str) -> Response:
    """Take all startups away as csv or xlsx; importing the file again changes nothing."""
    return download(wired().export.profiles("startups", wanted.purpose(form, language()), actor()))


@resource.route("/exports/programs.<string:form>")
@resource.arguments(Reasoned, location="query")
@resource.response(200, FILE, content_type="application/octet-stream")
@policy("export", work=Work.EXPORT)
def programs(wanted: ExportOrder, form: str) -> Response:
    """Take all programs away as csv or xlsx; importing the file again changes nothing."""
    return download(wired().export.profiles("programs", wanted.purpose(form, language()), actor()))


@resource.route("/exports/decisions.<string:form>")
@resource.arguments(DecisionExport, location="query")
@resource.response(200, FILE, content_type="application/octet-stream")
@policy("decide", work=Work.EXPORT)
def decisions(wanted: ExportOrder, form: str) -> Response:
    """Take the decisions away that the asker may see; needs the scope `export` too."""
    filters = {"program_id": wanted.program_id} if wanted.program_id else {}
    return download(wired().export_results.decisions(filters, wanted.purpose(form, language()), actor()))


@resource.route("/exports/startups/<string:startup_id>/matches.<string:form>")
@resource.arguments(RankedExport, location="query")
@resource.response(200, FILE, content_type="application/octet-stream")
@policy("export", work=Work.EXPORT)
def matches(wanted: ExportOrder, startup_id: str, form: str) -> Response:
    """Take the programs ranked for a startup away."""
    return ranked(wired().matching.for_startup(startup_id, wanted.options), wanted.purpose(form, language()))


@resource.route("/exports/programs/<string:program_id>/candidates.<string:form>")
@resource.arguments(RankedExport, location="query")
@resource.response(200, FILE, content_type="application/octet-stream")
@policy("export", program="program_id", work=Work.EXPORT)
def candidates(wanted: ExportOrder, program_id: str, form: str) -> Response:
    """Take the startups ranked for a program away."""
    return ranked(wired().matching.for_program(program_id, wanted.options), wanted.purpose(form, language()))


@resource.route("/rounds/<string:round_id>/export.xlsx")
@resource.arguments(RoundExport, location="query")
@resource.response(200, FILE, content_type=upload.XLSX)
@policy("rounds", work=Work.EXPORT)
def round(wanted: ExportOrder, round_id: str) -> Response:
    """Take a round away as a workbook for committees: a sheet a program, reserves, empty columns for evaluators."""
    purpose = wanted.purpose("xlsx", language())
    return download(wired().export_results.round(round_id, wanted.evaluators, purpose, actor()))


def ranked(run: Run, purpose: Purpose) -> Response:
    """A ranked list as a file; what it rests on is recorded, as for the same answer in JSON."""
    answers().bytes_of(run, purpose.language)
    return download(wired().export_results.ranked(run, purpose, actor()))
