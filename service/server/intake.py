"""Takes requests in: a loop gathers each one whole, within a deadline, before a thread is asked to answer it.

granian's WSGI threads read a body while it arrives, so that a dozen connections that send one byte hold all of them.
Here a connection that sends or reads slowly holds memory, which is bounded, and no thread; health has its own threads.
"""

from __future__ import annotations

import asyncio
import contextvars
import io
import sys
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from typing import Any, TypeAlias
from urllib.parse import unquote_to_bytes

from service.errors import Problem, ServiceError
from service.telemetry import log
from service.telemetry.requests import REFUSAL, WsgiApp, closed_after

Scope: TypeAlias = Mapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

PROBES = ("/livez", "/readyz")
PROBE_THREADS = 2
"""Answer health, which waits for nothing, and refusals, which need no work."""

GRACE_SECONDS = 10.0
LEAST_RATE = 16_000
"""Bytes a second that a body must bring once the grace is over; the rate is of the whole body so far."""

STALL_SECONDS = 20.0
"""How long an answer that is sent piece by piece waits for its reader."""

MOST_WAITING = 200
"""Whole requests that wait for a thread; who comes then is asked to come later."""

MOST_HELD = 96_000_000
"""Bytes of bodies on their way, of one worker, beside the first UNCOUNTED of each."""

UNCOUNTED = 65_536
"""Also the longest body of somebody who shows neither key nor session."""

DISCARD_BYTES, DISCARD_SECONDS = 16_000_000, 3.0
"""What is read of a body that is refused, so that a client that sends before it listens hears why."""

