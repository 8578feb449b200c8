"""Imports: a file is brought, previewed with a report on its rows, and taken into the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson
from flask import Blueprint, Response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from model.faults import Fault
from service.actions.catalogue import import_report
from service.actions.catalogue.imports import Said
from service.actions.catalogue.map_headings import NOT_READ
from service.auth.access import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.console.wire import exports, local, query
from service.console.wire.forms import SentForm
from service.console.wire.language import language
from service.console.wire.mistakes import returning
from service.console.wire.pages import page
from service.files.columns.column import folded
from service.files.columns.names import KINDS, columns
from service.storage.catalogue.imports import PREVIEWED, Import, Planned
from service.wired import wired

blueprint = Blueprint("imports", __name__, url_prefix="/imports")
PAGE = 50
MOST_NOTES = 200
SHOWN = 10
"""Good rows that a preview shows, so that one sees whether the columns were understood."""


@blueprint.get("")
@policy("import")
def form() -> Response:
    """Ask for a file."""
    called = wired().matching.prepared().programs.side.records.values()
    programs = sorted((local.name(program), program.id) for program in called if program.is_ranked)
    choices = [(identifier, name) for name, identifier in programs]
    return page("catalogue/imports.html", kinds=tuple(KINDS), maps=wired().heading_maps.every(), programs=choices)


@blueprint.post("")
@policy("import", work=Work.IMPORT, body="import_limit")
@returning("imports.form")
def bring() -> AnyResponse:
    """Read a file and preview what it would change."""
    form = SentForm()
    content, name = form.file("file")
    form.check()
    kind, sheet = request.form.get("kind"), request.form.get("sheet", "").strip()
    heading_map = next((known for known in wired().heading_maps.every() if known.id == request.form.get("map")), None)
    mapped = {folded(heading): field for heading, field in heading_map.columns.items()} if heading_map else {}
    holds = kind if kind in KINDS else heading_map.kind if heading_map else None
    said = Said(name, holds, sheet or None, mapped, request.form.get("program", ""))
    preview = wired().imports.bring(content, said, actor())
    return redirect(url_for(".one", import_id=preview.id), 303)


@blueprint.get("/<string:import_id>")
@policy("import")
def one(import_id: str) -> Response:
    """Show an import with the report on its rows."""
    preview = wired().imports.one(import_id)
    pages = max(1, -(-len(preview.faults) // PAGE))
    number = min(query.number("page", 1), pages)
    said = [(f, *f.sentences(language())) for f in preview.faults[(number - 1) * PAGE : number * PAGE]]
    notes = [(note, *note.sentences(language())) for note in preview.notes[:MOST_NOTES]]
    planned = _named(wired().imports.planned(import_id, SHOWN)) if preview.state == PREVIEWED else []
    kind = preview.sources[0].kind if preview.sources else "startups"
    facts: dict[str, Any] = {"notes": notes, "planned": planned, "number": number, "pages": pages}
    own = columns(kind).by_field
    facts |= {"read": list(_columns(preview)), "fields": own.values(), "kind": kind}
    facts |= {"labels": {name: column.label(language()) for name, column in own.items()}}
    return page("catalogue/import.html", preview=preview, said=said, **facts)


@blueprint.get("/<string:import_id>/report.xlsx")
@policy("import", work=Work.EXPORT)
def report(import_id: str) -> Response:
    """Take the report on an import's rows away, to correct the file by."""
    return exports.sent(import_report.exported(wired().imports.one(import_id), language()))


@blueprint.post("/<string:import_id>/headings")
@policy("import", work=Work.IMPORT)
@returning("imports.one")
def map_headings(import_id: str) -> AnyResponse:
    """Keep what the headings name, for an institution's form, and preview the file anew."""
    preview = wired().imports.one(import_id)
    kind, asked = preview.sources[0].kind, request.form
    chosen = {
        column["heading"]: NOT_READ if asked[name] == "-" else asked[name]
        for column in preview.sources[0].columns
        for name in [f"field-{column['place']}"]
        if asked.get(name, "") not in ("", column["field"])
    }
    form = (asked.get("institution", ""), asked.get("form", ""), kind)
    heading_map = wired().heading_maps.keep(form, chosen, actor())
    mapped = {folded(heading): field for heading, field in heading_map.columns.items()}
    return redirect(url_for(".one", import_id=wired().imports.reread(import_id, mapped, actor()).id), 303)


@blueprint.post("/<string:import_id>")
@policy("import", work=Work.IMPORT)
@returning("imports.one")
def commit(import_id: str) -> AnyResponse:
    """Take a previewed import into the catalogue, whole or without its faulty rows."""
    wired().imports.commit(import_id, actor(), good_rows_only=request.form.get("rows") == "good")
    return redirect(url_for(".one", import_id=import_id), 303)


def _columns(preview: Import) -> Iterator[tuple[Mapping[str, Any], str, str]]:
    """Each column that was read, with the name of its field, and why it is not taken."""
    for source in preview.sources:
        own = columns(source.kind).by_field
        for column in source.columns:
            label = own[column["field"]].label(language()) if column["field"] in own else ""
            fault = Fault(column["why"], value=column["heading"])
            yield column, label, fault.sentences(language())[0] if column["why"] else ""


def _named(planned: Iterable[Planned]) -> list[tuple[Planned, str]]:
    """Each good row with the name of the record that it makes."""
    named_rows = [(row, orjson.loads(row.document)) for row in planned]
    firms = [(row, record.get("startup", record)) for row, record in named_rows]
    return [(row, record.get("name") or record.get("name_en") or "") for row, record in firms]
