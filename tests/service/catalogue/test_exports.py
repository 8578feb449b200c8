"""Exports: files to open and to bring back, each with the reason for which it was taken, on record."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.identity import UserRole
from service.wired import KEY, Wired
from tests.service import given
from tests.service.test_cli import home, ieum
from tests.support.workbooks import sheets

__all__ = ["home"]

BASE = "/api/v1/exports"
WHY = "reason=2026년 2차 평가"
LISTS = ("startups/s-0001/matches", "programs/nup-2026/candidates")
OTHER = dict(zip(LISTS, ("program", "startup"), strict=True))  # whose record an entry of a list shows


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("kind", ["startups", "programs"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_exported_changes_nothing_when_it_is_imported(app: Flask, kind: str, form: str) -> None:
    client = app.test_client()
    taken = client.get(f"{BASE}/{kind}.{form}?{WHY}")
    again = client.post(f"/api/v1/imports?commit=true&kind={kind}", data=taken.data, content_type="text/csv")

    assert (taken.status_code, taken.headers["Cache-Control"]) == (200, "no-store")
    assert f".{form}" in taken.headers["Content-Disposition"]
    counts = again.get_json()["counts"]
    assert (counts["added"], counts["changed"], counts["faulty"]) == (0, 0, 0)


@pytest.mark.parametrize("path", [f"{BASE}/{part}" for part in ("startups.csv", *(f"{one}.csv" for one in LISTS))])
@pytest.mark.parametrize("query", ["", "reason=", "reason=%20", f"reason={'x' * 501}"])
def test_no_export_goes_without_a_reason(client: FlaskClient, path: str, query: str) -> None:
    answer = client.get(f"{path}?{query}")

    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, "reason")


def test_each_export_leaves_its_reason_on_record(app: Flask) -> None:
    app.test_client().get(f"{BASE}/startups.csv?{WHY}")
    wired: Wired = app.extensions[KEY]
    with wired.catalogue.database.reading() as connection:
        rows = [row for row in wired.catalogue.audit.rows(connection) if row.event == "export"]

    assert len(rows) == 1
    assert "2026년 2차 평가" in rows[0].details
    assert '"rows":24' in rows[0].details


@pytest.mark.parametrize("what", LISTS)
def test_a_ranked_list_says_what_it_rests_on(client: FlaskClient, what: str) -> None:
    taken = sheets(client.get(f"{BASE}/{what}.xlsx?{WHY}&limit=5&on=2026-02-02").data)
    found, known, about = taken.values()
    answer = client.get(f"/api/v1/{what}?limit=5&on=2026-02-02").get_json()
    told = {str(label): value for label, value in about}

    assert [row[4] for row in found[1:]] == [match["score"] for match in answer[what.rpartition("/")[2]]]
    assert [row[0] for row in known[1:]] == [pair[OTHER[what]]["id"] for pair in answer["known"]]
    assert (told["추천 모델 버전"], told["추천 결과 ID"]) == (answer["model_version"], answer["run_id"])
    assert told["내려받은 사유"] == "2026년 2차 평가"
    assert "인공지능" in " ".join(str(value) for _, value in about)


def test_the_points_of_a_list_add_up_to_its_scores(client: FlaskClient) -> None:
    rows = table(client.get(f"{BASE}/{LISTS[0]}.csv?{WHY}", headers={"Accept-Language": "en"}).data)
    points = [sum(float(row[name] or 0) for name in list(row)[6:-1]) for row in rows]

    assert points == pytest.approx([float(row["Score"]) for row in rows])


def test_headings_are_in_the_readers_language(client: FlaskClient) -> None:
    for language, heading in (("ko", "기업명"), ("en", "Name")):
        taken = client.get(f"{BASE}/startups.csv?{WHY}", headers={"Accept-Language": language})

        assert heading in table(taken.data)[0]


@pytest.mark.parametrize("path", ["startups.pdf", "startups/s-0001/matches.jsonl"])
def test_an_unknown_form_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"{BASE}/{path}?{WHY}").get_json()["code"] == "export_form_unknown"


def test_decisions_are_exported_with_their_reasons(app: Flask) -> None:
    client = app.test_client()
    body = {"program_id": "nup-2026", "startup_id": "s-0001", "action": "shortlisted", "reason": "=기술 적합"}
    client.post("/api/v1/decisions", json=body, headers={"Idempotency-Key": "key-0001-decision", "If-None-Match": "*"})
    (row,) = table(client.get(f"{BASE}/decisions.csv?{WHY}").data)

    assert (row["기업 ID"], row["사유"], row["결정자"]) == ("s-0001", "'=기술 적합", "시험 admin")


def test_whoever_only_looks_may_not_take_away(app: Flask) -> None:
    viewer = given.acting(app, UserRole.VIEWER)
    bound = given.acting(app, UserRole.MANAGER, programs=["majung-2026"])

    assert viewer.get(f"{BASE}/startups.csv?{WHY}").status_code == 403
    assert bound.get(f"{BASE}/programs/nup-2026/candidates.csv?{WHY}").status_code == 403


def test_a_report_can_be_taken_as_a_workbook(app: Flask) -> None:
    client = app.test_client()
    made = client.post("/api/v1/imports", data="id,직원 수\na,=많음\n".encode(), content_type="text/csv")
    taken = sheets(client.get(f"{made.headers['Location']}/report.xlsx").data)
    heads, row = next(iter(taken.values()))

    assert dict(zip(heads, row, strict=True))["파일에 있던 값"] == "=많음"
    assert (row[1], row[2]) == (2.0, "종업원 수")


@pytest.mark.parametrize("form", ["jsonl", "csv", "xlsx"])
def test_the_command_line_exports_what_it_imports(home: Path, form: str) -> None:
    ieum(home, "import", given.DATA / "sample" / "startups.jsonl")
    ieum(home, "export", "startups", home / f"startups.{form}", "--format", form, "--reason", "점검")

    assert "0 new, 0 changed, 284 as before" in ieum(home, "import", home / f"startups.{form}").stdout
