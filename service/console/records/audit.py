"""The audit trail: who did what when, the newest first, and whether it is still as it was written."""

from __future__ import annotations

from flask import Blueprint, Response

from service.actions.records.browse_audit import AuditPage
from service.auth.policy import policy
from service.auth.work import Work
from service.console.records import record_sheets
from service.console.wire import exports, query
from service.console.wire.language import language
from service.console.wire.pages import page
from service.storage.records.audit import AuditSubject
from service.wired import wired
from service.wording import deeds

blueprint = Blueprint("audit", __name__, url_prefix="/audit")
PAGE = 30


@blueprint.get("")
@policy("audit")
def listed() -> Response:
    """List the trail's rows, the newest first."""
    audit_page, wanted = _found(query.number("before", 0) or None, PAGE)
    return page("records/audit.html", found=audit_page, wanted=wanted, names=_names())


@blueprint.post("")
@policy("audit")
def exported() -> Response:
    """Take the rows away that the list shows, all pages of them."""
    audit_page, wanted = _found(None, exports.MOST)
    table = record_sheets.audit(exports.whole(audit_page.rows, audit_page.before))
    facts = {"head": f"{audit_page.head.count} {audit_page.head.hash}"}
    return exports.taken([table], "audit", AuditSubject("audit", "all"), wanted, facts)


@blueprint.get("/verification")
@policy("audit", work=Work.CHECK)
def verification() -> Response:
    """Verify the whole trail now."""
    verified = wired().verify_audit()
    said = verified.broken and deeds.broken(verified.broken.why, verified.broken.record, language())
    return page("records/audit_verification.html", found=verified, said=said)


def _found(before: int | None, limit: int) -> tuple[AuditPage, dict[str, str | None]]:
    """Some rows, and the conditions that they fit."""
    period, days = query.period()
    texts = {"actor_id": query.text("actor_id"), "subject": query.text("subject")}
    wanted = {"deed": query.choice("deed", deeds.NAMES), **{name: text or None for name, text in texts.items()}}
    filters = {name: value for name, value in wanted.items() if value}
    audit_page = wired().audit.page(before=before, limit=limit, filters=filters, period=period)
    return audit_page, {**wanted, **days}


def _names() -> dict[str, str]:
    return {code: deeds.name(code, language()) for code in deeds.NAMES}
