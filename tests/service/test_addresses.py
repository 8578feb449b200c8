"""What stands in an address or a form is checked once, before a database sees it, and on both kinds alike."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from flask import Flask

from service.actions.access.keep_access_log import AccessLog, Visit
from service.api.wire import addresses
from service.identity import is_storable
from service.storage.access.accesses import Access, Accesses
from service.storage.database import Connection
from service.wired import KEY, Wired
from tests.service import given


def statuses(app: Flask, *asked: tuple[str, str]) -> list[int]:
    client = app.test_client()
    return [client.open(path, method=method).status_code for method, path in asked]


def test_nul_in_an_address_is_no_fault_of_ours(on_both: Flask) -> None:
    rules = [rule.rule for rule in on_both.url_map.iter_rules() if rule.arguments]
    found = statuses(on_both, *(("GET", re.sub("<[^>]+>", "a%00b", rule)) for rule in rules))

    assert set(found) <= {404, 405}


def test_every_part_of_an_address_that_names_nothing_is_said_in_words(app: Flask) -> None:
    names = {name for rule in app.url_map.iter_rules() for name in rule.arguments}

    for name in sorted(names):
        assert all(addresses.unknown(name, "x").explained(language).what for language in ("ko", "en")), name


def test_nul_in_a_query_is_named(on_both: Flask) -> None:
    client = on_both.test_client()
    found = [
        client.get(f"/api/v1/{path}=a%00b") for path in ("startups?q", "access-log?subject", "programs?x%00", "audit?a")
    ]

    assert [answer.status_code for answer in found[:3]] == [422] * 3
    assert found[1].get_json()["errors"][0]["field"] == "subject"
    assert statuses(on_both, ("GET", "/console/startups?q=a%00b"), ("GET", "/console/audit?actor=%00")) == [422, 422]


def test_nul_in_a_form_is_named(on_both: Flask) -> None:
    answer = on_both.test_client(key=None).post("/sign-in/link", data={"token": "a\0b"})

    assert answer.status_code == 422


@pytest.mark.parametrize("tag", ['""', "", '"x"', "junk", 'W/""', '"9999999999999999999999"'])
def test_an_if_match_that_names_no_revision_fits_none(app: Flask, tag: str) -> None:
    client = app.test_client()

    assert client.delete("/api/v1/startups/s-0001", headers={"If-Match": tag}).status_code == 412


def test_reading_whatever_is_there_holds(app: Flask) -> None:
    assert app.test_client().get("/api/v1/startups/s-0001", headers={"If-Match": "*"}).status_code == 200


def test_a_style_sheet_knows_no_condition_for_changes(app: Flask) -> None:
    path = "/console/static/x/console.css"
    plain = app.test_client().get(path).status_code

    assert app.test_client().get(path, headers={"If-Match": '"x"'}).status_code == plain


@pytest.mark.parametrize("text", ["s-0001", "가나다", "a b", "👩‍🔬", ""])
def test_ordinary_texts_can_be_stored(text: str) -> None:
    assert is_storable(text)


def test_a_command_refuses_bytes_that_are_no_text() -> None:
    command = [sys.executable, "-m", "service.cli", "eligibility", b"\xff\xfe"]
    done = subprocess.run(command, capture_output=True, check=False)

    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)


class TestWriter:
    """What writes the access log survives whatever it is handed."""

    def test_an_entry_that_the_database_refuses_costs_itself_alone(
        self, on_both: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        wired: Wired = on_both.extensions[KEY]
        add, log = Accesses.add_all, AccessLog(wired.catalogue.database, lambda: given.NOON)

        def refusing(self: Accesses, connection: Connection, found: list[Access], *rest: object) -> int:
            if any(access.subject == "poison" for access in found):
                raise ValueError("a text that no database takes")
            return add(self, connection, found, *rest)  # type: ignore[arg-type]  # handed on

        monkeypatch.setattr(Accesses, "add_all", refusing)
        for subject in ("one", "poison", "two"):
            log.note(Visit("kim", "key:x", "-", "GET /", subject, 200), "r", at_once=False)
        log.note(Visit("kim", "key:x", "-", "GET /", "three", 200), "r", at_once=True)

        assert sorted(access.subject for access in log.all(filters={"actor": "kim"})) == ["one", "three", "two"]
        assert "access_entry_lost" in capsys.readouterr().err

    def test_a_thread_that_has_died_is_replaced(self, app: Flask) -> None:
        wired: Wired = app.extensions[KEY]
        log = AccessLog(wired.catalogue.database, lambda: given.NOON)
        visit = Visit("kim", "key:x", "-", "GET /", "-", 200)
        log.note(visit, "r", at_once=False)
        first = log._writer
        assert first is not None
        log.stop()
        first.join(5)
        log._stopped.clear()
        log.note(visit, "r", at_once=False)

        assert log._writer is not None
        assert log._writer.is_alive()
        log.stop()
