"""The catalogue: whole imports or none, pages without gaps, writes only by who has seen the present state."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given as law
from hypothesis import settings
from hypothesis import strategies as st

from model.domain import Outcome, OutcomeKind, Startup
from model.faults import BadData, Fault
from model.snapshot import folder as snapshot
from model.snapshot import rows
from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.catalogue.take_snapshot import TakeSnapshot
from service.errors import ServiceError
from service.files.importers.files import Brought
from service.storage import schema
from service.storage.catalogue import revisions
from service.storage.database import Database
from service.storage.records.audit import AuditSubject
from service.storage.repositories import Catalogue, open_catalogue
from service.wired import KEY
from tests.service import given


@pytest.fixture
def catalogue(address: str) -> Iterator[Catalogue]:
    made = open_catalogue(address, lambda: given.NOON)
    schema.migrate(made.database)
    yield made
    made.database.close()


def stored(catalogue: Catalogue) -> dict[str, Startup]:
    with catalogue.database.reading() as connection:
        return {found.record.id: found.record for found in catalogue.startups.since(connection, 0)}


def test_a_migrated_database_can_be_migrated_again(catalogue: Catalogue) -> None:
    schema.migrate(catalogue.database)

    schema.check(catalogue.database)


def test_a_database_without_tables_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ServiceError) as refused:
        schema.check(Database(f"sqlite:///{tmp_path}/new.db"))

    assert refused.value.code == "schema_outdated"
    assert "ieum migrate" in refused.value.explained("en").advice


def test_what_is_imported_comes_back_as_it_was(catalogue: Catalogue) -> None:
    ImportProfiles(catalogue)(Brought(given.startups(), given.programs()), given.OPERATOR)

    assert stored(catalogue) == {startup.id: startup for startup in given.startups()}


def test_importing_twice_changes_nothing(catalogue: Catalogue) -> None:
    importing = ImportProfiles(catalogue)
    importing(Brought(given.startups()), given.OPERATOR)
    before = catalogue.revisions.now()
    again = importing(Brought(given.startups()), given.OPERATOR)

    assert (again.startups.added, again.startups.changed, again.startups.same) == (0, 0, len(given.startups()))
    assert catalogue.revisions.now() == before


def test_an_import_that_fails_halfway_leaves_nothing(catalogue: Catalogue) -> None:
    outcome = Outcome("s-0001", "none", OutcomeKind.SHOWN)
    brought = Brought(given.startups(), outcomes=((Fault("missing", "outcomes.csv", 2), outcome),))

    with pytest.raises(BadData) as refused:
        ImportProfiles(catalogue)(brought, given.OPERATOR)

    places = [(fault.file, fault.line, fault.field, fault.value) for fault in refused.value.faults]
    assert places == [("outcomes.csv", 2, "program_id", "none")]
    assert stored(catalogue) == {}
    assert catalogue.revisions.now() == 0


def test_a_change_is_met_at_once_by_the_processes_of_the_same_service(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revisions, "LOOK_SECONDS", 3_600)
    before = catalogue.revisions.now()
    catalogue.database.close()  # as the server does before it forks
    child = os.fork()
    if child == 0:
        ImportProfiles(catalogue)(Brought(given.startups()), given.OPERATOR)
        os._exit(0)
    os.waitpid(child, 0)

    assert catalogue.revisions.now() > before


def test_a_change_by_another_service_is_met_a_moment_later(catalogue: Catalogue, address: str) -> None:
    other, before = open_catalogue(address, lambda: given.NOON), catalogue.revisions.now()
    ImportProfiles(other)(Brought(given.startups()), given.OPERATOR)
    other.database.close()
    time.sleep(revisions.LOOK_SECONDS)

    assert catalogue.revisions.now() > before


def test_a_change_raises_the_revision_of_what_changed_only(catalogue: Catalogue) -> None:
    first, *rest = given.startups()
    importing = ImportProfiles(catalogue)
    importing(Brought((first, *rest)), given.OPERATOR)
    known = catalogue.revisions.now()
    importing(Brought((replace(first, employees=1), *rest)), given.OPERATOR)

    with catalogue.database.reading() as connection:
        assert [found.record.id for found in catalogue.startups.since(connection, known)] == [first.id]


def test_a_removed_record_is_told_to_who_follows_until_it_comes_back(catalogue: Catalogue) -> None:
    startup = given.startups()[0]
    for present in (True, False, True):
        with catalogue.database.writing() as connection:
            known = catalogue.revisions.seen_by(connection)
            if present:
                catalogue.startups.put(connection, startup, catalogue.revisions.next(connection))
            else:
                catalogue.startups.remove(connection, startup.id, catalogue.revisions.next(connection))
            catalogue.audit.record(connection, given.OPERATOR, "edit", AuditSubject("startup", startup.id), {})
        with catalogue.database.reading() as connection:
            assert catalogue.startups.removed_since(connection, known, [startup.id]) == (
                set() if present else {startup.id}
            )


def test_a_snapshot_of_the_catalogue_reads_back_the_same(catalogue: Catalogue, tmp_path: Path) -> None:
    ImportProfiles(catalogue)(Brought(given.startups(), given.programs()), given.OPERATOR)
    taken = TakeSnapshot(catalogue, lambda: given.NOON)(tmp_path / "snapshot")

    assert snapshot.read(tmp_path / "snapshot") == taken
    assert set(taken.startups) == set(given.startups())


def test_sqlite_is_set_up_so_that_what_was_acknowledged_stays(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/ieum.db")
    names = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")

    assert [database.scalar(f"PRAGMA {name}") for name in names] == ["wal", 2, 1, 1]


def test_a_database_that_is_not_there_is_a_service_error(tmp_path: Path) -> None:
    (tmp_path / "ieum.db").write_bytes(b"this is no database, this is no database, this is no database")

    with pytest.raises((ServiceError, sqlite3.DatabaseError)):
        Database(f"sqlite:///{tmp_path}/ieum.db").scalar("SELECT revision FROM catalogue")


@settings(max_examples=25)
@law(limit=st.integers(1, 30), query=st.sampled_from(["", "kind=startup", "stage=seed", "q=AI", "q=%25"]))
def test_pages_hold_every_record_once_in_order(limit: int, query: str, shared_app: Flask) -> None:
    client = shared_app.test_client()
    whole = client.get(f"/api/v1/startups?limit=200&{query}").get_json()["items"]
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = client.get(f"/api/v1/startups?limit={limit}&{query}{cursor}").get_json()
        found += page["items"]
        cursor = page["next"] and f"&cursor={page['next']}"

    assert found == whole == sorted(whole, key=lambda item: item["id"].encode())


class TestEditing:
    """Writes over HTTP."""

    def test_a_new_startup_is_created_and_matched_at_once(self, app: Flask) -> None:
        client = app.test_client()
        made = client.put("/api/v1/startups/new", json={"id": "new", "summary": "물류 로봇"})

        assert (made.status_code, made.get_json()["summary"]) == (201, "물류 로봇")
        astray = client.put("/api/v1/startups/new-2", json={"id": "new-2", "summary": "물류 로봇", "region": "아무 곳"})
        assert (astray.status_code, astray.get_json()["errors"][0]["code"]) == (422, "not_region")
        assert client.get("/api/v1/startups/new/matches").get_json()["matches"]

    def test_a_known_record_changes_only_for_who_names_its_etag(self, app: Flask) -> None:
        client = app.test_client()
        body = rows.plain(given.startups()[0])
        path = f"/api/v1/startups/{body['id']}"
        tag = client.get(path).headers["ETag"]

        assert client.put(path, json=body).status_code == 428
        assert client.put(path, json=body, headers={"If-Match": '"0"'}).status_code == 412
        assert client.put(path, json=body, headers={"If-Match": '"nonsense"'}).status_code == 412
        changed = client.put(path, json=body, headers={"If-Match": tag})
        assert changed.status_code == 200
        assert client.put(path, json=body, headers={"If-Match": tag}).status_code == 412
        assert client.put(path, json=body, headers={"If-Match": changed.headers["ETag"]}).status_code == 200

    def test_a_patch_replaces_what_it_names_and_null_removes(self, app: Flask) -> None:
        client = app.test_client()
        path = "/api/v1/startups/s-0001"
        before = client.get(path)
        patch = {"employees": 7, "stage": None}
        after = client.patch(path, json=patch, headers={"If-Match": before.headers["ETag"]}).get_json()

        kept = {key: value for key, value in before.get_json().items() if key != "stage"}
        assert after == {**kept, "employees": 7}

    def test_a_patch_may_not_change_the_id(self, app: Flask) -> None:
        answer = app.test_client().patch("/api/v1/startups/s-0001", json={"id": "x"}, headers={"If-Match": "*"})

        assert answer.get_json()["errors"][0]["code"] == "unknown_key"

    def test_the_body_may_not_name_another_record(self, app: Flask) -> None:
        assert app.test_client().put("/api/v1/startups/a", json={"id": "b"}).get_json()["code"] == "id_differs"

    def test_who_asks_for_a_new_record_does_not_overwrite_one(self, app: Flask) -> None:
        client = app.test_client()
        body = rows.plain(given.startups()[0])
        answer = client.put(f"/api/v1/startups/{body['id']}", json=body, headers={"If-None-Match": "*"})

        assert answer.status_code == 412

    def test_a_deleted_startup_is_gone_from_lists_and_matches(self, app: Flask) -> None:
        client = app.test_client()
        client.get("/api/v1/startups/s-0001/matches")
        gone = client.delete("/api/v1/startups/s-0001", headers={"If-Match": "*"})

        assert (gone.status_code, gone.data) == (204, b"")
        assert client.get("/api/v1/startups/s-0001").status_code == 404
        assert client.get("/api/v1/startups/s-0001/matches").status_code == 404

    def test_an_unchanged_record_is_not_sent_again(self, app: Flask) -> None:
        client = app.test_client()
        tag = client.get("/api/v1/programs/nup-2026").headers["ETag"]
        again = client.get("/api/v1/programs/nup-2026", headers={"If-None-Match": tag})

        assert (again.status_code, again.data) == (304, b"")


def test_a_region_holds_its_districts_and_a_listing_counts_them(client: FlaskClient) -> None:
    found = client.get("/api/v1/startups?region=11&limit=200").get_json()["items"]
    seoul = [startup for startup in given.startups() if (startup.region or "").startswith("11")]

    assert [item["id"] for item in found] == [startup.id for startup in seoul]


def test_pages_by_number_hold_every_record_once(client: FlaskClient) -> None:
    browse = client.application.extensions[KEY].startups
    listings = [browse.listing(number=number, size=7, filters={}) for number in (1, 2, 3, 4, 99)]
    ids = [stored.record.id for listing in listings[:4] for stored in listing.items]

    assert ids == [startup.id for startup in given.startups()]
    assert [listing.number for listing in listings] == [1, 2, 3, 4, 4]
