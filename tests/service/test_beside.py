"""Large files are taken in by a process beside the workers; what it answers or refuses comes through as it is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from model.faults import BadData, Fault
from service.actions.catalogue.imports import ImportFiles, Said
from service.errors import Problem, ServiceError
from service.server import beside
from service.storage import schema
from service.storage.repositories import open_catalogue
from service.wired import Wired
from tests.service import given


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

    schema.migrate(Held.imports._catalogue.database)
    Held.imports._catalogue.database.close()  # no connection may cross the fork
    return Held  # type: ignore[return-value]  # all that the clerk asks for


def test_a_file_is_taken_in_by_another_process(wired: Wired) -> None:
    with beside.clerk(wired):
        answer: Any = wired.imports.bring(b"x" * 1_000_000, Said(), given.OPERATOR)

        assert answer[0] != os.getpid()
        assert answer[1] == b"x" * 1_000_000
        for name, error in (("refused", ServiceError), ("bad", BadData), ("bug", ZeroDivisionError)):
            with pytest.raises(error) as raised:
                wired.imports.bring(b"", Said(name), given.OPERATOR)
            assert not isinstance(raised.value, BadData) or raised.value.faults == (Fault("missing", field="name"),)


def test_where_that_process_has_ended_the_worker_does_it(tmp_path: Path) -> None:
    def gone(*_: object) -> object:
        raise ConnectionRefusedError

    imports = ImportFiles(open_catalogue(f"sqlite:///{tmp_path}/ieum.db", lambda: given.NOON), lambda: given.NOON)
    schema.migrate(imports._catalogue.database)
    imports.done_by(gone)  # type: ignore[arg-type]  # it never gives an import
    name = "이름.csv"

    preview = imports.bring("기업 ID,기업명\nx-1,가나다\n".encode(), Said(name), given.OPERATOR)
    assert (preview.counts.added, preview.sources[0].name) == (1, name)
