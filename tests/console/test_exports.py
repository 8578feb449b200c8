"""Every list can be taken away as a workbook: with a reason on record, and with the figures that its page shows."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from model.decisions import DecisionAction
from service.actions.access.issue_keys import KeyOrder
from service.actions.catalogue.edit import Precondition
from service.actions.records.answer_objections import Complaint
from service.actions.records.decide import Choice
from service.console.wire import exports
from service.identity import Scope, UserRole
from service.settings import KOREA
from service.storage.matching.registry import Registry
from service.storage.records.objections import Settled
from service.wired import KEY, Wired
from tests.service import given
from tests.support.workbooks import sheets

DAY = "on=2026-02-02"
LISTS = (
    "startups?q=ai&page=2",
    f"startups/s-0001?{DAY}&limit=5&ineligible=1",
    f"startups/s-0001/eligibility?{DAY}",
    "programs?role=open_call",
    f"programs/majung-2026?{DAY}&limit=5",
    f"programs/majung-2026/exclusions?{DAY}",
    f"comparison?startup=s-0001&program=majung-2026&program=jungle-2026&{DAY}",
    f"comparison?startup=s-0001&startup=s-0002&program=majung-2026&{DAY}",
    "decisions?program=majung-2026",
    "programs/majung-2026/shortlist",
    "objections?state=open",
    "users",
    "keys",
    "audit?deed=admit",
    "access-log?subject=startup_id:s-0001",
)
WHY = {"reason": "2026년 2차 평가 준비"}


@pytest.fixture(scope="module")
def house(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return given.application(tmp_path_factory.mktemp("exports"), registry)


@pytest.fixture
def client(house: Flask) -> FlaskClient:
    return house.test_client()


def taken(client: FlaskClient, path: str, language: str = "ko") -> dict[str, list[list[Any]]]:
    """The sheets of a list's file, each as its rows."""
    answer = client.post(f"/console/{language}/{path}", data=WHY)
    assert answer.status_code == 200, answer.text
    return sheets(answer.data)


def events(house: Flask) -> Iterator[str]:
    wired: Wired = house.extensions[KEY]
    with wired.catalogue.database.reading() as connection:
        yield from (row.details for row in wired.catalogue.audit.rows(connection) if row.event == "export")


@pytest.mark.parametrize("path", LISTS)
def test_every_list_is_taken_away_with_its_reason_on_record(house: Flask, client: FlaskClient, path: str) -> None:
    before = len(list(events(house)))
    answer = client.post(f"/console/ko/{path}", data=WHY)
    after = list(events(house))[before:]

    assert answer.headers["Cache-Control"] == "no-store"
    assert re.fullmatch(r'attachment; filename="ieum-[a-z]+-[\d-]+\.xlsx"', answer.headers["Content-Disposition"])
    assert [WHY["reason"] in details for details in after] == [True]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("reason", ["", " ", "x", "x" * 501])
def test_no_list_is_taken_away_without_a_reason(client: FlaskClient, path: str, reason: str) -> None:
    answer = client.post(f"/console/ko/{path}", data={"reason": reason})

    assert (answer.status_code, answer.mimetype) == (422, "text/html")


def test_who_may_only_look_finds_no_form_and_is_refused(house: Flask) -> None:
    viewer = given.acting(house, UserRole.VIEWER)
    bound = given.acting(house, UserRole.MANAGER, programs=["jungle-2026"])

    assert "data-download" not in viewer.get("/console/ko/startups").text
    assert viewer.post("/console/ko/startups", data=WHY).status_code == 403
    assert bound.post("/console/ko/programs/majung-2026", data=WHY).status_code == 403
    assert bound.post(f"/console/ko/{LISTS[6]}", data=WHY).status_code == 403


def test_a_searched_list_holds_every_page_and_no_other_startup(client: FlaskClient) -> None:
    (found, about) = taken(client, "startups?stage=seed").values()
    wanted = [startup.id for startup in given.startups() if startup.stage == "seed"]

    assert [row[0] for row in found[1:]] == sorted(wanted)
    assert ["조건", "stage=seed"] in about


@pytest.mark.parametrize("path", ["startups?order=-name", "programs?role=open_call&order=-closes_on"])
def test_a_file_stands_in_the_order_of_its_page(client: FlaskClient, path: str) -> None:
    side = path.partition("?")[0]
    page = client.get(f"/console/ko/{path}&size=100").text
    rows = next(iter(taken(client, path).values()))[1:]

    shown = re.findall(rf'<th scope="row"><a href="/console/ko/{side}/([^"/]+)"', page)
    assert [row[0] for row in rows] == shown
    assert shown != sorted(shown)


