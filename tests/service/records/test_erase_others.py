"""Erasing a startup whose name or id is a common word changes no record about another without a person's word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import orjson
import pytest
from flask import Flask
from sqlalchemy import select

from service.actions.catalogue.import_profiles import ImportProfiles
from service.actions.catalogue.imports import KEPT
from service.actions.records.erase import Erase
from service.errors import ServiceError
from service.files.importers.files import Brought
from service.storage import repositories
from service.storage.catalogue.imports import Imports
from service.storage.columns import metadata
from service.storage.database import Connection
from service.wired import KEY, Wired
from tests.service import given
from tests.service.test_cli import ieum

PROGRAM = given.programs()[0].id
OTHERS = [startup.id for startup in given.startups()[:3]]
COMMON = [replace(given.startups()[4], id="s-platform", name="플랫폼"), replace(given.startups()[5], id="1", name="일")]
REASON = "1차 서면 심사 1위, 플랫폼 사업에 적합"
DERIVED = {"catalogue", "removed", "audit", "audit_head", "startups", "earlier", "startup_refs"}
"""What an erasure must change: the counters, the trail, and the startup's own rows, which are looked at by id."""


@dataclass
class Service:
    """A service in which officials used the words 플랫폼 and 1 about other startups."""

    wired: Wired
    app: Flask

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        with self.wired.catalogue.database.reading() as connection:
            return {table.name: list(table_rows(connection, table)) for table in metadata.sorted_tables}

    @property
    def erase(self) -> Erase:
        return Erase(self.wired.catalogue, repositories.open_records(lambda: given.NOON))


def table_rows(connection: Connection, table: Any) -> Iterator[dict[str, Any]]:
    order = list(table.primary_key.columns)
    yield from (dict(row) for row in connection.execute(select(table).order_by(*order)).mappings())


@pytest.fixture
def service(on_both: Flask) -> Service:
    made = Service(on_both.extensions[KEY], on_both)
    client = on_both.test_client()
    ImportProfiles(made.wired.catalogue)(Brought(tuple(COMMON)), given.OPERATOR)
    for startup in (*OTHERS, *(one.id for one in COMMON)):
        run = client.get(f"/api/v1/startups/{startup}/matches").get_json()["run_id"]
        body = {"program_id": PROGRAM, "startup_id": startup, "action": "shortlisted", "reason": REASON}
        headers = {"Idempotency-Key": f"key-{startup}-long", "If-None-Match": "*"}
        assert client.post("/api/v1/decisions", json=body, headers=headers).status_code == 201
        objection = client.post(
            "/api/v1/objections", json={"run_id": run, "sender": "대표 1", "text": REASON}
        ).get_json()
        answer = {"outcome": "dismissed", "text": REASON}
        assert client.post(f"/api/v1/objections/{objection['id']}/answer", json=answer).status_code == 200
    terms = {"seats": {PROGRAM: 3}, "bans": [{"startup_id": OTHERS[0], "reason": REASON}]}
    terms["bonuses"] = [{"name": "플랫폼 1", "points": 1, "field": "region", "values": ["11"]}]
    asked = {"name": "1차 플랫폼 회차", "programs": [PROGRAM], "startups": OTHERS, "terms": terms}
    assert client.post("/api/v1/rounds", json=asked).status_code == 201
    file = f"id,기업명,소개\n{OTHERS[0]},문서결,플랫폼 1호\n".encode()
    client.post("/api/v1/imports?name=플랫폼 1.csv", data=file, content_type="text/csv")
    made.wired.accesses.flush()
    return made


@pytest.mark.parametrize("startup", ["s-platform", "1"])
def test_nothing_about_another_changes_without_a_persons_word(service: Service, startup: str) -> None:
    before = service.rows()
    own = {before_row["ref"] for before_row in before["startup_refs"] if before_row["startup_id"] == startup}
    planned = service.erase.preview(startup, "요청", given.OPERATOR)
    assert service.rows() == before  # a preview changes nothing

    done = service.erase(startup, "요청", given.OPERATOR)
    after = service.rows()

    assert planned.left == done.left
    for name, old in before.items():
        new = {str(without_cells(row)) for row in after[name]}
        changed = [row for row in old if str(without_cells(row)) not in new]
        if name not in DERIVED:
            assert [row for row in changed if not is_own(row, startup, own, before)] == [], name


def without_cells(row: dict[str, Any]) -> dict[str, Any]:
    """An import without its file and the cells of it that a preview shows, which go whoever is erased; else the row."""
    if "about" not in row or "faults" not in row:
        return row
    about = orjson.loads(row["about"])
    for source in about["sources"]:
        source["columns"] = [{**column, "samples": []} for column in source["columns"]]
    return {**row, "about": about, "file": None}


