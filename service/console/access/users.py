"""Users, for administrators: who may sign in, in which role, for which programs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from service.actions.access.admit_users import Admission
from service.auth.access import actor
from service.auth.policy import policy
from service.console.records import record_sheets
from service.console.wire import exports, query, titles
from service.console.wire.forms import SentForm
from service.console.wire.mistakes import returning
from service.console.wire.pages import page
from service.identity import UserRole
from service.storage.records.audit import AuditSubject
from service.wired import settings, wired

blueprint = Blueprint("users", __name__, url_prefix="/users")
PAGE = 30
LONGEST_NAME = 200


@blueprint.get("")
@policy("admin")
def listed() -> Response:
    """List users, with a form to admit another."""
    page_of_users, after = wired().users.page(after=query.text("after"), limit=PAGE)
    return page(
        "access/users.html", users=page_of_users, after=after, roles=[(code, titles.role(code)) for code in UserRole]
    )


@blueprint.post("")
@policy("admin")
@returning("users.listed")
def exported() -> Response:
    """Take the list away, all pages of it."""
    table = record_sheets.users(wired().users.all())
    return exports.taken([table], "users", AuditSubject("users", "all"), {})


@blueprint.get("/new")
@policy("admin")
def form() -> AnyResponse:
    """Lead back to the form, such as from the page of one that was refused."""
    return redirect(url_for(".listed", _anchor="admit"), 303)


@blueprint.post("/new")
@policy("admin")
@returning("users.listed")
def admit() -> AnyResponse:
    """Admit somebody."""
    sent = SentForm()
    admission = Admission(sent.text("name", LONGEST_NAME), sent.code("role", UserRole), sent.email(), sent.programs())
    sent.check()
    user = wired().users.admit(admission, actor())
    return redirect(url_for(".one", user_id=user.id), 303)


@blueprint.get("/<string:user_id>")
@policy("admin")
def one(user_id: str) -> Response:
    """Show a user with the forms that change it."""
    return _page(user_id)


@blueprint.post("/<string:user_id>")
@policy("admin")
@returning("users.one")
def change(user_id: str) -> AnyResponse:
    """Change name, e-mail, role or programs, or disable the user."""
    sent = SentForm()
    values: dict[str, Any] = {
        "name": sent.text("name", LONGEST_NAME),
        "role": sent.code("role", UserRole),
        "email": sent.email(),
        "programs": sent.programs(),
        "disabled": request.form.get("disabled") == "1",
    }
    sent.check()
    wired().users.change(user_id, values, actor())
    return redirect(url_for(".one", user_id=user_id), 303)


@blueprint.post("/<string:user_id>/links")
@policy("admin")
@returning("users.one")
def invite(user_id: str) -> Response:
    """Make a sign-in link, shown only on this page."""
    token = wired().sign_in.invite(user_id, actor())
    return _page(user_id, link=f"{settings().origin}/sign-in/link?token={token}")


def _page(user_id: str, link: str | None = None) -> Response:
    return page(
        "access/user.html",
        user=wired().users.one(user_id),
        roles=[(code, titles.role(code)) for code in UserRole],
        link=link,
    )
