"""Imports: a file is previewed with a report on its rows, then committed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response

from service.actions.catalogue import import_report
from service.actions.catalogue.map_headings import NOT_READ
from service.api.catalogue import imports_schema as imports
from service.api.wire import plain, upload
from service.api.wire.arguments import Resource
from service.api.wire.download import download
from service.api.wire.language import language
from service.auth.access import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.storage.catalogue.imports import Import
from service.wired import wired

resource = Resource("imports", __name__, description="가져오기 · Imports")


@resource.route("/imports", methods=["POST"])
@resource.arguments(imports.ImportOptions, location="query")
@resource.doc(requestBody=upload.DOCUMENT)
@resource.response(201, imports.ImportSchema)
@policy("import", work=Work.IMPORT, body="import_limit")
def bring(asked: imports.Asked) -> Response:
    """Read a file (CSV, XLSX, JSON lines, answers of public APIs) and preview what it would change."""
    received = upload.received()
    mapped = wired().heading_maps.mapped(asked.institution, asked.form, asked.said.kind) if asked.form else {}
    said = replace(asked.said, name=asked.said.name or received.name, mapped=mapped)
    preview = wired().imports.bring(received.raw, said, actor())
    if asked.commit:
        preview = wired().imports.commit(preview.id, actor(), good_rows_only=asked.good_rows_only)
    return _sent(preview, 201)


@resource.route("/imports/<string:import_id>")
@resource.response(200, imports.ImportSchema)
@policy("import")
def one(import_id: str) -> Response:
    """Show an import: its state, its counts and the first of its faults."""
    return _sent(wired().imports.one(import_id))


@resource.route("/imports/<string:import_id>/commit", methods=["POST"])
@resource.arguments(imports.CommitOptions, location="query")
@resource.response(200, imports.ImportSchema)
@policy("import", work=Work.IMPORT)
def commit(good_rows_only: bool, import_id: str) -> Response:
    """Take a previewed import into the catalogue, whole or (rows=good) without its faulty lines."""
    return _sent(wired().imports.commit(import_id, actor(), good_rows_only=good_rows_only))


@resource.route("/imports/<string:import_id>/headings", methods=["POST"])
@resource.arguments(imports.HeadingsAsked)
@resource.response(201, imports.ImportSchema)
@policy("import", work=Work.IMPORT)
def map_headings(asked: dict[str, Any], import_id: str) -> Response:
    """Keep what the headings of a previewed file name, for its institution's form, and preview the file anew."""
    preview = wired().imports.one(import_id)
    kind = preview.sources[0].kind
    wired().heading_maps.keep((asked["institution"], asked["form"], kind), _fields(asked), actor())
    mapped = wired().heading_maps.mapped(asked["institution"], asked["form"], kind)
    return _sent(wired().imports.reread(import_id, mapped, actor()), 201)


@resource.route("/heading-maps")
@resource.response(200, imports.HeadingMapsSchema)
@policy("import")
def heading_maps() -> Response:
    """List the heading maps, by institution and form."""
    return plain.said({"items": [imports.heading_map(each_map) for each_map in wired().heading_maps.every()]})


@resource.route("/heading-maps", methods=["POST"])
@resource.arguments(imports.HeadingMapAsked)
@resource.response(200, imports.HeadingMapSchema)
@policy("import")
def keep_heading_map(asked: dict[str, Any]) -> Response:
    """Keep or change the heading map of an institution's form; headings that aren't named stay as they are."""
    form = (asked["institution"], asked["form"], asked["kind"])
    return plain.said(imports.heading_map(wired().heading_maps.keep(form, _fields(asked), actor())))


@resource.route("/heading-maps/<string:map_id>")
@resource.response(200, imports.HeadingMapSchema)
@policy("import")
def heading_map(map_id: str) -> Response:
    """Show a heading map."""
    return plain.said(imports.heading_map(wired().heading_maps.one(map_id)))


@resource.route("/heading-maps/<string:map_id>", methods=["DELETE"])
@resource.response(204)
@policy("import")
def remove_heading_map(map_id: str) -> Response:
    """Forget a heading map."""
    wired().heading_maps.remove(map_id, actor())
    return Response(status=204)


@resource.route("/imports/<string:import_id>/report")
@resource.arguments(imports.ReportPage, location="query")
@resource.response(200, imports.ReportSchema)
@policy("import")
def report(span: imports.Span, import_id: str) -> Response:
    """List an import's faults by line, a page at a time."""
    return plain.said(imports.report(wired().imports.one(import_id), span, language()))


@resource.route("/imports/<string:import_id>/report.xlsx")
@resource.response(200, {"type": "string", "format": "binary"}, content_type=upload.XLSX)
@policy("import", work=Work.EXPORT)
def report_workbook(import_id: str) -> Response:
    """Take an import's faults away as a workbook, to correct the file by."""
    return download(import_report.exported(wired().imports.one(import_id), language()))


def _fields(asked: dict[str, Any]) -> dict[str, str]:
    return {column["heading"]: column["field"] or NOT_READ for column in asked["columns"]}


def _sent(preview: Import, status: int = 200) -> Response:
    return plain.said(imports.shown(preview, language()), status, f"imports/{preview.id}")
