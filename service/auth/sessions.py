"""Sessions of browsers: their cookies, and the proof that a change was asked for by our own page."""

from __future__ import annotations

import hashlib
import hmac
from typing import TypeVar

from flask import g, request
from werkzeug.wrappers import Response

from service.auth.controls import controls
from service.errors import Problem, ServiceError

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
SAFE = ("GET", "HEAD", "OPTIONS")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
BEGUN_SECONDS = 600

Answer = TypeVar("Answer", bound=Response)


def cookie_name(name: str = "ieum") -> str:
    """The cookie's name; over https its prefix keeps other hosts and paths from setting it."""
    # The prefix makes browsers refuse a cookie that another host of the domain has set.
    return f"__Host-{name}" if controls().settings.is_secure else name


def token() -> str | None:
    """The session's secret as the browser sent it."""
    return request.cookies.get(cookie_name()) if "HTTP_COOKIE" in request.environ else None


def csrf_token() -> str:
    """What a form or a script of ours sends back as `csrf_token` or X-CSRF-Token; empty without a session."""
    secret: str | None = g.get("session")
    return csrf_token_of(secret) if secret else ""


def check_csrf(secret: str) -> None:
    """Raise ServiceError `csrf` unless a change by cookie comes from a page of ours that knows the session's token."""
    if request.method in SAFE:
        return
    check_origin()
    shown = request.headers.get(HEADER) or (request.form.get(FIELD, "") if request.mimetype in FORMS else "")
    # Compared in constant time; a plain comparison tells how many letters were right.
    if not hmac.compare_digest(shown.encode(), csrf_token_of(secret).encode()):
        raise ServiceError(Problem.CSRF)


def check_origin() -> None:
    """Raise ServiceError `csrf` for a request that the browser says another site has made."""
    # Old browsers don't send it; for them Origin and the token decide.
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise ServiceError(Problem.CSRF)
    origin = request.headers.get("Origin")
    if origin is not None and origin not in (controls().settings.origin, f"{request.scheme}://{request.host}"):
        raise ServiceError(Problem.CSRF)


def enter(response: Answer, secret: str) -> Answer:
    """Hand the browser its session, and take back what it had for signing in."""
    # Without an age it ends with the browser; the server's own limits hold in any case.
    _set(response, cookie_name(), secret, None)
    response.delete_cookie(
        cookie_name("ieum-signing-in"), secure=controls().settings.is_secure, httponly=True, samesite="Lax"
    )
    return response


def leave(response: Answer) -> Answer:
    """Take the session from the browser."""
    response.delete_cookie(cookie_name(), secure=controls().settings.is_secure, httponly=True, samesite="Lax")
    return response


def mark_browser(response: Answer, secret: str) -> Answer:
    """Let the browser prove later that it is the one that left for the portal."""
    _set(response, cookie_name("ieum-signing-in"), secret, BEGUN_SECONDS)
    return response


def browser_mark() -> str:
    """What `mark_browser` gave, or nothing."""
    return request.cookies.get(cookie_name("ieum-signing-in"), "")


def _set(response: Answer, name: str, value: str, seconds: int | None) -> None:
    secure = controls().settings.is_secure
    response.set_cookie(name, value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="Lax")


def csrf_token_of(secret: str) -> str:
    """What our own pages send back for a session's secret."""
    return hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()
