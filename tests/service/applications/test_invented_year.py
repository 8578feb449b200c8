"""The sample's invented year is recorded whole, and says of itself that it is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from typer.testing import CliRunner

from model.snapshot.folder import read_programs
from service.actions.catalogue.import_profiles import ImportProfiles
from service.cli import applications as command
from service.cli.wire import opening
from service.files.importers.files import Brought
from service.identity import UserRole
from service.wired import KEY, Wired
from tests.service import given


def test_the_invented_year_holds_applications_in_all_states(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    wired: Wired = app.extensions[KEY]
    programs = read_programs(given.DATA / "programs" / "2026.jsonl")
    ImportProfiles(wired.catalogue)(Brought((), programs), given.OPERATOR)
    monkeypatch.setattr(opening, "actions", lambda _settings: wired)
    folder: Path = given.DATA / "year"
    done = CliRunner().invoke(command.applications, ["play", str(folder)])
    items = given.acting(app, UserRole.MANAGER).get("/api/v1/applications?limit=200").get_json()["items"]

    assert (done.exit_code, len(items)) == (0, 118), done.output
    assert all("(가상)" in item["item"] for item in items)
    assert {"received", "pledged", "agreed", "changed", "milestone", "stopped", "completed", "failed", "result"} == {
        item["state"] for item in items
    }
