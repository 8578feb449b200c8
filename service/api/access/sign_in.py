"""Signing in and out with a browser: from the portal, or by a one-time link."""

from __future__ import annotations

import secrets

from flask import Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from service.api.access.sign_in_schema import CallbackOptions, LinkOptions, ReturnOptions
from service.api.wire.arguments import Resource
from service.api.wire.language import language
from service.auth import access, sessions
from service.auth.policy import policy
from service.auth.work import Work
from service.errors import Problem, ServiceError
from service.wired import wired

resource = Resource("sign-in", __name__, description="로그인 · Sign in")
HOME = "/console"
HTML = {"content_type": "text/html", "description": "HTML"}


@resource.route("/sign-in")
@resource.arguments(ReturnOptions, location="query")
@resource.response(200, {"type": "string"}, **HTML)
@policy("open")
def page(return_to: str) -> Response:
    """Show how to sign in."""
    return _page(return_to=return_to, has_portal=wired().portal is not None)


@resource.route("/sign-in/portal")
@resource.arguments(ReturnOptions, location="query")
@resource.response(302, description="포털로 · to the portal")
@policy("open", work=Work.PORTAL)
def to_portal(return_to: str) -> AnyResponse:
    """Send the browser to the portal."""
    portal = wired().portal
    if portal is None:
        raise ServiceError(Problem.NO_PORTAL)
    state, browser, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(4))
    address = portal.address(state, nonce[:43], verifier)
    wired().sign_in.begin(state, browser, nonce[:43], verifier, return_to)
    return sessions.mark_browser(redirect(address), browser)


@resource.route("/sign-in/callback")
@resource.arguments(CallbackOptions, location="query")
@resource.response(303, description="로그인됨 · signed in")
@policy("open", attempt=True, work=Work.PORTAL)
def from_portal(said: dict[str, str]) -> AnyResponse:
    """Take the browser back from the portal: the state counts once, and only in the browser that began."""
    begun = wired().sign_in.come_back(said.get("state", ""), sessions.browser_mark())
    portal, issuer = wired().portal, wired().settings.oidc_issuer
    if portal is None or "code" not in said or said.get("iss", issuer) != issuer:
        raise ServiceError(Problem.PORTAL_REFUSED)
    claims = portal.claims(said["code"], begun.verifier, begun.nonce)
    token = wired().sign_in.by_portal(claims, sessions.token())
    return sessions.enter(redirect(begun.return_to, 303), access.signed_in(token))


@resource.route("/sign-in/link")
@resource.arguments(LinkOptions, location="query")
@resource.response(200, {"type": "string"}, **HTML)
@policy("open")
def link(token: str) -> Response:
    """Ask before a one-time link is used, so that what only looks at links does not use it up."""
    return _page(token=token)


@resource.route("/sign-in/link", methods=["POST"])
@resource.response(303, description="로그인됨 · signed in")
@policy("open", attempt=True)
def by_link() -> AnyResponse:
    """Sign in by a one-time link (form field `token`)."""
    sessions.check_origin()
    token = wired().sign_in.by_link(request.form.get("token", ""), sessions.token())
    return sessions.enter(redirect(HOME, 303), access.signed_in(token))


@resource.route("/sign-out", methods=["POST"])
@resource.response(303, description="로그아웃됨 · signed out")
@policy("open")
def sign_out() -> AnyResponse:
    """End the session."""
    if (token := sessions.token()) is not None:
        sessions.check_csrf(token)
        wired().sign_in.leave(token)
    return sessions.leave(redirect("/sign-in", 303))


def _page(**shown: object) -> Response:
    html = render_template("sign-in.html", language=language(), **shown)
    return Response(html, content_type="text/html; charset=utf-8", headers={"Cache-Control": "no-store"})