def test_a_ranked_list_holds_the_scores_of_its_page_in_its_order(client: FlaskClient) -> None:
    for path in (LISTS[1], LISTS[4]):
        page = client.get(f"/console/ko/{path}").text
        found = next(iter(taken(client, path).values()))
        shown = re.findall(r"<strong>([\d.]+)</strong><span class=\"unit\">", page)
        scores = [row[4] for row in found[1:]]

        assert [f"{score:.1f}" for score in scores] == shown
        assert [sum(points or 0 for points in row[6:-1]) for row in found[1:]] == pytest.approx(scores)


def test_a_comparison_holds_the_figures_of_its_page(client: FlaskClient) -> None:
    page = client.get(f"/console/en/{LISTS[6]}").text
    (found, about) = taken(client, LISTS[6], "en").values()
    scores = next(row[1:] for row in found if row[0] == "Score")

    assert [f"{score:.1f}" for score in scores] == re.findall(r"<strong>([\d.]+)</strong>", page)
    assert ["Model version", "v1"] in about


def test_whom_a_rule_shuts_out_is_listed_whole(client: FlaskClient) -> None:
    (rules, alone, verdicts, _) = taken(client, LISTS[5]).values()

    assert sum(row[4] for row in rules[1:]) == len(alone) - 1
    assert sum(row[1] for row in verdicts[1:]) == len(given.startups())


