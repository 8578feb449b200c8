"""Eight faults of verdicts: each is answered as its notice says by a file, the API, the command line and the console.

The programs are the bundled rows. What a firm says is written as people write it in each place: Korean words, upper
case, decomposed letters, spaces.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from typer.testing import CliRunner

from model.snapshot import folder as snapshot
from service.actions.catalogue.import_profiles import ImportProfiles
from service.cli import cli
from service.cli import eligibility as cli_eligibility
from service.files.importers.files import Brought
from service.identity import UserRole
from service.settings import KOREA
from service.storage import schema
from service.storage.matching.registry import Registry
from service.storage.repositories import open_catalogue
from service.wired import KEY, Wired
from service.wording import eligibility as wording
from tests.console.browsers import fields, signed_in
from tests.service import given

FABLESS, ALL_IN_ONE, LEAP, MAJUNG = (
    "fabless-challenge-2026",
    "manufacture-allinone-2026",
    "scaleup-package-general-2026",
    "majung-2026-round-2",
)
BUNDLED = snapshot.read_programs(given.DATA / "programs" / "2026.jsonl")
APRIL = datetime(2026, 4, 22, 12, tzinfo=KOREA)
COLUMNS = {
    "history": "지원 이력",
    "entity": "사업자 구분",
    "founded_on": "개업일",
    "industry": "업종",
    "previous_businesses": "이전 사업",
    "founding_certificate": "창업기업확인서 번호",
    "founding_basis_on": "창업 기준 충족일",
    "founding_certificate_until": "창업기업확인서 만료일",
}
STATUSES = {"수행 중": "running", "협약": "agreed", "중도포기": "stopped", "협약 해지": "stopped", "신청": "applied"}
STATUSES |= {"신청 철회": "application_withdrawn", "협약체결 확약": "pledged", "완료": "completed", "포기": "withdrawn"}


@dataclass(frozen=True)
class Case:
    """A firm as people describe it, a program's rule on a moment, and its answer; `api` is the same firm as JSON."""

    program: str
    rule: str
    expected: str
    says: dict[str, str]
    api: dict[str, Any]
    moment: datetime = APRIL


def past(name: str, status: str, program: str, expected: str, rule: str = "not_together", year: int = 2026) -> Case:
    """A firm with one participation."""
    entry = {"program_family": name, "year": year, "status": STATUSES[status]}
    return Case(program, rule, expected, {"history": f"{name} {year} {status}"}, {"history": [entry]})


def firm(program: str, rule: str, expected: str, **says: str) -> Case:
    """A firm whose facts are written alike in every place but for its legal form and its earlier businesses."""
    forms = {"법인": "corporation", "개인사업자": "sole_proprietor"}
    api: dict[str, Any] = {**says, **({"entity": forms[says["entity"]]} if "entity" in says else {})}
    if "new_industry_field" in says:
        api["new_industry_field"] = int(says["new_industry_field"])
    if "previous_businesses" in says:
        form, trade, opened, closed, how = EARLIER[says["previous_businesses"]]
        days = {"opened_on": opened, **({"closed_on": closed} if closed else {})}
        api["previous_businesses"] = [{"entity": form, "industry": trade, **days, **({how: True} if how else {})}]
    return Case(program, rule, expected, says, api)


def at(program: str, expected: str, *when: int) -> Case:
    """The window at a moment in Korea."""
    return Case(program, "window", expected, {}, {}, datetime(when[0], when[1], when[2], *when[3:], tzinfo=KOREA))


EARLIER = {
    "개인사업자 26110 2015-03-02~2024-02-29 포괄 전환": (
        "sole_proprietor",
        "26110",
        "2015-03-02",
        "2024-02-29",
        "converted",
    ),
    "개인사업자 26110 2018-03-02~2023-05-31 폐업": ("sole_proprietor", "26110", "2018-03-02", "2023-05-31", ""),
    "개인사업자 26110 2015-03-02~2020-05-31 폐업": ("sole_proprietor", "26110", "2015-03-02", "2020-05-31", ""),
    "개인사업자 26110 2018-03-02~2021-12-31 부도": ("sole_proprietor", "26110", "2018-03-02", "2021-12-31", "bankrupt"),
    "개인사업자 56111 2018-03-02~2023-05-31 폐업": ("sole_proprietor", "56111", "2018-03-02", "2023-05-31", ""),
}
CONVERTED, TOO_SOON, LATE_ENOUGH, BANKRUPT, OTHER_TRADE = EARLIER
CHIPS = {"entity": "법인", "industry": "26110"}
CERTIFICATE = {"founding_certificate": "제202608-28423-0093794호", "founding_certificate_until": "2029-08-06"}
DECOMPOSED = unicodedata.normalize("NFD", "엔업 프로그램")

