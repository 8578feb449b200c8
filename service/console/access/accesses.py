"""The access log, for who audits the service: who came when, from where, to whose record, for which task."""

from __future__ import annotations

from flask import Blueprint, Response

from service.auth.policy import policy
from service.console.records import record_sheets
from service.console.wire import exports, query
from service.console.wire.pages import page
from service.storage.access.accesses import Access
from service.storage.records.audit import AuditSubject
from service.wired import wired

blueprint = Blueprint("accesses", __name__, url_prefix="/access-log")
PAGE = 50


@blueprint.get("")
@policy("audit")
def listed() -> Response:
    """List accesses, the newest first; addresses and credentials are masked."""
    entries, before, wanted = _found(query.number("before", 0) or None, PAGE)
    return page("access/accesses.html", found=entries, before=before, wanted=wanted)


@blueprint.post("")
@policy("audit")
def exported() -> Response:
    """Take the accesses away that the list shows, all pages of them, masked as there."""
    entries, before, wanted = _found(None, exports.MOST)
    table = record_sheets.accesses(access for _, access in exports.whole(entries, before))
    return exports.taken([table], "accesses", AuditSubject("access_log", "all"), wanted)


def _found(before: int | None, limit: int) -> tuple[list[tuple[int, Access]], int | None, dict[str, str | None]]:
    """Some entries, the number below which the next ones start, and the conditions that they fit."""
    period, days = query.period()
    wanted = {"actor": query.text("actor"), "subject": query.text("subject")}
    filters = {name: value for name, value in wanted.items() if value}
    entries, rest = wired().accesses.latest(before=before, limit=limit, filters=filters, period=period)
    return entries, rest, {name: value or None for name, value in {**wanted, **days}.items()}
