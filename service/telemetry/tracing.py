"""Traces for OpenTelemetry: a span for each request and for what it waits for, sent beside the requests.

Loaded only where the environment names a collector. Nothing that a caller sent is told: of an address its pattern, of a
statement its verb and table, of an error its type.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from multiprocessing.util import Finalize
from typing import Any, TypedDict

import structlog
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Span, SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from service.telemetry import log, requests
from service.telemetry.requests import Headers, WsgiApp

FLUSH_SECONDS = 3
"""How long a worker that ends may wait for the collector."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
LIBRARY = logging.getLogger("opentelemetry")


class _Quiet(TypedDict):
    record_exception: bool
    set_status_on_exception: bool


_QUIET = _Quiet(record_exception=False, set_status_on_exception=False)
"""An error's message may hold what a caller sent; its type is told by `_failed`."""


class Traces:
    """One worker's spans, on their way to the collector; what it does not take in time is dropped.

    Make it after the fork, since it starts a thread. Endpoint, headers, service name and sampling are as the standard
    variables of OpenTelemetry say.
    """

    def __init__(self) -> None:
        self._processor = BatchSpanProcessor(Heard(OTLPSpanExporter()))
        own = Resource({"service.name": "ieum", "service.version": version("ieum"), "process.pid": os.getpid()})
        # Who names the service otherwise in the environment is heard last.
        named = Resource.create().merge(own).merge(OTELResourceDetector().detect())
        provider = TracerProvider(resource=named, shutdown_on_exit=False)
        provider.add_span_processor(self._processor)
        self._tracer = provider.get_tracer("ieum", version("ieum"))
        Finalize(self, self.end, exitpriority=5)  # workers end without atexit

    def requests(self, app: WsgiApp, model: Callable[[], str | None]) -> WsgiApp:
        """The application with a span around each request; `model` tells the version in use."""
        return Traced(app, self._tracer, model)

    @contextmanager
    def span(self, name: str, facts: Mapping[str, str]) -> Iterator[None]:
        """Show what a request waits for; what happens outside of any request is not told."""
        # A caller that decided against sampling gets no spans below either.
        if not trace.get_current_span().is_recording():
            yield
            return
        kind = SpanKind.CLIENT if "db.system.name" in facts else SpanKind.INTERNAL
        with self._tracer.start_as_current_span(name, kind=kind, attributes=dict(facts), **_QUIET) as span:
            try:
                yield
            except BaseException as error:
                _failed(span, type(error).__name__)
                raise

    def end(self) -> None:
        """Send what is left, unless that takes too long."""
        # `shutdown` waits for the collector, perhaps longer than a worker has to end.
        sending = threading.Thread(target=self._processor.shutdown, daemon=True)
        sending.start()
        sending.join(FLUSH_SECONDS)


class Traced:
    """An application whose requests are each a span, below the caller's own where it names one."""

    def __init__(self, app: WsgiApp, tracer: trace.Tracer, model: Callable[[], str | None]) -> None:
        self._app, self._tracer, self._model = app, tracer, model
        self._context = TraceContextTextMapPropagator()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer within a span, whose trace every line of the log names."""
        method = environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"] in METHODS else "_OTHER"
        about = {"http.request.method": method, "ieum.model_version": self._model() or "none"}
        # Only the fields of W3C's trace context: baggage would let callers put text into our traces.
        above = self._context.extract({name: environ.get(f"HTTP_{name.upper()}", "") for name in self._context.fields})
        span = self._tracer.start_span(method, context=above, kind=SpanKind.SERVER, attributes=about)

        def start(status: str, headers: Headers, *rest: Any) -> Any:
            span.set_attributes(
                {"http.response.status_code": int(status[:3]), "ieum.request_id": environ[requests.KEY]}
            )
            rule = getattr(environ.get("werkzeug.request"), "url_rule", None)
            if rule is not None:  # a request is named by its pattern; one that fits no address has none
                span.set_attribute("http.route", rule.rule)
                span.update_name(f"{method} {rule.rule}")
            if int(status[:3]) >= 500:
                _failed(span, status[:3])
            return start_response(status, headers, *rest)

        def answer() -> Iterable[bytes]:
            with _within(span):
                pieces = self._app(environ, start)
            return pieces if isinstance(pieces, (list, tuple)) else later(pieces)

        def later(pieces: Iterable[bytes]) -> Iterator[bytes]:
            with _within(span), requests.closed_after(pieces):  # what a stream waits for is part of its request
                yield from pieces

        return requests.until_sent(answer, span.end)


@contextmanager
def _within(span: Span) -> Iterator[None]:
    """Do something for a request: what it waits for stands below its span, and what is logged names its trace."""
    with (
        trace.use_span(span, end_on_exit=False, **_QUIET),
        structlog.contextvars.bound_contextvars(trace_id=trace.format_trace_id(span.get_span_context().trace_id)),
    ):
        yield


class Heard(SpanExporter):
    """An exporter whose outage is told once, and once its end, in the log's own form."""

    def __init__(self, inner: SpanExporter) -> None:
        self._inner, self._is_out, self._reasons = inner, False, _Reasons()
        LIBRARY.handlers, LIBRARY.propagate = [self._reasons], False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send, and say so when that begins or ceases to fail."""
        try:
            result = self._inner.export(spans)
        except Exception as error:  # a collector's address that is none, say
            result, self._reasons.last = SpanExportResult.FAILURE, type(error).__name__
        is_out = result is not SpanExportResult.SUCCESS
        if is_out and not self._is_out:
            log.logger().warning("traces_unsent", reason=self._reasons.last)
        elif self._is_out and not is_out:
            log.logger().info("traces_sent_again")
        self._is_out = is_out
        return result

    def shutdown(self) -> None:
        """End the exporter."""
        self._inner.shutdown()


class _Reasons(logging.Handler):
    """Keeps the library's last complaint, which would break the log's form as it stands."""

    last = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.last = record.getMessage()


def _failed(span: Span, kind: str) -> None:
    span.set_attribute("error.type", kind)
    span.set_status(StatusCode.ERROR)
