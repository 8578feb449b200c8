"""What the service's tests start from: a small catalogue, a real artifact fitted on it, an application on both."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from model import vocabulary
from model.artifact import artifact
from model.domain import Program, Snapshot, Startup
from model.matching.matcher import Matcher
from model.snapshot import folder as snapshot
from model.vectors.corpus import Corpus
from model.vocabulary.codes import Codes, Regions
from service.actions.access.admit_users import Admission
from service.actions.access.issue_keys import KeyOrder
from service.actions.catalogue.import_profiles import ImportProfiles
from service.files.importers.files import Brought
from service.identity import SHELL, Actor, Scope, UserRole
from service.server.app import create_app
from service.settings import Settings
from service.storage import schema
from service.storage.access.users import User
from service.storage.database import Database
from service.storage.matching.registry import InUse, Registry
from service.storage.repositories import open_catalogue
from service.wired import KEY, Wired
from tests.support import databases

DATA = Path(__file__).parents[2] / "data"
NOON = datetime(2026, 2, 2, 3, tzinfo=UTC)
"""The tests' present moment: a day on which calls are open."""
OPERATOR = Actor("cli:test", "test", UserRole.ADMIN, frozenset(Scope))
MANAGER = Actor("kim", "김담당", UserRole.MANAGER, frozenset(Scope), is_person=True)


def startups() -> tuple[Startup, ...]:
    """Two dozen sample startups."""
    return snapshot.read_startups(DATA / "sample" / "startups.jsonl")[:24]


def programs() -> tuple[Program, ...]:
    """Three dozen programs, references among them."""
    found = snapshot.read_programs(DATA / "programs" / "2026.jsonl")
    references = [program for program in found if not program.is_ranked]
    return (*[program for program in found if program.is_ranked][:34], *references[:2])


@cache
def codes() -> Codes:
    """The vocabulary's codes."""
    return Codes.from_folder(DATA / "vocabularies")


def regions() -> Regions:
    """The vocabulary's regions."""
    return codes().regions


def fitted() -> Matcher:
    """A matcher fitted on the small catalogue."""
    return Matcher.fit(Corpus.of(Snapshot(startups(), programs()), vocabulary.load(DATA / "vocabularies")), ())


def published(matcher: Matcher, folder: Path, version: str) -> Path:
    """Write an artifact and name it in CURRENT."""
    artifact.write(
        folder / version,
        matcher,
        model_version=version,
        created_at=NOON,
        metrics={"ndcg_at_10": 0.5},
        snapshot_digest="0" * 64,
        reason=None,
        key=None,
    )
    (folder / "CURRENT").write_text(version + "\n", encoding="utf-8")
    return folder


def shared_artifact(factory: pytest.TempPathFactory) -> Path:
    """The folder with version v1, fitted once however many processes run the tests."""
    root = factory.getbasetemp()
    folder = (root.parent if os.environ.get("PYTEST_XDIST_WORKER") else root) / "ieum-artifacts"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "CURRENT").exists():
            published(fitted(), folder, "v1")
    return folder


class Held(Registry):
    """A registry that reads its version once for all the tests of a process."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._held = super().load("v1")

    def load(self, name: str) -> InUse:
        """The version that was read."""
        assert name == "v1"
        return self._held


@contextmanager
def database(kind: str, home: Path) -> Iterator[str]:
    """The address of a database of a kind with the small catalogue; gone afterwards."""
    if kind == "postgresql":
        with databases.copied(_fill) as found:
            yield found
        return
    (home / "ieum.db").write_bytes(_filled())
    yield f"sqlite:///{home}/ieum.db"


def application(
    home: Path, registry: Registry, settings: Settings | None = None, clock: Callable[[], datetime] = lambda: NOON
) -> Flask:
    """An application on the tests' day; its test client acts as a named administrator.

    Its catalogue is filled, unless the settings name a database: that is taken as it is.
    """
    file = home / "ieum.db"
    if not (settings and settings.database_url) and not file.exists():
        file.write_bytes(_filled())
    app = create_app(settings or Settings(home=home, credential_limit=0, attempt_limit=0), clock, registry)
    app.test_client_class = Keyed
    app.config["TEST_KEY"] = key(app, UserRole.ADMIN)
    return app


@contextmanager
def running(
    home: Path, registry: Registry, settings: Settings | None = None, clock: Callable[[], datetime] = lambda: NOON
) -> Iterator[Flask]:
    """The same, ended afterwards."""
    made = application(home, registry, settings, clock)
    yield made
    wired: Wired = made.extensions[KEY]
    wired.accesses.stop()
    wired.catalogue.database.close()


@cache
def _filled() -> bytes:
    """The database file of the small catalogue, made once in each process."""
    with TemporaryDirectory() as folder:
        database = _fill(f"sqlite:///{folder}/ieum.db")
        database.scalar("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        return (Path(folder) / "ieum.db").read_bytes()


def _fill(address: str) -> Database:
    catalogue = open_catalogue(address, lambda: NOON)
    schema.migrate(catalogue.database)
    ImportProfiles(catalogue)(Brought(startups(), programs()), OPERATOR)
    catalogue.database.close()
    return catalogue.database


class Keyed(FlaskClient):
    """A client that sends the application's administrator's key unless it is handed another, or none."""

    def __init__(self, app: Flask, *args: Any, key: str | None = "TEST_KEY", **options: Any) -> None:
        super().__init__(app, *args, **options)
        sent = key and app.config.get(key, key)
        if sent is not None:
            self.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {sent}"

    def open(self, *args: Any, buffered: bool = True, **options: Any) -> Any:
        """Ask and take the whole answer, as a client does: until then its work counts as begun."""
        return super().open(*args, buffered=buffered, **options)


def person(app: Flask, role: UserRole, programs: frozenset[str] | None = None) -> User:
    """A new user with a role."""
    wired: Wired = app.extensions[KEY]
    return wired.users.admit(Admission(f"시험 {role}", role, programs=programs), SHELL)


def key(
    app: Flask,
    role: UserRole,
    scopes: Iterable[Scope] = (),
    *,
    programs: Iterable[str] | None = None,
    of_system: bool = False,
) -> str:
    """A key of a new person with a role, bound to programs if any are given; `of_system` for a program's own key."""
    wired: Wired = app.extensions[KEY]
    bound = None if programs is None else frozenset(programs)
    if of_system:
        return wired.keys.issue(KeyOrder("system", role, None, frozenset(scopes), bound), SHELL)[1]
    return wired.keys.issue(KeyOrder("person", None, person(app, role, bound).id, frozenset(scopes)), SHELL)[1]


def issued(app: Flask, *, user_id: str, programs: frozenset[str] | None = None) -> str:
    """A key of a person who is there already."""
    wired: Wired = app.extensions[KEY]
    return wired.keys.issue(KeyOrder("person", None, user_id, frozenset(), programs), SHELL)[1]


def acting(app: Flask, role: UserRole | None, *, programs: Iterable[str] | None = None) -> FlaskClient:
    """A client that acts as a new person with a role; None: as nobody."""
    return app.test_client(key=None if role is None else key(app, role, programs=programs))
