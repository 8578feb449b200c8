"""A real service, and clients that decide and record over HTTP and never give up on a request.

Together they write what a manager's year leaves: decisions, checks, requests for completion, steps from the pledge to
a year's result, merges of firms, lists from outside.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from model.applications import AgreementStep
from model.decisions import DecisionAction
from model.domain import Application, Startup
from model.eligibility import RULES
from service.actions.access.admit_users import Admission, AdmitUsers
from service.actions.access.issue_keys import IssueKeys, KeyOrder
from service.actions.applications.merge_firms import MergeFirms
from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.records.verify_audit import VerifyAudit
from service.errors import ServiceError
from service.files.importers.files import Brought
from service.identity import SHELL, UserRole
from service.settings import now
from service.storage import repositories, schema
from service.storage.applications import application_tables as tables
from service.storage.records.audit import AuditRow
from service.storage.repositories import Catalogue, open_catalogue
from tests.service import given
from tests.support.launcher import Launcher

PATH, ENTRIES = "/api/v1/decisions", "/api/v1/applications/entries"
TURNS = (DecisionAction.SHORTLISTED, DecisionAction.REOPENED)
PATIENCE = 120.0
APPLICATIONS, RECORDERS = 24, 2
"""Applications that are recorded on, dealt out to whoever records."""

SELECTED, TWINS = ("year-1", "year-2"), ("twin-1", "twin-2")
"""Firms that are followed through their year, by the ids of their applications too; two that are one."""

_S = AgreementStep
YEAR = (_S.PLEDGED, _S.AGREED, _S.MILESTONE, _S.STOPPED, _S.REVERTED, _S.COMPLETED, _S.RESULT, *[_S.REVERTED] * 5)
"""Steps after which the next may be the first again."""


@dataclass
class Place:
    """A filled database, where its service listens, and the key of a person who may do everything."""

    address: str
    home: Path
    port: int
    key: str
    workers: int = 2
    session: int = 0
    launcher: Launcher | None = field(default=None, repr=False)
    settings: Mapping[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Start the service; without artifacts it has no model, and all but checks and selections need none."""
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
    raw = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    connection.request(method, path, raw, sent)
    answer = connection.getresponse()
    said = answer.read()
    return answer.status, dict(answer.headers), json.loads(said) if said else {}


@contextmanager
def serving(address: str, home: Path, launcher: Launcher, **settings: str) -> Iterator[Place]:
    """A service on a filled database, killed afterwards."""
    home.mkdir(parents=True, exist_ok=True)
    catalogue = open_catalogue(address, now)
    schema.migrate(catalogue.database)
    programs = given.programs()
    applied = [Application(f"a-{n:02}", given.startups()[n % 24].id, programs[n % 5].id) for n in range(APPLICATIONS)]
    applied += [Application(identifier, identifier, programs[0].id) for identifier in (*SELECTED, *TWINS)]
    firms = (*given.startups(), *map(Startup, (*SELECTED, *TWINS)))
    ImportProfiles(catalogue)(Brought(firms, programs, applications=tuple(applied)), SHELL)
    person = AdmitUsers(catalogue.database, now).admit(Admission("김담당", UserRole.ADMIN), SHELL)
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

    def _send(self, path: str, body: dict[str, Any], seen: Mapping[str, str] = {}) -> None:
        key, status = self._key(), 0
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                status, _, answer = self._place.ask("POST", path, body, Idempotency_Key=key, **seen)
            except (OSError, HTTPException):
                time.sleep(0.01)
                continue
            if status == 201:
                ids = [answer["id"]] if path == PATH else [entry["id"] for entry in answer["entries"]]
                self._acknowledge(key, *ids)
                return
            if status not in (409, 503):
                raise AssertionError((status, answer))
            time.sleep(0.01)
        raise AssertionError(f"{key} was never acknowledged, at last {status}")

    def _send_once(self, path: str, body: object, key: str, again: int, **headers: str) -> None:
        """Send what has no key of its own: sent again after it was done it answers `again` (0: it is looked for first).

        `key` stands in the body or the address.
        """
        end, is_repeated, status = time.monotonic() + PATIENCE, False, 0
        while time.monotonic() < end:
            try:
                if is_repeated and not again and key in str(self._place.ask("GET", path.partition("?")[0])[2]):
                    return self._acknowledge(key, key)
                status, _, answer = self._place.ask("POST", path, body, **headers)
            except (OSError, HTTPException):
                status, answer = 503, {}
            if status in (200, 201) or (is_repeated and status == again):
                return self._acknowledge(key, key)
            if status != 503:
                raise AssertionError((status, answer))
            is_repeated = True
            time.sleep(0.01)
        raise AssertionError(f"{key} was never acknowledged, at last {status}")

    def _key(self) -> str:
        return f"{type(self).__name__}-{self._number}-{len(self.acknowledged):06}"

    def _acknowledge(self, key: str, *ids: str) -> None:
        self.acknowledged[key] = (" ".join(ids), time.monotonic())


class Recorder(Decider):
    """Records checks and requests for completion at the desk, on two of its applications at once."""

    def _run(self) -> None:
        own = [f"a-{n:02}" for n in range(self._number, APPLICATIONS, RECORDERS)]
        while not self._done.is_set():
            turn = len(self.acknowledged)
            two = [own[turn % len(own)], own[(turn + 1) % len(own)]]
            details = {"text": "보완하십시오.", "due_on": "2999-01-01"}
            self._send(ENTRIES, {"applications": two, "kind": "request", "details": details})
            said = {"about": "window", "state": "confirmed", "details": {"paper": "공문", "paper_number": self._key()}}
            self._send(ENTRIES, {"applications": two, "kind": "check", **said})


