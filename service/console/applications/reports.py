"""The report for a day: on a page that can be printed, and as a workbook."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from service.actions.applications.reports import ReportCut
from service.auth.access import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.console.wire import exports, query
from service.console.wire.language import language
from service.console.wire.mistakes import returning
from service.console.wire.pages import page
from service.errors import Problem, ServiceError
from service.files.exporters.table import ExportTable
from service.wired import wired

blueprint = Blueprint("reports", __name__, url_prefix="/reports")


@blueprint.get("")
@policy("decide")
def shown() -> Response:
    """Show the report of a day, or why there is none."""
    on, refusal = query.day("on") or wired().reports.today, None
    cut: ReportCut | None = None
    is_current = True
    try:
        cut, is_current = wired().reports.at_hand(on, actor(), language())
    except ServiceError as error:
        if error.code not in (Problem.DAY_TO_COME, Problem.DAY_NOT_RECORDED):
            raise
        refusal = error
    said = refusal.explained(language()) if refusal else None
    words = (said.what, said.why, said.advice) if said else ()
    facts: dict[str, Any] = {"parts_of": [_part(*part) for part in cut.tables] if cut else [], "refusal_words": words}
    return page("applications/report.html", on=on, is_current=is_current, **facts)


@blueprint.post("")
@policy("decide", work=Work.EXPORT)
@returning("reports.shown")
def exported() -> Response:
    """Take the report away, with what each table counts on a sheet of its own."""
    on = query.day("on") or wired().reports.today
    return exports.sent(wired().reports.exported(on, exports.purpose(), actor()))


def _part(table: ExportTable, count: int) -> dict[str, Any]:
    """A table as the page shows it: its first rows, how many there are, and which columns are figures."""
    figures = [
        all(isinstance(row[at], int) for row in table.rows) and bool(table.rows) for at in range(len(table.heads))
    ]
    heads = [
        (head.title, "figure") if is_figure else head.title
        for head, is_figure in zip(table.heads, figures, strict=True)
    ]
    return {"name": table.name, "heads": heads, "rows": table.rows, "count": count}
