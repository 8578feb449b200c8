"""What takes long to count is counted beside the request; the page says so and shows what was there before."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from model.applications import EntryKind
from service.actions.applications import desk, reports
from service.actions.applications.recording import Recording
from service.identity import UserRole
from service.wired import KEY
from tests.console.browsers import signed_in
from tests.console.pages import APPLICATION, apply
from tests.service import given

NOTE = 'class="recalculating"'
PAGES = (f"programs/{APPLICATION.program_id}/progress", "reports")


@pytest.fixture
def client(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    apply(own_app.extensions[KEY])
    for room in (desk, reports):
        monkeypatch.setattr(room, "FEW", 0)
    return signed_in(own_app, UserRole.MANAGER)


def settled(client: FlaskClient, path: str) -> str:
    """Ask as the page does by itself, until its figures stand there."""
    for _ in range(200):
        text = client.get(f"/console/ko/{path}").text
        if NOTE not in text:
            return text
        assert 'hx-trigger="every 2s"' in text
        time.sleep(0.05)
    raise AssertionError(path)


def figures(text: str) -> list[str]:
    return re.findall(r"<t[hd][^>]*>(?:<[^>]*>)*([^<]+)", text)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_follows_what_is_counted_beside_it(own_app: Flask, client: FlaskClient, path: str) -> None:
    wired: Any = own_app.extensions[KEY]
    first = client.get(f"/console/ko/{path}").text
    assert NOTE in first
    assert "<table" not in first
    before = settled(client, path)
    entry = Recording((APPLICATION.id,), EntryKind.CHECK, "window", "failed", {"remark": "기한이 지남"})
    wired.desk.record(entry, "counted-anew", given.MANAGER)
    meanwhile = client.get(f"/console/ko/{path}").text
    assert NOTE in meanwhile
    assert figures(meanwhile) == figures(before)
    after = settled(client, path)
    assert figures(after) != figures(before)


def test_the_figures_are_those_of_who_waits(own_app: Flask, client: FlaskClient) -> None:
    wired: Any = own_app.extensions[KEY]
    text = settled(client, PAGES[0])
    board = wired.desk.board(APPLICATION.program_id, given.MANAGER)
    assert board.total == 1
    rows = re.findall(r'<th scope="row">([^<]+)</th><td class="figure">(\d)</td><td class="figure">(\d)</td><td', text)
    assert [tuple(map(int, row[1:])) for row in rows] == [counts[:2] for counts in board.requirements.values()]
