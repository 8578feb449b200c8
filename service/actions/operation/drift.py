"""Drift: how far the catalogue has moved from what the model in use was fitted on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from model.artifact import versions
from model.matching import drift
from model.snapshot import folder as snapshot
from service.actions.matching.prepare import Preparation
from service.caches import Memo
from service.errors import Problem, ServiceError
from service.telemetry import log, metrics
from service.telemetry.metrics import Metrics

NOTEWORTHY = 0.3
"""From here on the alert asks for retraining."""
MEASURE_SECONDS = 600
"""How old the metric becomes at most."""
LOOK_SECONDS = 5
"""How soon a change of the model, or the end of an outage, is noticed."""
LOCK = "drift"


@dataclass(frozen=True, slots=True)
class Drifted:
    """The shift of each measure, 0 to 1, against the snapshot that the model was fitted on."""

    model_version: str
    snapshot_digest: str
    shifts: dict[str, float]

    @property
    def is_noteworthy(self) -> bool:
        """Some measure has moved so far that retraining is due."""
        return max(self.shifts.values(), default=0.0) > NOTEWORTHY


class Drift:
    """Compares the catalogue with the model's own vectors, and with its snapshot where that is at hand."""

    def __init__(self, preparation: Preparation, clock: Callable[[], datetime], metrics: Metrics) -> None:
        self._preparation, self._clock, self._metrics = preparation, clock, metrics
        self._measured: Memo[tuple[str, str, str], dict[str, float]] = Memo(1, long=True)

    def __call__(self, fitted_on: Path | None = None) -> Drifted:
        """Measure now; with the snapshot's folder the verdicts are compared too.

        Raises ServiceError `no_model`, or `other_snapshot` when the model was fitted on another one.
        """
        prepared = self._preparation.current()
        matcher, manifest = prepared.matcher, prepared.in_use.manifest
        key = prepared.in_use.name, prepared.ranked.side.digest, prepared.programs.side.digest
        shifts = dict(self._measured(key, lambda: drift.shifts(matcher, prepared.ranked.pool, prepared.programs.pool)))
        if fitted_on is not None:
            before = snapshot.read(fitted_on)
            if before.digest != manifest.snapshot_digest:
                raise ServiceError(Problem.OTHER_SNAPSHOT, name=fitted_on.name, version=manifest.model_version)
            now = prepared.ranked.pool.profiles, prepared.programs.pool.profiles
            then = before.startups, before.programs
            shifts["verdict"] = drift.verdict_shift(matcher, then, now, self._clock().date())
        self._metrics.drift(shifts, self._clock())
        return Drifted(manifest.model_version, manifest.snapshot_digest, shifts)

    def follow(self) -> None:
        """Keep the metric fresh from now on, beside the requests; a worker calls it once when it starts."""
        threading.Thread(target=self._keep_up, daemon=True, name=LOCK).start()

    def _keep_up(self) -> None:
        """Measure after each change of the model and every ten minutes, in one worker at a time.

        The others wait until that one ends.
        """
        folder = metrics.folder()
        with versions.held(folder, LOCK, wait=True) if folder else nullcontext():
            measured: str | None = None
            due = 0.0
            while True:
                time.sleep(LOOK_SECONDS)
                if self._preparation.version() != measured or time.monotonic() >= due:
                    measured, due = self._tried(), time.monotonic() + MEASURE_SECONDS

    def _tried(self) -> str | None:
        """Measure; gives the version of the model, None where it could not be."""
        try:
            return self().model_version
        except ServiceError:  # without a model or its database there is nothing to measure
            return None
        except Exception as error:
            log.logger().error("bug", exc_info=error)
            return None
