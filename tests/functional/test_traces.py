"""Traces: every request is a span with what it waited for, nothing personal is told, no outage is felt."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from service.server.serve import DRAIN_SECONDS
from tests.functional.conftest import Service, free_port, serving
from tests.support.collector import Collector, collecting, facts, until
from tests.support.launcher import Launcher

ABOVE = ("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331")
TRACEPARENT = f"00-{ABOVE[0]}-{ABOVE[1]}-01"
OF_STARTUP = "GET /api/v1/startups/<string:startup_id>/matches"
OF_PROFILE = "POST /api/v1/matches"
NAME, SUMMARY = "비밀상사", "은하수를 건너는 양자 밀크셰이크 자동판매기 010-1234-5678 someone@example.org"
SOON = {"OTEL_BSP_SCHEDULE_DELAY": 100}
EXPORTER_WAITS = 1
"""Seconds that the exporter waits for the collector; a request that waited with it would take as long."""


@pytest.fixture(scope="module")
def watched(
    launcher: Launcher, artifacts: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Service, Collector]]:
    with collecting() as collector:
        more = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.address, **SOON}
        with serving(launcher, tmp_path_factory.mktemp("traced"), artifacts, **more) as service:
            yield service, collector


def ask_with_profile(service: Service, summary: str = SUMMARY) -> str:
    """Ask for the programs of a profile; returns the request's id."""
    body = json.dumps({"name": NAME, "summary": summary})
    answer, _ = service.ask("POST", "/api/v1/matches", body.encode())
    assert answer.status == 200
    return str(answer.headers["X-Request-ID"])


def below(span: Span, spans: list[Span]) -> dict[str, Span]:
    return {one.name: one for one in spans if one.parent_span_id == span.span_id}


def test_a_request_is_a_span_below_the_proxy_s_with_its_pattern_status_id_and_model(
    watched: tuple[Service, Collector],
) -> None:
    service, collector = watched
    answer, _ = service.ask("GET", "/api/v1/startups/s-0002/matches?limit=3", traceparent=TRACEPARENT)
    span = collector.answer(answer.headers["X-Request-ID"])

    assert span.name == OF_STARTUP
    assert (span.trace_id.hex(), span.parent_span_id.hex(), span.kind) == (*ABOVE, Span.SPAN_KIND_SERVER)
    assert facts(span.attributes) == {
        "http.request.method": "GET",
        "http.route": "/api/v1/startups/<string:startup_id>/matches",
        "http.response.status_code": 200,
        "ieum.request_id": answer.headers["X-Request-ID"],
        "ieum.model_version": "v1",
    }


def test_what_a_request_waits_for_stands_below_it(watched: tuple[Service, Collector]) -> None:
    service, collector = watched
    request = ask_with_profile(service, "never asked before")
    steps = below(collector.answer(request), collector.spans)

    assert facts(steps["match programs"].attributes) == {"ieum.model_version": "v1"}
    assert facts(steps["INSERT runs"].attributes) == {
        "db.system.name": "sqlite",
        "db.operation.name": "INSERT",
        "db.collection.name": "runs",
    }
    assert steps["INSERT runs"].kind == Span.SPAN_KIND_CLIENT


def test_nothing_that_a_caller_sent_is_told(watched: tuple[Service, Collector]) -> None:
    service, collector = watched
    secrets = [NAME, SUMMARY, "someone@example.org", "010-1234-5678", "s-0003", "gibberish"]
    ask_with_profile(service)
    service.ask("GET", "/api/v1/startups/s-0003?gibberish=someone@example.org", User_Agent="gibberish")
    service.ask("GET", "/api/v1/startups?query=gibberish")
    service.ask("GET", "/gibberish/s-0003")
    service.ask("GET", "/api/v1/users/gibberish")
    for name in (OF_PROFILE, "GET /api/v1/startups", "GET", "GET /api/v1/users/<string:user_id>"):
        collector.first(name)
    told = b"".join(collector.bodies)

    assert [secret for secret in [*secrets, service.key, "127.0.0.1"] if secret.encode() in told] == []


