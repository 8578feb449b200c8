"""Retention: how long each kind of record stays, and what has had its time."""

from __future__ import annotations

from flask import Blueprint, Response

from service.auth.policy import policy
from service.console.wire import query
from service.console.wire.pages import page
from service.wired import settings, wired

blueprint = Blueprint("retention", __name__, url_prefix="/retention")


@blueprint.get("")
@policy("audit")
def shown() -> Response:
    """Show the rules; what has had its time is counted only when asked, since it holds up writing meanwhile."""
    due = wired().retain.preview() if query.flag("count") else None
    return page("records/retention.html", settings=settings(), due=due)
