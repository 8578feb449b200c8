"""The access log, for who audits the service: who came when, from where, to whose record, for which task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response

from model.domain import Program, Startup
from service.auth.policy import policy
from service.console.records import record_sheets
from service.console.wire import exports, local, query, titles
from service.console.wire.mistakes import returning
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
    entries, before, wanted = _page_of_filters(query.number("before", 0) or None, PAGE)
    return page("access/accesses.html", entries=entries, before=before, wanted=wanted, **titles_of())


@blueprint.post("")
@policy("audit")
@returning("accesses.listed")
def exported() -> Response:
    """Take the accesses away that the list shows, all pages of them, masked as there."""
    entries, before, wanted = _page_of_filters(None, exports.MOST)
    table = record_sheets.accesses((access for _, access in exports.whole(entries, before)), **titles_of())
    return exports.taken([table], "accesses", AuditSubject("access_log", "all"), wanted)


def titles_of() -> dict[str, Any]:
    """What a page or a file calls those who came, and what they came to."""
    people = {user.id: user.name for user in wired().users.all()}
    people |= {f"key:{key.id}": key.name for key in wired().keys.all()}
    prepared = wired().matching.prepared()
    records: dict[str, Mapping[str, Startup | Program]]
    records = {"startup_id": prepared.startups.side.records, "program_id": prepared.programs.side.records}

    def subject(noted: str) -> str:
        kind, _, identifier = noted.partition(":")
        record = records.get(kind, {}).get(identifier)
        named = f"{local.name(record)} ({identifier})" if record else identifier
        return f"{titles.subject(kind)} {named}" if identifier else "–"

    return {"people": people, "subject_of": subject}


def _subject(text: str) -> str:
    """What the log calls the record of a number that somebody types."""
    if not text or ":" in text:
        return text
    prepared = wired().matching.prepared()
    if text in prepared.programs.side.records:
        return f"program_id:{text}"
    kinds = {"u-": "user_id", "d-": "decision_id", "o-": "objection_id", "r-": "round_id"}
    return f"{kinds.get(text[:2], 'startup_id')}:{text}"


def _page_of_filters(
    before: int | None, limit: int
) -> tuple[list[tuple[int, Access]], int | None, dict[str, str | None]]:
    """Some entries, the number below which the next ones start, and the conditions that they fit."""
    period, days = query.period()
    wanted = {"actor": query.text("actor"), "subject": _subject(query.text("subject"))}
    filters = {name: value for name, value in wanted.items() if value}
    entries, rest = wired().accesses.latest(before=before, limit=limit, filters=filters, period=period)
    return entries, rest, {name: value or None for name, value in {**wanted, **days}.items()}
