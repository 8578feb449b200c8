"""Large files are taken in by a process beside the workers; what it answers or refuses comes through as it is."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from model.domain import Application
from model.faults import BadData, Fault
from service.actions.applications import desk
from service.actions.catalogue.clerk import Served, by_clerk
from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.catalogue.imports import ImportFiles, Said
from service.actions.matching import prepare
from service.errors import Problem, ServiceError
from service.files.importers.files import Brought
from service.server import beside
from service.storage import schema
from service.storage.repositories import open_catalogue
from service.wired import KEY, Wired
from tests.service import given

READING_NOTHING = SimpleNamespace(preparation=SimpleNamespace(take_over_at_once=lambda: None))
"""A matching of a clerk that asks for no rules."""


class Answering(ImportFiles):
    """Says which process answers, or raises what it is asked for."""

    def bring(self, raw: bytes, said: Said, actor: object) -> Any:
        if self._clerk is not None:
            return self._clerk("bring", raw, said, actor)
        if said.name == "refused":
            raise ServiceError(Problem.IMPORT_NOT_FOUND, id=said.name)
        if said.name == "bad":
            raise BadData([Fault("missing", field="name")])
        if said.name == "bug":
            raise ZeroDivisionError
        return os.getpid(), raw


@pytest.fixture
def wired(tmp_path: Path) -> Wired:
    class Held:
        imports = Answering(open_catalogue(f"sqlite:///{tmp_path}/ieum.db", lambda: given.NOON), lambda: given.NOON)
        desk = reports = imports
        matching = READING_NOTHING

    schema.migrate(Held.imports._catalogue.database)
    Held.imports._catalogue.database.close()  # no connection may cross the fork
    return Held  # type: ignore[return-value]  # all that the clerk asks for


def test_a_file_is_taken_in_by_another_process(wired: Wired) -> None:
    with beside.clerk(wired):
        answer: Any = listening(lambda: wired.imports.bring(b"x" * 1_000_000, Said(), given.OPERATOR))

        assert answer[0] != os.getpid()
        assert answer[1] == b"x" * 1_000_000
        for name, error in (("refused", ServiceError), ("bad", BadData), ("bug", ZeroDivisionError)):
            with pytest.raises(error) as raised:
                wired.imports.bring(b"", Said(name), given.OPERATOR)
            assert not isinstance(raised.value, BadData) or raised.value.faults == (Fault("missing", field="name"),)


def listening(ask: Callable[[], Any]) -> Any:
    """What is answered once the clerk listens."""
    for _ in range(1_000):
        with suppress(FileNotFoundError, ConnectionRefusedError):
            return ask()
        time.sleep(0.01)
    raise AssertionError


class Telling(Served):
    """Tells which process does the work."""

    @by_clerk
    def process(self) -> int:
        return os.getpid()


def test_a_worker_does_it_itself_once_that_process_was_killed() -> None:
    telling, answers = Telling(), list[int]()
    actions = dict.fromkeys(("imports", "desk", "reports"), telling)
    with beside.clerk(SimpleNamespace(**actions, matching=READING_NOTHING)):  # type: ignore[arg-type]
        clerk = listening(lambda: telling._clerk("process"))
        assert clerk != os.getpid()

        os.kill(clerk, signal.SIGKILL)
        asking = Thread(target=lambda: answers.append(telling.process()), daemon=True)
        asking.start()
        asking.join(10)  # it may never end

        assert answers == [os.getpid()]


def test_who_came_in_with_a_large_import_is_counted_too(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for room, most in ((prepare, "MOST_AT_ONCE"), (desk, "FEW")):
        monkeypatch.setattr(room, most, 0)
    wired: Wired = app.extensions[KEY]
    preparation, program = wired.matching.preparation, given.programs()[0].id
    preparation.read_in_background()
    preparation.current()
    wired.catalogue.database.close()  # no connection may cross the fork
    new = replace(given.startups()[0], id="new", name="새 기업", business_number=None)
    applied = Application("a-new", new.id, program, "1")
    with beside.clerk(wired):
        count: Any = wired.desk._clerk
        assert listening(lambda: count("count", program)).total == 0

        ImportProfiles(wired.catalogue)(Brought((new,), applications=(applied,)), given.OPERATOR)

        assert count("count", program).total == 1


def test_where_that_process_has_ended_the_worker_does_it(tmp_path: Path) -> None:
    def gone(*_: object) -> object:
        raise ConnectionRefusedError

    imports = ImportFiles(open_catalogue(f"sqlite:///{tmp_path}/ieum.db", lambda: given.NOON), lambda: given.NOON)
    schema.migrate(imports._catalogue.database)
    imports.done_by(gone)  # type: ignore[arg-type]  # it never gives an import
    name = "이름.csv"

    preview = imports.bring("기업 ID,기업명\nx-1,가나다\n".encode(), Said(name), given.OPERATOR)
    assert (preview.counts.added, preview.sources[0].name) == (1, name)
