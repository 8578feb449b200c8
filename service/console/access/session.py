"""Signing in: where a person is sent who has not, and comes back from."""

from __future__ import annotations

import orjson
from flask import Blueprint, Response, request, url_for

from service.auth.policy import policy
from service.console.wire.pages import page, session_left
from service.wired import wired

blueprint = Blueprint("session", __name__)


@blueprint.get("/session")
@policy("read")
def alive() -> Response:
    """Let the session go on; says for how long."""
    return Response(orjson.dumps(session_left()), content_type="application/json")


@blueprint.get("/sign-in")
@policy("open")
def sign_in() -> Response:
    """Show how to sign in."""
    asked = request.args.get("next", "")
    back = asked if asked.startswith("/console/") and "\\" not in asked else url_for("console.overview.home")
    return page("access/sign_in.html", back=back, has_portal=wired().portal is not None)
