"""Metrics of the running service are those of all its workers together."""

from __future__ import annotations

import re

from tests.functional.conftest import Service


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