class Follower(Decider):
    """Selects a firm, then takes the steps from its pledge to a year's result and back, again and again."""

    def _run(self) -> None:
        own = SELECTED[self._number]
        chosen = {"program_id": given.programs()[0].id, "startup_id": own, "action": "selected", "reason": "의결"}
        self._send(PATH, {**chosen, "despite": [rule.name for rule in RULES]}, {"If_None_Match": "*"})
        while not self._done.is_set():
            for step in YEAR:
                details: dict[str, Any] = {"reason": self._key()}
                details |= {_S.STOPPED: {"stopped_by": "firm"}, _S.RESULT: {"year": now().year}}.get(step, {})
                self._send(ENTRIES, {"applications": [own], "kind": "step", "about": step, "details": details})


class Keeper(Decider):
    """Merges two firms and parts them again, and brings lists from outside."""

    def _run(self) -> None:
        stays, goes = TWINS
        catalogue = open_catalogue(self._place.address, now)
        while not self._done.is_set():
            reason = self._key()
            self._send_once(f"/api/v1/startups/{stays}/merges", {"gone": goes, "reason": reason}, reason, 404)
            merge = self._last_merge(MergeFirms(catalogue), stays)
            self._send_once(f"/api/v1/merges/{merge}/undo", {"reason": self._key()}, self._key(), 409)
            query = urlencode({"kind": "arrears", "source": "국세청", "as_of": "2026-01-31", "name": self._key()})
            lines = "기업명,사업자등록번호\n미납산업,\n".encode()
            self._send_once(f"/api/v1/listings?{query}", lines, self._key(), 0, Content_Type="text/csv")
        catalogue.database.close()

    def _last_merge(self, merges: MergeFirms, stays: str) -> str:
        """The id of the merge that was acknowledged, or that a repetition found done; its database may be away."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(SQLAlchemyError, ServiceError):
                return merges.of(stays)[-1].id
            time.sleep(0.01)
        raise AssertionError("the database stayed away")


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
    wanted = Counter(identifier for ids in acknowledged for identifier in ids.split())
    catalogue = open_catalogue(address, now)
    with catalogue.database.reading() as connection:
        rows = list(catalogue.audit.rows(connection))
        stored, unaudited = _stored(connection, catalogue, rows)
        broken = VerifyAudit(catalogue).seen_by(connection).broken
    catalogue.database.close()
    return Reckoning(
        acknowledged=len(acknowledged),
        lost=len(wanted.keys() - stored.keys()),
        doubled=stored.total() - len(wanted) + wanted.total() - len(wanted),
        without_audit_row=unaudited,
        trail="whole" if broken is None else f"row {broken.seq}: {broken.why}",
    )


def _stored(connection: Connection, catalogue: Catalogue, rows: list[AuditRow]) -> tuple[Counter[str], int]:
    """What is there, by id or by the words that its client gave it; and how much of it has no row of its own."""
    events = {row.seq: row.event for row in rows}
    decisions = {decision.id: decision.seq for decision in repositories.open_records(now).decisions.all(connection)}
    every = [
        stored.record.id
        for stored in catalogue.applications.page(connection, after="", limit=None, filters={}, programs=None)
    ]
    entries = [e for h in catalogue.applications.histories(connection, every).values() for e in h.entries]
    recorded = Counter[str]()
    for row in rows:
        if row.event.startswith("record_"):
            recorded[row.event] += orjson.loads(row.details)["count"]
    merged = connection.execute(select(tables.merges.c["seq", "reason", "undone"])).all()
    brought = connection.execute(select(tables.listings.c["seq", "file_name"])).all()
    parted = {row.seq: orjson.loads(row.details)["reason"] for row in rows if row.event == "part_firms"}
    undone = [row.undone for row in merged if row.undone is not None]
    names = [*decisions, *(e.id for e in entries), *(row.reason for row in merged), *(row.file_name for row in brought)]
    signed = [(seq, "decide") for seq in decisions.values()]
    signed += [(row.seq, "merge_firms") for row in merged] + [(row.seq, "bring_list") for row in brought]
    signed += [(seq, "part_firms") for seq in undone]
    unaudited = sum(events.get(seq) != event for seq, event in signed)
    kinds = Counter(f"record_{entry.kind}" for entry in entries)
    unaudited += ((kinds - recorded) + (recorded - kinds)).total()
    assert {"record_check", "record_request", "record_step"} <= kinds.keys(), "some clients wrote nothing"
    assert merged, "nobody merged firms"
    assert brought, "nobody brought a list"
    return Counter(names + [parted.get(seq, "") for seq in undone]), unaudited


def clients_of(place: Place, deciders: int) -> list[Decider]:
    """So many who decide, each on pairs of its own, and whoever writes the rest of the year."""
    return [
        *(Decider(place, number, own) for number, own in enumerate(pairs(deciders))),
        *(Recorder(place, number, []) for number in range(RECORDERS)),
        *(Follower(place, number, []) for number in range(len(SELECTED))),
        Keeper(place, 0, []),
    ]


def pairs(deciders: int) -> list[list[tuple[str, str]]]:
    """Every pair of the small catalogue, dealt out."""
    every = [(program.id, startup.id) for program in given.programs() for startup in given.startups()]
    return [every[number::deciders] for number in range(deciders)]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
