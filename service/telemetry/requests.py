"""A request's id, its count, and the headers of every response: put on at the edge, where they cost least."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterable
from typing import Any

from service.telemetry.metrics import Metrics

HEADER = "X-Request-ID"
KEY = "ieum.request_id"
EXTRA = "ieum.headers"
"""Where headers wait that the answer shall carry whatever it becomes, a problem included."""
_GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
SECURITY = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("Vary", "Accept-Language"),
    ("Cache-Control", "no-store"),
)
NAMES = frozenset(name for name, _ in SECURITY)
STRICT = ("Strict-Transport-Security", "max-age=31536000")
Headers = list[tuple[str, str]]
WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Signed:
    """Names and counts each request, and signs each response."""

    def __init__(self, app: WsgiApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Take the caller's request id when it is a plain one, else make one."""
        given = environ.get("HTTP_X_REQUEST_ID", "")
        token, began, told = self._metrics.begin(), time.perf_counter(), ["none", "500"]
        name = environ[KEY] = given if given and _GIVEN.fullmatch(given) else made()

        def start(status: str, headers: Headers, *rest: Any) -> Any:
            told[:] = _view(environ), status[:3]
            extra = environ.get(EXTRA, ())
            if environ.get("wsgi.url_scheme") == "https":
                extra = (*extra, STRICT)
            return start_response(status, [*signed(headers, name), *extra], *rest)

        try:
            return self._app(environ, start)
        finally:
            view, code = told
            self._metrics.end(token, view, code, time.perf_counter() - began)


def made() -> str:
    """A request's id: no secret, so it is drawn without asking the system, which would let another thread in."""
    return f"{random.getrandbits(64):016x}"


def _view(environ: dict[str, Any]) -> str:
    """The view that answers, as Flask names it until the answer is sent; `none` where no address fits."""
    request = environ.get("werkzeug.request")
    return getattr(request, "endpoint", None) or "none"


def signed(headers: Headers, name: str) -> Headers:
    """Add the request's id and the security headers; one that a view set stays.

    >>> signed([("Vary", "Cookie")], "id")[-1]
    ('X-Request-ID', 'id')
    """
    own = {header for header, _ in headers}
    missing = SECURITY if own.isdisjoint(NAMES) else [pair for pair in SECURITY if pair[0] not in own]
    return [*headers, *missing, (HEADER, name)]