def test_every_worker_sends_for_itself_and_so_does_one_that_takes_a_dead_one_s_place(
    watched: tuple[Service, Collector],
) -> None:
    service, collector = watched

    def sent_by(count: int) -> bool:
        with suppress(OSError, HTTPException):  # of connections that die with their worker
            service.ask("GET", "/api/v1/model")  # each on a connection of its own, so that every worker takes some
        return len(collector.processes) >= count

    until(lambda: sent_by(2))
    assert service.process.pid not in collector.processes
    os.kill(min(collector.processes), signal.SIGKILL)
    until(lambda: sent_by(3))


def test_a_worker_that_is_told_to_stop_sends_what_is_left(launcher: Launcher, artifacts: Path, tmp_path: Path) -> None:
    with collecting() as collector:
        more = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.address, "OTEL_BSP_SCHEDULE_DELAY": 3_600_000}
        with serving(launcher, tmp_path, artifacts, **more) as service:
            service.ask("GET", "/api/v1/model")
            before = len(collector.spans)

        assert (before, len(collector.named("GET /api/v1/model"))) == (0, 1)


def test_a_collector_that_is_not_there_is_felt_by_no_request_and_told_once(
    launcher: Launcher, artifacts: Path, tmp_path: Path
) -> None:
    more = {
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{free_port()}",
        "OTEL_EXPORTER_OTLP_TIMEOUT": EXPORTER_WAITS,
        **SOON,
    }
    with serving(launcher, tmp_path, artifacts, IEUM_WORKERS=1, **more) as service:
        end, seconds, statuses = time.monotonic() + 4, [], set()
        while time.monotonic() < end:
            began = time.perf_counter()
            statuses.add(service.ask("GET", "/api/v1/startups/s-0001/matches")[0].status)
            seconds.append(time.perf_counter() - began)
        stopped = stopping(service)

    lines = (tmp_path / "log").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines if "traces_unsent" in line]
    assert (statuses, len(told), bool(told[0]["reason"])) == ({200}, 1, True)
    assert sorted(seconds)[len(seconds) // 2] < EXPORTER_WAITS
    assert stopped < DRAIN_SECONDS
    assert [line for line in lines if "opentelemetry" in line or "Traceback" in line] == []


def test_a_collector_that_never_answers_delays_neither_requests_nor_the_end(
    launcher: Launcher, artifacts: Path, tmp_path: Path
) -> None:
    with collecting(pause=3_600) as collector:
        more = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.address, **SOON}
        with serving(launcher, tmp_path, artifacts, **more) as service:
            answers = [service.ask("GET", "/api/v1/startups/s-0001/matches")[0].status for _ in range(50)]
            stopped = stopping(service)

    assert (set(answers), stopped < DRAIN_SECONDS) == ({200}, True)


def test_a_request_that_fails_is_marked_with_its_status_alone(
    launcher: Launcher, artifacts: Path, tmp_path: Path
) -> None:
    with collecting() as collector:
        more = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.address, "IEUM_ARTIFACTS": tmp_path / "none", **SOON}
        with serving(launcher, tmp_path, artifacts, path="/livez", **more) as service:
            service.ask("GET", "/api/v1/startups/s-0001/matches")
            span = collector.first(OF_STARTUP)

    assert (span.status.code, span.status.message, list(span.events)) == (Status.STATUS_CODE_ERROR, "", [])
    assert facts(span.attributes)["error.type"] == "503"
    assert facts(span.attributes)["ieum.model_version"] == "none"


def stopping(service: Service) -> float:
    """Seconds from the signal to the end."""
    began = time.monotonic()
    service.process.terminate()
    assert service.process.wait(30) is not None
    return time.monotonic() - began