CASES = {
    "1 name": [
        *(
            past(name, "수행 중", FABLESS, "fail")
            for name in (
                "엔업 프로그램",
                "NUP",
                DECOMPOSED,
                "  엔  업 ",
                "HP 개러지",
                "민관협력 오픈이노베이션",
                "어라운드엑스",
            )
        ),
        past("초격차 스타트업 프로젝트", "수행 중", FABLESS, "pass"),
        past("나눔누리 육성", "수행 중", FABLESS, "needs_check"),
        past("나눔누리 육성", "수행 중", ALL_IN_ONE, "needs_check"),
        past("나눔누리 육성", "완료", LEAP, "needs_check", "past_participation", 2021),
    ],
    "2 umbrella": [
        past("around-x", "수행 중", FABLESS, "fail"),
        past("글로벌기업 협업 프로그램", "협약", FABLESS, "fail"),
        past("AROUND X", "수행 중", LEAP, "fail"),
        past("모두의 챌린지", "수행 중", FABLESS, "needs_check"),
    ],
    "3 year": [
        past("엔업", "수행 중", FABLESS, "pass", year=2025),
        past("nup", "협약", FABLESS, "pass", year=2025),
        past("초격차 스타트업 프로젝트", "수행 중", ALL_IN_ONE, "pass", year=2025),
        past("DIPS", "수행 중", ALL_IN_ONE, "fail"),
    ],
    "4 stopped": [
        past("엔업", "중도포기", FABLESS, "fail"),
        past("엔업", "협약 해지", FABLESS, "fail"),
        past("초기창업패키지", "중도포기", ALL_IN_ONE, "fail"),
        past("엔업", "신청 철회", FABLESS, "pass"),
        past("엔업", "포기", FABLESS, "needs_check"),
        past("엔업", "협약체결 확약", FABLESS, "pass"),
        past("DIPS", "협약체결 확약", ALL_IN_ONE, "fail"),
    ],
    "5 kind of conflict": [
        past("초기창업패키지", "수행 중", ALL_IN_ONE, "fail"),
        past("창업중심대학", "수행 중", ALL_IN_ONE, "fail"),
        past("지자체 지원사업", "수행 중", ALL_IN_ONE, "pass"),
        past("창업도약패키지", "완료", LEAP, "fail", "past_participation", 2021),
        past("초기창업패키지", "완료", LEAP, "pass", "past_participation", 2021),
        past("정글", "신청", MAJUNG, "needs_check", "exclusive_group"),
    ],
    "6 founding": [
        firm(FABLESS, "business_age", "fail", founded_on="2016-04-14", entity="법인"),
        firm(FABLESS, "business_age", "pass", founded_on="2016-04-15", entity="법인", new_industry_field="1"),
        firm(ALL_IN_ONE, "business_age", "pass", founded_on="2019-04-20", entity="법인"),
        firm(ALL_IN_ONE, "business_age", "fail", founded_on="2026-04-20", entity="법인"),
        firm(ALL_IN_ONE, "business_age", "fail", founded_on="2024-03-01", previous_businesses=CONVERTED, **CHIPS),
        firm(ALL_IN_ONE, "founding", "fail", founded_on="2024-03-01", previous_businesses=TOO_SOON, **CHIPS),
        firm(ALL_IN_ONE, "founding", "pass", founded_on="2024-03-01", previous_businesses=LATE_ENOUGH, **CHIPS),
        firm(ALL_IN_ONE, "founding", "pass", founded_on="2024-03-01", previous_businesses=BANKRUPT, **CHIPS),
        firm(ALL_IN_ONE, "founding", "pass", founded_on="2024-03-01", previous_businesses=OTHER_TRADE, **CHIPS),
        firm(FABLESS, "founding_certificate", "fail", founding_basis_on="2026-06-01", **CERTIFICATE),
        firm(FABLESS, "founding_certificate", "pass", founding_basis_on="2026-04-14", **CERTIFICATE),
        firm(FABLESS, "founding_certificate", "needs_check", founding_basis_on="2026-04-14"),
        firm(FABLESS, "business_age", "pass", founded_on="2010-01-04", founding_basis_on="2020-01-01", **CERTIFICATE),
    ],
    "7 day and hour": [
        at("dips-2026", "fail", 2026, 2, 15),
        at(ALL_IN_ONE, "fail", 2026, 5, 20),
        at(FABLESS, "pass", 2026, 5, 11, 15, 0),
        at(FABLESS, "fail", 2026, 5, 11, 15, 1),
        at(ALL_IN_ONE, "pass", 2026, 5, 11, 16, 0),
        at(ALL_IN_ONE, "fail", 2026, 5, 11, 16, 1),
        at("nup-2026", "needs_check", 2026, 2, 10),
        at("nup-2026", "fail", 2026, 3, 1),
    ],
    "8 row": [
        at("hp-garage-2026", "needs_check", 2026, 2, 10),
        at("ai-regional-2026", "absent", 2026, 2, 10),
        at("ai-regional-demand-2026", "absent", 2026, 2, 10),
        at("scaleup-package-corporate-2026", "absent", 2026, 2, 10),
        at("open-innovation-strategic-2026", "fail", 2026, 3, 20),
        at("open-innovation-strategic-2026", "pass", 2026, 3, 18),
        past("모두의 챌린지 바이오", "수행 중", FABLESS, "fail"),
        past("모두의 챌린지 기후테크", "수행 중", FABLESS, "fail"),
        past("방산 챌린지", "수행 중", FABLESS, "fail"),
        past("창업도약패키지", "수행 중", ALL_IN_ONE, "fail"),
    ],
}
EVERY = [pytest.param(case, id=f"{fault}-{n}") for fault, cases in CASES.items() for n, case in enumerate(cases)]


