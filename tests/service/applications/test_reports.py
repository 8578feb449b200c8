"""The report for a day: the same cells whenever it is made, whatever came after; no day that isn't on record."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from service.actions.records.erase import Erase
from service.actions.records.retain import Retain
from service.cli import applications as command
from service.cli.wire import opening
from service.identity import SHELL, UserRole
from service.storage.matching.registry import Registry
from service.storage.repositories import open_records
from service.wired import KEY, Wired
from tests.service import given
from tests.service.applications.test_applicants import bring, number, sheet
from tests.service.applications.test_desk import PAPER, PROGRAM, listing, one, record, select

HEADINGS = ("접수번호", "기업명", "사업자등록번호", "사업장 소재지", "대표자 성별", "개업연월일", "창업아이템명")
FIRST = datetime(2026, 2, 2, 3, tzinfo=UTC)
DAY = "2026-02-02"
PAST = {"program_family": "tips", "year": 2024, "status": "completed"}


class Clock:
    """The present moment, which a test moves on."""

    now = FIRST

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(registry: Registry, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    with given.running(tmp_path, registry, clock=clock) as made:
        yield made


@pytest.fixture
def manager(app: Flask) -> FlaskClient:
    return given.acting(app, UserRole.MANAGER)


@pytest.fixture
def year(app: Flask, manager: FlaskClient) -> list[str]:
    """Three applications: one agreed with a result, one rejected, one that a person found failing; by id."""
    rows = [
        (1, "가나테크", number(61), "서울특별시 강남구", "여성", "2022-03-01", "칩"),
        (2, "다라소프트", number(62), "부산광역시 해운대구", "남", "2025-06-01", "앱"),
        (3, "마바랩", number(63), "", "", "", "약"),
    ]
    assert bring(app, sheet(*rows, headings=HEADINGS), PROGRAM.id).status_code == 201
    items = manager.get("/api/v1/applications").get_json()["items"]
    ids = [item["id"] for item in sorted(items, key=lambda item: item["number"])]
    firms = [one(manager, each)["application"]["startup_id"] for each in ids]
    body = {"history": [PAST, {**PAST, "program_family": "nup"}]}
    patched = app.test_client().patch(f"/api/v1/startups/{firms[0]}", json=body, headers={"If-Match": "*"})
    assert patched.status_code == 200
    select(manager, firms[0])
    money = {"grant_krw": 80_000_000, "cash_krw": 8_000_000, "tier": "special"}
    for step, details in (("agreed", money), ("completed", {}), ("result", {"year": 2026, "contract": True})):
        assert record(manager, ids[:1], "step", step, reason="확인", **details).status_code == 201
    decided = {"program_id": PROGRAM.id, "startup_id": firms[1], "action": "rejected", "reason": "최저점 미달"}
    headers = {"Idempotency-Key": "rejected-once-here", "If-None-Match": "*"}
    assert manager.post("/api/v1/decisions", json=decided, headers=headers).status_code == 201
    code = next(line["code"] for line in one(manager, ids[2])["requirements"])
    record(manager, ids[2:], "check", code, "failed", remark="사본이 다름")
    return ids


def report(client: FlaskClient, on: str = DAY) -> dict[str, list[list[Any]]]:
    answer = client.get("/api/v1/reports", query_string={"on": on})
    assert answer.status_code == 200, answer.get_json()
    return {table["name"]: table["rows"] for table in answer.get_json()["tables"]}


def cells(client: FlaskClient, on: str = DAY) -> list[Any]:
    """Every cell of the workbook but those of the sheet that says who took it and when."""
    answer = client.get("/api/v1/reports.xlsx", query_string={"on": on, "reason": "국정감사 요구"})
    return read(answer.data)


def read(raw: bytes) -> list[Any]:
    """The cells of a workbook's sheets but the last."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    return [(name, book.get_sheet_by_name(name).to_python()) for name in book.sheet_names[:-1]]


def test_it_counts_by_every_dimension_and_names_what_excluded_whom(manager: FlaskClient, year: list[str]) -> None:
    tables = report(manager)
    results = {(row[0], row[1]): row[2:] for row in tables["선정과 탈락"]}

    assert results["전체", "모두"] == [3, 1, 0, 0, 1, 0, 1]
    assert results["대표자 성별", "여성"] == [1, 1, 0, 0, 0, 0, 0]
    assert results["대표자 성별", "미확인"] == [1, 0, 0, 0, 0, 0, 1]
    assert results["권역", "비수도권"] == [1, 0, 0, 0, 1, 0, 0]
    assert results["시도", "서울특별시"][:2] == [1, 1]
    assert results["업력", "1년 미만"][0] == 1
    assert {row[0] for row in tables["선정과 탈락"]} >= {"투자 단계", "협업기업", "사업 연도"}
    assert [row[2] for row in tables["기업별 반복 지원"]] == [3]
    assert [row[:3] for row in tables["지역 구분별 사업비"]] == [["특별지역", 1, 80_000_000]]
    assert [row[1:] for row in tables["협업기업별 계약"]] == [["2026", 1, 1]]
    excluded = {(row[0], row[6]): row[7] for row in tables["제외와 그 요건"] if row[6] != "자료"}
    assert excluded[year[2], "담당자"] == "사본이 다름"
    assert "최저점 미달" in excluded.values()
    assert all(row[4] for row in tables["제외와 그 요건"])


