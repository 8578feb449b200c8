"""A request's id, its count, and the headers of every response: put on at the edge, where they cost least."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from service.telemetry.metrics import Metrics

HEADER = "X-Request-ID"
KEY = "ieum.request_id"
EXTRA = "ieum.headers"
"""Where headers wait that the answer shall carry whatever it becomes, a problem included."""
AFTER = "ieum.after"
"""Where waits what is to be called when the answer is sent."""
REFUSAL = "ieum.refusal"
"""Where the server notes a ServiceError by which a request is refused before any view reads it."""
_PLAIN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
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
        sent_id = environ.get("HTTP_X_REQUEST_ID", "")
        token, began, about = self._metrics.begin(), time.perf_counter(), ["none", "500"]
        name = environ[KEY] = sent_id if sent_id and _PLAIN_ID.fullmatch(sent_id) else new_id()

        def start(status: str, headers: Headers, *rest: Any) -> Any:
            # Flask names the view until the answer is sent; no address fits where there is none.
            about[:] = getattr(environ.get("werkzeug.request"), "endpoint", None) or "none", status[:3]
            extra = environ.get(EXTRA, ())
            if environ.get("wsgi.url_scheme") == "https":
                extra = (*extra, STRICT)
            return start_response(status, [*signed(headers, name), *extra], *rest)

        def end() -> None:
            view, code = about
            self._metrics.end(token, view, code, time.perf_counter() - began)
            if AFTER in environ:
                environ[AFTER]()

        return until_sent(lambda: self._app(environ, start), end)


def until_sent(answer: Callable[[], Iterable[bytes]], end: Callable[[], None]) -> Iterable[bytes]:
    """What `answer` gives; `end` is called once, when all of it is sent or nobody wants more of it."""
    try:
        pieces = answer()
    except BaseException:
        end()
        raise
    # All of it is there already, so there is no stream whose end would have to be waited for.
    if isinstance(pieces, (list, tuple)):
        end()
        return pieces
    return Ending(pieces, end)


class Ending:
    """Pieces of an answer that are made while they are sent, and what is done after the last."""

    def __init__(self, pieces: Iterable[bytes], end: Callable[[], None]) -> None:
        self._pieces, self._rest, self._end = pieces, iter(pieces), end

    def __iter__(self) -> Ending:
        """The pieces."""
        return self

    def __next__(self) -> bytes:
        """The next one."""
        return next(self._rest)

    def close(self) -> None:
        """Close what makes the pieces, whether they were all taken or not."""
        # WSGI allows closing twice, and the work must be counted as ended once.
        end, self._end = self._end, lambda: None
        try:
            with closed_after(self._pieces):
                pass
        finally:
            end()


@contextmanager
def closed_after(pieces: Iterable[bytes]) -> Iterator[None]:
    """Close what makes pieces of an answer at the end of the block, if it can be closed."""
    try:
        yield
    finally:
        if hasattr(pieces, "close"):
            pieces.close()


def new_id() -> str:
    """A request's id: no secret, so it is drawn without asking the system, which would let another thread in."""
    # A name to find log lines by, no secret; the system's entropy would cost a call for each request.
    return f"{random.getrandbits(64):016x}"


def signed(headers: Headers, name: str) -> Headers:
    """Add the request's id and the security headers; one that a view set stays.

    >>> signed([("Vary", "Cookie")], "id")[-1]
    ('X-Request-ID', 'id')
    """
    own = {header for header, _ in headers}
    missing = SECURITY if own.isdisjoint(NAMES) else [pair for pair in SECURITY if pair[0] not in own]
    return [*headers, *missing, (HEADER, name)]
