"""A round in Excel: out as committees use it, back with evaluators' scores, and lists of interests."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from service.identity import Scope, UserRole
from service.storage.rounds.round_tables import scorings
from service.wired import KEY, Wired
from tests.service import given
from tests.service.rounds.test_rounds import OPEN_CALLS, start

XLSX = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
FIRST_EVALUATOR = 12


def taken(client: FlaskClient, identifier: str, language: str = "ko", **query: object) -> TestResponse:
    path = f"/api/v1/rounds/{identifier}/export.xlsx"
    return client.get(path, query_string=query, headers={"Accept-Language": language})


def exported(client: FlaskClient, identifier: str, **query: object) -> bytes:
    answer = taken(client, identifier, reason="평가위원회 배부", **query)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data()


def sheets(raw: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def book(tables: dict[str, list[list[Any]]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        for name, rows in tables.items():
            sheet = made.add_worksheet(name)
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
    return out.getvalue()


def filled_in(raw: bytes, score: Any, evaluators: int = 2) -> bytes:
    """Let the first evaluators score everybody; `score` gives the points by line and evaluator."""
    tables = sheets(raw)
    for rows in tables.values():
        if rows[0][0] == "프로그램 ID" and len(rows[0]) > FIRST_EVALUATOR:
            for line, row in enumerate(rows[1:]):
                for number in range(evaluators):
                    row[FIRST_EVALUATOR + number] = score(line, number)
    return book(tables)


def combined(client: FlaskClient, identifier: str, raw: bytes, query: str = "") -> dict[str, Any]:
    answer = client.post(f"/api/v1/rounds/{identifier}/scores{query}", data=raw, headers=XLSX)
    return dict(answer.get_json())


def test_the_workbook_prints_across_with_titles_on_each_page_and_no_codes(client: FlaskClient, tmp_path: Path) -> None:
    raw = exported(client, start(client)["id"])
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        listed = sorted(name for name in parts.namelist() if name.startswith("xl/worksheets/sheet"))
        sheet, names = parts.read(listed[1]).decode(), parts.read("xl/workbook.xml").decode()
        fonts = parts.read("xl/styles.xml").decode()
    (tmp_path / "round.xlsx").write_bytes(raw)

    assert 'orientation="landscape"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert "fitToPage" in sheet
    assert "&amp;P / &amp;N" in sheet
    assert 'type="decimal"' in sheet
    assert re.findall(r'<col min="1" max="2"[^>]*hidden="1"', sheet)
    assert names.count("Print_Titles") == len(listed)
    assert "맑은 고딕" in fonts
    office = shutil.which("soffice")
    if office:
        pdf = paper(office, tmp_path / "round.xlsx")
        assert re.search(rb"/MediaBox ?\[ ?0 0 (84\d|842)\S* 59\d", pdf)  # A4 across


def paper(office: str, book: Path) -> bytes:
    """What LibreOffice prints of a workbook, as PDF."""
    home = f"-env:UserInstallation=file://{book.parent}/office"
    command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(book.parent), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return book.with_suffix(".pdf").read_bytes()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_answers_and_workbook_name_programs_in_the_language_asked(client: FlaskClient, language: str) -> None:
    own, other = ("name", "name_en") if language == "ko" else ("name_en", "name")
    called = {
        program.id: getattr(program, own) or getattr(program, other)
        for program in given.programs()
        if program.id in OPEN_CALLS
    }
    path = f"/api/v1/rounds/{start(client)['id']}"
    lists = client.get(path, headers={"Accept-Language": language}).get_json()["lists"]
    summary, *_ = sheets(taken(client, path.rsplit("/")[-1], language, reason="확인").get_data()).values()

    assert {one["program"]["id"]: one["program"]["name"] for one in lists} == called
    assert {row[0]: row[1] for row in summary if row[0] in called} == called


def test_a_workbook_has_a_sheet_for_each_program_with_empty_columns_for_evaluators(client: FlaskClient) -> None:
    found = start(client)
    tables = sheets(exported(client, found["id"], evaluators=3))

    own = [rows for rows in tables.values() if "위원 1" in rows[0]]
    assert len(own) == len(OPEN_CALLS)
    for rows, one in zip(own, found["lists"], strict=True):
        listed = [*one["shortlist"], *one["reserve"]]
        assert rows[0][FIRST_EVALUATOR:] == ["위원 1", "위원 2", "위원 3", "평가 의견"]
        assert [row[1] for row in rows[1 : len(listed) + 1]] == [place["startup"]["id"] for place in listed]
        assert all(cell == "" for row in rows[1:] for cell in row[FIRST_EVALUATOR:])


def test_the_same_round_gives_the_same_workbook(client: FlaskClient) -> None:
    found = start(client)

    assert exported(client, found["id"]) == exported(client, found["id"])


def test_a_workbook_is_taken_for_a_reason_that_goes_on_record(client: FlaskClient) -> None:
    found = start(client)
    refused, answer = taken(client, found["id"]), taken(client, found["id"], reason="평가위원회 배부")
    wired: Wired = client.application.extensions[KEY]
    with wired.catalogue.database.reading() as connection:
        last = list(wired.catalogue.audit.rows(connection))[-1]

    assert (refused.status_code, answer.status_code) == (422, 200)
    assert (last.event, last.subject) == ("export", found["id"])
    assert "평가위원회 배부" in last.details


@pytest.mark.parametrize("scopes", [{Scope.ROUNDS}, {Scope.EXPORT}])
def test_a_workbook_takes_both_scopes(client: FlaskClient, scopes: set[Scope]) -> None:
    found = start(client)
    limited = client.application.test_client(key=given.key(client.application, UserRole.MANAGER, scopes))

    assert taken(limited, found["id"], reason="확인").get_json()["code"] == "forbidden"


def test_scores_come_back_combined_by_the_stated_weights(client: FlaskClient) -> None:
    found = start(client)
    raw = filled_in(exported(client, found["id"]), lambda line, number: 60 + line + 10 * number)

    answer = combined(client, found["id"], raw, "?machine=50")

    assert answer["refused"] == []
    base = {(o["program"]["id"], p["startup"]["id"]): p["base"] for o in found["lists"] for p in o["shortlist"]}
    for one in answer["combined"]:
        scores = one["scores"].values()
        assert one["mean"] == pytest.approx(sum(scores) / len(scores))
        key = (one["program_id"], one["startup"]["id"])
        if key in base:
            assert one["combined"] == pytest.approx((one["mean"] + base[key]) / 2, abs=0.0001)
    finals = [one["final"] for one in answer["combined"] if one["program_id"] == OPEN_CALLS[0]]
    assert finals == sorted(finals, reverse=True)


def test_a_workbook_says_why_each_listed_startup_has_its_score(client: FlaskClient) -> None:
    found = start(client)
    own = [rows for rows in sheets(exported(client, found["id"])).values() if "위원 1" in rows[0]]
    listed = [row for rows in own for row in rows[1:] if row[2] == "선발"]

    assert listed
    for row in listed:
        points = [float(line.split(" ", 1)[0]) for line in row[10].splitlines()]
        assert sum(points) == pytest.approx(row[6], abs=0.0501)  # points are shown to a tenth
        assert all(line.endswith(".") for line in row[10].splitlines())


def test_scores_are_kept_with_who_brought_them_and_the_files_digest(app: Flask) -> None:
    client = app.test_client()
    found = start(client)
    before = client.get(f"/api/v1/rounds/{found['id']}").get_data()
    raw = filled_in(exported(client, found["id"]), lambda line, _: 60 + line)
    sent, again = (client.post(f"/api/v1/rounds/{found['id']}/scores", data=raw, headers=XLSX) for _ in range(2))
    listed = client.get(f"/api/v1/rounds/{found['id']}/scores").get_json()["items"]

    assert (sent.status_code, again.status_code) == (201, 200)
    assert sent.get_data() == again.get_data()
    # What was left out may name startups, and a scoring is never changed: what it said is in the first answers alone.
    kept = client.get(sent.headers["Location"]).get_json()
    assert kept == {**sent.get_json(), "notes": [{**note, "value": ""} for note in sent.get_json()["notes"]]}
    assert [one["file_digest"] for one in listed] == [hashlib.sha256(raw).hexdigest()]
    assert listed[0]["by"]
    assert client.get(f"/api/v1/rounds/{found['id']}").get_data() == before


def test_keeping_scores_leaves_a_row_in_the_audit_trail_and_can_not_be_undone(app: Flask) -> None:
    wired: Wired = app.extensions[KEY]
    client = app.test_client()
    found = start(client)
    combined(client, found["id"], filled_in(exported(client, found["id"]), lambda *_: 70))
    with wired.catalogue.database.reading() as connection:
        last = list(wired.catalogue.audit.rows(connection))[-1]

    assert (last.event, last.subject) == ("score_round", found["id"])
    for statement in (delete(scorings), update(scorings).values(scores="[]")):
        with pytest.raises(DBAPIError), wired.catalogue.database.writing() as connection:
            connection.execute(statement)


def test_scores_of_another_number_are_not_found(client: FlaskClient) -> None:
    answer = client.get(
        f"/api/v1/rounds/{start(client)['id']}/scores/999999"
    )  # others' tests keep scores of this round too

    assert answer.get_json()["code"] == "scoring_not_found"


def test_the_highest_and_lowest_are_left_out_when_asked(client: FlaskClient) -> None:
    found = start(client)
    raw = filled_in(exported(client, found["id"]), lambda _, number: (0, 70, 80, 100)[number], evaluators=4)

    answer = combined(client, found["id"], raw, "?drop=extremes")

    assert {one["mean"] for one in answer["combined"]} == {75.0}


def test_a_score_of_somebody_recused_does_not_count(client: FlaskClient) -> None:
    first = start(client)["lists"][0]["shortlist"][0]["startup"]["id"]
    interest = {"evaluator": "위원 1", "startup_id": first, "reason": "임원"}
    found = start(client, terms={"interests": [interest]})
    raw = filled_in(exported(client, found["id"]), lambda *_: 70)

    answer = combined(client, found["id"], raw)

    assert {(one["startup_id"], one["evaluator"], one["code"]) for one in answer["refused"]} == {
        (first, "위원 1", "recused")
    }
    assert all("위원 1" not in one["scores"] for one in answer["combined"] if one["startup"]["id"] == first)


def test_scores_out_of_range_and_missing_ones_are_named_by_their_place(client: FlaskClient) -> None:
    found = start(client)
    raw = filled_in(exported(client, found["id"]), lambda line, _: 101 if line == 0 else "" if line == 1 else 50)

    codes = {one["code"] for one in combined(client, found["id"], raw)["refused"]}

    assert codes == {"out_of_range", "missing"}


@pytest.mark.parametrize(("score", "code"), [(lambda *_: "좋음", "score_not_a_number"), (lambda *_: "", "no_scores")])
def test_a_file_without_scores_is_refused(client: FlaskClient, score: Any, code: str) -> None:
    found = start(client)

    assert combined(client, found["id"], filled_in(exported(client, found["id"]), score))["code"] == code


def test_a_file_that_is_no_workbook_is_refused(client: FlaskClient) -> None:
    assert combined(client, start(client)["id"], b"PK\x03\x04 nothing")["code"] == "file_broken"


def test_interests_are_read_by_id_or_name_whatever_the_legal_form(client: FlaskClient) -> None:
    one, other = given.startups()[:2]
    rows = [
        ["위원", "기업", "사유"],
        ["김평가", one.id, "임원"],
        ["이평가", f"㈜ {other.name}", "투자"],
        ["박평가", "없는기업", "x"],
    ]

    answer = client.post("/api/v1/rounds/interests", data=book({"제척": rows}), headers=XLSX).get_json()

    assert [(i["evaluator"], i["startup_id"]) for i in answer["interests"]] == [
        ("김평가", one.id),
        ("이평가", other.id),
    ]
    assert [line["startup"] for line in answer["unmatched"]] == ["없는기업"]


def test_a_file_without_a_list_of_interests_is_refused(client: FlaskClient) -> None:
    answer = client.post("/api/v1/rounds/interests", data=book({"a": [["x"], ["y"]]}), headers=XLSX)

    assert answer.get_json()["code"] == "no_interests"
