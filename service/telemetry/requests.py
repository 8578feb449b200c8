"""A request's id, and the headers that every response carries."""

from __future__ import annotations

import os
import re

from flask import Flask, Response, g, request

HEADER = "X-Request-ID"
_GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
SECURITY = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'"),
    ("Vary", "Accept-Language"),
)


def install(app: Flask) -> None:
    """Name each request before its view, and sign each response after it."""
    app.before_request(name)
    app.after_request(sign)


def name() -> None:
    """Take the caller's request id when it is a plain one, else make one."""
    given = request.environ.get("HTTP_X_REQUEST_ID", "")
    g.request_id = given if given and _GIVEN.fullmatch(given) else os.urandom(8).hex()


def sign(response: Response) -> Response:
    """Add the request's id and the security headers; a header that a view set stays."""
    headers = response.headers
    for key, value in SECURITY:
        headers.setdefault(key, value)
    headers[HEADER] = g.get("request_id", "-")
    return response
