"""`ieum rounds` does what the API does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask
from typer.testing import CliRunner

from service.cli.commands import cli
from service.wired import KEY, Wired
from tests.service import given
from tests.service.rounds.test_rounds import asked


@pytest.fixture
def home(app: Flask, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A filled catalogue, and the environment that names it."""
    wired: Wired = app.extensions[KEY]
    monkeypatch.setenv("IEUM_HOME", str(tmp_path))
    monkeypatch.setenv("IEUM_DATABASE_URL", wired.settings.database)
    monkeypatch.setenv("IEUM_ARTIFACTS", str(given.shared_artifact(tmp_path_factory)))
    return tmp_path


def test_a_round_is_run_shown_and_exported(home: Path) -> None:
    file, out = home / "round.json", home / "round.xlsx"
    file.write_text(json.dumps(asked()), encoding="utf-8")

    made = json.loads(CliRunner().invoke(cli, ["rounds", "run", str(file), "--json"]).stdout)
    again = json.loads(CliRunner().invoke(cli, ["rounds", "show", made["id"], "--json"]).stdout)
    exported = CliRunner().invoke(cli, ["rounds", "export", made["id"], "--out", str(out)])

    assert again == made  # the moment of the run too, whatever the clock's zone
    assert exported.exit_code == 0
    assert out.read_bytes().startswith(b"PK")
    assert made["id"] in CliRunner().invoke(cli, ["rounds", "list"]).stdout
    account = json.loads(CliRunner().invoke(cli, ["rounds", "exposure", made["id"], "--json"]).stdout)["exposure"]
    assert account["groups"] == made["exposure"]["groups"]
    assert "수도권" in CliRunner().invoke(cli, ["rounds", "exposure"]).stdout


def test_a_file_with_a_wrong_field_is_refused_with_its_name(home: Path) -> None:
    file = home / "round.json"
    file.write_text(json.dumps({**asked(), "colour": "red"}), encoding="utf-8")

    result = CliRunner().invoke(cli, ["rounds", "run", str(file)])

    assert result.exit_code == 1
    assert "colour" in result.stderr


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"values": ["수도권"]}, "terms.quotas.0.values.0"),
        ({"at_least": 500, "percent": True}, "terms.quotas.0.at_least"),
    ],
    ids=["a region that there is not", "500 percent"],
)
def test_terms_that_make_no_sense_are_refused_with_their_field(
    home: Path, changed: dict[str, object], field: str
) -> None:
    quota = {"name": "q", "field": "region", "values": ["11"], "at_least": 1, **changed}
    file = home / "round.json"
    file.write_text(json.dumps(asked(terms={"quotas": [quota]})), encoding="utf-8")

    result = CliRunner().invoke(cli, ["rounds", "run", str(file)])

    assert (result.exit_code, f"{field}=" in result.stderr) == (1, True)