class Clock:
    """The present moment, which a test sets."""

    moment = APRIL

    def __call__(self) -> datetime:
        """The moment in Korea."""
        return self.moment


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with every bundled program of 2026 and no startup."""
    folder = tmp_path_factory.mktemp("bundled")
    catalogue = open_catalogue(f"sqlite:///{folder}/ieum.db", lambda: given.NOON)
    schema.migrate(catalogue.database)
    ImportProfiles(catalogue)(Brought((), tuple(BUNDLED)), given.OPERATOR)
    catalogue.database.close()
    return folder


@pytest.fixture(scope="module")
def bundled(home: Path, clock: Clock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    registry: Registry = given.Held(given.shared_artifact(tmp_path_factory))
    with given.running(home, registry, clock=clock) as app:
        yield app


def result(answer: dict[str, Any], case: Case) -> str:
    """What an answer's checks say of the case's rule; `absent` where there is no such program."""
    checks = [entry["checks"] for entry in answer["programs"] if entry["program"]["id"] == case.program]
    return next((str(c["result"]) for c in checks[0] if c["rule"] == case.rule), "silent") if checks else "absent"


@pytest.mark.parametrize("case", EVERY)
def test_the_api(bundled: Flask, clock: Clock, case: Case) -> None:
    clock.moment = case.moment

    answer = bundled.test_client().post("/api/v1/eligibility", json=case.api).get_json()

    assert result(answer, case) == case.expected, answer.get("detail")


@pytest.mark.parametrize(("minute", "expected"), [((14, 59), "pass"), ((15, 0), "pass"), ((15, 1), "fail")])
def test_a_ranked_list_counts_the_closing_minute(
    bundled: Flask, clock: Clock, minute: tuple[int, int], expected: str
) -> None:
    (program,) = (program for program in BUNDLED if program.id == FABLESS)
    assert program.closes_on
    assert program.closes_at == time(15)
    clock.moment = datetime.combine(program.closes_on, time(*minute), KOREA)
    client, asked = bundled.test_client(), "limit=100&include=ineligible"

    answer = client.post(
        f"/api/v1/matches?{asked}", json={"id": "f-1", "name": "가나칩", "summary": "반도체 설계 기업"}
    ).get_json()

    assert "matches" in answer, answer
    checks = next(match["checks"] for match in answer["matches"] if match["program"]["id"] == FABLESS)
    assert [check["result"] for check in checks if check["rule"] == "window"] == [expected]
    assert client.post(f"/api/v1/runs/{answer['run_id']}/replay").get_json() == answer


def test_a_list_of_the_closing_day_brought_back_is_the_list_that_was_shown(bundled: Flask, clock: Clock) -> None:
    (program,) = (program for program in BUNDLED if program.id == FABLESS)
    assert program.closes_on
    wired: Wired = bundled.extensions[KEY]
    clock.moment = datetime.combine(program.closes_on, time(14, 30), KOREA)
    answer = (
        bundled.test_client()
        .post("/api/v1/matches?limit=3", json={"id": "f-2", "name": "가나장비", "summary": "반도체 장비 기업"})
        .get_json()
    )

    run = wired.replay(wired.replay.find(answer["run_id"], given.MANAGER))

    assert (run.id, run.options.at) == (answer["run_id"], time(14, 30))


def table(cases: list[Case]) -> str:
    """Firms as a list of the field: 기업 ID, a name, and what they say."""
    lines = [["기업 ID", "기업명", "신산업 분야", *COLUMNS.values()]]
    for number, case in enumerate(cases):
        said = [case.says.get(name, "") for name in COLUMNS]
        lines.append([f"f-{number}", "가", case.says.get("new_industry_field", ""), *said])
    return "\n".join(",".join(line) for line in lines) + "\n"


ALL = [case for cases in CASES.values() for case in cases]


def test_an_imported_list(bundled: Flask, clock: Clock) -> None:
    client = bundled.test_client()
    sent = client.post(
        "/api/v1/imports?kind=startups&commit=true", data=table(ALL).encode(), content_type="text/csv"
    ).get_json()

    answers = []
    for number, case in enumerate(ALL):
        clock.moment = case.moment
        answers.append(result(client.get(f"/api/v1/startups/f-{number}/eligibility").get_json(), case))

    assert answers == [case.expected for case in ALL], sent
    assert {note["value"] for note in sent["notes"] if note["code"] == "unnamed_program"} == {"나눔누리 육성"}


def test_the_command(home: Path, clock: Clock, tmp_path_factory: pytest.TempPathFactory, monkeypatch: Any) -> None:
    artifacts = given.shared_artifact(tmp_path_factory)
    settings = {"IEUM_HOME": str(home), "IEUM_ARTIFACTS": str(artifacts)}
    file = tmp_path_factory.mktemp("list") / "기업.csv"
    file.write_text(table(ALL), encoding="utf-8-sig")
    imported = CliRunner().invoke(cli, ["import", str(file)], env=settings)
    monkeypatch.setattr(cli_eligibility, "now", clock)

    answers = []
    for number, case in enumerate(ALL):
        clock.moment = case.moment
        done = CliRunner().invoke(cli, ["eligibility", "startup", f"f-{number}", "--json"], env=settings)
        answers.append(result(json.loads(done.stdout), case))

    assert imported.exit_code == 0, imported.output
    assert answers == [case.expected for case in ALL]


def shown(page: str, case: Case) -> str:
    """What the page's table of requirements says of the case's rule at its program."""
    name = next((program.name for program in BUNDLED if program.id == case.program), case.program)
    row = re.search(rf"<tr><th scope=\"row\"><a href=\"[^\"]*/{case.program}\"[^>]*>[^<]*</a></th>(.*?)</tr>", page)
    if row is None:
        return "absent"
    assert str(name) in unescape(page)
    rule = wording.rule_name(case.rule, "ko")
    unmet, to_check = (unescape(cell).split(", ") for cell in re.findall("<td>([^<]*)</td>", row[1])[-2:])
    return "fail" if rule in unmet else "needs_check" if rule in to_check else "pass"


@pytest.fixture(scope="module")
def browsers(bundled: Flask, clock: Clock) -> Callable[[datetime], FlaskClient]:
    """A browser in which somebody has just signed in, for each moment: a session doesn't last from one to the next."""

    @cache
    def browser(moment: datetime) -> FlaskClient:
        clock.moment = moment
        return signed_in(bundled, UserRole.ADMIN)

    return browser


