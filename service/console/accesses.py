"""The access log, for who audits the service: who came when, from where, to whose record, for which task."""

from __future__ import annotations

from datetime import datetime, time

from flask import Blueprint, Response

from service.auth.policy import policy
from service.console import query
from service.console.pages import page
from service.settings import KOREA
from service.wired import wired

blueprint = Blueprint("accesses", __name__, url_prefix="/access-log")
PAGE = 50


@blueprint.get("")
@policy("audit")
def listed() -> Response:
    """List accesses, the newest first; addresses and credentials are masked."""
    wanted = {"actor": query.text("actor"), "subject": query.text("subject")}
    day = query.day("since")
    found, before = wired().accesses.latest(
        before=query.number("before", 0) or None,
        limit=PAGE,
        filters={name: value for name, value in wanted.items() if value},
        since=datetime.combine(day, time.min, KOREA) if day else None,
    )
    return page("accesses.html", found=found, before=before, wanted={**wanted, "since": day and day.isoformat()})
