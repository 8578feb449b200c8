"""API keys, for administrators: made and shown once, listed with their expiry, revoked."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from service.actions.access.issue_keys import DAYS, KeyOrder
from service.auth.access import actor
from service.auth.policy import policy
from service.console.records import record_sheets
from service.console.wire import exports, mistakes, query, titles
from service.console.wire.forms import SentForm
from service.console.wire.mistakes import returning
from service.console.wire.pages import page
from service.identity import Scope, UserRole
from service.storage.access.keys import Key
from service.storage.records.audit import AuditSubject
from service.wired import wired

blueprint = Blueprint("keys", __name__, url_prefix="/keys")
PAGE = 30
MOST_DAYS = 1_825
LONGEST_NAME = 200


@blueprint.get("")
@policy("admin")
def listed() -> Response:
    """List keys; the keys themselves are not kept."""
    page_of_keys, after = wired().keys.page(after=query.text("after"), limit=PAGE)
    return page("access/keys.html", keys=[(key, wired().keys.state(key)) for key in page_of_keys], after=after)


@blueprint.post("")
@policy("admin")
@returning("keys.listed")
def exported() -> Response:
    """Take the list away, all pages of it; what opens something is not kept and so in no file."""
    table = record_sheets.keys([(key, wired().keys.state(key)) for key in wired().keys.all()])
    return exports.taken([table], "keys", AuditSubject("keys", "all"), {})


@blueprint.get("/new")
@policy("admin")
def form() -> Response:
    """Ask what the key shall open."""
    user_id = mistakes.typed("user_id", query.text("user_id"))
    user = wired().users.one(user_id) if user_id else None
    facts: dict[str, Any] = {
        "roles": [(code, titles.role(code)) for code in UserRole],
        "scopes": tuple(Scope),
        "days": DAYS,
    }
    return page("access/key_new.html", user=user, **facts)


@blueprint.post("/new")
@policy("admin")
@returning("keys.form")
def issue() -> Response:
    """Make a key; this page is the only one that shows it."""
    user_id, sent = request.form.get("user_id") or None, SentForm()
    wanted = KeyOrder(
        sent.text("name", LONGEST_NAME),
        role=None if user_id else sent.code("role", UserRole),
        user_id=user_id,
        scopes=sent.codes("scopes", Scope),
        programs=sent.programs(),
        days=sent.number("days", 1, MOST_DAYS),
    )
    sent.check()
    key, raw = wired().keys.issue(wanted, actor())
    return _page(key, raw, 201)


@blueprint.get("/<string:key_id>")
@policy("admin")
def one(key_id: str) -> Response:
    """Show a key: whose it is, what it opens, until when."""
    return _page(wired().keys.one(key_id))


@blueprint.post("/<string:key_id>")
@policy("admin")
@returning("keys.one")
def revoke(key_id: str) -> AnyResponse:
    """Revoke a key for good."""
    wired().keys.revoke(key_id, actor())
    return redirect(url_for(".one", key_id=key_id), 303)


def _page(key: Key, raw: str | None = None, status: int = 200) -> Response:
    return page("access/key.html", status, key=key, state=wired().keys.state(key), raw=raw)
