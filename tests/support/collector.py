"""A collector of traces: takes OTLP over HTTP as a real one does, decodes it, and keeps what came."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span

PATH = "/v1/traces"
PATIENCE = 120.0


class Collector:
    """Listens on a free port; `pause` is how long it takes for an answer."""

    def __init__(self, pause: float = 0.0) -> None:
        self.bodies: list[bytes] = []
        self.batches: list[ExportTraceServiceRequest] = []
        self.pause = pause
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    @property
    def address(self) -> str:
        """What OTEL_EXPORTER_OTLP_ENDPOINT says."""
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def spans(self) -> list[Span]:
        """Every span that came."""
        return [
            span for batch in self.batches for of in batch.resource_spans for s in of.scope_spans for span in s.spans
        ]

    @property
    def processes(self) -> set[int]:
        """The processes that sent something."""
        resources = [of.resource for batch in self.batches for of in batch.resource_spans]
        return {int(facts(resource.attributes)["process.pid"]) for resource in resources}

    def named(self, name: str) -> list[Span]:
        """The spans of a name."""
        return [span for span in self.spans if span.name == name]

    def first(self, name: str) -> Span:
        """The first span of a name, once it is there."""
        return self._awaited(lambda: self.named(name))

    def answer(self, request_id: str) -> Span:
        """The span of a request by its id, once it is there."""
        return self._awaited(
            lambda: [s for s in self.spans if facts(s.attributes).get("ieum.request_id") == request_id]
        )

    def _awaited(self, found: Callable[[], list[Span]]) -> Span:
        until(lambda: bool(found()))
        return found()[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        collector = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                time.sleep(collector.pause)
                known = (self.path, self.headers["Content-Type"]) == (PATH, "application/x-protobuf")
                if known:
                    collector.bodies.append(body)
                    collector.batches.append(ExportTraceServiceRequest.FromString(body))
                self.send_response(200 if known else 404)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


@contextmanager
def collecting(pause: float = 0.0) -> Iterator[Collector]:
    """A collector for the length of a block."""
    collector = Collector(pause)
    threading.Thread(target=collector.server.serve_forever, daemon=True).start()
    yield collector
    collector.server.shutdown()
    collector.server.server_close()


def facts(attributes: list[KeyValue]) -> dict[str, str | int]:
    """Attributes by name."""
    kinds = {pair.key: pair.value for pair in attributes}
    return {key: getattr(value, value.WhichOneof("value")) for key, value in kinds.items()}


def until(is_so: Callable[[], bool]) -> None:
    """Wait for something that must come, however slow the machine."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)
