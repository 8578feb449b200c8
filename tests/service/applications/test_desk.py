"""The desk: nothing counts that is not confirmed, every seat has its papers, and a listed firm agrees by no way."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from typer.testing import CliRunner

from model.domain import OutcomeKind
from model.eligibility import RULES
from service.actions.applications.clocks import after_working_days, calendar, is_working_day
from service.actions.catalogue.take_snapshot import TakeSnapshot
from service.actions.records.answer_objections import Complaint
from service.cli import applications as command
from service.cli.wire import opening
from service.identity import UserRole
from service.storage.matching.registry import Registry
from service.wired import KEY, Wired
from tests.service import given
from tests.service.applications.test_applicants import bring, number, sheet

PROGRAM = next(p for p in given.programs() if p.is_ranked and p.manual_checks and p.family)
"""A call with conditions that a person must look at."""

KEYS = count()
APPLICATIONS = "/api/v1/applications"
HEADINGS = ("접수번호", "기업 ID", "창업아이템명", "접수일")
PAPER = {"paper": "국세 납세증명서", "paper_number": "2026-1", "issued_on": "2026-01-20", "expires_on": "2026-02-19"}


@pytest.fixture
def firms(app: Flask) -> list[str]:
    """Three firms of the catalogue that have applied, by the ids of their applications."""
    rows = [(at, firm.id, f"아이템 {at}", "2026-02-01") for at, firm in enumerate(given.startups()[:3], 1)]
    assert bring(app, sheet(*rows, headings=HEADINGS), PROGRAM.id).status_code == 201
    items = given.acting(app, UserRole.MANAGER).get("/api/v1/applications").get_json()["items"]
    return [item["id"] for item in sorted(items, key=lambda item: item["number"])]


def record(client: FlaskClient, ids: list[str], kind: str, about: str = "", state: str = "", **details: Any) -> Any:
    body = {"applications": ids, "kind": kind, "about": about, "state": state, "details": details}
    return client.post("/api/v1/applications/entries", json=body, headers={"Idempotency-Key": f"test-key-{next(KEYS)}"})


def one(client: FlaskClient, identifier: str) -> dict[str, Any]:
    return dict(client.get(f"/api/v1/applications/{identifier}").get_json())


def confirm_all(client: FlaskClient, ids: list[str], *but: str) -> None:
    """Confirm what is open, and let pass what the invented firms' data would fail."""
    for identifier in ids:
        for line in one(client, identifier)["requirements"]:
            if line["result"] and line["code"] not in but:
                assert record(client, [identifier], "check", line["code"], "confirmed", **PAPER).status_code == 201


def run(client: FlaskClient, **changed: Any) -> Any:
    terms = {"seats": {PROGRAM.id: 3}, "factor": 1.0, "minimum": 0}
    asked = {"name": f"회차 {next(KEYS)}", "on": "2026-02-02", "programs": [PROGRAM.id], "terms": terms}
    return client.post("/api/v1/rounds", json={**asked, "applications": True, **changed})


def seats(answer: Any) -> list[str]:
    return [place["startup"]["id"] for place in answer.get_json()["lists"][0]["shortlist"]]


def listing(
    app: Flask, *rows: tuple[object, ...], kind: str = "claw_back", headings: Any = ("기업명", "사업자등록번호")
) -> Any:
    query = {"kind": kind, "source": "창업진흥원", "as_of": "2026-01-31", "name": "환수.csv"}
    raw = sheet(*rows, headings=headings)
    return app.test_client().post("/api/v1/listings", query_string=query, data=raw, content_type="text/csv")


def select(client: FlaskClient, startup_id: str) -> None:
    body = {"program_id": PROGRAM.id, "startup_id": startup_id, "action": "selected", "reason": "위원회 의결"}
    body |= {"despite": [rule.name for rule in RULES], "on": "2026-02-02"}
    headers = {"Idempotency-Key": f"test-key-{next(KEYS)}", "If-None-Match": "*"}
    assert client.post("/api/v1/decisions", json=body, headers=headers).status_code == 201


