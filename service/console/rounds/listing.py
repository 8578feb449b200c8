"""The rounds that were run, newest first."""

from __future__ import annotations

from flask import Blueprint, Response

from service.auth.access import actor
from service.auth.policy import policy
from service.console.rounds import sheets
from service.console.wire import exports, query
from service.console.wire.mistakes import returning
from service.console.wire.pages import page
from service.storage.records.audit import AuditSubject
from service.wired import wired

blueprint = Blueprint("listing", __name__)
PAGE = 30


@blueprint.get("")
@policy("rounds")
def listed() -> Response:
    """List rounds, a page at a time."""
    rounds_page = wired().rounds.page(after=query.text("after"), limit=PAGE, actor=actor())
    return page("rounds/list.html", rounds=rounds_page, is_first=not query.text("after"))


@blueprint.post("")
@policy("rounds")
@returning("rounds.listing.listed")
def exported() -> Response:
    """Take the list away, all pages of it."""
    table = sheets.rounds(wired().rounds.all(actor()))
    return exports.taken([table], "rounds", AuditSubject("rounds", "all"), {})