def cells(page: str) -> list[list[str]]:
    """The rows of a page's first table as a reader sees them."""
    body = page.split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    rows = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    return [
        [html.unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows
    ]


def minute(at: datetime) -> str:
    return f"{at.year}. {at.month}. {at.day}. {at:%H:%M}"


@pytest.fixture(scope="module")
def kept(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A house with one objection that is answered and one that is not, people, keys and visits."""
    app = given.application(tmp_path_factory.mktemp("kept"), registry)
    wired: Wired = app.extensions[KEY]
    choice = Choice("majung-2026", "s-0001", DecisionAction.REJECTED, "자료가 부족합니다.", None)
    decided = wired.decide(choice, Precondition(absent=True), "exports-0001", given.MANAGER)
    for sender in ("=HYPERLINK(1)", "새기업 김대표"):
        wired.objections.record(
            Complaint(sender, "다시 살펴 주십시오.", decision_id=decided.decision.id), given.MANAGER
        )
    first = wired.objections.all(None, given.MANAGER)[0]
    wired.objections.answer(first.id, Settled.UPHELD, "다시 살피겠습니다.", given.MANAGER)
    gone = given.person(app, UserRole.MANAGER, programs=frozenset({"majung-2026"}))
    wired.users.change(gone.id, {"disabled": True}, given.SHELL)
    closed, _ = wired.keys.issue(
        KeyOrder("지난 포털", role=UserRole.VIEWER, programs=frozenset({"majung-2026"})), given.SHELL
    )
    wired.keys.revoke(closed.id, given.SHELL)
    app.test_client().get("/console/ko/startups/s-0001")
    return app


def test_objections_hold_what_the_page_lists_and_what_was_said(kept: Flask) -> None:
    shown = cells(kept.test_client().get("/console/ko/objections").text)
    (found, _) = taken(kept.test_client(), "objections").values()
    (waiting, _) = taken(kept.test_client(), "objections?state=open").values()

    assert [[row[0], row[1], row[2], row[4], row[8], minute(row[9])] for row in found[1:]] == shown
    assert [row[7] for row in found[1:]] == ["다시 살펴 주십시오."] * 2
    assert [row[10] for row in found[1:]] == ["다시 살피겠습니다.", ""]
    assert [row[0] for row in waiting[1:]] == [found[2][0]]


def test_the_trail_is_taken_away_as_shown_with_how_it_ends(kept: Flask) -> None:
    wired: Wired = kept.extensions[KEY]
    head = wired.audit.page(filters={}, limit=1).head
    shown = cells(kept.test_client().get("/console/ko/audit?deed=admit").text)
    (found, about) = taken(kept.test_client(), "audit?deed=admit").values()

    assert [
        [f"{row[0]:,.0f}", minute(row[1]), f"{row[2]} {row[4]}", row[5], f"{row[6]} {row[7]}"] for row in found[1:]
    ] == [line[:5] for line in shown]
    assert all(row[8].startswith("{") for row in found[1:])  # a file is proof: it holds the whole of what was recorded
    assert ["감사 기록의 마지막 해시값", f"{head.count} {head.hash}"] in about
    assert ["조건", "deed=admit"] in about


def test_the_access_log_is_taken_away_as_shown_and_as_masked(kept: Flask) -> None:
    path = "access-log?subject=startup_id:s-0001"
    shown = cells(kept.test_client().get(f"/console/ko/{path}").text)
    (found, _) = taken(kept.test_client(), path).values()

    assert [[minute(row[0]), f"{row[1]} {row[2]}", *row[3:8], f"{row[8]:.0f}"] for row in found[1:]] == shown
    assert shown != []
    assert {row[4] for row in found[1:]} == {"127.0.0.•••"}


def test_users_and_keys_hold_what_their_pages_list(kept: Flask) -> None:
    client = kept.test_client()
    people, held = (cells(client.get(f"/console/ko/{path}").text) for path in ("users", "keys"))
    (users, _) = taken(client, "users").values()
    (keys, _) = taken(client, "keys").values()

    assert [[row[1], row[2], row[3] or "–", row[4], row[5]] for row in users[1:]] == people
    assert [[row[1], row[6]] for row in keys[1:]] == [[row[0], row[2]] for row in held]
    assert {"유효", "폐기됨"} == {row[6] for row in keys[1:]}


def test_no_file_holds_what_opens_something(kept: Flask) -> None:
    wired: Wired = kept.extensions[KEY]
    said = " ".join(str(cell) for sheet in taken(kept.test_client(), "keys").values() for row in sheet for cell in row)

    assert all(key.digest not in said for key in wired.keys.all())
    assert kept.config["TEST_KEY"] not in said


def test_a_file_of_records_runs_nothing_and_has_real_days_and_texts_for_codes(kept: Flask) -> None:
    raw = kept.test_client().post("/console/ko/objections", data=WHY).data
    first, second = next(iter(sheets(raw).values()))[1:]
    with ZipFile(io.BytesIO(raw)) as parts:
        written = b"".join(parts.read(name) for name in parts.namelist() if "worksheets" in name)

    assert first[2] == "=HYPERLINK(1)"
    assert b"<f>" not in written
    assert [type(row[9]) for row in (first, second)] == [datetime, datetime]
    assert [type(row[6]) for row in (first, second)] == [str, str]


@pytest.mark.parametrize("scope", [Scope.AUDIT, Scope.ADMIN, Scope.DECIDE])
def test_who_may_see_but_take_nothing_away_is_refused(house: Flask, scope: Scope) -> None:
    client = house.test_client(key=given.key(house, UserRole.ADMIN, [scope]))
    before = len(list(events(house)))
    paths = {Scope.AUDIT: ("audit", "access-log"), Scope.ADMIN: ("users", "keys"), Scope.DECIDE: ("objections",)}[scope]

    assert [client.get(f"/console/ko/{path}").status_code for path in paths] == [200] * len(paths)
    assert [client.post(f"/console/ko/{path}", data=WHY).status_code for path in paths] == [403] * len(paths)
    assert len(list(events(house))) == before


def test_who_is_bound_to_programs_takes_their_objections_alone(kept: Flask) -> None:
    bound = given.acting(kept, UserRole.MANAGER, programs=["jungle-2026"])
    (found, _) = taken(bound, "objections").values()

    assert found[1:] == []


def test_a_period_holds_its_first_and_last_day_and_no_other(kept: Flask) -> None:
    client, day = kept.test_client(), f"{given.NOON.astimezone(KOREA):%Y-%m-%d}"
    for path in ("audit", "access-log"):
        within, after, before = (
            len(next(iter(taken(client, f"{path}?{period}").values()))) - 1
            for period in (f"since={day}&until={day}", "since=2031-01-01", "until=2001-01-01")
        )
        assert (within > 0, after, before) == (True, 0, 0)


def test_a_record_that_is_too_long_for_one_file_asks_for_a_narrower_period(
    kept: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST", 2)
    answer = kept.test_client().post("/console/ko/audit", data=WHY)

    assert answer.status_code == 422
    assert "기간이나 다른 조건으로 좁혀" in answer.text


def test_taking_a_record_away_is_itself_on_the_access_log(kept: Flask) -> None:
    taken(kept.test_client(), "keys")
    page = kept.test_client().get("/console/ko/access-log").text

    assert "API 키 내려받기" in html.unescape(re.sub(r"<[^>]+>", "", page))
