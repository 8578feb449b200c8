"""Metrics of the running service are those of all its workers together."""

from __future__ import annotations

import os
import re
import signal
import time
from http.client import HTTPException
from pathlib import Path

from tests.functional.conftest import Service, serving
from tests.support.collector import until
from tests.support.launcher import Launcher


def requests_to(service: Service, view: str) -> float:
    text = service.ask("GET", "/metrics")[1].decode()
    counts = re.findall(rf'^ieum_request_seconds_count\{{.*view="{view}".*\}} (\S+)$', text, re.MULTILINE)
    return sum(map(float, counts))


def test_requests_to_any_worker_are_counted(service: Service) -> None:
    before = requests_to(service, "model.in_use")
    for _ in range(24):  # each on a connection of its own, so that both workers take some
        service.ask("GET", "/api/v1/model")

    assert requests_to(service, "model.in_use") == before + 24


def test_the_model_s_age_and_the_requests_in_flight_are_told(service: Service) -> None:
    text = service.ask("GET", "/metrics")[1].decode()

    assert re.search(r"^ieum_model_created_timestamp_seconds \d", text, re.MULTILINE)
    assert re.search(r"^ieum_requests_in_flight ", text, re.MULTILINE)


def measured_at(service: Service) -> float:
    """When drift was last measured; 0 until then, and where the asked worker dies."""
    try:
        text = service.ask("GET", "/metrics")[1].decode()
    except (OSError, HTTPException):
        return 0.0
    found = re.search(r"^ieum_drift_measured_timestamp_seconds (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found and 'ieum_drift{measure="words"}' in text else 0.0


def workers(service: Service) -> list[int]:
    return [
        int(pid) for pid in Path(f"/proc/{service.process.pid}/task/{service.process.pid}/children").read_text().split()
    ]


def measuring(service: Service) -> list[int]:
    """The workers that hold the lock under which drift is measured; the others wait for it."""
    locks = [line.split() for line in Path("/proc/locks").read_text(encoding="utf-8").splitlines()]
    held = [int(lock[4]) for lock in locks if lock[1] == "FLOCK"]
    return [pid for pid in workers(service) if pid in held]


def test_drift_is_measured_by_one_worker_unasked_and_by_another_once_that_one_is_gone(
    launcher: Launcher, artifacts: Path, tmp_path: Path
) -> None:
    began = time.time()
    with serving(launcher, tmp_path, artifacts) as service:
        until(lambda: measured_at(service) > began)
        first, (gone,) = measured_at(service), measuring(service)
        os.kill(gone, signal.SIGKILL)
        until(lambda: measured_at(service) > first)

        assert len(measuring(service)) == 1
        assert gone not in measuring(service)
        assert requests_to(service, "model.matching.drift") == 0
