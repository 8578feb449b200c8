"""The audit trail: who did what when, the newest first, and whether it is still as it was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from flask import Blueprint, Response

from service.actions.records.browse_audit import AuditPage
from service.auth.access import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.console.records import record_sheets
from service.console.wire import exports, local, query, titles
from service.console.wire.language import gettext, language
from service.console.wire.mistakes import returning
from service.console.wire.pages import ask_for, page
from service.identity import Scope
from service.storage.records.audit import AuditSubject
from service.storage.records.chain import AuditRow
from service.storage.records.decisions import EVENT
from service.wired import wired
from service.wording import audit_events
from service.wording.pairs import said

blueprint = Blueprint("audit", __name__, url_prefix="/audit")
PAGE = 30
ANSWERED = "answer"
NAMED: Mapping[str, Callable[[str], str]] = {"until": local.when, "role": titles.role, "outcome": titles.settled}
"""How a page writes what a row holds as a code or an instant."""


@blueprint.get("")
@policy("audit")
def listed() -> Response:
    """List the trail's rows, the newest first."""
    audit_page, wanted = _page_of_filters(query.number("before", 0) or None, PAGE)
    facts: dict[str, Any] = {
        "names": {code: said(audit_events.NAMES, code, language()) for code in audit_events.NAMES},
        "details": {row.seq: _details(row) for row in audit_page.rows},
    }
    return page("records/audit.html", audit_page=audit_page, wanted=wanted, **facts)


@blueprint.post("")
@policy("audit")
@returning("audit.listed")
def exported() -> Response:
    """Take the rows away that the list shows, all pages of them."""
    audit_page, wanted = _page_of_filters(None, exports.MOST)
    table = record_sheets.audit(exports.whole(audit_page.rows, audit_page.before))
    facts = {"head": f"{audit_page.head.count} {audit_page.head.hash}"}
    return exports.taken([table], "audit", AuditSubject("audit", "all"), wanted, facts)


@blueprint.get("/verification")
@policy("audit", work=Work.CHECK)
def verification() -> Response:
    """Verify the whole trail; of a large store beside the requests."""
    verified = ask_for(gettext("감사 기록의 위·변조 확인"), wired().verify_audit.lately)
    broken = verified.broken
    why = broken and said(audit_events.BREAKS, broken.why, language(), record=broken.record)
    return page("records/audit_verification.html", verification=verified, why=why)


def _page_of_filters(before: int | None, limit: int) -> tuple[AuditPage, dict[str, str | None]]:
    """Some rows, and the conditions that they fit."""
    period, days = query.period()
    texts = {"actor_id": query.text("actor_id"), "subject": query.text("subject")}
    wanted = {"deed": query.choice("deed", audit_events.NAMES), **{name: text or None for name, text in texts.items()}}
    filters = {name: value for name, value in wanted.items() if value}
    audit_page = wired().audit.page(before=before, limit=limit, filters=filters, period=period)
    return audit_page, {**wanted, **days}


def _details(row: AuditRow) -> str:
    """What a row is about in words: of a decision, who was decided on, what and why."""
    if row.event == EVENT and actor().may(Scope.DECIDE):
        decision = wired().decisions.one(f"d-{row.seq}", actor())
        startup = wired().matching.prepared().startups.side.records.get(decision.startup_id or "")
        called = local.name(startup) if startup else decision.startup_ref
        return f"{called} · {local.action(decision.action)} · {decision.reason}"
    noted = orjson.loads(row.details)
    noted = {name: value for name, value in noted.items() if name != "outcome" or row.event == ANSWERED}
    named = {name: NAMED[name](value) for name, value in noted.items() if value and name in NAMED}
    return audit_events.in_words({**noted, **named}, language())
