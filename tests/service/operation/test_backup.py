"""Backups: everything that was acknowledged before, in one file, back into either database, proved."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Table, inspect

from model.decisions import DecisionAction
from service.actions.catalogue.edit import Precondition
from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.operation.keep_backup import KeepBackup
from service.actions.records.decide import Choice, Decide
from service.actions.records.verify_audit import VerifyAudit
from service.errors import ServiceError
from service.files.importers.files import Brought
from service.storage import repositories, schema
from service.storage.database import Database
from service.storage.operation import backup, durability
from service.storage.repositories import Catalogue, open_catalogue
from tests.service import given
from tests.support import databases
from tests.support.postgres import Server, folder

PROGRAM = given.programs()[0].id


def kept() -> repositories.Records:
    return repositories.open_records(lambda: given.NOON)


def decide(catalogue: Catalogue, startup: str) -> None:
    choice = Choice(PROGRAM, startup, DecisionAction.SHORTLISTED, "까닭")
    Decide(catalogue, kept())(choice, Precondition(absent=True), f"key-{startup}", given.MANAGER)


@pytest.fixture
def filled(address: str) -> Iterator[Catalogue]:
    """A database with profiles and a decision."""
    made = open_catalogue(address, lambda: given.NOON)
    schema.migrate(made.database)
    ImportProfiles(made)(Brought(given.startups(), given.programs()), given.OPERATOR)
    decide(made, given.startups()[0].id)
    yield made
    made.database.close()


def content(catalogue: Catalogue) -> backup.Manifest:
    with catalogue.database.reading() as connection:
        return backup.manifest(connection)


@pytest.mark.parametrize("kind", databases.KINDS)
def test_a_backup_of_either_database_comes_back_into_either(filled: Catalogue, kind: str, tmp_path: Path) -> None:
    written = KeepBackup(filled, kept()).write(tmp_path / "backup", given.OPERATOR)
    (tmp_path / "new").mkdir()
    with databases.empty(kind, tmp_path / "new") as address:
        other = open_catalogue(address, lambda: given.NOON)
        restored, head = KeepBackup(other, kept()).restore(tmp_path / "backup", given.OPERATOR)
        verified = VerifyAudit(other)()
        decide(other, given.startups()[1].id)
        other.database.close()

    assert restored == written
    assert (verified.broken, verified.head.count) == (None, head.count + 1)
    assert written["decisions"].rows == 1


def test_what_was_acknowledged_before_a_backup_is_in_it_while_others_write(filled: Catalogue, tmp_path: Path) -> None:
    acknowledged: list[str] = []
    enough = threading.Event()

    def write() -> None:
        for startup in given.startups()[1:]:
            decide(filled, startup.id)
            acknowledged.append(startup.id)
            if len(acknowledged) == 5:
                enough.set()

    writer = threading.Thread(target=write)
    writer.start()
    assert enough.wait(30)
    before = len(acknowledged)
    written = KeepBackup(filled, kept()).write(tmp_path / "backup", given.OPERATOR)
    writer.join()

    assert 1 + before <= written["decisions"].rows <= len(given.startups())


@pytest.mark.parametrize("harm", ["UPDATE startups SET document = '{}'", "DROP TABLE decisions", "DELETE FROM backup"])
def test_a_damaged_backup_is_refused_and_nothing_comes_in(filled: Catalogue, harm: str, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    KeepBackup(filled, kept()).write(file, given.OPERATOR)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(harm)
        connection.commit()
    other = open_catalogue(f"sqlite:///{tmp_path}/other.db", lambda: given.NOON)

    with pytest.raises(ServiceError) as refused:
        KeepBackup(other, kept()).restore(file, given.OPERATOR)

    assert refused.value.code == "backup_unreadable"
    assert content(other)["startups"].rows == 0


def test_a_file_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"this is no database, this is no database, this is no database")
    other = open_catalogue(f"sqlite:///{tmp_path}/other.db", lambda: given.NOON)

    for name in ("file", "none"):
        with pytest.raises(ServiceError) as refused:
            KeepBackup(other, kept()).restore(tmp_path / name, given.OPERATOR)
        assert refused.value.code == "backup_unreadable"


def test_a_backup_goes_into_no_filled_database_and_over_no_file(filled: Catalogue, tmp_path: Path) -> None:
    keeping = KeepBackup(filled, kept())
    keeping.write(tmp_path / "backup", given.OPERATOR)

    with pytest.raises(ServiceError) as full:
        keeping.restore(tmp_path / "backup", given.OPERATOR)
    with pytest.raises(ServiceError) as there:
        keeping.write(tmp_path / "backup", given.OPERATOR)

    assert (full.value.code, there.value.code) == ("database_not_empty", "file_exists")
    assert (tmp_path / "backup").stat().st_mode & 0o077 == 0


def test_every_table_of_the_schema_is_backed_up(filled: Catalogue) -> None:
    there = set(inspect(filled.database.engine).get_table_names()) - {"alembic_version", "schema_use"}

    known = {v.name for module in schema.ROOMS for v in vars(module).values() if isinstance(v, Table)}
    assert there == known


def test_the_service_does_not_start_on_a_postgresql_that_may_forget() -> None:
    server = Server(folder() / "server")
    server.make()
    refusals = {}
    for name in ("", *durability.NEEDED):
        server.start(f"-c {name}=off" if name else "")
        database = Database(server.address)
        try:
            durability.check(database)
        except ServiceError as error:
            refusals[name] = error.facts["names"]
        finally:
            database.close()
            server.stop()
    Server(server.folder.parent).remove()

    assert refusals == {name: name for name in durability.NEEDED}
