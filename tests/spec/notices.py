"""Cases from notices of 2026, judged by the bundled rows themselves: what each notice bars, takes, and leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from model.domain import Participation, ParticipationStatus, Program, Result
from model.eligibility import RULES
from tests.spec.case import CHECK, FAIL, PASS, Case, Table
from tests.spec.participation import CATALOGUE

ROWS = {program.id: program for program in CATALOGUE}
ASKS = {rule.name: rule.asks for rule in RULES}
(
    APPLIED,
    NOT_SELECTED,
    WITHDRAWN_APPLICATION,
    SELECTED,
    PLEDGED,
    AGREED,
    RUNNING,
    COMPLETED,
    STOPPED,
    FAILED,
    WITHDRAWN,
) = ParticipationStatus
FABLESS, ALL_IN_ONE, LEAP = "fabless-challenge-2026", "manufacture-allinone-2026", "scaleup-package-general-2026"
N259, N278, N39 = "공고 제2026-259호", "공고 제2026-278호", "공고 제2026-39호"


def _row(rule: str, row: str) -> dict[str, Any]:
    """What a rule reads of a bundled row."""
    program: Program = ROWS[row]
    return {name: getattr(program, name) for name in ASKS[rule] if name != "id"}


def _entry(
    rule: str,
    row: str,
    notice: str,
    name: str,
    status: ParticipationStatus,
    expected: Result,
    unlock: str | None,
    year: int = 2026,
) -> Case:
    """One participation, by the name that people write, against a bundled row."""
    title = f"{notice}: {name} {year} {status.value}"
    history = {"history": (Participation(name, year, status),)}
    return Case(title, title, expected, history, _row(rule, row), unlock=unlock, catalogue=CATALOGUE, row=row)


BARRED_BY_259 = (
    "엔업 프로그램",
    "엔업",
    "NUP",
    "어라운드엑스",
    "around-x",
    "글로벌기업 협업 프로그램",
    "HP 개러지",
    "창구",
    "마중",
    "정글 프로그램",
    "미라클",
    "다온다",
    "지중해",
    "앤시스 스페이스 코리아",
    "아이스타트",
    "오픈AI 협업 프로그램",
    "탈레스 협업 프로그램",
    "민관협력 오픈이노베이션",
    "전략과제 해결형",
    "상호 자율탐색형",
    "방산 챌린지",
    "중견기업 챌린지",
    "공공데이터 챌린지",
    "딥테크 밸류업",
    "모두의 챌린지 AX LLM",
    "모두의 챌린지 버티컬",
    "모두의 챌린지 로봇",
    "모두의 챌린지 바이오",
    "모두의 챌린지 기후테크",
    "뷰티 챌린지",
    "링크업",
    "이노웨이브",
)
FREE_BY_259 = (
    "초격차 스타트업 프로젝트",
    "초기창업패키지",
    "창업도약패키지",
    "팁스",
    "지자체 지원사업",
    "엔비디아 인셉션",
)
OPEN_BY_259 = ("모두의 챌린지", "나눔누리 육성사업", "aroundy", "엔업·정글")
DIRECT = (
    "예비창업패키지",
    "초기창업패키지",
    "창업도약패키지",
    "초격차 스타트업 프로젝트",
    "TIPS",
    "창업중심대학",
    "재도전성공패키지",
    "첨단제조 스케일업",
    "청년창업사관학교",
    "정글 프로그램",
    "모두의 챌린지 팹리스",
    "민관협력 오픈이노베이션",
    "딥테크 팁스",
)


def _together() -> Iterator[Case]:
    rule = "not_together"
    for name in BARRED_BY_259:
        yield _entry(rule, FABLESS, N259, name, RUNNING, FAIL, "nothing")
    for status, expected, unlock in (
        (APPLIED, PASS, None),
        (WITHDRAWN_APPLICATION, PASS, None),
        (SELECTED, PASS, None),
        (PLEDGED, PASS, None),
        (AGREED, FAIL, "nothing"),
        (COMPLETED, FAIL, "nothing"),
        (STOPPED, FAIL, "nothing"),
        (FAILED, FAIL, "nothing"),
        (WITHDRAWN, CHECK, "confirm"),
    ):
        yield _entry(rule, FABLESS, N259, "엔업", status, expected, unlock)
    for status in (AGREED, RUNNING, STOPPED):
        yield _entry(rule, FABLESS, N259, "nup", status, PASS, None, 2025)
    yield from (_entry(rule, FABLESS, N259, name, RUNNING, PASS, None) for name in FREE_BY_259)
    yield from (_entry(rule, FABLESS, N259, name, RUNNING, CHECK, "name_program") for name in OPEN_BY_259)
    for name in DIRECT:
        yield _entry(rule, ALL_IN_ONE, N278, name, RUNNING, FAIL, "nothing")
        yield _entry(rule, ALL_IN_ONE, N278, name, RUNNING, PASS, None, 2025)
    for status, expected, unlock in ((SELECTED, PASS, None), (PLEDGED, FAIL, "nothing"), (STOPPED, FAIL, "nothing")):
        yield _entry(rule, ALL_IN_ONE, N278, "dips", status, expected, unlock)
    yield _entry(rule, ALL_IN_ONE, N278, "지자체 지원사업", RUNNING, PASS, None)
    yield _entry(rule, ALL_IN_ONE, N278, "아기유니콘", RUNNING, CHECK, "confirm")
    yield _entry(rule, ALL_IN_ONE, N278, "올인원팩", AGREED, PASS, None)
    yield _entry(rule, ALL_IN_ONE, N278, "나눔누리 육성사업", RUNNING, CHECK, "name_program")
    yield _entry(rule, LEAP, N39, "정글 프로그램", RUNNING, FAIL, "nothing")
    yield _entry(rule, LEAP, N39, "글로벌기업 협업 프로그램", RUNNING, FAIL, "nothing")
    yield _entry(rule, LEAP, N39, "정글 프로그램", RUNNING, PASS, None, 2025)


def _past() -> Iterator[Case]:
    for year in (2019, 2023, 2025):
        yield _entry("past_participation", LEAP, N39, "창업도약패키지", COMPLETED, FAIL, "nothing", year)
    yield _entry("past_participation", LEAP, N39, "도약패키지", STOPPED, FAIL, "nothing", 2021)
    yield _entry("past_participation", LEAP, N39, "창업도약패키지", SELECTED, PASS, None, 2021)
    yield _entry("past_participation", LEAP, N39, "초기창업패키지", COMPLETED, PASS, None, 2021)
    yield _entry("past_participation", LEAP, N39, "나눔누리 육성사업", COMPLETED, CHECK, "name_program", 2021)


def _groups() -> Iterator[Case]:
    for name in ("정글", "jungle", "HP 개러지", "창구 8기"):
        yield _entry("exclusive_group", "majung-2026-round-2", "공고 제2026-329호", name, APPLIED, CHECK, "confirm")
    yield _entry("exclusive_group", "nup-2026", "수출통합 116741", "정글", APPLIED, PASS, None, 2025)
    yield _entry("exclusive_group", "nup-2026", "수출통합 116741", "나눔누리 육성사업", APPLIED, CHECK, "name_program")


def _open(row: str, notice: str, on: date, expected: Result, at: time | None = None) -> Case:
    unlock = {PASS: None, FAIL: "nothing", CHECK: "state_in_notice"}[expected]
    title = f"{notice}: {on} {at or ''}"
    facts = _row("window", row)
    if expected is FAIL and on < (facts["opens_on"] or date.min):
        unlock = "wait_until"
    if expected is CHECK and facts["closes_at"]:
        unlock = "before_hour"
    return Case(title, title, expected, {}, facts, on, at, unlock=unlock, row=row)


WINDOWS = (
    _open(FABLESS, N259, date(2026, 4, 13), FAIL),
    _open(FABLESS, N259, date(2026, 5, 10), PASS),
    _open(FABLESS, N259, date(2026, 5, 11), PASS, time(15, 0)),
    _open(FABLESS, N259, date(2026, 5, 11), FAIL, time(15, 1)),
    _open(FABLESS, N259, date(2026, 5, 11), CHECK),
    _open(ALL_IN_ONE, N278, date(2026, 5, 11), PASS, time(16, 0)),
    _open(ALL_IN_ONE, N278, date(2026, 5, 11), FAIL, time(16, 1)),
    _open(ALL_IN_ONE, N278, date(2026, 5, 20), FAIL),
    _open("dips-2026", "초격차 2026", date(2026, 1, 22), PASS),
    _open("dips-2026", "초격차 2026", date(2026, 1, 23), CHECK),
    _open("dips-2026", "초격차 2026", date(2026, 2, 15), FAIL),
    _open("open-innovation-strategic-2026", "오픈이노베이션 2026", date(2026, 3, 20), FAIL),
    _open("startup-university-2026", "창업중심대학 2026", date(2026, 3, 23), PASS, time(16, 0)),
    _open("startup-university-2026", "창업중심대학 2026", date(2026, 3, 23), FAIL, time(16, 1)),
    _open("nup-2026", "수출통합 116741", date(2026, 2, 10), CHECK),
    _open("nup-2026", "수출통합 116741", date(2026, 3, 1), FAIL),
    _open("global-accel-2026", "수출통합 116741", date(2026, 3, 15), CHECK),
    _open("global-accel-2026", "수출통합 116741", date(2026, 4, 1), FAIL),
)


def _age(
    row: str, notice: str, founded: date, expected: Result, unlock: str | None = None, field: int | None = None
) -> Case:
    title = f"{notice}: {founded}"
    firm = {"founded_on": founded}
    unlock = {PASS: None, FAIL: "nothing", CHECK: "state_in_notice"}[expected]
    return Case(
        title,
        title,
        expected,
        firm,
        _row("business_age", row),
        ROWS[row].opens_on or date(2026, 1, 5),
        unlock=unlock,
        row=row,
    )


AGES = (
    _age(FABLESS, N259, date(2016, 4, 14), FAIL),
    _age(FABLESS, N259, date(2016, 4, 15), PASS),
    _age(FABLESS, N259, date(2026, 4, 14), PASS),
    _age(FABLESS, N259, date(2026, 4, 15), FAIL),
    _age(ALL_IN_ONE, N278, date(2019, 4, 19), FAIL),
    _age(ALL_IN_ONE, N278, date(2019, 4, 20), PASS),
    _age(ALL_IN_ONE, N278, date(2026, 4, 19), PASS),
    _age(ALL_IN_ONE, N278, date(2026, 4, 20), FAIL),
    _age("early-package-general-2026", "K-Startup 176019", date(2023, 1, 22), FAIL),
    _age("early-package-general-2026", "K-Startup 176019", date(2023, 1, 23), PASS),
    _age("early-package-general-2026", "K-Startup 176019", date(2026, 1, 22), PASS),
    _age("early-package-general-2026", "K-Startup 176019", date(2026, 1, 23), FAIL),
    _age("restart-package-2026-round-2", "공고 120987", date(2019, 4, 16), FAIL),
    _age("restart-package-2026-round-2", "공고 120987", date(2019, 4, 18), PASS),
    _age("k-ai-league-2026", "K-Startup 177178", date(2023, 3, 26), FAIL),
    _age("k-ai-league-2026", "K-Startup 177178", date(2023, 3, 27), CHECK),
    _age("k-ai-league-2026", "K-Startup 177178", date(2023, 3, 28), PASS),
)

TABLES = (
    Table("window", "2026년 공고의 접수 기간입니다.", "Application periods of notices of 2026.", WINDOWS),
    Table("business_age", "2026년 공고의 창업일 범위입니다.", "Founding days that notices of 2026 take.", AGES),
    Table("exclusive_group", "2026년 어라운드 엑스 공고입니다.", "Calls of Around X of 2026.", tuple(_groups())),
    Table(
        "not_together",
        "2026년 공고의 동시수행 제한입니다.",
        "What notices bar in the same year.",
        tuple(_together()),
    ),
    Table(
        "past_participation",
        "2026년 공고의 과거 참여 제한입니다.",
        "What notices bar for ever.",
        tuple(_past()),
    ),
)