@pytest.mark.parametrize("case", EVERY)
def test_the_form_of_the_console(browsers: Callable[[datetime], FlaskClient], clock: Clock, case: Case) -> None:
    browser = browsers(case.moment)
    clock.moment = case.moment
    token = fields(browser.get("/console/ko/profile").text)["csrf_token"]
    form = {**case.says, **({"entity": case.api["entity"]} if "entity" in case.api else {})}

    page = browser.post("/console/ko/profile", data={"csrf_token": token, "summary": "반도체 설계", **form})

    assert page.status_code == 200, page.text
    assert shown(page.text, case) == case.expected


@pytest.mark.parametrize(
    ("program", "korean", "english"),
    [
        (
            LEAP,
            "총사업비의 일반지역 25%, 우대지역 20%, 특별지역 10%",
            "of the total cost: general regions 25%, preferred regions 20%, special regions 10%",
        ),
        (FABLESS, "2026. 5. 11. 15:00", "May 11, 2026 15:00"),
        ("nup-2026", "2026년 2월 중(날짜 미확인)", "in February 2026, day not known"),
    ],
)
def test_a_programs_page_says_what_its_notice_says(
    browsers: Callable[[datetime], FlaskClient], clock: Clock, program: str, korean: str, english: str
) -> None:
    browser = browsers(APRIL)
    clock.moment = APRIL

    assert korean in browser.get(f"/console/ko/programs/{program}").text
    assert english in browser.get(f"/console/en/programs/{program}").text
