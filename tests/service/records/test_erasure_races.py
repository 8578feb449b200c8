"""An erasure while something is under way: nothing of the startup is written afterwards, whatever was under way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.records.erase import Erase
from service.actions.records.verify_audit import VerifyAudit
from service.files.importers.files import Brought
from service.storage import repositories
from service.storage.catalogue.revisions import LOOK_SECONDS
from service.storage.database import Connection, Database
from service.wired import KEY, Wired
from tests.service import given
from tests.service.rounds.test_round_sheets import exported, filled_in
from tests.service.rounds.test_rounds import asked
from tests.support import databases

ID, NAME, SUMMARY = "s-sentinel", "아주특별한이름", "특별히별난소개 sentinel-text"
STARTUP = replace(given.startups()[0], id=ID, name=NAME, summary=SUMMARY)
PROGRAM = given.programs()[0].id
XLSX = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
Act = Callable[[FlaskClient], Any]


def a_run(client: FlaskClient) -> Any:
    return client.get(f"/api/v1/programs/{PROGRAM}/candidates?limit=100&include=ineligible")


def a_preview(client: FlaskClient) -> Any:
    file = f"id,기업명,소개\n{ID},{NAME},{SUMMARY}\n".encode()
    return client.post("/api/v1/imports?name=a.csv", data=file, content_type="text/csv")


def a_round(client: FlaskClient) -> Any:
    return client.post("/api/v1/rounds", json=asked(name="경합"))


def an_export(client: FlaskClient) -> Any:
    return client.get("/api/v1/exports/startups.jsonl?reason=경합 시험")


def a_visit(client: FlaskClient) -> Any:
    return client.get(f"/api/v1/startups/{ID}")


@pytest.fixture
def wired(on_both: Flask) -> Wired:
    made: Wired = on_both.extensions[KEY]
    ImportProfiles(made.catalogue)(Brought((STARTUP,)), given.OPERATOR)
    on_both.test_client().get(f"/api/v1/startups/{ID}")
    made.accesses.flush()
    return made


def erase(wired: Wired) -> None:
    """Erase the startup as `ieum erase` does, from a process of its own."""
    catalogue = repositories.open_catalogue(str(wired.catalogue.database.engine.url.render_as_string(False)), now)
    Erase(catalogue, repositories.open_records(now))(ID, "요청", given.OPERATOR, None)
    catalogue.database.close()


def now() -> Any:
    return given.NOON


@contextmanager
def erasing_before_the_first_write(wired: Wired, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the erasure come between what the service has read and the block in which it writes."""
    writing, done = Database.writing, []

    @contextmanager
    def later(self: Database) -> Iterator[Connection]:
        if self is wired.catalogue.database and not done:
            done.append(True)
            erase(wired)
        with writing(self) as connection:
            yield connection

    monkeypatch.setattr(Database, "writing", later)
    yield
    assert done


def left(wired: Wired) -> list[str]:
    content = databases.content(wired.catalogue.database)
    return [secret for secret in (ID, NAME, SUMMARY) if secret in content]


@pytest.mark.parametrize("act", [a_run, a_preview, a_round, an_export])
def test_what_was_under_way_writes_nothing_of_it(
    wired: Wired, on_both: Flask, monkeypatch: pytest.MonkeyPatch, act: Act
) -> None:
    assert left(wired) == [ID, NAME, SUMMARY]
    with erasing_before_the_first_write(wired, monkeypatch):
        answer = act(on_both.test_client())
    time.sleep(2 * LOOK_SECONDS)  # so long a process may not know that somebody was erased
    again = act(on_both.test_client())

    assert (answer.status_code, answer.get_json()["code"]) == (503, "erased_meanwhile")
    assert NAME not in answer.get_data(as_text=True)
    assert again.status_code < 300
    wired.accesses.flush()
    if act is not a_preview:  # whoever brings its file again registers it again
        assert left(wired) == []
        assert VerifyAudit(wired.catalogue)().broken is None


def test_scores_of_a_round_do_not_bring_it_back(wired: Wired, on_both: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = on_both.test_client()
    started = client.post("/api/v1/rounds", json=asked(name="경합")).get_json()
    book = filled_in(exported(client, started["id"]), lambda line, number: 60 + line + number)
    with erasing_before_the_first_write(wired, monkeypatch):
        answer = client.post(f"/api/v1/rounds/{started['id']}/scores", data=book, headers=XLSX)

    assert (answer.status_code, answer.get_json()["code"]) == (503, "erased_meanwhile")
    wired.accesses.flush()
    assert left(wired) == []


def test_visits_that_wait_to_be_written_do_not_name_it(wired: Wired, on_both: Flask) -> None:
    assert a_visit(on_both.test_client()).status_code == 200
    erase(wired)
    wired.accesses.flush()

    assert left(wired) == []


def test_caches_forget_it_and_who_registers_again_is_somebody_new(wired: Wired, on_both: Flask) -> None:
    client = on_both.test_client()
    before = client.get(f"/api/v1/startups/{ID}/matches").get_json()
    erase(wired)
    replayed = client.post(f"/api/v1/runs/{before['run_id']}/replay")
    ImportProfiles(wired.catalogue)(Brought((STARTUP,)), given.OPERATOR)
    after = client.get(f"/api/v1/startups/{ID}/matches").get_json()
    body = {
        "program_id": PROGRAM,
        "startup_id": ID,
        "action": "shortlisted",
        "reason": "까닭",
        "run_id": after["run_id"],
    }
    headers = {"Idempotency-Key": "registered-again", "If-None-Match": "*"}
    decided = client.post("/api/v1/decisions", json=body, headers=headers)

    assert NAME not in replayed.get_data(as_text=True)
    assert replayed.get_json()["startup"]["name"] == "삭제 요청으로 지운 기업"
    assert before["run_id"] != after["run_id"]
    assert decided.status_code == 201
    told = client.get(f"/api/v1/runs/{after['run_id']}").get_json()
    assert told["subject_id"] == ID
