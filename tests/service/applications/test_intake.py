"""What applicants' lists state lands on the application or the firm, by every door, and comes back from an export."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from flask import Flask
from typer.testing import CliRunner

from service.cli import cli
from service.identity import UserRole
from service.wired import KEY
from tests.service import given
from tests.service.applications.test_applicants import PROGRAMS, bring, number, sheet, stored

HEADINGS = (
    *(
        "접수번호",
        "기업명",
        "사업자등록번호",
        "사업장 소재지",
        "창업아이템명",
        "대표자 유형",
        "지원분야",
        "주관기관",
        "과제번호",
    ),
    *("평가점수", "가점"),
)
ROW = (
    1,
    "한빛팹리스",
    number(7),
    "강원특별자치도 춘천시",
    "저전력 칩",
    "공동대표",
    "반도체",
    "부산센터",
    "P-7",
    "87.5점",
    3,
)
OF_APPLICATION = {
    "number": "1",
    "item": "저전력 칩",
    "representative_type": "공동대표",
    "track": "반도체",
    "host": "부산센터",
    "project_number": "P-7",
    "score": 87.5,
    "bonus": 3,
}


def by_the_api(app: Flask, _: Path, rows: Sequence[Sequence[object]]) -> None:
    assert bring(app, sheet(*rows, headings=HEADINGS)).status_code == 201


def by_a_workbook(app: Flask, _: Path, rows: Sequence[Sequence[object]]) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        one = workbook.add_worksheet("신청자")
        for line, row in enumerate((HEADINGS, *rows)):
            one.write_row(line, 0, row)
    query = {"commit": "true", "kind": "applications", "program": PROGRAMS[0], "name": "접수목록.xlsx"}
    assert app.test_client().post("/api/v1/imports", query_string=query, data=out.getvalue()).status_code == 201


def by_the_command_line(app: Flask, home: Path, rows: Sequence[Sequence[object]]) -> None:
    file = home / "접수목록.csv"
    file.write_bytes(sheet(*rows, headings=HEADINGS))
    options = ["import", str(file), "--as", "applications", "--program", PROGRAMS[0]]
    done = CliRunner(env={"IEUM_HOME": str(home)}).invoke(cli, options)
    assert done.exit_code == 0, done.output


def by_the_console(app: Flask, _: Path, rows: Sequence[Sequence[object]]) -> None:
    client = given.acting(app, UserRole.OPERATOR)
    file = (io.BytesIO(sheet(*rows, headings=HEADINGS)), "접수목록.csv")
    form = {"file": file, "kind": "applications", "program": PROGRAMS[0]}
    preview = client.post("/console/ko/imports", data=form, content_type="multipart/form-data")
    assert preview.status_code == 303, preview.text
    assert client.post(preview.location).status_code in (200, 303)


@pytest.mark.parametrize("door", [by_the_api, by_a_workbook, by_the_command_line, by_the_console])
def test_every_column_lands_where_it_belongs_by_every_door(app: Flask, tmp_path: Path, door: Any) -> None:
    door(app, tmp_path, [ROW])
    [one] = stored(app)
    firm = app.extensions[KEY].startups.one(one.record.startup_id).record

    assert {name: getattr(one.record, name) for name in OF_APPLICATION} == OF_APPLICATION
    assert (firm.region, firm.name, firm.business_number) == ("51110", "한빛팹리스", number(7))


def test_the_page_and_the_answer_show_them(app: Flask) -> None:
    by_the_api(app, Path(), [ROW])
    client = given.acting(app, UserRole.MANAGER)
    [item] = client.get("/api/v1/applications").get_json()["items"]
    page = client.get(f"/console/ko/applications/{item['id']}").text

    assert {name: item[name] for name in OF_APPLICATION} == OF_APPLICATION
    for said in ("저전력 칩", "공동대표", "반도체", "부산센터", "P-7", "87.5", "춘천시"):
        assert said in page, said


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_comes_back_without_a_change(app: Flask, form: str) -> None:
    more = (2, "서울바이오", number(8), "", "약; 주사", "", "", "", "", "", 0.5)
    by_the_api(app, Path(), [ROW, more])
    before = stored(app)
    taken = given.acting(app, UserRole.MANAGER).post("/console/ko/applications", data={"reason": "점검", "form": form})
    query = {"commit": "true", "kind": "applications", "name": f"신청.{form}"}
    again = app.test_client().post("/api/v1/imports", query_string=query, data=taken.data).get_json()

    assert (again["counts"]["same"], again["counts"]["changed"], again["counts"]["added"]) == (2, 0, 0), again
    assert [one.record for one in stored(app)] == [one.record for one in before]


@pytest.mark.parametrize("said", ["여성기업 우대", "3점(수상)", "1O", "-3"])
def test_points_that_are_no_clear_number_are_told_and_the_rest_is_taken(app: Flask, said: str) -> None:
    by_the_api(app, Path(), [ROW])
    answer = bring(app, sheet((*ROW[:-1], said), headings=HEADINGS)).get_json()
    [one] = stored(app)

    assert [(note["code"], note["field"], note["value"]) for note in answer["notes"]] == [
        ("left_unknown", "bonus", said)
    ]
    assert one.record == replace(one.record, **OF_APPLICATION)


CERTIFICATE = {
    "brno": f"{number(7)[:3]}-{number(7)[3:5]}-{number(7)[5:]}",
    "ntrp_nm": "한빛팹리스 주식회사",
    "repr_nm": "김대표",
    "confmdoc_isu_no": "제202608-28423-0093794호",
    "confmdoc_isu_dt": "2026-08-06",
    "confmdoc_expr_dt": "2029-08-06",
}


def answered(*items: dict[str, str], form: str = "json") -> bytes:
    """What the start-up certificate service answers."""
    if form == "xml":
        parts = ("".join(f"<{key}>{value}</{key}>" for key, value in item.items()) for item in items)
        listed = "".join(f"<item>{part}</item>" for part in parts)
        head = "<header><resultCode>00</resultCode></header>"
        return f"<response>{head}<body><items>{listed}</items></body></response>".encode()
    return json.dumps({"response": {"header": {"resultCode": "00"}, "body": {"items": {"item": items}}}}).encode()


class TestCertificates:
    """Answers of the start-up certificate service fill number and expiry; what they don't say stays as it is stored."""

    @pytest.mark.parametrize("form", ["json", "xml"])
    def test_number_and_expiry_are_filled_and_the_rest_is_told(self, app: Flask, form: str) -> None:
        by_the_api(app, Path(), [ROW])
        identifier = stored(app)[0].record.startup_id
        known = {"founding_basis_on": "2026-06-01", "founded_on": "2026-05-01"}
        client = app.test_client()
        assert client.patch(f"/api/v1/startups/{identifier}", json=known, headers={"If-Match": "*"}).status_code == 200
        query = {"commit": "true", "name": f"확인서.{form}"}
        answer = client.post("/api/v1/imports", query_string=query, data=answered(CERTIFICATE, form=form)).get_json()
        firm = app.extensions[KEY].startups.one(identifier).record

        assert answer["counts"]["changed"] == 1, answer
        assert firm.founding_certificate == "제202608-28423-0093794호"
        assert firm.founding_certificate_until == date(2029, 8, 6)
        assert (firm.founding_basis_on, firm.name) == (date(2026, 6, 1), "한빛팹리스")
        assert {column["heading"] for column in answer["sources"][0]["columns"] if not column["field"]} == {
            "ntrp_nm",
            "repr_nm",
            "confmdoc_isu_dt",
        }

    def test_a_day_that_is_none_and_a_wrong_number_are_refused(self, app: Flask) -> None:
        wrong = ({**CERTIFICATE, "confmdoc_expr_dt": "2029-13-06"}, {**CERTIFICATE, "brno": "222-33-44444"})
        query = {"commit": "true", "name": "확인서.json"}
        answer = app.test_client().post("/api/v1/imports", query_string=query, data=answered(*wrong)).get_json()

        assert [(fault["code"], fault["field"]) for fault in answer["errors"]] == [
            ("not_day", "founding_certificate_until"),
            ("wrong_check_digit", "business_number"),
        ]
