"""Decisions over HTTP on both databases: retried, raced and killed, each is recorded exactly once.

`make test-decisions` sends 200 keys 20 times each and has 8 writers race 100 times; the plain run sends fewer.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from benchmarks import crash_loop
from benchmarks.crash_loop import Plan
from tests.support import databases
from tests.support.deciders import PATH, Place, asked, pairs, serving
from tests.support.launcher import Launcher

IS_LONG = bool(os.environ.get("IEUM_TEST_LONG"))
KEYS, RETRIES = (200, 20) if IS_LONG else (40, 20)
PAIRS, WRITERS = (100, 8) if IS_LONG else (40, 8)
PAIR = pairs(1)[0]


@pytest.fixture(scope="module", params=databases.KINDS)
def place(
    request: pytest.FixtureRequest, launcher: Launcher, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    home = tmp_path_factory.mktemp("decisions")
    with databases.empty(request.param, home) as address, serving(address, home, launcher) as place:
        yield place


class Client(threading.local):
    """One kept connection for each thread."""

    connection: HTTPConnection | None = None


CLIENT = Client()


def send(place: Place, pair: tuple[str, str], key: str, **seen: str) -> tuple[int, dict[str, Any]]:
    body = {"program_id": pair[0], "startup_id": pair[1], "action": "shortlisted", "reason": "까닭"}
    if CLIENT.connection is None or CLIENT.connection.port != place.port:
        CLIENT.connection = HTTPConnection("127.0.0.1", place.port, timeout=60)
    status, _, answer = asked(CLIENT.connection, place.key, "POST", PATH, body, Idempotency_Key=key, **seen)
    return status, answer


def all_at_once(
    sends: list[Callable[[], tuple[int, dict[str, Any]]]], threads: int
) -> list[tuple[int, dict[str, Any]]]:
    with ThreadPoolExecutor(threads) as pool:
        return [answer.result() for answer in [pool.submit(one) for one in sends]]


def recorded(place: Place) -> list[tuple[str, str]]:
    """Every decision's pair."""
    found: list[tuple[str, str]] = []
    cursor: str | None = ""
    while cursor is not None:
        _, _, page = place.ask("GET", f"{PATH}?limit=200{cursor}")
        found += [(item["program_id"], item["startup_id"]) for item in page["items"]]
        cursor = page["next"] and f"&cursor={page['next']}"
    return sorted(found, key=PAIR.index)


def test_every_key_sent_20_times_at_once_makes_exactly_one_decision(place: Place) -> None:
    def one(number: int) -> Callable[[], tuple[int, dict[str, Any]]]:
        return lambda: send(place, PAIR[number], f"retried-{number:05}", If_None_Match="*")

    answers = all_at_once([one(number) for number in range(KEYS) for _ in range(RETRIES)], RETRIES)
    ids = {answer["id"] for status, answer in answers if status == 201}

    assert {status for status, _ in answers} <= {201, 409}
    assert {answer["code"] for status, answer in answers if status == 409} <= {"idempotency_key_in_flight"}
    assert len(ids) == KEYS
    assert [pair for pair in recorded(place) if pair in PAIR[:KEYS]] == PAIR[:KEYS]


def test_of_8_writers_who_saw_the_same_state_one_wins_each_time(place: Place) -> None:
    def one(number: int, writer: int) -> Callable[[], tuple[int, dict[str, Any]]]:
        pair = PAIR[KEYS + number]
        return lambda: send(place, pair, f"raced-{number:05}-{writer}", If_None_Match="*")

    answers = all_at_once([one(number, writer) for number in range(PAIRS) for writer in range(WRITERS)], WRITERS)

    assert Counter(status for status, _ in answers) == {201: PAIRS, 412: PAIRS * (WRITERS - 1)}
    assert len({answer["id"] for status, answer in answers if status == 201}) == PAIRS


def test_what_was_acknowledged_outlives_the_service_being_killed(
    launcher: Launcher, artifacts: Path, tmp_path: Path
) -> None:
    found, _ = crash_loop.on_sqlite(tmp_path, launcher, Plan(4, clients=3, longest=0.3), artifacts)

    assert (found.lost, found.doubled, found.without_audit_row, found.trail) == (0, 0, 0, "whole")
    assert found.acknowledged > 0


def test_what_was_acknowledged_outlives_postgresql_being_stopped(
    launcher: Launcher, artifacts: Path, tmp_path: Path
) -> None:
    found, _ = crash_loop.on_postgresql(tmp_path, launcher, Plan(2, clients=3, longest=0.3), artifacts)

    assert (found.lost, found.doubled, found.without_audit_row, found.trail) == (0, 0, 0, "whole")
    assert found.acknowledged > 0