def is_own(row: dict[str, Any], startup: str, refs: set[str], before: dict[str, list[dict[str, Any]]]) -> bool:
    """The row is about the startup: by its id, its pseudonym, or what stands on one of the two."""
    named = {row.get(name) for name in ("startup_id", "subject_id", "record_id", "startup_ref")}
    own = [one["seq"] for one in before["objections"] if one["startup_ref"] in refs]
    own += [one["seq"] for one in before["decisions"] if one["startup_ref"] in refs]
    runs = {one["id"] for one in before["runs"] if one["subject_id"] == startup}
    kept = {
        is_its: {one["kept"] for one in before["shown"] if (one["run_id"] in runs) is is_its}
        for is_its in (True, False)
    }
    return (
        bool(named & {startup, *refs})
        or row.get("subject") == f"startup_id:{startup}"
        or row.get("objection", row.get("result")) in own
        or row.get("run_id") in runs
        or ("body" in row and row["digest"] in kept[True] - kept[False])  # an answer that only its own runs showed
    )


def test_other_profiles_that_name_it_are_listed_and_not_changed(service: Service) -> None:
    about = {"id": OTHERS[0], "name": "문서결", "summary": "플랫폼 사업자와 함께 검사 장비를 만든다."}
    client = service.app.test_client()
    assert client.put(f"/api/v1/startups/{OTHERS[0]}", json=about, headers={"If-Match": "*"}).status_code == 200
    done = service.erase("s-platform", "요청", given.OPERATOR)

    assert (f"startups/{OTHERS[0]}", "summary", about["summary"]) in {
        (p.record, p.field, p.before) for p in done.profiles
    }
    assert client.get(f"/api/v1/startups/{OTHERS[0]}").get_json()["summary"] == about["summary"]


def test_headings_that_name_it_are_shown_and_change_on_a_persons_word(service: Service) -> None:
    kept = {
        "institution": "플랫폼 진흥원",
        "form": "신청서",
        "kind": "startups",
        "columns": [{"heading": "플랫폼 이름", "field": "name"}],
    }
    client = service.app.test_client()
    made = client.post("/api/v1/heading-maps", json=kept)
    assert made.status_code in (200, 201), made.text
    planned = service.erase.preview("s-platform", "요청", given.OPERATOR).left
    own = {one.code for one in planned if one.record.startswith("heading_maps/")}
    service.erase("s-platform", "요청", given.OPERATOR, own)
    (row,) = service.rows()["heading_maps"]

    assert len(own) == 2
    assert "플랫폼" not in row["columns"] + row["institution"]
    assert '"name"' in row["columns"]


def test_a_preview_that_nobody_confirmed_keeps_no_cell_once_it_has_expired(service: Service) -> None:
    file = "id,기업명,직원 수,색깔\ns-9,아주특별한이름,많음,연두빛\n".encode()
    client = service.app.test_client()
    client.post("/api/v1/imports?name=표.csv&kind=startups", data=file, content_type="text/csv")
    assert "아주특별한이름" in str(service.rows()["imports"])
    with service.wired.catalogue.database.writing() as connection:
        Imports().expire(connection, given.NOON + KEPT)
    left = str(service.rows()["imports"]) + str(service.rows()["import_rows"])

    assert [cell for cell in ("아주특별한이름", "많음") if cell in left] == []


def test_a_person_confirms_some_occurrences_and_leaves_the_others(service: Service) -> None:
    planned = service.erase.preview("s-platform", "요청", given.OPERATOR).left
    (one,) = [found for found in planned if found.record == "decisions/d-2" or found.after.endswith(" 회차")][:1]

    done = service.erase("s-platform", "요청", given.OPERATOR, {one.code})

    assert [found.code for found in done.confirmed] == [one.code]
    assert {found.code for found in done.left} == {found.code for found in planned} - {one.code}


def test_a_short_id_stays_even_in_records_about_it_until_confirmed(service: Service) -> None:
    service.erase("1", "요청", given.OPERATOR)
    reasons = {row["reason"] for row in service.rows()["decisions"]}

    assert reasons == {REASON}


def test_a_text_that_changed_since_it_was_confirmed_refuses_the_whole(service: Service) -> None:
    before = service.rows()
    with pytest.raises(ServiceError) as refused:
        service.erase("s-platform", "요청", given.OPERATOR, {"0123456789"})

    assert (refused.value.code, service.rows()) == ("occurrence_unknown", before)


def test_the_command_shows_the_places_and_asks_for_a_word(tmp_path: Any) -> None:
    assert ieum(tmp_path, "migrate").exit_code == 0
    file = tmp_path / "startups.jsonl"
    file.write_text(f'{{"id": "{OTHERS[0]}", "name": "문서결"}}\n', encoding="utf-8")
    assert ieum(tmp_path, "import", file).exit_code == 0
    dry = ieum(tmp_path, "erase", OTHERS[0], "--reason", "요청", "--dry-run")
    done = ieum(tmp_path, "erase", OTHERS[0], "--reason", "요청")
    again = ieum(tmp_path, "erase", OTHERS[0], "--reason", "요청")

    assert (dry.exit_code, done.exit_code, again.exit_code) == (0, 0, 1)
    assert "아무것도 바꾸지 않았습니다" in dry.stdout
