"""What one worker process knows the others know, on both databases: keys in flight, limits, users shut out."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import create_engine, text

from service.actions.access.admit_users import Admission, AdmitUsers
from service.actions.access.issue_keys import IssueKeys, KeyOrder
from service.actions.access.recognise import FRESH_SECONDS
from service.actions.access.sign_in import SignIn
from service.auth.sessions import csrf_token_of
from service.identity import SHELL, UserRole
from service.settings import Settings, now
from service.storage.database import Database
from tests.support import databases
from tests.support.deciders import PATH, Place, asked, pairs, serving
from tests.support.launcher import Launcher
from tests.support.workers import connected

MOST = 30
HEAD_START = 0.4
"""Long enough for a request to be in work before the next one comes."""
PAIR = pairs(1)[0]
READ = "/api/v1/programs?limit=1"


@pytest.fixture(scope="module", params=databases.KINDS)
def place(
    request: pytest.FixtureRequest, launcher: Launcher, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    home = tmp_path_factory.mktemp("workers")
    with (
        databases.empty(request.param, home) as address,
        serving(address, home, launcher, IEUM_CREDENTIAL_LIMIT=str(MOST)) as place,
    ):
        yield place


@contextmanager
def held(place: Place) -> Iterator[None]:
    """Let nobody write meanwhile, so that whoever wants to stays in flight."""
    engine = create_engine(place.address)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("SELECT * FROM audit_head FOR UPDATE"))
        yield
        connection.rollback()
    engine.dispose()


def decide(place: Place, connection: HTTPConnection, key: str, number: int) -> tuple[int, dict[str, Any]]:
    program, startup = PAIR[number]
    body = {"program_id": program, "startup_id": startup, "action": "shortlisted", "reason": "까닭"}
    seen = {"Idempotency_Key": key, "If_None_Match": "*"}
    status, _, answer = asked(connection, place.key, "POST", PATH, body, **seen)
    return status, answer


def retried(place: Place, key: str, number: int) -> tuple[int, dict[str, Any]]:
    """Send a decision until it is no longer said to be in flight."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        connection = HTTPConnection("127.0.0.1", place.port, timeout=20)
        try:
            status, answer = decide(place, connection, key, number)
        except (OSError, HTTPException):  # a worker was killed and is replaced
            continue
        if status != 409:
            return status, answer
        time.sleep(0.05)
    raise AssertionError("in flight for ever")


def status_of(connection: HTTPConnection, **headers: str) -> int:
    connection.request("GET", READ, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def test_a_key_in_flight_at_one_worker_is_refused_by_every_worker(place: Place) -> None:
    first, other = connected(place.port).values()
    with ThreadPoolExecutor(3) as pool:
        with held(place):
            sent = pool.submit(decide, place, first, "in-flight-1", 0)
            time.sleep(HEAD_START)
            late = [pool.submit(decide, place, each, "in-flight-1", 0) for each in connected(place.port).values()]
            time.sleep(HEAD_START)
            assert not sent.done()
        status, made = sent.result()
        refused = [one.result() for one in late]

    assert [(status, answer["code"]) for status, answer in refused] == [(409, "idempotency_key_in_flight")] * 2
    assert status == 201
    assert [decide(place, each, "in-flight-1", 0)[1]["id"] for each in (first, other)] == [made["id"]] * 2


def test_a_killed_worker_leaves_no_key_in_flight(place: Place) -> None:
    workers = connected(place.port)
    (pid, doomed), (_, other) = workers.items()
    with ThreadPoolExecutor(2) as pool:
        with held(place):
            sent = pool.submit(decide, place, doomed, "in-flight-2", 1)
            time.sleep(HEAD_START)
            refused = pool.submit(decide, place, other, "in-flight-2", 1)
            time.sleep(HEAD_START)
            os.kill(pid, signal.SIGKILL)
        with pytest.raises((OSError, HTTPException)):
            sent.result()
        before, _ = refused.result()
    status, _ = retried(place, "in-flight-2", 1)

    assert (before, status) == (409, 201)


def test_the_workers_count_a_credential_s_requests_together(place: Place) -> None:
    if time.time() % 60 > 50:
        time.sleep(60.1 - time.time() % 60)
    database = Database(place.address)
    _, key = IssueKeys(database, now).issue(KeyOrder("counted", UserRole.VIEWER), SHELL)
    database.close()
    passed_on = {"Authorization": f"Bearer {key}", "X_Forwarded_For": "192.0.2.7"}
    each = [[status_of(worker, **passed_on) for _ in range(MOST)] for worker in connected(place.port).values()]

    assert [statuses.count(200) for statuses in each] == [MOST, 0]
    assert each[1].count(429) == MOST


def test_a_revoked_key_is_refused_by_every_worker_within_a_second(place: Place) -> None:
    database = Database(place.address)
    keys = IssueKeys(database, now)
    made, key = keys.issue(KeyOrder("revoked", UserRole.VIEWER), SHELL)
    workers = connected(place.port).values()
    before = [status_of(worker, Authorization=f"Bearer {key}") for worker in workers]
    keys.revoke(made.id, SHELL)
    time.sleep(FRESH_SECONDS)
    after = [status_of(worker, Authorization=f"Bearer {key}") for worker in workers]
    database.close()

    assert (before, after) == ([200, 200], [401, 401])


def test_who_signs_out_at_one_worker_is_out_at_every_worker_within_a_second(place: Place) -> None:
    database = Database(place.address)
    user = AdmitUsers(database, now).admit(Admission("김담당", UserRole.VIEWER), SHELL)
    sign_in = SignIn(database, now, Settings(database_url=place.address))
    session = sign_in.by_link(sign_in.invite(user.id, SHELL))
    database.close()
    first, other = connected(place.port).values()
    cookie = f"ieum={session}"
    before = [status_of(worker, Cookie=cookie) for worker in (first, other)]
    first.request("POST", "/sign-out", urlencode({"csrf_token": csrf_token_of(session)}), form(cookie))
    left = first.getresponse()
    left.read()
    time.sleep(FRESH_SECONDS)
    after = [status_of(worker, Cookie=cookie) for worker in (first, other)]

    assert (before, left.status, after) == ([200, 200], 303, [401, 401])


def form(cookie: str) -> Mapping[str, str]:
    return {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
