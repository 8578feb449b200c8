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
from service.caches import forget_all
from service.console.wire import pages
from service.identity import UserRole
from service.wired import KEY
from tests.console.browsers import signed_in
from tests.console.pages import APPLICATION, apply
from tests.service import given
from tests.service.rounds.test_rounds import OPEN_CALLS, start

NOTE = 'class="recalculating"'
LARGE = (
    "audit/verification",
    *("coverage", "drift", "programs/majung-2026/exclusions", "rounds/exposure", "rounds/new?copy={round}"),
    *(f"rounds/{{round}}{page}" for page in ("", f"/programs/{OPEN_CALLS[0]}", "/what-if", "/lists", "/exposure")),
)
PAGES = (f"programs/{APPLICATION.program_id}/progress", "reports")


@pytest.fixture
def client(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    apply(own_app.extensions[KEY])
    for room in (desk, reports):
        monkeypatch.setattr(room, "FEW", 0)
    return signed_in(own_app, UserRole.MANAGER)


def settled(client: FlaskClient, path: str, headers: dict[str, str] | None = None) -> str:
    """Ask as the page does by itself, until its figures stand there."""
    for _ in range(200):
        text = client.get(f"/console/ko/{path}", headers=headers).text
        if NOTE not in text:
            return text
        assert 'hx-trigger="load delay:300ms, every 2s"' in text
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


@pytest.mark.parametrize("path", LARGE)
def test_what_takes_long_with_a_large_catalogue_is_worked_out_beside_the_page(
    own_app: Flask, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    round_id = start(own_app.test_client(), name="2026")["id"] if "{round}" in path else ""
    address = path.replace("{round}", round_id)
    client = signed_in(own_app, UserRole.ADMIN)
    at_once = client.get(f"/console/ko/{address}").text
    forget_all()
    monkeypatch.setattr(pages, "FEW", 0)
    first = client.get(f"/console/ko/{address}").text
    assert NOTE in first
    assert "<table" not in first
    later = settled(client, address, {"HX-Request": "true", "HX-Target": "main"})
    assert figures(later) == figures(at_once)


def test_what_is_no_more_at_hand_is_worked_out_beside_the_page_again(
    own_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(own_app, UserRole.ADMIN)
    monkeypatch.setattr(pages, "FEW", 0)
    settled(client, "audit/verification")
    own_app.extensions[KEY].verify_audit._lately.clear()
    time.sleep(5.1)

    assert NOTE in client.get("/console/ko/audit/verification").text


def test_a_piece_of_the_first_page_waits_in_its_own_place(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(own_app, UserRole.ADMIN)
    monkeypatch.setattr(pages, "FEW", 0)
    piece = client.get("/console/ko/coverage", headers={"HX-Request": "true"}).text
    assert NOTE in piece
    assert "hx-target" not in piece
    assert "<main" not in piece
    assert 'id="number-check"' in settled(client, "coverage", {"HX-Request": "true"})


def test_the_figures_are_those_of_who_waits(own_app: Flask, client: FlaskClient) -> None:
    wired: Any = own_app.extensions[KEY]
    text = settled(client, PAGES[0])
    board = wired.desk.board(APPLICATION.program_id, given.MANAGER)
    assert board.total == 1
    rows = re.findall(r'<th scope="row">([^<]+)</th><td class="figure">(\d)</td><td class="figure">(\d)</td><td', text)
    assert [tuple(map(int, row[1:])) for row in rows] == [counts[:2] for counts in board.requirements.values()]
