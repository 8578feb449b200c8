"""A real service without a model, and clients that decide and record over HTTP and never give up on a request."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import orjson

from model.decisions import DecisionAction
from model.domain import Application
from service.actions.access.admit_users import Admission, AdmitUsers
from service.actions.access.issue_keys import IssueKeys, KeyOrder
from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.records.verify_audit import VerifyAudit
from service.files.importers.files import Brought
from service.identity import SHELL, UserRole
from service.settings import now
from service.storage import repositories, schema
from service.storage.repositories import open_catalogue
from tests.service import given
from tests.support.launcher import Launcher

PATH, ENTRIES = "/api/v1/decisions", "/api/v1/applications/entries"
TURNS = (DecisionAction.SHORTLISTED, DecisionAction.REOPENED)
PATIENCE = 120.0
APPLICATIONS, RECORDERS = 24, 2
"""Applications that are recorded on, dealt out to whoever records."""


@dataclass
class Place:
    """A filled database, where its service listens, and a manager's key."""

    address: str
    home: Path
    port: int
    key: str
    workers: int = 2
    session: int = 0
    launcher: Launcher | None = field(default=None, repr=False)
    settings: Mapping[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Start the service; it has no model, and decisions need none."""
        assert self.launcher is not None
        settings = {
            "IEUM_HOME": str(self.home),
            "IEUM_DATABASE_URL": self.address,
            "IEUM_PORT": str(self.port),
            "IEUM_WORKERS": str(self.workers),
            **self.settings,
        }
        self.session = self.launcher.start(settings, self.home / "log")

    def kill(self) -> None:
        """SIGKILL every process of the service at once."""
        os.killpg(self.session, signal.SIGKILL)

    def wait(self) -> None:
        """Wait until it answers."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if self.ask("GET", "/livez")[0] == 200:
                    return
            except (OSError, HTTPException):
                time.sleep(0.02)
        raise AssertionError((self.home / "log").read_text(encoding="utf-8", errors="replace")[-4000:])

    def wait_until_silent(self) -> None:
        """Wait until nobody answers: workers end once their first process is gone."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                self.ask("GET", "/livez")
            except (OSError, HTTPException):
                return
            time.sleep(0.05)
        raise AssertionError("somebody still answers")

    def ask(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> tuple[int, dict[str, str], dict[str, Any]]:
        """One request on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            return asked(connection, self.key, method, path, body, **headers)
        finally:
            connection.close()


def asked(
    connection: HTTPConnection, key: str, method: str, path: str, body: object = None, **headers: str
) -> tuple[int, dict[str, str], dict[str, Any]]:
    """One request on a kept connection: status, headers, JSON."""
    sent = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, None if body is None else json.dumps(body).encode(), sent)
    answer = connection.getresponse()
    raw = answer.read()
    return answer.status, dict(answer.headers), json.loads(raw) if raw else {}


@contextmanager
def serving(address: str, home: Path, launcher: Launcher, **settings: str) -> Iterator[Place]:
    """A service on a filled database, killed afterwards."""
    home.mkdir(parents=True, exist_ok=True)
    catalogue = open_catalogue(address, now)
    schema.migrate(catalogue.database)
    applied = tuple(
        Application(f"a-{n:02}", given.startups()[n % 24].id, given.programs()[n % 5].id) for n in range(APPLICATIONS)
    )
    ImportProfiles(catalogue)(Brought(given.startups(), given.programs(), applications=applied), SHELL)
    person = AdmitUsers(catalogue.database, now).admit(Admission("김담당", UserRole.MANAGER), SHELL)
    _, key = IssueKeys(catalogue.database, now).issue(KeyOrder("decider", user_id=person.id), SHELL)
    catalogue.database.close()
    place = Place(address, home, free_port(), key, launcher=launcher, settings=settings)
    place.start()
    try:
        place.wait()
        yield place
    finally:
        place.kill()


