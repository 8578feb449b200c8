"""What Prometheus reads: requests, answers and the model in use, counted across every worker of the service.

Workers share their counts through small files in a folder of their own, which `ieum serve` names before the library is
first loaded; without one each process counts for itself.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)


class Metrics:
    """Everything that is counted; each name is explained where it is made."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram  # the folder is named by now

        self._registry = CollectorRegistry()
        own: dict[str, Any] = {"registry": self._registry}
        self._seconds = Histogram(
            "ieum_request_seconds",
            "Time until an answer begins, by view and status; its count is the number of requests",
            ("view", "status"),
            buckets=SECONDS,
            **own,
        )
        self._lists = Counter("ieum_lists_total", "Lists worked out, by side and whether empty", ("of", "empty"), **own)
        self._verdicts = Counter("ieum_verdicts_total", "Pairs in lists worked out, by verdict", ("verdict",), **own)
        self._in_flight = Gauge(
            "ieum_requests_in_flight", "Requests in work, looked at once a second", multiprocess_mode="livesum", **own
        )
        self._fitted_at = Gauge(
            "ieum_model_created_timestamp_seconds",
            "When the model in use was made; the oldest of all workers",
            multiprocess_mode="livemin",
            **own,
        )
        self._changes = Counter(
            "ieum_model_changes_total", "Models taken over by workers, or refused", ("result",), **own
        )
        self._drift = Gauge(
            "ieum_drift",
            "Shift of the catalogue against the training snapshot, 0 to 1",
            ("measure",),
            multiprocess_mode="mostrecent",
            **own,
        )
        self._drift_measured = Gauge(
            "ieum_drift_measured_timestamp_seconds",
            "When the shift was last measured; 0 until then",
            multiprocess_mode="max",
            **own,
        )
        self._running: set[object] = set()
        self._observe = lru_cache(maxsize=1_000)(lambda view, status: self._seconds.labels(view, status).observe)

    def begin(self) -> object:
        """Note that a request is in work; hand what comes back to `end`."""
        token = object()
        self._running.add(token)
        return token

    def end(self, token: object, view: str, status: str, seconds: float) -> None:
        """Count the request."""
        self._running.discard(token)
        self._observe(view, status)(seconds)

    def listed(self, of: str, verdicts: Mapping[str, int]) -> None:
        """Count one list that was worked out; a repeated question is answered from memory and not counted again."""
        self._lists.labels(of, "no" if verdicts else "yes").inc()
        for verdict, count in verdicts.items():
            self._verdicts.labels(verdict).inc(count)

    def look(self) -> None:
        """Tell how many requests this worker has in work now; called once a second, which costs requests nothing."""
        self._in_flight.set(len(self._running))

    def model(self, result: str, created_at: str | None = None) -> None:
        """Count a model that was `changed` or `refused`, and tell when the one in use was made."""
        self._changes.labels(result).inc()
        if created_at:
            self._fitted_at.set(datetime.fromisoformat(created_at).timestamp())

    def drift(self, shifts: Mapping[str, float], at: datetime) -> None:
        """Tell how far the catalogue has moved from what the model was fitted on, as measured at a moment."""
        for measure, shift in shifts.items():
            self._drift.labels(measure).set(shift)
        self._drift_measured.set(at.timestamp())

    def text(self) -> bytes:
        """All of it, in Prometheus' own format."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        if FOLDER not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # the library types only a part of itself
        return generate_latest(together)


@contextmanager
def shared() -> Iterator[None]:
    """Let all workers count together, in a new folder; enter the block before `Metrics` is made."""
    folder = tempfile.mkdtemp(prefix="ieum-metrics-")
    os.environ[FOLDER] = folder
    try:
        yield
    finally:
        del os.environ[FOLDER]
        shutil.rmtree(folder, ignore_errors=True)


def folder() -> Path | None:
    """Where all workers count together; None where each process counts for itself."""
    return Path(os.environ[FOLDER]) if FOLDER in os.environ else None


def forget(pid: int | None) -> None:
    """Leave a dead worker out of what only the living add up to."""
    from prometheus_client.multiprocess import mark_process_dead

    if pid is not None and FOLDER in os.environ:
        mark_process_dead(pid)  # type: ignore[no-untyped-call]  # the library types only a part of itself
