"""Another version answers only after it has proved itself, at a named person's word and with a reason."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import orjson
import pytest
from flask import Flask
from typer.testing import CliRunner, Result

from model.artifact import versions
from model.faults import BadData
from model.matching.matcher import Matcher
from service.actions.matching.prepare import Preparation
from service.actions.operation.activate_model import Activated, ActivateModel
from service.cli import cli
from service.errors import Problem, ServiceError
from service.identity import PERMITTED, Actor, UserRole
from service.storage import schema
from service.storage.matching.registry import Registry, State
from service.storage.repositories import Catalogue, open_catalogue
from service.wired import KEY, Wired
from tests.service import given

OPERATOR = Actor("u-1", "김담당", UserRole.OPERATOR, PERMITTED[UserRole.OPERATOR], is_person=True)


@pytest.fixture(scope="session")
def two_versions(matcher: Matcher, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("versions")
    for name in ("v1", "v2"):
        given.published(matcher, folder, name)
    return folder


@pytest.fixture
def folder(two_versions: Path, tmp_path: Path) -> Path:
    """Two versions of which the first is in use."""
    shutil.copytree(two_versions, tmp_path / "artifacts", copy_function=os.link)
    (tmp_path / "artifacts" / "CURRENT").unlink()
    versions.put_in_use(tmp_path / "artifacts", "v1")
    return tmp_path / "artifacts"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    made = open_catalogue(f"sqlite:///{tmp_path_factory.mktemp('home')}/ieum.db", lambda: given.NOON)
    schema.migrate(made.database)
    return made


@pytest.fixture
def action(folder: Path, catalogue: Catalogue) -> ActivateModel:
    return ActivateModel(Registry(folder), catalogue)


def refusal(act: object, *arguments: object) -> str:
    with pytest.raises(ServiceError) as refused:
        act(*arguments)  # type: ignore[operator]  # an action
    return refused.value.code


def harm(folder: Path) -> None:
    state = folder / "state.json"
    content = state.read_bytes()
    state.unlink()
    state.write_bytes(content[:-1] + b" ")


def test_a_version_is_activated_and_rolled_back(action: ActivateModel, folder: Path) -> None:
    assert action.activate("v2", "새 학습", OPERATOR) == Activated("v2", "v1")
    assert action.rollback("되돌림", OPERATOR) == Activated("v1", "v2")
    assert (versions.current(folder), versions.previous(folder)) == ("v1", "v2")


def test_every_change_leaves_an_audit_row_with_who_and_why(action: ActivateModel, catalogue: Catalogue) -> None:
    action.activate("v2", "새 학습", OPERATOR)

    with catalogue.database.reading() as connection:
        *_, row, outcome = catalogue.audit.rows(connection)
    assert (outcome.event, outcome.subject) == ("settle_model_change", "v2")
    assert (row.event, row.subject, row.actor_id) == ("activate_model", "v2", "u-1")
    assert '"reason":"새 학습"' in row.details


def test_without_its_audit_row_nothing_is_changed(
    action: ActivateModel, folder: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise ServiceError(Problem.DATABASE_UNAVAILABLE)

    monkeypatch.setattr(catalogue.audit.__class__, "record", full)

    assert refusal(action.activate, "v2", "새 학습", OPERATOR) == "database_unavailable"
    assert (versions.current(folder), versions.previous(folder)) == ("v1", None)


@pytest.mark.parametrize(("named", "is_done"), [("v1", False), ("v2", True)])
def test_a_change_that_was_stopped_half_way_is_settled_at_the_next_start(
    action: ActivateModel,
    folder: Path,
    catalogue: Catalogue,
    monkeypatch: pytest.MonkeyPatch,
    named: str,
    is_done: bool,
) -> None:
    def stop(self: Registry, name: str) -> None:
        (folder / "PREVIOUS").write_text("v1\n", encoding="utf-8")
        (folder / "CURRENT").write_text(named + "\n", encoding="utf-8")
        raise KeyboardInterrupt

    action.repair()
    monkeypatch.setattr(Registry, "put_in_use", stop)
    with pytest.raises(KeyboardInterrupt):
        action.activate("v2", "새 학습", OPERATOR)
    action.repair()
    action.repair()

    with catalogue.database.reading() as connection:
        *_, intent, outcome = catalogue.audit.rows(connection)
    assert (intent.event, outcome.event) == ("activate_model", "settle_model_change")
    assert orjson.loads(outcome.details) == {"intent": intent.seq, "done": is_done}
    assert (versions.current(folder), versions.previous(folder)) == (("v2", "v1") if is_done else ("v1", None))


def test_a_model_that_nobody_activated_is_put_on_record_once(
    action: ActivateModel, folder: Path, catalogue: Catalogue
) -> None:
    action.activate("v2", "새 학습", OPERATOR)
    (folder / "CURRENT").write_text("v1\n", encoding="utf-8")
    action.repair()
    action.repair()

    with catalogue.database.reading() as connection:
        *_, before, last = catalogue.audit.rows(connection)
    assert (before.event, last.event, last.subject) == ("settle_model_change", "find_model", "v1")


def test_the_newest_can_be_named_so(action: ActivateModel, folder: Path) -> None:
    assert action.activate("newest", "새 학습", OPERATOR).name == "v2"


def test_a_bad_version_is_refused_and_the_old_one_stays(action: ActivateModel, folder: Path) -> None:
    harm(folder / "v2")

    assert refusal(action.activate, "v2", "새 학습", OPERATOR) == "artifact_refused"
    assert (versions.current(folder), versions.previous(folder)) == ("v1", None)


@pytest.mark.parametrize("name", ["v9", "../v2", ".changing", "CURRENT", ""])
def test_what_is_no_version_is_not_found(action: ActivateModel, name: str) -> None:
    assert refusal(action.activate, name, "새 학습", OPERATOR) == "model_version_not_found"


def test_a_change_needs_a_reason(action: ActivateModel) -> None:
    for act in (lambda: action.activate("v2", " ", OPERATOR), lambda: action.rollback("", OPERATOR)):
        with pytest.raises(BadData):
            act()


def test_without_a_version_before_there_is_no_going_back(action: ActivateModel) -> None:
    assert refusal(action.rollback, "되돌림", OPERATOR) == "no_previous_model"


def test_of_two_changes_at_once_one_is_told_to_wait(action: ActivateModel, folder: Path) -> None:
    with versions.held(folder, versions.CHANGING):
        assert refusal(action.activate, "v2", "새 학습", OPERATOR) == "model_change_running"


def test_a_folder_that_is_not_there_is_named_as_the_cause(tmp_path: Path, catalogue: Catalogue) -> None:
    action = ActivateModel(Registry(tmp_path / "none"), catalogue)

    assert refusal(action.activate, "v2", "새 학습", OPERATOR) == "artifacts_not_writable"


def test_the_versions_are_listed_with_their_state(action: ActivateModel, folder: Path) -> None:
    action.activate("v2", "새 학습", OPERATOR)
    (folder / "v0").mkdir()

    found = {version.name: (version.state, version.refusal is None) for version in action.versions()}
    assert found == {"v2": (State.CURRENT, True), "v1": (State.PREVIOUS, True), "v0": (State.AVAILABLE, False)}


def test_an_idle_worker_follows_within_five_seconds(app: Flask, folder: Path) -> None:
    wired: Wired = app.extensions[KEY]
    preparation = Preparation(wired.catalogue, Registry(folder))
    preparation.follow()
    versions.put_in_use(folder, "v2")
    end = time.monotonic() + 60  # on a busy machine; the benchmark measures the five seconds

    while preparation._prepared.in_use.name != "v2" and time.monotonic() < end:  # type: ignore[union-attr]  # it has one
        time.sleep(0.05)

    assert preparation.current().in_use.name == "v2"


def test_a_worker_that_starts_late_begins_with_the_version_in_use(app: Flask, folder: Path) -> None:
    wired: Wired = app.extensions[KEY]
    preparation = Preparation(wired.catalogue, Registry(folder))
    preparation.current()
    versions.put_in_use(folder, "v2")

    preparation.follow()

    assert preparation.current().in_use.name == "v2"


def ieum(folder: Path, *arguments: str) -> Result:
    environment = {"IEUM_HOME": str(folder.parent), "IEUM_ARTIFACTS": str(folder)}
    CliRunner().invoke(cli, ["migrate"], env=environment)
    return CliRunner().invoke(cli, list(arguments), env=environment)


def test_the_command_line_lists_activates_and_rolls_back(folder: Path) -> None:
    done = [
        ieum(folder, "activate", "v2", "--reason", "새 학습"),
        ieum(folder, "rollback", "--reason", "되돌림"),
        ieum(folder, "models", "--json"),
        ieum(folder, "models"),
    ]

    assert [result.exit_code for result in done] == [0, 0, 0, 0]
    assert [result.stdout for result in done[:2]] == ["v1 → v2\n", "v2 → v1\n"]
    assert '"state": "current"' in done[2].stdout
    assert "사용 중" in done[3].stdout


def test_the_command_line_says_why_a_version_is_refused(folder: Path) -> None:
    harm(folder / "v2")

    refused = ieum(folder, "activate", "v2", "--reason", "새 학습")

    assert (refused.exit_code, "손상" in refused.stderr) == (1, True)


@pytest.fixture
def app_with_versions(folder: Path, tmp_path: Path) -> Flask:
    return given.application(tmp_path, Registry(folder))


def test_over_http_a_version_is_activated_listed_and_rolled_back(app_with_versions: Flask) -> None:
    client = given.acting(app_with_versions, UserRole.OPERATOR)
    done = client.post("/api/v1/model/activate", json={"version": "v2", "reason": "새 학습"})
    listed = client.get("/api/v1/model/versions").get_json()["versions"]
    back = client.post("/api/v1/model/rollback", json={"reason": "되돌림"})

    assert done.get_json() == {"model_version": "v2", "previous": "v1"}
    assert {version["model_version"]: version["state"] for version in listed} == {"v2": "current", "v1": "previous"}
    assert back.get_json() == {"model_version": "v1", "previous": "v2"}


def test_over_http_a_bad_version_is_a_conflict_and_says_why(app_with_versions: Flask, folder: Path) -> None:
    harm(folder / "v2")
    client = given.acting(app_with_versions, UserRole.OPERATOR)
    answer = client.post("/api/v1/model/activate", json={"version": "v2", "reason": "새 학습"})

    assert (answer.status_code, answer.get_json()["code"]) == (409, "artifact_refused")


def test_a_manager_may_not_change_the_model(app_with_versions: Flask) -> None:
    client = given.acting(app_with_versions, UserRole.MANAGER)

    assert client.post("/api/v1/model/rollback", json={"reason": "되돌림"}).status_code == 403


def test_over_http_a_change_needs_a_reason(app_with_versions: Flask) -> None:
    client = given.acting(app_with_versions, UserRole.OPERATOR)

    assert client.post("/api/v1/model/rollback", json={"reason": " "}).status_code == 422
