"""What people write of past support means the same on every way in: a file, the API, the console, the command line."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from typer.testing import CliRunner

from model.domain import Program, Startup
from model.faults import BadData
from model.snapshot import folder as snapshot
from model.snapshot import rows
from model.vocabulary.codes import Codes
from service.actions.catalogue.edit import Precondition
from service.actions.catalogue.firms import Firms
from service.actions.catalogue.import_profiles import ImportProfiles
from service.cli import cli
from service.files.importers.files import Brought
from service.settings import VOCABULARIES
from service.wired import KEY
from tests.service import given
from tests.service.catalogue.test_eligibility_cli import settings

__all__ = ["settings"]

BUNDLED = {p.id: p for p in snapshot.read_programs(given.DATA / "programs" / "2026.jsonl")}
FABLESS = "fabless-challenge-2026"
DAY = "2026-04-20"
NAMES = {
    "엔업 프로그램": "fail",
    "NUP": "fail",
    unicodedata.normalize("NFD", "엔업 프로그램"): "fail",
    " 엔 업 ": "fail",
    "어라운드엑스": "fail",
    "글로벌기업 협업 프로그램": "fail",
    "HP 개러지": "fail",
    "민관협력 오픈이노베이션": "fail",
    "초격차 스타트업 프로젝트": "pass",
    "나눔누리 육성": "needs_check",
}
STATUSES = {
    "수행 중": "fail",
    "중도포기": "fail",
    "협약": "fail",
    "신청 철회": "pass",
    "탈락": "pass",
    "포기": "needs_check",
}


def with_fabless(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.put(f"/api/v1/programs/{FABLESS}", json=rows.plain(BUNDLED[FABLESS]), headers={"If-Match": "*"})
    return client


def result(answer: dict[str, Any], rule: str = "not_together") -> str:
    entry = next(entry for entry in answer["programs"] if entry["program"]["id"] == FABLESS)
    return next(str(check["result"]) for check in entry["checks"] if check["rule"] == rule)


def test_an_imported_list_means_what_the_notice_bars(app: Flask) -> None:
    client = with_fabless(app)
    histories = {f"n-{i}": f"{name} 2026 수행 중" for i, name in enumerate(NAMES)}
    histories |= {f"s-{i}": f"엔업 2026 {status}" for i, status in enumerate(STATUSES)}
    histories |= {"old": "엔업 프로그램 2025 수행 중"}
    lines = [f"{identifier},가,{history}" for identifier, history in histories.items()]
    body = "\n".join(["기업 ID,기업명,지원 이력", *lines, ""])

    sent = client.post("/api/v1/imports?kind=startups&commit=true", data=body.encode(), content_type="text/csv")
    notes = sent.get_json()["notes"]
    found = [result(client.get(f"/api/v1/startups/{key}/eligibility?on={DAY}").get_json()) for key in histories]

    assert found == [*NAMES.values(), *STATUSES.values(), "pass"]
    assert [note["value"] for note in notes if note["code"] == "unnamed_program"] == ["나눔누리 육성"]


def test_a_write_by_the_api_notes_a_name_that_no_rule_knows(app: Flask) -> None:
    client = app.test_client()
    entries = [{"program_family": name, "year": 2026, "status": "running"} for name in ("나눔누리 육성", "엔업")]
    patch = {"If-Match": "*", "Content-Type": "application/merge-patch+json"}

    put = client.put("/api/v1/startups/w-1", json={"id": "w-1", "history": entries}).get_json()
    changed = client.patch("/api/v1/startups/w-1", data=json.dumps({"history": entries[1:]}), headers=patch).get_json()
    shown = client.get("/api/v1/startups/w-1").get_json()

    assert [(note["field"], note["value"], note["code"]) for note in put["notes"]] == [
        ("history", "나눔누리 육성", "unnamed_program")
    ]
    assert put["history"] == entries
    assert "notes" not in changed | shown


def test_a_name_that_a_stored_row_has_is_no_news_to_an_import_or_a_write(app: Flask) -> None:
    client = app.test_client()
    client.put(
        "/api/v1/programs/sharing-2026", json={"id": "sharing-2026", "family": "sharing", "name": "나눔누리 육성"}
    )
    entry = {"program_family": "나눔누리 육성", "year": 2026, "status": "running"}
    table = "기업 ID,지원 이력\nw-3,나눔누리 육성 2026 수행 중\n".encode()

    put = client.put("/api/v1/startups/w-2", json={"id": "w-2", "history": [entry]}).get_json()
    sent = client.post("/api/v1/imports?kind=startups&commit=true", data=table, content_type="text/csv").get_json()

    assert "notes" not in put
    assert [note for note in sent["notes"] if note["code"] == "unnamed_program"] == []


@pytest.mark.parametrize(("name", "expected"), NAMES.items())
def test_a_profile_sent_to_the_api_is_judged_by_the_names_it_holds(app: Flask, name: str, expected: str) -> None:
    profile = {"history": [{"program_family": name, "year": 2026, "status": "running"}]}

    answer = with_fabless(app).post(f"/api/v1/eligibility?on={DAY}", json=profile).get_json()

    assert result(answer) == expected


def test_the_command_says_the_same_of_a_stored_startup(settings: dict[str, str], tmp_path: Path) -> None:
    programs, startups = tmp_path / "programs.jsonl", tmp_path / "startups.csv"
    programs.write_text(json.dumps(rows.plain(BUNDLED[FABLESS]), ensure_ascii=False) + "\n", encoding="utf-8")
    startups.write_text("기업 ID,기업명,지원 이력\nh-1,마,엔업 프로그램 2026 수행 중\n", encoding="utf-8")
    for file in (programs, startups):
        assert CliRunner().invoke(cli, ["import", str(file)], env=settings).exit_code == 0

    shown = CliRunner().invoke(cli, ["eligibility", "startup", "h-1", "--on", DAY, "--json"], env=settings)

    assert result(json.loads(shown.stdout)) == "fail"


def test_the_command_checks_the_bundled_rows() -> None:
    files = [str(given.DATA / "programs" / f"{year}.jsonl") for year in (2025, 2026)]

    done = CliRunner().invoke(cli, ["programs", "check", *files, "--gaps", "--json"])

    assert done.exit_code == 0
    assert all(fact["is_explained"] for fact in json.loads(done.stdout))


IDS = {
    "new-1\u200b": "id_looks_alike",
    "n\u3164ew-1": "id_looks_alike",
    "ｎew-1": "id_looks_alike",
    "new‐1": "id_looks_alike",
    "other\u200b": "id_hidden",
    "new 1": None,
}


@pytest.mark.parametrize("side", ["startups", "programs"])
@pytest.mark.parametrize(("key", "code"), IDS.items())
def test_a_write_makes_no_id_that_looks_like_another(app: Flask, side: str, key: str, code: str | None) -> None:
    client = app.test_client()
    client.put(f"/api/v1/{side}/new-1", json={"id": "new-1"})

    sent = client.put(f"/api/v1/{side}/{quote(key)}", json={"id": key})

    assert sent.status_code == (422 if code else 201)
    assert [error["code"] for error in sent.get_json().get("errors", [])] == ([code] if code else [])
    assert (client.get(f"/api/v1/{side}/{quote(key)}").status_code == 200) == (code is None)


@pytest.mark.parametrize("key", ["..", ".", "2026/1"])
def test_no_write_makes_an_id_that_no_address_reaches(app: Flask, key: str) -> None:
    wired = app.extensions[KEY]

    for edit, record in ((wired.edit_startups, Startup(key)), (wired.edit_programs, Program(key))):
        with pytest.raises(BadData) as refused:
            edit.put(record, Precondition(), given.OPERATOR)
        assert [fault.code for fault in refused.value.faults] == ["id_unreachable"]


@pytest.mark.parametrize("side", ["startups", "programs"])
def test_a_record_that_has_such_an_id_already_can_still_be_written(app: Flask, side: str) -> None:
    key = "old\u200b"
    ImportProfiles(app.extensions[KEY].catalogue)(Brought((Startup(key),), (Program(key),)), given.OPERATOR)
    sent = app.test_client().put(
        f"/api/v1/{side}/{quote(key)}", json={"id": key, "name": "가"}, headers={"If-Match": "*"}
    )

    assert sent.status_code == 200


@pytest.mark.parametrize("side", ["startups", "programs"])
@pytest.mark.parametrize("form", ["csv", "jsonl", "json"])
def test_a_file_brings_no_id_that_looks_like_another(app: Flask, side: str, form: str) -> None:
    client = app.test_client()
    client.put(f"/api/v1/{side}/new-1", json={"id": "new-1"})
    keys = ["ｎew-1", "a/b", "x-1\u200b", "x-1"]
    rows_ = [{"id": key, "name": "가"} for key in keys]
    body = {
        "csv": "id,name\n" + "".join(f"{key},가\n" for key in keys),
        "jsonl": "".join(json.dumps(row) + "\n" for row in rows_),
        "json": json.dumps(rows_),
    }[form]
    sent = client.post(f"/api/v1/imports?kind={side}", data=body.encode(), content_type="text/csv").get_json()

    assert sorted(fault["code"] for fault in sent["faults"]) == ["duplicate_id", "id_looks_alike", "id_unreachable"]
    assert [note["code"] for note in sent["notes"]] == ["id_cleaned"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("124-81-00998", None),
        ("124-81-00999", "wrong_check_digit"),
        ("0000000000", "wrong_check_digit"),
        ("124-81-0099", "not_number_of_firm"),
    ],
)
def test_a_business_number_that_no_firm_can_have_is_refused_on_every_way_in(
    app: Flask, settings: dict[str, str], tmp_path: Path, number: str, code: str | None
) -> None:
    client, expected = app.test_client(), [code] if code else []
    merge = {"If-Match": "*", "Content-Type": "application/merge-patch+json"}
    client.put("/api/v1/startups/b-1", json={"id": "b-1"})
    put = client.put("/api/v1/startups/b-1", json={"id": "b-1", "business_number": number}, headers={"If-Match": "*"})
    patch = client.patch("/api/v1/startups/b-1", data=json.dumps({"business_number": number}), headers=merge)
    client.patch("/api/v1/startups/b-1", data=json.dumps({"business_number": None}), headers=merge)
    line = json.dumps({"id": "b-1", "business_number": number}) + "\n"
    lines = client.post("/api/v1/imports?kind=startups", data=line.encode(), content_type="text/csv").get_json()
    table = f"기업 ID,사업자등록번호\nb-1,{number}\n"
    cells = client.post("/api/v1/imports?kind=startups", data=table.encode(), content_type="text/csv").get_json()
    judged = client.post(f"/api/v1/eligibility?on={DAY}", json={"business_number": number}).get_json()
    (tmp_path / "startups.jsonl").write_text(line, encoding="utf-8")
    command = CliRunner().invoke(cli, ["import", str(tmp_path / "startups.jsonl")], env=settings)

    for answer in (put, patch):
        assert [fault["code"] for fault in answer.get_json().get("errors", [])] == expected
    for told in (lines, cells):
        assert [one["code"] for one in told["notes"] + told["faults"]] == expected
    checks = judged["programs"][0]["checks"]
    assert {c["result"] for c in checks if c["rule"] == "business_number"} == {"fail" if code else "pass"}
    assert command.exit_code == bool(code)


@pytest.mark.parametrize(
    "stated", [{"founded_on": "2024-03-04"}, {"founding_basis_on": "2026-03-04"}, {"previous_businesses": "converted"}]
)
def test_a_pre_founder_who_states_a_founding_is_refused_on_every_way_in(
    app: Flask, settings: dict[str, str], tmp_path: Path, stated: dict[str, object]
) -> None:
    client, (field,) = app.test_client(), stated
    business = {"entity": "sole_proprietor", "opened_on": "2020-01-02", "converted": True}
    facts = {"previous_businesses": [business]} if field == "previous_businesses" else stated
    client.put("/api/v1/startups/b-1", json={"id": "b-1", "entity": "pre_founder"})
    whole = {"id": "b-1", "entity": "pre_founder", **facts}
    line = json.dumps(whole) + "\n"
    (tmp_path / "startups.jsonl").write_text(line, encoding="utf-8")
    merge = {"If-Match": "*", "Content-Type": "application/merge-patch+json"}

    put = client.put("/api/v1/startups/b-1", json=whole, headers={"If-Match": "*"})
    patch = client.patch("/api/v1/startups/b-1", data=json.dumps(facts), headers=merge)
    lines = client.post("/api/v1/imports?kind=startups", data=line.encode(), content_type="text/csv")
    command = CliRunner().invoke(cli, ["import", str(tmp_path / "startups.jsonl")], env=settings)

    for faults in (put.get_json()["errors"], patch.get_json()["errors"], lines.get_json()["faults"]):
        assert [(fault["field"], fault["code"]) for fault in faults] == [(field, "founded_pre_founder")]
    assert "예비창업자로 적혀 있어 이 값과 맞지 않습니다" in command.output
    founded = client.put("/api/v1/startups/b-1", json={**whole, "entity": "corporation"}, headers={"If-Match": "*"})
    assert founded.status_code == 200


def test_a_pre_founder_stored_with_a_founding_day_can_still_be_edited(app: Flask) -> None:
    catalogue = app.extensions[KEY].catalogue
    before = rows.startup({"id": "b-1", "entity": "pre_founder", "founded_on": "2024-03-04"})

    with catalogue.database.reading() as connection:
        firms = Firms(catalogue, lambda: Codes.from_folder(VOCABULARIES).regions)
        faults = firms.faults(connection, replace(before, name="가나"), before)

    assert faults == []
