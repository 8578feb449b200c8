"""Whatever is sent to whatever route, on either database: no failure of ours, no long wait, no canary in the log."""

from __future__ import annotations

import contextlib
import io
import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from service.identity import UserRole
from service.settings import Settings
from service.storage.matching.registry import Registry
from tests.service import given
from tests.support import databases
from tests.support.fuzz import CANARIES, Asked, Fuzz

REQUESTS = int(os.environ.get("IEUM_TEST_FUZZ", "400"))
SEED = int(os.environ.get("IEUM_TEST_FUZZ_SEED", "20261130"))
SETTLED = 1_000
"""Requests after which memory is compared with what it is at the end."""


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return given.Held(given.shared_artifact(tmp_path_factory))


@pytest.fixture(params=databases.KINDS)
def app(request: pytest.FixtureRequest, tmp_path: Path, registry: Registry) -> Iterator[Flask]:
    with given.database(request.param, tmp_path) as address:
        settings = Settings(home=tmp_path, database_url=address, credential_limit=0, address_limit=0, attempt_limit=0)
        with given.running(tmp_path, registry, settings) as made:
            yield made


def test_nothing_that_is_sent_fails_us(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    keys = [None, "ieum_wrong", *(given.key(app, role) for role in UserRole)]
    fuzz, failed, slow = Fuzz(app, keys, SEED), [], []
    statuses: Counter[int] = Counter()
    settled = 0.0
    log = io.StringIO()
    with contextlib.redirect_stderr(log):
        for number in range(REQUESTS):
            asked = fuzz.drawn()
            before = time.process_time()
            status = sent(app, asked)
            if time.process_time() - before > 2:
                slow.append((time.process_time() - before, asked.method, asked.path[:200]))
            if status >= 500:
                failed.append((status, asked))
            statuses[status] += 1
            if number == SETTLED:
                settled = resident()
    with capsys.disabled():
        if REQUESTS > SETTLED:
            print(
                f"\n{REQUESTS} requests: {dict(sorted(statuses.items()))}; memory {settled:.0f} → {resident():.0f} MB"
            )

    assert failed[:3] == []
    assert slow == []
    assert [canary for canary in CANARIES if canary in log.getvalue()] == []
    assert not settled or resident() <= 1.05 * settled
    assert len(statuses) > 5  # it reaches views, and not only the first check


def sent(app: Flask, asked: Asked) -> int:
    """The status; a failure that escapes the application counts as 500."""
    client = app.test_client(key=asked.key)
    try:
        answer = client.open(asked.path, method=asked.method, headers=asked.headers, data=asked.body)
        _ = answer.data  # a stream is worked out while it is read
    except Exception as error:
        pytest.fail(f"{type(error).__name__}: {error} for {asked}")
    return answer.status_code


def resident() -> float:
    """Memory of this process in MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmRSS"))