OWN = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
HEAD = {
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "granian",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.input_terminated": True,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """How many bytes a body may have: `of_route` tells by method and path; `strangers` may send as much as others."""

    of_route: Callable[[str, str], int]
    strangers: bool = False


class WorkThreads:
    """A few threads that take work in the order in which it comes; they are started by the first piece of work."""

    def __init__(self, count: int, name: str) -> None:
        self._count, self._name = count, name
        self._queue: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._started = False

    def put(self, work: Callable[[], None]) -> None:
        """Have it done; `work` must not raise. Call from one thread only."""
        self._queue.put(work)
        if not self._started:
            self._started = True
            for number in range(self._count):
                threading.Thread(target=self._run, daemon=True, name=f"{self._name}-{number}").start()

    @property
    def waiting(self) -> int:
        """How many pieces of work nobody has begun."""
        return self._queue.qsize()

    def _run(self) -> None:
        while True:
            self._queue.get()()


class Intake:
    """An ASGI application around a WSGI one; `threads` answer whole requests."""

    def __init__(self, app: WsgiApp, threads: int, limits: BodyLimits) -> None:
        self._app, self._limits = app, limits
        self._threads, self._probes = WorkThreads(threads, "answer"), WorkThreads(PROBE_THREADS, "probe")
        self._held = 0
        self._ended: deque[tuple[asyncio.Future[Any], Any, BaseException | None]] = deque()
        self._is_waking = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Gather one request and have it answered."""
        environ = environ_of(scope)
        # Probes have threads of their own: a busy service is alive, and must not be restarted for being busy.
        threads = self._probes if environ["PATH_INFO"] in PROBES else self._threads
        held = 0
        try:
            if "CONTENT_LENGTH" in environ or "HTTP_TRANSFER_ENCODING" in environ:
                body = await self._gathered(environ, receive)
                if body is None:
                    return
                held = len(body)
                environ["wsgi.input"] = io.BytesIO(body)
                del body
            if threads.waiting >= MOST_WAITING:
                environ[REFUSAL] = ServiceError(Problem.TOO_BUSY)
            context = contextvars.copy_context()  # what a stream does later must find what its beginning has set
            in_thread = partial(self._in, self._probes if REFUSAL in environ else threads, context)
            stream = await in_thread(partial(self._answer, environ, send))
        finally:
            self._held -= max(0, held - UNCOUNTED)
        if stream is not None:
            await self._stream(stream, in_thread, receive, send)

    async def _gathered(self, environ: dict[str, Any], receive: Receive) -> bytes | None:
        """The body; empty, with the refusal noted, where it may not be had; None when the caller has gone."""
        limit = self._limits.of_route(environ["REQUEST_METHOD"], environ["PATH_INFO"])
        # Nobody without a key or session may fill the memory before anybody has asked who they are.
        if not (self._limits.strangers or "HTTP_AUTHORIZATION" in environ or "HTTP_COOKIE" in environ):
            limit = min(limit, UNCOUNTED)
        begin, body, counted = asyncio.get_running_loop().time(), bytearray(), 0
        refused = int(environ.get("CONTENT_LENGTH") or 0) > limit
        try:
            async with asyncio.timeout(None) as patience:
                while not refused:
                    patience.reschedule(begin + GRACE_SECONDS + len(body) / LEAST_RATE)
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    body += message["body"]
                    refused = len(body) > limit
                    more = max(0, len(body) - UNCOUNTED) - counted
                    counted, self._held = counted + more, self._held + more
                    if self._held > MOST_HELD:
                        environ[REFUSAL] = ServiceError(Problem.TOO_BUSY)
                        refused = True
                    if not message["more_body"]:
                        break
            if not refused:
                environ["CONTENT_LENGTH"], counted = str(len(body)), 0
                environ.pop("HTTP_TRANSFER_ENCODING", None)
                return bytes(body)
        except TimeoutError:
            environ[REFUSAL] = ServiceError(Problem.BODY_TOO_SLOW, rate=LEAST_RATE // 1_000)
        finally:
            self._held -= counted
        environ.setdefault(REFUSAL, ServiceError(Problem.BODY_TOO_LARGE, limit=limit))
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        environ["CONTENT_LENGTH"] = "0"
        if environ[REFUSAL].code != "body_too_slow":
            await _discard(receive)
        return b""

    def _answer(self, environ: dict[str, Any], send: Send) -> Iterator[bytes] | None:
        """Answer in a thread; what has no length yet is handed back, to be sent as it comes."""
        said: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
            said[:] = int(status[:3]), headers  # and no way to write past the answer, which nothing here does

        pieces = self._app(environ, start)
        status, headers = said
        raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        if REFUSAL in environ:  # its body may still be under way
            raw.append((b"connection", b"close"))
        # granian sends nothing before the first piece, and nothing here waits: both calls only put something down.
        if not isinstance(pieces, (list, tuple)) and not any(name.lower() == b"content-length" for name, _ in raw):
            send({"type": "http.response.start", "status": status, "headers": raw})
            return _closing(pieces)
        # One message for a whole answer: the status isn't sent before the work behind it has succeeded.
        body = b"".join(_closing(pieces))
        send({"type": "http.response.start", "status": status, "headers": raw})
        send({"type": "http.response.body", "body": body, "more_body": False})
        return None

    async def _stream(
        self, pieces: Iterator[bytes], in_thread: Callable[..., Awaitable[Any]], receive: Receive, send: Send
    ) -> None:
        """Send pieces as they are made; no thread waits for the reader, and a reader that has gone ends the work."""

        async def left() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass

        # Without listening nobody learns that the reader has gone, and a long stream would be worked out for no one.
        gone = asyncio.ensure_future(left())
        try:
            while not gone.done() and (piece := await in_thread(partial(next, pieces, None))) is not None:
                async with asyncio.timeout(STALL_SECONDS):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
        except TimeoutError:
            log.logger().warning("reader_stalled", seconds=STALL_SECONDS)
        finally:
            gone.cancel()
            await in_thread(pieces.close)  # type: ignore[attr-defined]  # a generator
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _in(self, threads: WorkThreads, context: contextvars.Context, work: Callable[[], Any]) -> asyncio.Future[Any]:
        """Have work done by a thread in a context; the future is resolved on the loop."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()

        def done() -> None:
            result, error = None, None
            try:
                result = context.run(work)
            except BaseException as failure:
                error = failure
            self._ended.append((future, result, error))
            if not self._is_waking:  # one call of the loop serves all that end until it comes
                self._is_waking = True
                # The only call of a loop that other threads may make.
                loop.call_soon_threadsafe(self._wake)

        threads.put(done)
        return future

    def _wake(self) -> None:
        self._is_waking = False
        while self._ended:
            future, result, error = self._ended.popleft()
            if future.cancelled():
                continue
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(result)


def environ_of(scope: Scope) -> dict[str, Any]:
    """A request's environment as PEP 3333 has it, but for the body.

    Bytes beyond ASCII stay (a cookie may have them), and a name with an underscore is dropped: it would imitate one
    with a hyphen, such as X-Forwarded-For.
    """
    raw = scope["raw_path"]
    environ = {
        **HEAD,
        "REQUEST_METHOD": scope["method"],
        # WSGI hands over bytes as latin-1 (PEP 3333); Werkzeug reads them as UTF-8 again.
        "PATH_INFO": (unquote_to_bytes(raw) if b"%" in raw else raw).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": scope["server"][0],
        "SERVER_PORT": str(scope["server"][1]),
        "REMOTE_ADDR": scope["client"][0],
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(),
    }
    for name_, value_ in scope["headers"]:
        name, value = name_.decode("latin-1"), value_.decode("latin-1")
        # `X_Forwarded_For` would become the same variable as `X-Forwarded-For` and pass for the proxy's.
        if "_" in name:
            continue
        key = OWN.get(name) or "HTTP_" + name.upper().replace("-", "_")
        if key in environ:
            # Repeated fields are one list (RFC 9110, 5.3); cookies are joined by a semicolon instead.
            value = f"{environ[key]}{'; ' if name == 'cookie' else ','}{value}"
        environ[key] = value
    return environ


async def _discard(receive: Receive) -> None:
    """Read on for a while."""
    left = DISCARD_BYTES
    try:
        async with asyncio.timeout(DISCARD_SECONDS):
            while left > 0:
                message = await receive()
                left -= len(message.get("body", b""))
                if not message.get("more_body"):
                    return
    except TimeoutError:
        return


def _closing(pieces: Iterable[bytes]) -> Iterator[bytes]:
    with closed_after(pieces):
        yield from pieces