def test_a_past_day_is_told_the_same_whatever_came_after(
    app: Flask, manager: FlaskClient, year: list[str], clock: Clock
) -> None:
    operator = app.test_client()
    shown = report(manager), cells(manager), page(manager)
    firms = [one(manager, each)["application"]["startup_id"] for each in year]
    clock.now += timedelta(days=1)
    again = [(1, "새이름", number(61), "제주특별자치도 제주시", "남", "2010-01-01", "다른 아이템")]
    bring(app, sheet(*again, headings=HEADINGS), PROGRAM.id)
    bring(app, sheet((9, "늦은기업", number(64), "", "", "", "늦음"), headings=HEADINGS), PROGRAM.id)
    operator.patch(f"/api/v1/programs/{PROGRAM.id}", json={"partner": "다른 협업기업"}, headers={"If-Match": "*"})
    listing(app, ("마바랩", number(63)))
    record(manager, year[:1], "step", "result", reason="확인", year=2027, contract=True)
    record(manager, year[2:], "check", one(manager, year[2])["requirements"][0]["code"], "confirmed", **PAPER)
    select(manager, firms[2])
    given.acting(app, UserRole.OPERATOR).post(
        f"/api/v1/startups/{firms[0]}/merges", json={"gone": firms[1], "reason": "같은 법인"}
    )
    clock.now += timedelta(days=1)

    assert (report(manager), cells(manager), page(manager)) == shown
    later = report(manager, "2026-02-03")
    assert later["선정과 탈락"][0][2:4] == [4, 3]
    assert any("환수금 미납" in str(row) for row in later["제외와 그 요건"])
    assert "환수금 미납" not in str(shown)


def page(client: FlaskClient) -> str:
    """What the page shows of the day."""
    text = client.get("/console/ko/reports", query_string={"on": DAY}).text
    return text[text.index('<h2 id="part-1"') : text.index('<details class="export"')]


def test_an_erased_firm_goes_on_being_counted_without_its_name(
    app: Flask, manager: FlaskClient, year: list[str], clock: Clock
) -> None:
    wired: Wired = app.extensions[KEY]
    startup = one(manager, year[1])["application"]["startup_id"]
    clock.now += timedelta(days=1)
    rows = [(2, "다라소프트", number(62), "대구광역시 중구", "여", "2025-06-01", "앱")]
    bring(app, sheet(*rows, headings=HEADINGS), PROGRAM.id)
    Erase(wired.catalogue, open_records(clock))(startup, "요청", SHELL)
    tables = report(manager)

    assert tables["선정과 탈락"][0][2:] == [3, 1, 0, 0, 1, 0, 1]
    assert "다라소프트" not in str(tables)
    assert wired.verify_audit().broken is None


@pytest.mark.parametrize(("on", "code"), [("2026-02-03", "day_to_come"), ("2025-12-31", "day_not_recorded")])
def test_a_day_that_is_not_on_record_is_refused(manager: FlaskClient, on: str, code: str) -> None:
    answer = manager.get("/api/v1/reports", query_string={"on": on})

    assert answer.get_json()["code"] == code
    assert manager.get("/console/ko/reports", query_string={"on": on}).status_code == 200


def test_a_day_whose_states_had_their_time_is_refused_and_later_ones_stay(
    app: Flask, manager: FlaskClient, clock: Clock
) -> None:
    wired: Wired = app.extensions[KEY]
    days = ("2018-03-05", "2018-03-06", "2018-03-07")
    for place, day in enumerate(days):
        clock.now = datetime.fromisoformat(f"{day}T03:00:00+00:00")
        row = (1, f"이름{place}", number(61), "서울특별시 강남구", "여성", "2017-03-01", "칩")
        bring(app, sheet(row, headings=HEADINGS), PROGRAM.id)
        manager.get(f"/api/v1/startups/{given.startups()[0].id}/matches")
    clock.now = FIRST
    shown = [report(manager, day) for day in days[2:]]
    manager.get(f"/api/v1/startups/{given.startups()[0].id}/matches")
    swept = Retain(wired.catalogue, open_records(clock), wired.settings, clock).apply(SHELL)
    gone = [manager.get("/api/v1/reports", query_string={"on": day}).get_json() for day in days[:2]]
    told = [manager.get(f"/console/{language}/reports?on={days[0]}").text for language in ("ko", "en")]

    assert swept.earlier > 0
    assert [answer["code"] for answer in gone] == ["day_not_recorded"] * 2
    assert [report(manager, day) for day in days[2:]] == shown
    assert all("2018-03-07" in answer["advice"] for answer in gone)
    assert "보존 기간이 지나" in told[0]
    assert "retention" in told[1]
    assert wired.verify_audit().broken is None


def test_whoever_is_bound_sees_their_programs_alone(app: Flask, manager: FlaskClient, year: list[str]) -> None:
    other = next(p.id for p in given.programs() if p.is_ranked and p.id != PROGRAM.id)
    bound = given.acting(app, UserRole.MANAGER, programs=[other])

    assert report(bound)["선정과 탈락"] == []
    assert given.acting(app, UserRole.VIEWER).get(f"/api/v1/reports?on={DAY}").status_code == 403


def test_the_command_line_says_the_same(
    app: Flask, manager: FlaskClient, year: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "actions", lambda _settings: app.extensions[KEY])
    told = CliRunner().invoke(command.applications, ["report", "--on", DAY])
    file = tmp_path / "report.xlsx"
    written = CliRunner().invoke(command.applications, ["report", "--on", DAY, "--xlsx", str(file), "--reason", "감사"])

    assert (told.exit_code, written.exit_code) == (0, 0), told.output + written.output
    assert "최저점 미달" in told.output
    assert read(file.read_bytes()) == cells(manager)