class Decider(threading.Thread):
    """Decides on its own pairs in turn; each request is sent again with its key until it is acknowledged."""

    def __init__(self, place: Place, number: int, pairs: list[tuple[str, str]]) -> None:
        super().__init__(daemon=True)
        self._place, self._number, self._pairs = place, number, pairs
        self._done = threading.Event()
        self.acknowledged: dict[str, tuple[str, float]] = {}
        self.failure: BaseException | None = None

    def stop(self) -> None:
        """End after the present request."""
        self._done.set()

    def run(self) -> None:
        """Decide until told to stop."""
        try:
            self._run()
        except BaseException as failure:  # told to whoever joins
            self.failure = failure

    def _run(self) -> None:
        turn = 0
        while not self._done.is_set():
            for program, startup in self._pairs:
                if self._done.is_set():
                    return
                body = {"program_id": program, "startup_id": startup, "action": TURNS[turn % 2], "reason": "까닭"}
                seen = {"If_Match": f'"{turn}"'} if turn else {"If_None_Match": "*"}
                self._send(PATH, body, seen)
            turn += 1

    def _send(self, path: str, body: dict[str, Any], seen: dict[str, str]) -> None:
        key = f"{type(self).__name__}-{self._number}-{len(self.acknowledged):06}"
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                status, _, answer = self._place.ask("POST", path, body, Idempotency_Key=key, **seen)
            except (OSError, HTTPException):
                time.sleep(0.01)
                continue
            if status == 201:
                ids = [answer["id"]] if path == PATH else [entry["id"] for entry in answer["entries"]]
                self.acknowledged[key] = (" ".join(ids), time.monotonic())
                return
            if status not in (409, 503):
                raise AssertionError((status, answer))
            time.sleep(0.01)
        raise AssertionError(f"{key} was never acknowledged")


class Recorder(Decider):
    """Records requests for completion at the desk, on two of its applications at once."""

    def _run(self) -> None:
        own = [f"a-{n:02}" for n in range(self._number, APPLICATIONS, RECORDERS)]
        while not self._done.is_set():
            two = [own[len(self.acknowledged) % len(own)], own[(len(self.acknowledged) + 1) % len(own)]]
            details = {"text": "보완하십시오.", "due_on": "2999-01-01"}
            self._send(ENTRIES, {"applications": two, "kind": "request", "details": details}, {})


@dataclass(frozen=True)
class Reckoning:
    """What the database holds against what was acknowledged."""

    acknowledged: int
    lost: int
    doubled: int
    without_audit_row: int
    trail: str


def reckoned(address: str, deciders: list[Decider]) -> Reckoning:
    """Compare after the end."""
    acknowledged = [ids for decider in deciders for ids, _ in decider.acknowledged.values()]
    wanted = [identifier for ids in acknowledged for identifier in ids.split()]
    catalogue = open_catalogue(address, now)
    kept = repositories.open_records(now)
    with catalogue.database.reading() as connection:
        decisions = {decision.id: decision for decision in kept.decisions.all(connection)}
        histories = catalogue.applications.histories(connection, [f"a-{n:02}" for n in range(APPLICATIONS)])
        entries = {entry.id for history in histories.values() for entry in history.entries}
        rows = [row for row in catalogue.audit.rows(connection) if row.event in ("decide", "record_request")]
        audited = {row.seq for row in rows if row.event == "decide"}
        recorded = sum(orjson.loads(row.details)["count"] for row in rows if row.event == "record_request")
        broken = VerifyAudit(catalogue).seen_by(connection).broken
    catalogue.database.close()
    return Reckoning(
        acknowledged=len(acknowledged),
        lost=len(set(wanted) - decisions.keys() - entries),
        doubled=len(decisions) + len(entries) - len(set(wanted)) + len(wanted) - len(set(wanted)),
        without_audit_row=len({decision.seq for decision in decisions.values()} - audited)
        + abs(len(entries) - recorded),
        trail="whole" if broken is None else f"row {broken.seq}: {broken.why}",
    )


def pairs(deciders: int) -> list[list[tuple[str, str]]]:
    """Every pair of the small catalogue, dealt out."""
    every = [(program.id, startup.id) for program in given.programs() for startup in given.startups()]
    return [every[number::deciders] for number in range(deciders)]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
