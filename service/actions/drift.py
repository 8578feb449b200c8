"""Drift: how far the catalogue has moved from what the model in use was fitted on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from model import drift, snapshot
from service.actions.prepare import Preparation, Prepared
from service.errors import ServiceError
from service.telemetry.metrics import Metrics

NOTEWORTHY = 0.3
"""From here on the alert asks for retraining."""


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
        self._last: tuple[tuple[str, str, str], dict[str, float]] | None = None

    def __call__(self, fitted_on: Path | None = None) -> Drifted:
        """Measure now; with the snapshot's folder the verdicts are compared too.

        Raises ServiceError `no_model`, or `other_snapshot` when the model was fitted on another one.
        """
        prepared = self._preparation.current()
        matcher, manifest = prepared.matcher, prepared.in_use.manifest
        found = dict(self._shifts(prepared))
        if fitted_on is not None:
            before = snapshot.read(fitted_on)
            if before.digest != manifest.snapshot_digest:
                raise ServiceError("other_snapshot", name=fitted_on.name, version=manifest.model_version)
            now = prepared.startups.pool.profiles, prepared.programs.pool.profiles
            then = before.startups, before.programs
            found["verdict"] = drift.verdict_shift(matcher, then, now, self._clock().date())
        self._metrics.drift(found)
        return Drifted(manifest.model_version, manifest.snapshot_digest, found)

    def _shifts(self, prepared: Prepared) -> dict[str, float]:
        """The shifts without the verdicts; one model with one catalogue is measured once."""
        key = prepared.in_use.name, prepared.startups.side.digest, prepared.programs.side.digest
        kept = self._last
        if kept is None or kept[0] != key:
            found = drift.shifts(prepared.matcher, prepared.startups.pool, prepared.programs.pool)
            kept = self._last = key, found
        return kept[1]
