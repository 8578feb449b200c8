"""Imports: a file is brought, previewed with a report on its rows, and taken into the catalogue."""

from __future__ import annotations

from collections.abc import Iterable

import orjson
from flask import Blueprint, Response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from service.actions.catalogue import import_report
from service.actions.catalogue.imports import Said
from service.auth.doors import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.console.wire import exports, query
from service.console.wire.language import language
from service.console.wire.pages import page
from service.errors import ServiceError
from service.files.columns.names import KINDS
from service.storage.catalogue.imports import PREVIEWED, Planned
from service.wired import wired
from service.wording import faults

blueprint = Blueprint("imports", __name__, url_prefix="/imports")
PAGE = 50
SHOWN = 10
"""Good rows that a preview shows, so that one sees whether the columns were understood."""


@blueprint.get("")
@policy("import")
def form() -> Response:
    """Ask for a file."""
    return page("catalogue/imports.html", kinds=tuple(KINDS))


@blueprint.post("")
@policy("import", work=Work.IMPORT, body="import_limit")
def bring() -> AnyResponse:
    """Read a file and preview what it would change."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise ServiceError("bad_form")
    kind = request.form.get("kind")
    said = Said(file.filename[:200], kind if kind in KINDS else None, None)
    made = wired().imports.preview([wired().imports.read(file.read(), said)], actor())
    return redirect(url_for(".one", import_id=made.id), 303)


@blueprint.get("/<string:import_id>")
@policy("import")
def one(import_id: str) -> Response:
    """Show an import with the report on its rows."""
    made = wired().imports.one(import_id)
    pages = max(1, -(-len(made.faults) // PAGE))
    number = min(query.number("page", 1), pages)
    found = made.faults[(number - 1) * PAGE : number * PAGE]
    said = [(fault, *faults.sentences(fault, language())) for fault in found]
    planned = _named(wired().imports.planned(import_id, SHOWN)) if made.state == PREVIEWED else []
    return page("catalogue/import.html", made=made, said=said, planned=planned, number=number, pages=pages)


@blueprint.get("/<string:import_id>/report.xlsx")
@policy("import", work=Work.EXPORT)
def report(import_id: str) -> Response:
    """Take the report on an import's rows away, to correct the file by."""
    return exports.sent(import_report.exported(wired().imports.one(import_id), language()))


@blueprint.post("/<string:import_id>")
@policy("import", work=Work.IMPORT)
def commit(import_id: str) -> AnyResponse:
    """Take a previewed import into the catalogue, whole or without its faulty rows."""
    wired().imports.commit(import_id, actor(), good_rows_only=request.form.get("rows") == "good")
    return redirect(url_for(".one", import_id=import_id), 303)


def _named(planned: Iterable[Planned]) -> list[tuple[Planned, str]]:
    """Each good row with the name of the record that it makes."""
    made = [(row, orjson.loads(row.document)) for row in planned]
    return [(row, record.get("name") or record.get("name_en") or "") for row, record in made]
