"""A request's id, and the headers that every response carries: put on at the edge, where they cost least."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from typing import Any

HEADER = "X-Request-ID"
KEY = "ieum.request_id"
_GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
SECURITY = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("Vary", "Accept-Language"),
)
Headers = list[tuple[str, str]]
WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Signed:
    """Names each request before the application sees it, and signs each response."""

    def __init__(self, app: WsgiApp) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Take the caller's request id when it is a plain one, else make one."""
        given = environ.get("HTTP_X_REQUEST_ID", "")
        name = environ[KEY] = given if given and _GIVEN.fullmatch(given) else os.urandom(8).hex()

        def start(status: str, headers: Headers, *rest: Any) -> Any:
            return start_response(status, signed(headers, name), *rest)

        return self._app(environ, start)


def signed(headers: Headers, name: str) -> Headers:
    """Add the request's id and the security headers; one that a view set stays.

    >>> signed([("Vary", "Cookie")], "id")[-1]
    ('X-Request-ID', 'id')
    """
    own = {header for header, _ in headers}
    return [*headers, *(pair for pair in SECURITY if pair[0] not in own), (HEADER, name)]
