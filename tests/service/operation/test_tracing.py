"""Traces cost nothing where no collector is named, and tell no more than they should where one is."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from service.errors import ServiceError
from service.settings import traces_wanted
from service.storage.database import Database
from service.storage.statements import described
from service.telemetry import log
from service.telemetry.requests import KEY
from service.telemetry.tracing import LIBRARY, Heard, Traced
from tests.support import databases

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
COLLECTOR = {ENDPOINT: "http://collector:4318"}


def test_without_a_collector_nothing_is_loaded_and_the_application_stays_as_it_is() -> None:
    told = "import sys; from service.server import serve, wsgi; app = object()"
    asked = "print(serve._watcher()(app, None) is app, [name for name in sys.modules if 'opentelemetry' in name])"
    done = subprocess.run(
        [sys.executable, "-c", f"{told}; {asked}"], env={}, capture_output=True, text=True, timeout=120, check=True
    )

    assert done.stdout == "True []\n"


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, True),
        ({ENDPOINT: ""}, False),
        ({ENDPOINT: "", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://collector:4318/v1/traces"}, True),
        ({"OTEL_SDK_DISABLED": "true"}, False),
        ({"OTEL_TRACES_EXPORTER": "none"}, False),
        ({"OTEL_TRACES_EXPORTER": "otlp", "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"}, True),
    ],
)
def test_the_standard_variables_decide(more: dict[str, str], wanted: bool) -> None:
    assert traces_wanted(COLLECTOR | more) is wanted


@pytest.mark.parametrize("name", ["OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"])
def test_a_protocol_that_is_not_spoken_is_refused_by_name(name: str) -> None:
    with pytest.raises(ServiceError) as refused:
        traces_wanted(COLLECTOR | {name: "grpc"})

    assert name in refused.value.explained("ko").what


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("SELECT startups.id FROM startups WHERE id = 'secret'", "SELECT startups"),
        ("\n INSERT INTO runs (id) VALUES ('secret')", "INSERT runs"),
        ("UPDATE users SET name = 'secret'", "UPDATE users"),
        ("DELETE FROM keys", "DELETE keys"),
        ("SELECT head FROM audit_head FOR UPDATE", "SELECT audit_head"),
        ("BEGIN IMMEDIATE", "BEGIN"),
        ('VACUUM FULL "startups"', "VACUUM"),
        ("'secret'", "OTHER"),
    ],
)
def test_a_statement_is_told_by_its_verb_and_table(statement: str, name: str) -> None:
    found = described("sqlite", statement)

    assert (found[0], "secret" in str(found)) == (name, False)


@pytest.mark.parametrize("kind", databases.KINDS)
def test_statements_are_steps_and_one_that_fails_ends_its_own(
    kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    seen: list[str] = []

    @contextmanager
    def span(name: str, _facts: Mapping[str, str]) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            name = f"{name} failed by {type(error).__name__}"
            raise
        finally:
            seen.append(name)

    with databases.empty(kind, tmp_path_factory.mktemp("spans")) as address:
        database = Database(address)
        database.watch(span)
        with database.writing() as connection:
            connection.execute(text("CREATE TABLE things (id INTEGER PRIMARY KEY)"))
        with database.writing() as connection:
            connection.execute(text("INSERT INTO things VALUES (1)"))
        with database.undone() as connection, pytest.raises(IntegrityError):
            connection.execute(text("INSERT INTO things VALUES (1)"))
        database.close()

    failed = {"sqlite": "IntegrityError", "postgresql": "UniqueViolation"}[kind]
    assert [name for name in seen if "things" in name] == ["INSERT things", f"INSERT things failed by {failed}"]


class Broken(SpanExporter):
    """Fails as often as it is told to."""

    def __init__(self, *results: bool | Exception) -> None:
        self._results = iter(results)

    def export(self, spans: object) -> SpanExportResult:
        found = next(self._results)
        LIBRARY.getChild("exporter").warning("Transient %s", "trouble")
        if isinstance(found, Exception):
            raise found
        return SpanExportResult.SUCCESS if found else SpanExportResult.FAILURE

    def shutdown(self) -> None:
        """Nothing to end."""


def test_an_outage_is_told_once_with_its_reason_and_so_is_its_end(capfd: pytest.CaptureFixture[str]) -> None:
    log.set_up()
    heard = Heard(Broken(True, False, ValueError("secret"), False, True, True))
    for _ in range(6):
        heard.export(())
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]

    assert [line["event"] for line in lines] == ["traces_unsent", "traces_sent_again"]
    assert lines[0]["reason"] == "Transient trouble"


def test_every_line_of_the_log_names_the_trace_of_its_request(capfd: pytest.CaptureFixture[str]) -> None:
    log.set_up()
    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))

    def app(environ: dict[str, object], start: object) -> list[bytes]:
        log.logger().info("within")
        return []

    Traced(app, provider.get_tracer("tests"), lambda: "v1")({"REQUEST_METHOD": "GET", KEY: "id"}, lambda *_: None)
    log.logger().info("after")
    within, after = (json.loads(line) for line in capfd.readouterr().err.splitlines())
    (span,) = kept.get_finished_spans()

    assert (within["trace_id"], "trace_id" in after) == (format(span.get_span_context().trace_id, "032x"), False)
