"""A service that is told to stop ends soon, however young its workers are."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from service.server.serve import DRAIN_SECONDS, STOPPING, Server
from service.storage import schema
from service.storage.database import Database
from tests.functional.conftest import free_port
from tests.support.launcher import Launcher

SECONDS = DRAIN_SECONDS - 2
"""Less than the drain time, after which a worker that does not listen is killed."""


@pytest.fixture
def service(launcher: Launcher, artifacts: Path, tmp_path: Path) -> Iterator[tuple[int, int, Path]]:
    """Process, port and log of a service with two workers that has just been started."""
    schema.migrate(Database(f"sqlite:///{tmp_path}/ieum.db"))
    port, log = free_port(), tmp_path / "log"
    log.touch()
    wanted = {"HOME": tmp_path, "ARTIFACTS": artifacts, "PORT": port, "WORKERS": 2}
    process = launcher.start({f"IEUM_{name}": str(value) for name, value in wanted.items()}, log)
    yield process, port, log
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)


def test_workers_just_born_are_stopped(service: tuple[int, int, Path]) -> None:
    process, _, log = service
    until(lambda: "Spawning worker-1" in log.read_text(), 120)
    os.kill(process, signal.SIGTERM)

    until(lambda: not is_alive(process), SECONDS)


def test_a_service_is_stopped_right_after_its_first_answer(service: tuple[int, int, Path]) -> None:
    process, port, _ = service
    until(lambda: answers(port), 120)
    time.sleep(random.random() / 2)  # any moment will do
    os.kill(process, signal.SIGTERM)

    until(lambda: not is_alive(process), SECONDS)


def test_a_second_service_at_the_same_address_is_refused(
    service: tuple[int, int, Path], artifacts: Path, tmp_path: Path
) -> None:
    _, port, _ = service
    until(lambda: answers(port), 120)
    wanted = {"IEUM_HOME": str(tmp_path), "IEUM_ARTIFACTS": str(artifacts), "IEUM_PORT": str(port)}
    command = [sys.executable, "-m", "service.cli", "serve"]
    second = subprocess.run(
        command, env={**os.environ, **wanted}, capture_output=True, text=True, check=False, timeout=300
    )

    assert (second.returncode, "IEUM_PORT" in second.stderr, "Traceback" in second.stderr) == (1, True, False)
    assert answers(port)


def test_one_signal_to_the_whole_group_is_enough(service: tuple[int, int, Path]) -> None:
    process, port, _ = service
    until(lambda: answers(port), 120)
    os.killpg(process, signal.SIGINT)  # as a terminal sends it

    until(lambda: not is_alive(process), SECONDS)


def test_workers_end_once_their_first_process_is_killed(service: tuple[int, int, Path]) -> None:
    process, port, _ = service
    until(lambda: answers(port), 120)
    os.kill(process, signal.SIGKILL)

    until(lambda: not answers(port), SECONDS)


class Amid:
    """Set as an event is, under a lock, while another signal comes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def set(self) -> None:
        assert self._lock.acquire(timeout=1), "the second signal waits for the first"
        signal.raise_signal(signal.SIGTERM)
        self._lock.release()


def test_a_signal_amid_another_waits_for_nothing() -> None:
    before = {number: signal.getsignal(number) for number in STOPPING}
    server = object.__new__(Server)
    server.main_loop_interrupt = Amid()
    try:
        signal.signal(signal.SIGTERM, server.signal_handler_interrupt)
        signal.raise_signal(signal.SIGTERM)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

    assert server.interrupt_signal


def until(is_so: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(b"GET /livez HTTP/1.1\r\nHost: here\r\n\r\n")
            return line.recv(1_000).startswith(b"HTTP/1.1 200 ")
    except OSError:
        return False


def is_alive(process: int) -> bool:
    try:
        os.killpg(process, 0)
    except ProcessLookupError:
        return False
    return True