class TestRequirements:
    """Each application and requirement: the machine's answer, then a person's word."""

    def test_one_open_requirement_gives_no_seat_and_is_named(self, app: Flask, firms: list[str]) -> None:
        client = given.acting(app, UserRole.MANAGER)
        last = f"manual_check:{[code for code in PROGRAM.manual_checks if code != 'co_representatives'][-1]}"
        confirm_all(client, firms[:1])
        confirm_all(client, firms[1:], last)
        first = run(client)
        papers = client.get(f"/api/v1/rounds/{first.get_json()['id']}/papers").get_json()["items"]

        assert seats(first) == [one(client, firms[0])["application"]["startup_id"]]
        assert first.get_json()["open_checks"] == {last: 2}
        assert {paper["application_id"]: paper["open"] for paper in papers} == {
            firms[0]: [],
            firms[1]: [last],
            firms[2]: [last],
        }

        done = record(client, firms[1:], "check", last, "confirmed", **PAPER)
        assert len(done.get_json()["entries"]) == 2
        assert len(seats(run(client))) == 3

    def test_every_seat_is_traced_to_papers_and_persons(self, app: Flask, firms: list[str]) -> None:
        client = given.acting(app, UserRole.MANAGER)
        confirm_all(client, firms)
        round_id = run(client).get_json()["id"]
        items = client.get(f"/api/v1/rounds/{round_id}/papers").get_json()["items"]
        page = client.get(f"/console/ko/rounds/{round_id}/papers").get_data(as_text=True)
        export = client.get(f"/api/v1/rounds/{round_id}/papers.xlsx", query_string={"reason": "감사 제출"})

        said = [line["entry"] for item in items for line in item["requirements"] if line["by"] == "person"]
        assert all(item["status"] == "shortlisted" for item in items)
        assert said
        assert {entry["details"]["paper_number"] for entry in said} == {"2026-1"}
        assert "2026-1" in page
        assert export.status_code == 200

    def test_a_round_that_was_run_shows_what_counted_then(self, app: Flask, firms: list[str]) -> None:
        client = given.acting(app, UserRole.MANAGER)
        confirm_all(client, firms)
        before = run(client).get_json()
        code = next(x["code"] for x in one(client, firms[0])["requirements"] if x["by"] == "person")
        record(client, firms, "check", code, "failed", remark="사본이 다름")

        assert client.get(f"/api/v1/rounds/{before['id']}").get_json()["outcome"] == before["outcome"]
        assert seats(run(client)) == []

    def test_a_paper_that_has_expired_settles_nothing(self, app: Flask, firms: list[str]) -> None:
        client = given.acting(app, UserRole.MANAGER)
        confirm_all(client, firms)

        assert seats(run(client, on="2026-03-02")) == []

    def test_four_eyes_need_two_persons(self, app: Flask, firms: list[str]) -> None:
        first, second = given.acting(app, UserRole.MANAGER), given.acting(app, UserRole.MANAGER)
        confirm_all(first, firms[:1])
        alone = seats(run(first, four_eyes=True))
        for line in one(first, firms[0])["requirements"]:
            if line["by"] == "person":
                record(second, firms[:1], "check", line["code"], "confirmed", **PAPER)

        assert (alone, len(seats(run(first, four_eyes=True)))) == ([], 1)

    @pytest.mark.parametrize(
        ("kind", "about", "state", "details", "field"),
        [
            ("check", "no_such", "confirmed", PAPER, "about"),
            ("check", "window", "confirmed", {}, "details.paper"),
            ("check", "window", "waived", {}, "details.remark"),
            ("request", "", "", {"text": "보완하십시오."}, "details.due_on"),
            ("step", "agreed", "", {}, "details.reason"),
            ("override", "l-1", "", {"reason": "소명"}, "about"),
        ],
    )
    def test_what_is_missing_is_named(
        self, app: Flask, firms: list[str], kind: str, about: str, state: str, details: Any, field: str
    ) -> None:
        answer = record(given.acting(app, UserRole.MANAGER), firms[:1], kind, about, state, **details)

        assert (answer.status_code, [fault["field"] for fault in answer.get_json()["errors"]]) == (422, [field])

    def test_the_board_counts_by_requirement_and_reviewer(self, app: Flask, firms: list[str]) -> None:
        client = given.acting(app, UserRole.MANAGER)
        confirm_all(client, firms[:1])
        reviewer = given.person(app, UserRole.MANAGER).id
        record(client, firms[:2], "assignment", reviewer)
        board = client.get(f"/api/v1/programs/{PROGRAM.id}/progress").get_json()

        assert (board["total"], board["settled"]) == (3, 1)
        assert {row["reviewer"]: row["total"] for row in board["reviewers"]} == {reviewer: 2, None: 1}

    def test_the_same_key_records_once(self, app: Flask, firms: list[str]) -> None:
        client = given.acting(app, UserRole.MANAGER)
        body = {"applications": firms, "kind": "request", "details": {"text": "보완", "due_on": "2026-02-09"}}
        sent = [
            client.post("/api/v1/applications/entries", json=body, headers={"Idempotency-Key": "once-and-for-all"})
            for _ in range(2)
        ]

        assert [answer.headers.get("Idempotency-Replayed") for answer in sent] == [None, "true"]
        assert len(one(client, firms[0])["entries"]) == 1

    def test_a_retry_answers_with_what_the_same_person_recorded_by_that_key(
        self, registry: Registry, tmp_path: Path
    ) -> None:
        moments = (given.NOON + timedelta(seconds=n) for n in count())
        body = {"kind": "request", "details": {"text": "보완", "due_on": "2026-02-09"}}
        with given.running(tmp_path, registry, clock=lambda: next(moments)) as app:
            bring(app, sheet((1, given.startups()[0].id, "칩", "2026-02-01"), headings=HEADINGS), PROGRAM.id)
            first, second = given.acting(app, UserRole.MANAGER), given.acting(app, UserRole.MANAGER)
            whole = {**body, "applications": [item["id"] for item in first.get(APPLICATIONS).get_json()["items"]]}

            def send(client: FlaskClient, key: str) -> list[str]:
                answer = client.post(f"{APPLICATIONS}/entries", json=whole, headers={"Idempotency-Key": key})
                return [entry["id"] for entry in answer.get_json()["entries"]]

            sent = [send(client, key) for client, key in ((first, "key-one-1"), (second, "key-one-1"))]
            sent += [send(first, "key-two-2"), send(second, "key-two-2")]
            again = [send(first, "key-one-1"), send(second, "key-one-1"), send(first, "key-two-2")]

        assert again == sent[:3]
        assert len({each for some in sent for each in some}) == 4

    def test_whoever_is_bound_elsewhere_records_nothing(self, app: Flask, firms: list[str]) -> None:
        other = next(p.id for p in given.programs() if p.is_ranked and p.id != PROGRAM.id)
        bound = given.acting(app, UserRole.MANAGER, programs=[other])

        assert record(bound, firms, "request", text="보완", due_on="2026-02-09").status_code == 403
        assert bound.get("/api/v1/applications").get_json()["items"] == []
        assert bound.get(f"/api/v1/applications/{firms[0]}").status_code == 403


