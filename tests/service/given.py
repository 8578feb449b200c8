"""What the service's tests start from: a small catalogue, a real artifact fitted on it, an application on both."""

from __future__ import annotations

import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from model import artifact, snapshot, vocabulary
from model.domain import Program, Snapshot, Startup
from model.matcher import Matcher
from service.actions.import_profiles import ImportProfiles
from service.app import create_app
from service.importers.files import Brought
from service.registry import InUse, Registry
from service.settings import Settings
from service.storage import schema
from service.wired import KEY, Wired

DATA = Path(__file__).parents[2] / "data"
NOON = datetime(2026, 2, 2, 3, tzinfo=UTC)
"""The tests' present moment: a day on which calls are open."""


def startups() -> tuple[Startup, ...]:
    """Two dozen sample startups."""
    return snapshot.read_startups(DATA / "sample" / "startups.jsonl")[:24]


def programs() -> tuple[Program, ...]:
    """Three dozen programs, references among them."""
    found = snapshot.read_programs(DATA / "programs" / "2026.jsonl")
    references = [program for program in found if not program.is_ranked]
    return (*[program for program in found if program.is_ranked][:34], *references[:2])


def fitted() -> Matcher:
    """A matcher fitted on the small catalogue."""
    return Matcher.fit(Snapshot(startups(), programs()), vocabulary.load(DATA / "vocabularies"))


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


def application(home: Path, registry: Registry) -> Flask:
    """An application with a filled catalogue, on the tests' day."""
    app = create_app(Settings(home=home), lambda: NOON, registry)
    wired: Wired = app.extensions[KEY]
    schema.migrate(wired.catalogue.database)
    ImportProfiles(wired.catalogue)(Brought(startups(), programs()))
    return app
