"""Slow senders and slow readers cost the service no thread, long work is bounded, and health always answers."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Any

import pytest

from service.auth.work import BOUNDS, MOST_COMPUTING, Work, WorkBounds
from service.errors import ServiceError
from service.server import intake
from service.server.intake import BodyLimits, Intake
from service.telemetry.requests import REFUSAL
from tests.functional.conftest import Service

BEGUN = b"POST /sign-in/link HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"


def test_connections_that_send_one_byte_silence_nobody(service: Service) -> None:
    slow = [socket.create_connection(("127.0.0.1", service.port)) for _ in range(40)]
    for one in slow:
        one.sendall(BEGUN + b"Content-Length: 1000\r\n\r\nt")
    found = [service.ask("GET", path)[0].status for path in ("/livez", "/readyz", "/api/v1/startups/s-0001/matches")]
    for one in slow:
        one.close()

    assert found == [200, 200, 200]


def test_batches_that_nobody_reads_silence_nobody(service: Service) -> None:
    body = json.dumps({"startups": ["s-0001"] * 1_000}).encode()
    head = f"POST /api/v1/matches/batch?limit=100 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {service.key}\r\n"
    unread = [socket.create_connection(("127.0.0.1", service.port)) for _ in range(12)]
    for one in unread:
        one.sendall(f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
    time.sleep(1)
    found = [service.ask("GET", path)[0].status for path in ("/livez", "/api/v1/startups/s-0001/matches")]
    statuses = []
    for one in unread:
        with closing(one):
            one.settimeout(5)
            statuses.append(int(one.recv(12).split()[1]))

    assert found == [200, 200]
    assert set(statuses) == {200, 503}  # two of each worker are under way, the others were refused at once


def test_a_cookie_beyond_ascii_signs_nobody_out(service: Service) -> None:
    """Only the server could lose it: what is asked must reach the view with every other cookie."""
    head = f"GET /api/v1/startups HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {service.key}\r\nConnection: close\r\n"
    with closing(socket.create_connection(("127.0.0.1", service.port))) as one:
        one.sendall(head.encode() + "Cookie: 이름=값; contrast=high\r\n\r\n".encode())
        answer = one.recv(100)

    assert answer.startswith(b"HTTP/1.1 200 ")


def test_a_body_that_is_refused_unread_says_that_the_connection_ends(service: Service) -> None:
    answer, said = service.ask("POST", "/api/v1/matches", b"x" * 1_500_000)

    assert (answer.status, json.loads(said)["code"]) == (413, "body_too_large")
    assert answer.headers["Connection"] == "close"


class Taken:
    """What the server hands back when it has taken a message: something to wait for that is there already."""

    def __await__(self) -> Iterator[None]:
        return iter(())


class Asked:
    """One request as the server hands it over: its body comes in pieces, each after a pause."""

    def __init__(self, *pieces: bytes, pause: float = 0.0, path: str = "/", **headers: str) -> None:
        self._pieces, self._pause = list(pieces), pause
        self.sent: list[dict[str, Any]] = []
        named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        self.scope = {
            "method": "POST",
            "raw_path": path.encode(),
            "query_string": b"",
            "http_version": "1.1",
            "server": ("here", 80),
            "client": ("there", 9),
            "scheme": "http",
            "headers": named,
        }

    async def receive(self) -> dict[str, Any]:
        if not self._pieces:
            await asyncio.sleep(3600)
        await asyncio.sleep(self._pause)
        piece = self._pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(self._pieces)}

    def send(self, message: dict[str, Any]) -> Any:
        self.sent.append(message)
        return Taken()

    def answered(self, app: Callable[..., Iterable[bytes]], limit: int = 1_000) -> bytes:
        asyncio.run(Intake(app, 2, BodyLimits(lambda *_: limit))(self.scope, self.receive, self.send))
        return b"".join(message.get("body", b"") for message in self.sent)


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    start("200 OK", [])
    refusal = environ.get(REFUSAL)
    return [refusal.code.encode() if refusal else environ["wsgi.input"].read()]


def test_a_body_is_handed_over_whole() -> None:
    assert Asked(b"ab", b"", b"cd", transfer_encoding="chunked").answered(echo) == b"abcd"


def test_a_body_beyond_the_limit_of_its_route_is_refused_announced_or_not() -> None:
    assert Asked(b"x" * 11, transfer_encoding="chunked").answered(echo, limit=10) == b"body_too_large"
    assert Asked(b"", content_length="11").answered(echo, limit=10) == b"body_too_large"


def test_a_body_that_stops_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "GRACE_SECONDS", 0.1)
    asked = Asked(b"x", b"y", pause=0.2, content_length="2")

    assert asked.answered(echo) == b"body_too_slow"
    assert (b"connection", b"close") in asked.sent[0]["headers"]


def test_somebody_without_a_credential_sends_no_more_than_a_form_needs() -> None:
    long = b"x" * (intake.UNCOUNTED + 1)

    assert Asked(long, transfer_encoding="chunked").answered(echo, limit=10**6) == b"body_too_large"
    assert Asked(long, transfer_encoding="chunked", authorization="x").answered(echo, limit=10**6) == long


def test_bodies_on_their_way_are_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_HELD", 10)
    long = b"x" * (intake.UNCOUNTED + 11)

    assert Asked(long, transfer_encoding="chunked", cookie="x").answered(echo, limit=10**6) == b"too_busy"


def test_a_name_with_an_underscore_imitates_none_with_a_hyphen() -> None:
    asked = Asked(x_forwarded_for="192.0.2.1")
    asked.scope["headers"].append((b"x_forwarded_for", b"127.0.0.1"))

    assert intake.environ_of(asked.scope)["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"


def pieces(environ: dict[str, Any], start: Callable[..., Any]) -> Iterator[bytes]:
    start("200 OK", [])
    environ["closed"].append("begun")
    return made(environ["closed"])


def made(closed: list[str]) -> Iterator[bytes]:
    try:
        yield b"a"
        yield b"b"
    finally:
        closed.append("closed")


def test_pieces_are_sent_as_they_come_and_closed_at_the_end() -> None:
    closed: list[str] = []
    asked = Asked()
    body = asked.answered(lambda environ, start: pieces({**environ, "closed": closed}, start))

    assert (body, closed) == (b"ab", ["begun", "closed"])
    assert [message.get("more_body") for message in asked.sent] == [None, True, True, False]


def test_a_reader_that_stalls_ends_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "STALL_SECONDS", 0.05)
    closed: list[str] = []
    asked = Asked()
    send = asked.send
    asked.send = lambda message: asyncio.sleep(9) if message.get("more_body") else send(message)  # type: ignore[method-assign]  # nobody reads
    asked.answered(lambda environ, start: pieces({**environ, "closed": closed}, start))

    assert closed == ["begun", "closed"]


class TestBounds:
    """Long work of each kind, and of all kinds, is bounded in each worker."""

    @pytest.mark.parametrize("work", list(Work))
    def test_beyond_its_bound_a_kind_is_refused_until_one_has_ended(self, work: Work) -> None:
        bounds = WorkBounds()
        ends = [bounds.begin(work) for _ in range(BOUNDS[work])]
        with pytest.raises(ServiceError, match="too_busy"):
            bounds.begin(work)
        ends[0]()
        ends[0]()  # a stream may end twice

        bounds.begin(work)
        with pytest.raises(ServiceError, match="too_busy"):
            bounds.begin(work)

    def test_kinds_that_compute_are_bounded_together_and_the_portal_is_apart(self) -> None:
        bounds = WorkBounds()
        for work in (Work.BATCH, Work.BATCH, Work.REPLAY)[:MOST_COMPUTING]:
            bounds.begin(work)
        with pytest.raises(ServiceError, match="too_busy"):
            bounds.begin(Work.EXPORT)

        bounds.begin(Work.PORTAL)