class TestListedFirms:
    """A firm on a claw-back list reaches no agreement by any way, unless a named person overrides it with a reason."""

    @pytest.fixture
    def barred(self, app: Flask) -> str:
        """An application of a firm on the list, which is selected."""
        client = app.test_client()
        own = {"id": "owing", "name": "미납산업", "business_number": number(40)}
        assert client.put("/api/v1/startups/owing", json=own).status_code == 201
        bring(app, sheet((9, "owing", "아이템", "2026-02-01"), headings=HEADINGS), PROGRAM.id)
        assert listing(app, ("(주)미납산업", number(40))).status_code == 201
        manager = given.acting(app, UserRole.MANAGER)
        select(manager, "owing")
        return next(item["id"] for item in manager.get("/api/v1/applications").get_json()["items"])

    def test_by_the_api(self, app: Flask, barred: str) -> None:
        answer = record(given.acting(app, UserRole.MANAGER), [barred], "step", "agreed", reason="협약")

        assert (answer.status_code, answer.get_json()["code"]) == (409, "firm_listed")

    def test_by_the_console(self, app: Flask, barred: str) -> None:
        form = {"kind": "step", "next_step": "agreed", "reason": "협약"}
        answer = given.acting(app, UserRole.MANAGER).post(f"/console/ko/applications/{barred}", data=form)

        assert answer.status_code == 409
        assert "l-" in answer.get_data(as_text=True)

    def test_by_a_file_on_the_command_line(
        self, app: Flask, barred: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wired: Wired = app.extensions[KEY]
        file = tmp_path / "entries.json"
        body = {"applications": [barred], "kind": "step", "about": "agreed", "details": {"reason": "협약"}}
        file.write_text(json.dumps(body), encoding="utf-8")
        monkeypatch.setattr(opening, "actions", lambda _settings: wired)
        done = CliRunner().invoke(command.applications, ["record", str(file)])

        assert done.exit_code == 1
        assert "협약할 수 없는 목록" in done.output + done.stderr

    @pytest.mark.parametrize("status", ["협약", "수행 중"])
    def test_by_an_import(self, app: Flask, barred: str, status: str) -> None:
        headings = ("기업 ID", "정부 지원사업 참여 이력")
        row = ("owing", f"{PROGRAM.family} {PROGRAM.year} {status}")
        startups = bring(app, sheet(row, headings=headings), "", kind="startups")
        applicants = bring(app, sheet((9, *row), headings=("접수번호", *headings)), PROGRAM.id)

        for answer in (startups, applicants):
            assert [fault["code"] for fault in answer.get_json()["errors"]] == ["agreed_while_listed"]

    def test_by_writing_the_firm_s_record(self, app: Flask, barred: str) -> None:
        past = {"program_family": PROGRAM.family, "year": PROGRAM.year, "status": "agreed"}
        client = app.test_client()
        any_state = {"If-Match": "*"}
        bare = client.put("/api/v1/startups/owing", json={"id": "owing", "history": [past]}, headers=any_state)
        part = client.patch("/api/v1/startups/owing", json={"history": [past]}, headers=any_state)
        hidden = client.patch("/api/v1/startups/owing", json={"business_number": None}, headers=any_state)
        codes = [[fault["code"] for fault in answer.get_json()["errors"]] for answer in (bare, part, hidden)]

        assert codes == [
            ["number_of_listed_firm", "agreed_while_listed"],
            ["agreed_while_listed"],
            ["number_of_listed_firm"],
        ]

    def test_by_merging_it_into_another_firm(self, app: Flask, barred: str) -> None:
        client = app.test_client(key=given.key(app, UserRole.OPERATOR))
        app.test_client().put("/api/v1/startups/clean", json={"id": "clean", "business_number": number(41)})
        assert (
            client.post("/api/v1/startups/clean/merges", json={"gone": "owing", "reason": "같은 법인"}).status_code
            == 201
        )
        manager = given.acting(app, UserRole.MANAGER)
        select(manager, "clean")

        assert record(manager, [barred], "step", "agreed", reason="협약").get_json()["code"] == "firm_listed"

    def test_by_taking_back_the_stop_of_an_agreement_from_before_the_list(self, app: Flask, firms: list[str]) -> None:
        client = given.acting(app, UserRole.MANAGER)
        startup = one(client, firms[0])["application"]["startup_id"]
        assert app.test_client().patch(
            f"/api/v1/startups/{startup}", json={"business_number": number(42)}, headers={"If-Match": "*"}
        )
        select(client, startup)
        for step, details in (("agreed", {}), ("changed", {}), ("stopped", {"stopped_by": "firm"})):
            assert record(client, firms[:1], "step", step, reason="확인", **details).status_code == 201
        listing(app, ("목록의 이름", number(42)))
        refused = record(client, firms[:1], "step", "reverted", reason="중단을 거둠")
        state = one(client, firms[0])["state"]
        record(client, firms[:1], "override", one(client, firms[0])["listed"][0]["listing"], reason="분할 납부 승인")

        assert (refused.get_json().get("code"), state) == ("firm_listed", "stopped")
        assert record(client, firms[:1], "step", "reverted", reason="중단을 거둠").status_code == 201

    def test_a_named_person_s_override_lets_it_pass_and_stays_on_record(self, app: Flask, barred: str) -> None:
        client = given.acting(app, UserRole.MANAGER)
        list_id = one(client, barred)["listed"][0]["listing"]
        system = app.test_client(key=given.key(app, UserRole.MANAGER, of_system=True))
        refused = record(system, [barred], "override", list_id, reason="소명")
        record(client, [barred], "override", list_id, reason="분할 납부 승인 공문 2026-12호")
        done = record(client, [barred], "step", "agreed", reason="협약", grant_krw=100_000_000, tier="general")
        page = client.get("/console/ko/applications").get_data(as_text=True)

        assert (refused.get_json()["code"], done.status_code) == ("person_required", 201)
        assert "bg-light-danger" in page

    def test_every_list_marks_it_in_red(self, app: Flask, barred: str) -> None:
        client = given.acting(app, UserRole.MANAGER)
        lists = (
            "applications",
            "startups?q=미납산업",
            "startups/owing",
            "decisions",
            f"programs/{PROGRAM.id}/shortlist",
        )
        unmarked = [
            path
            for path in (*lists, f"applications/{barred}", "reports")
            if not {"협약 제한 목록", "환수금 미납"}
            & set(re.findall("[가-힣 ]+", client.get(f"/console/ko/{path}").text))
        ]
        seen_by_others = given.acting(app, UserRole.VIEWER).get("/console/ko/startups?q=미납산업").text

        assert unmarked == []
        assert "협약 제한 목록" not in seen_by_others

    def test_a_name_alone_waits_for_a_person(self, app: Flask) -> None:
        client, operator = given.acting(app, UserRole.MANAGER), app.test_client()
        operator.put("/api/v1/startups/same", json={"id": "same", "name": "이름만"})
        bring(app, sheet((9, "same", "아이템", "2026-02-01"), headings=HEADINGS), PROGRAM.id)
        identifier = client.get("/api/v1/applications").get_json()["items"][0]["id"]
        report = listing(app, ("주식회사 이름만", ""), ("모르는 곳", number(99))).get_json()
        select(client, "same")
        undecided = record(client, [identifier], "step", "agreed", reason="협약").get_json()["code"]
        body = {"line": report["matches"][0]["line"], "startup_id": "same", "is_same": False, "reason": "대표자가 다름"}
        client.post(f"/api/v1/listings/{report['listing']['id']}/answers", json=body)

        assert [match["is_sure"] for match in report["matches"]] == [False]
        assert undecided == "firm_listed"
        assert record(client, [identifier], "step", "agreed", reason="협약").status_code == 201


class TestAfterSelection:
    """Pledge, agreement, milestones, stop or completion, then the results of years."""

    def test_steps_follow_each_other_and_are_read_by_history_and_training(self, app: Flask, firms: list[str]) -> None:
        client, wired = given.acting(app, UserRole.MANAGER), app.extensions[KEY]
        early = record(client, firms[:1], "step", "agreed", reason="협약").get_json()["code"]
        ids = [one(client, each)["application"]["startup_id"] for each in firms]
        for startup in ids:
            select(client, startup)
        for step, of in (("pledged", firms), ("agreed", firms), ("completed", firms[:2]), ("stopped", firms[2:])):
            details = {"reason": "확인", **({"stopped_by": "firm"} if step == "stopped" else {})}
            assert record(client, of, "step", step, **details).status_code == 201
        record(client, firms[:1], "step", "result", reason="성과 조사", year=2027, contract=True, revenue_krw=5)
        years = [
            record(client, firms[1:2], "step", "result", reason="성과 조사", year=year).status_code
            for year in (2025, 2026, 2031, 2032)
        ]
        assert years == [422, 201, 201, 422]
        again = record(client, firms[2:], "step", "completed", reason="완료").get_json()["code"]
        snapshot = TakeSnapshot(wired.catalogue, lambda: given.NOON).read()
        kinds = {
            startup: {o.outcome for o in snapshot.outcomes if (o.startup_id, o.program_id) == (startup, PROGRAM.id)}
            for startup in ids
        }
        history = client.get(f"/api/v1/startups/{ids[2]}").get_json()["history"]

        assert (early, again) == ("not_selected", "step_not_allowed")
        assert OutcomeKind.CONTRACTED in kinds[ids[0]]
        assert OutcomeKind.COMPLETED in kinds[ids[1]]
        assert OutcomeKind.STOPPED in kinds[ids[2]]
        assert [past["status"] for past in history if past["program_family"] == PROGRAM.family] == ["stopped"]

    def test_an_agreement_bars_no_application_by_itself(self, app: Flask, firms: list[str]) -> None:
        client = given.acting(app, UserRole.MANAGER)
        own = {"family": PROGRAM.family, "from_stage": "agreed"}
        headers = {"If-Match": "*", "Content-Type": "application/merge-patch+json"}
        patch = {"not_together_with": [own, {**own, "years": "any"}]}
        changed = app.test_client().patch(f"/api/v1/programs/{PROGRAM.id}", data=json.dumps(patch), headers=headers)
        select(client, one(client, firms[0])["application"]["startup_id"])
        record(client, firms[:1], "step", "agreed", reason="협약")
        lines = {line["code"]: line["result"] for line in one(client, firms[0])["requirements"]}

        assert changed.status_code == 200, changed.get_json()
        assert {lines["not_together"], lines["past_participation"]} <= {"pass", "needs_check", 0, 1}

    def test_a_wrong_step_is_taken_back(self, app: Flask, firms: list[str]) -> None:
        client = given.acting(app, UserRole.MANAGER)
        select(client, one(client, firms[0])["application"]["startup_id"])
        record(client, firms[:1], "step", "pledged", reason="확약", pledged_at="2026-02-02T16:40")
        record(client, firms[:1], "step", "reverted", reason="다른 기업의 서류")

        assert one(client, firms[0])["state"] == "received"

    def test_two_firms_are_merged_and_parted(self, app: Flask, firms: list[str]) -> None:
        client = given.acting(app, UserRole.OPERATOR)
        manager = given.acting(app, UserRole.MANAGER)
        first, second = (one(manager, each)["application"]["startup_id"] for each in firms[:2])
        merge = client.post(f"/api/v1/startups/{first}/merges", json={"gone": second, "reason": "같은 법인"})
        items = given.acting(app, UserRole.MANAGER).get(f"/api/v1/applications?startup_id={first}").get_json()["items"]
        gone = client.get(f"/api/v1/startups/{second}").status_code
        back = client.post(f"/api/v1/merges/{merge.get_json()['id']}/undo", json={"reason": "지점이었음"})

        assert (merge.status_code, len(items), gone, back.status_code) == (201, 2, 404, 200)
        assert client.get(f"/api/v1/startups/{second}").status_code == 200
        assert one(given.acting(app, UserRole.MANAGER), firms[1])["application"]["startup_id"] == second

    def test_the_trail_holds_every_row(self, app: Flask, firms: list[str]) -> None:
        client, wired = given.acting(app, UserRole.MANAGER), app.extensions[KEY]
        record(client, firms, "request", text="사업자등록증을 다시 내십시오.", due_on="2026-02-09")

        assert wired.verify_audit().broken is None

    def test_what_is_due_is_listed_and_in_a_calendar(self, app: Flask, firms: list[str]) -> None:
        client = given.acting(app, UserRole.MANAGER)
        record(client, firms[:1], "request", text="보완", due_on="2026-02-09")
        select(client, one(client, firms[1])["application"]["startup_id"])
        items = client.get("/api/v1/due").get_json()["items"]
        text = client.get("/api/v1/due.ics").get_data(as_text=True)

        dates = {(item["code"], item["subject"]): item["due_on"] for item in items}
        assert dates["completion", firms[0]] == "2026-02-09"
        assert dates["pledge", firms[1]] == "2026-02-05"
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        assert text.count("BEGIN:VEVENT") == len(items)

    def test_a_page_of_what_is_due_counts_all_and_lists_the_earliest(self, app: Flask, firms: list[str]) -> None:
        client, wired = given.acting(app, UserRole.MANAGER), app.extensions[KEY]
        record(client, firms, "request", text="보완", due_on="2026-02-09")
        select(client, one(client, firms[1])["application"]["startup_id"])
        decision = wired.decisions.page(after=0, limit=1, filters={}, actor=given.MANAGER).items[0].id
        for _ in range(3):
            wired.objections.record(Complaint("시험기업", "사유", decision_id=decision), given.MANAGER)

        whole, total = wired.clocks.page(given.MANAGER)
        assert len(whole) == total
        assert sum(item.code == "objection" for item in whole) == 3
        for skip in range(total):
            assert wired.clocks.page(given.MANAGER, skip=skip, limit=2) == (whole[skip : skip + 2], total)
        other = replace(given.MANAGER, programs=frozenset({"another"}))
        assert [item.code for item in wired.clocks.page(other, mine=True)[0]] == []
        assert not any(item.code in ("objection", "pledge") for item in wired.clocks.page(other)[0])


@pytest.mark.parametrize(
    ("day", "is_off"),
    [
        ("2026-02-16", True),  # 설날 연휴
        ("2026-03-02", True),  # 삼일절 대체공휴일
        ("2026-05-25", True),  # 부처님 오신 날 대체공휴일
        ("2026-06-03", True),  # 지방선거
        ("2026-08-17", True),  # 광복절 대체공휴일
        ("2026-10-05", True),  # 개천절 대체공휴일
        ("2026-09-28", False),  # 추석 연휴가 토요일에 끝나면 대체공휴일이 없다
        ("2026-06-08", False),  # 현충일은 대체공휴일이 없다
    ],
)
def test_korea_s_days_off(day: str, is_off: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is not is_off


def test_working_days_skip_what_is_off() -> None:
    start = date(2026, 2, 13)

    assert after_working_days(start, 3) == date(2026, 2, 23)
    assert all(is_working_day(after_working_days(start + timedelta(n), 1)) for n in range(30))


def test_a_calendar_without_items_is_whole() -> None:
    assert calendar([], given.NOON).split("\r\n")[-2:] == ["END:VCALENDAR", ""]
