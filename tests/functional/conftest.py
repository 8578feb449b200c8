"""The real service: granian in its own processes, on a free port, with a small artifact fitted for the tests."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from service.actions.access.issue_keys import IssueKeys, KeyOrder
from service.actions.catalogue.import_profiles import ImportProfiles
from service.files.importers.files import Brought
from service.identity import SHELL, UserRole
from service.settings import now
from service.storage import schema
from service.storage.repositories import open_catalogue
from tests.service import given
from tests.support.launcher import Launcher, Session


@dataclass(frozen=True)
class Service:
    """Where the running service listens, and its first process."""

    port: int
    process: Session
    key: str
    home: Path

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {"Authorization": f"Bearer {self.key}"}
        named |= {key.replace("_", "-"): value for key, value in headers.items()}
        connection.request(
            method, path, body, {"Content-Type": "application/json", **named} if body is not None else named
        )
        answer = connection.getresponse()
        return answer, answer.read()


@pytest.fixture(scope="session")
def artifacts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return given.shared_artifact(tmp_path_factory)


@pytest.fixture(scope="session")
def service(launcher: Launcher, artifacts: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(launcher, tmp_path_factory.mktemp("service"), artifacts) as running:
        yield running


@pytest.fixture(scope="session")
def launcher(artifacts: Path) -> Iterator[Launcher]:
    launcher = Launcher(artifacts)
    yield launcher
    launcher.close()


@contextmanager
def serving(
    launcher: Launcher, home: Path, artifacts: Path, path: str = "/readyz", **more: object
) -> Iterator[Service]:
    """A service of its own in a folder of its own, filled with the small catalogue, once `path` answers 200."""
    catalogue = open_catalogue(f"sqlite:///{home}/ieum.db", lambda: given.NOON)
    schema.migrate(catalogue.database)
    _, key = IssueKeys(catalogue.database, now).issue(KeyOrder("tests", UserRole.ADMIN), SHELL)
    ImportProfiles(catalogue)(Brought(given.startups(), given.programs()), given.OPERATOR)
    catalogue.database.close()
    port = free_port()
    settings = {"IEUM_HOME": home, "IEUM_ARTIFACTS": artifacts, "IEUM_PORT": port, "IEUM_WORKERS": 2, **more}
    process = Session(launcher.start({name: str(value) for name, value in settings.items()}, home / "log"))
    try:
        wait_until_ready(port, process, home / "log", path)
        yield Service(port, process, key, home)
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(port: int, process: Session | subprocess.Popen[bytes], log: Path, path: str = "/readyz") -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace"))
