"""Other programs: one application per group and year, and programs that may not be carried out together."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

from model.domain import Confidence, Conflict, Participation, ParticipationStatus, Program, Result
from model.snapshot import folder as snapshot
from tests.spec.case import CHECK, FAIL, PASS, SILENT, Case, Table

FILE = Path(__file__).resolve().parents[2] / "data" / "programs" / "2026.jsonl"
CATALOGUE = snapshot.read_programs(FILE)
GROUP = "around-x-2026"

APPLIED, NOT_SELECTED, NOT_ENTERED, SELECTED, PLEDGED, AGREED, RUNNING, COMPLETED, STOPPED, FAILED, WITHDRAWN = (
    ParticipationStatus
)
STAGES = (APPLIED, SELECTED, PLEDGED, AGREED, RUNNING, COMPLETED)
REACHED = {**{stage: STAGES[: place + 1] for place, stage in enumerate(STAGES)}}
REACHED |= {STOPPED: REACHED[RUNNING], FAILED: STAGES, NOT_SELECTED: (), NOT_ENTERED: ()}
"""The stages that an entry of each status has come to; one that was given up may have come to any but the last."""


def _answer(stage: ParticipationStatus, status: ParticipationStatus) -> tuple[Result, str | None]:
    if status is WITHDRAWN:
        return (PASS, None) if stage is COMPLETED else (CHECK, "confirm")
    if stage not in REACHED[status]:
        return PASS, None
    return FAIL, "withdraw_application" if status in (APPLIED, SELECTED) else "nothing"


def _history(*entries: tuple[str, int, ParticipationStatus]) -> dict[str, Any]:
    return {"history": tuple(Participation(*entry) for entry in entries)}


NUP: dict[str, Any] = {"family": "nup", "year": 2026, "exclusive_group": GROUP}
OWN = Program("p", **NUP)
GROUPED = (OWN, Program("q", family="jungle", year=2026, exclusive_group=GROUP))
TWICE = (*GROUPED, Program("p2", family="nup", year=2026, exclusive_group=GROUP))
TOGETHER: dict[str, Any] = {"year": 2026, "not_together_with": (Conflict("linkup", AGREED),)}


def _group(ko: str, en: str, status: ParticipationStatus, expected: Result) -> Case:
    unlock = {PASS: None, CHECK: "confirm", FAIL: "nothing"}[expected]
    return Case(ko, en, expected, _history(("jungle", 2026, status)), NUP, unlock=unlock, catalogue=GROUPED)


def _pairs() -> Iterator[Case]:
    """Every family of the group against every other."""
    members = {program.family: program for program in CATALOGUE if program.exclusive_group == GROUP}
    for (family, program), (other, _) in permutations(members.items(), 2):
        facts = {"family": family, "year": program.year, "exclusive_group": GROUP}
        applied = _history((str(other), 2026, APPLIED))
        yield Case(
            f"{family} ← {other}",
            f"{family} after {other}",
            FAIL,
            applied,
            facts,
            unlock="nothing",
            catalogue=CATALOGUE,
        )


def _conflicts() -> Iterator[Case]:
    """Every pair that a program of 2026 names for the same year, at the statuses where answers part."""
    for program in CATALOGUE:
        for conflict in program.not_together_with:
            if conflict.family and conflict.years == "same" and conflict.confidence is not Confidence.UNSURE:
                facts = {"year": program.year, "not_together_with": (conflict,)}
                yield from (_conflict(program.id, conflict, facts, status) for status in (SELECTED, AGREED, STOPPED))


def _conflict(title: str, conflict: Conflict, facts: dict[str, Any], status: ParticipationStatus) -> Case:
    expected, unlock = _answer(conflict.from_stage, status)
    title = f"{title}: {conflict.family} {status.value}"
    return Case(title, title, expected, _history((str(conflict.family), 2026, status)), facts, unlock=unlock)


def _from(stage: ParticipationStatus, status: ParticipationStatus) -> Case:
    facts = {"year": 2026, "not_together_with": (Conflict("linkup", stage),)}
    return _conflict(f"from {stage.value}", Conflict("linkup", stage), facts, status)


def _linkup(ko: str, en: str, year: int, status: ParticipationStatus, expected: Result, unlock: str | None) -> Case:
    return Case(ko, en, expected, _history(("linkup", year, status)), TOGETHER, unlock=unlock)


CLASS = Conflict(None, AGREED, program_class="central-direct")


def _written(name: str, family: str | None, expected: Result, unlock: str | None) -> Case:
    """An entry as people write it, against a family or, with none, against every program of a class."""
    facts = {"year": 2026, "not_together_with": (Conflict(family, AGREED) if family else CLASS,)}
    title = f"{name} ↔ {family or CLASS.program_class}"
    return Case(title, title, expected, _history((name, 2026, RUNNING)), facts, unlock=unlock)


def _once(years: str, times: int) -> dict[str, Any]:
    return {"year": 2026, "not_together_with": (Conflict("scaleup-package", AGREED, years=years, times=times),)}


def _past(
    ko: str, en: str, years: str, times: int, expected: Result, *entries: tuple[int, ParticipationStatus]
) -> Case:
    unlock = {PASS: None, FAIL: "nothing", CHECK: "state_in_notice" if years != "any" else "confirm"}[expected]
    history = _history(*(("창업도약패키지", year, status) for year, status in entries))
    return Case(ko, en, expected, history, _once(years, times), unlock=unlock)


TABLES = (
    Table(
        "exclusive_group",
        "같은 프로그램군에서는 한 해에 한 개 프로그램에만 신청할 수 있습니다.",
        "Only one program of a group may be applied for in a year.",
        (
            _group("다른 프로그램에 신청", "Applied for another", APPLIED, FAIL),
            _group("다른 프로그램에 선정", "Selected in another", SELECTED, FAIL),
            _group("다른 프로그램과 협약", "Agreed with another", AGREED, FAIL),
            _group("다른 프로그램 수행 중", "Another is running", RUNNING, FAIL),
            _group("다른 프로그램 완료", "Another is completed", COMPLETED, FAIL),
            _group("다른 프로그램에서 중도포기", "Stopped in another", STOPPED, FAIL),
            _group("신청 후 철회", "Applied, then withdrawn", NOT_ENTERED, CHECK),
            _group("신청하였으나 미선정", "Applied, not selected", NOT_SELECTED, CHECK),
            _group("포기, 시점 미확인", "Given up, not known when", WITHDRAWN, CHECK),
            Case(
                "제한이 출처로 확실하지 않은 군",
                "A group of which the source is not sure",
                CHECK,
                _history(("jungle", 2026, APPLIED)),
                {**NUP, "exclusive_group_confidence": Confidence.UNSURE},
                unlock="confirm",
                catalogue=GROUPED,
            ),
            Case(
                "상위 사업 이름으로 적힌 이력",
                "Recorded under the umbrella's name",
                CHECK,
                _history(("글로벌기업 협업 프로그램", 2026, APPLIED)),
                NUP,
                unlock="name_program",
                catalogue=GROUPED,
            ),
            Case(
                "군에 아직 없는 같은 상위 사업의 트랙",
                "A track of the umbrella that is in no row",
                CHECK,
                _history(("HP 개러지", 2026, APPLIED)),
                NUP,
                unlock="confirm",
                catalogue=GROUPED,
            ),
            Case(
                "목록에 없는 사업",
                "A program that is in no list",
                CHECK,
                _history(("나눔누리 육성", 2026, APPLIED)),
                NUP,
                unlock="name_program",
                catalogue=GROUPED,
            ),
            Case("지난해 신청", "Last year", PASS, _history(("jungle", 2025, APPLIED)), NUP, catalogue=GROUPED),
            Case(
                "시작되지 않은 해의 신청",
                "A year that has not begun",
                CHECK,
                _history(("jungle", 2027, APPLIED)),
                NUP,
                unlock="confirm",
                catalogue=GROUPED,
            ),
            Case(
                "다음 해의 신청을 그해에 판단",
                "Next year's, judged in that year",
                PASS,
                _history(("jungle", 2027, APPLIED)),
                NUP,
                date(2027, 1, 4),
                catalogue=GROUPED,
            ),
            Case(
                "이 프로그램에 신청",
                "This very program",
                PASS,
                _history(("nup", 2026, APPLIED)),
                NUP,
                catalogue=GROUPED,
            ),
            Case(
                "같은 프로그램의 다른 회차",
                "Two rounds of the program",
                CHECK,
                _history(("nup", 2026, APPLIED)),
                NUP,
                unlock="confirm",
                catalogue=TWICE,
            ),
            Case(
                "프로그램군 이름으로 적힌 이력",
                "Recorded under the group's name",
                CHECK,
                _history((GROUP, 2026, APPLIED)),
                NUP,
                unlock="name_program",
                catalogue=GROUPED,
            ),
            Case("군 밖의 사업", "A program outside", PASS, _history(("tips", 2026, APPLIED)), NUP, catalogue=GROUPED),
            Case(
                "소속을 알 수 없는 사업",
                "Membership not known",
                CHECK,
                _history(("tips", 2026, APPLIED)),
                NUP,
                unlock="confirm",
            ),
            Case("이력 미확인", "History not known", CHECK, {}, NUP, unlock="state"),
            Case("공고에 없음", "Not stated", SILENT, _history(("jungle", 2026, APPLIED)), {"family": "nup"}),
            Case(
                "여러 이력 중 하나가 해당",
                "One of several",
                FAIL,
                _history(("tips", 2026, APPLIED), ("jungle", 2026, APPLIED), ("jungle", 2024, COMPLETED)),
                NUP,
                unlock="nothing",
                catalogue=GROUPED,
            ),
        ),
    ),
    Table(
        "exclusive_group",
        "2026년 어라운드 엑스 프로그램군의 모든 조합에 적용됩니다.",
        "This holds for every pair of the Around X programs of 2026.",
        tuple(_pairs()),
        generated=True,
    ),
    Table(
        "not_together",
        "동시수행이 제한된 사업은 공고에 정한 단계부터 같은 해에 함께 수행할 수 없습니다.",
        "Programs that a notice names may not be carried out together in the same year, from the stage stated.",
        tuple(_from(stage, status) for stage in STAGES for status in ParticipationStatus),
    ),
    Table(
        "not_together",
        "공고가 정한 해의 참여만 셉니다. 지난해 협약의 남은 기간은 제한하지 않습니다.",
        "Only the year of the call counts; what is left of an agreement of last year does not bar.",
        (
            *(
                _linkup(f"지난해 {status.value}", f"Last year's, {status.value}", 2025, status, PASS, None)
                for status in ParticipationStatus
            ),
            _linkup("2년 전 협약, 미종료", "Two years old, running", 2024, RUNNING, PASS, None),
            _linkup("시작되지 않은 해의 수행", "A year that has not begun", 2027, RUNNING, CHECK, "confirm"),
            Case(
                "공고의 연도를 모르는 경우",
                "The year of the call is not known",
                CHECK,
                _history(("linkup", 2026, RUNNING)),
                {"not_together_with": (Conflict("linkup", AGREED),)},
                unlock="state_in_notice",
            ),
            Case(
                "지난해 협약과 올해 신청",
                "Last year's and this year's",
                FAIL,
                _history(("linkup", 2025, RUNNING), ("innowave", 2026, APPLIED)),
                {"year": 2026, "not_together_with": (Conflict("linkup", AGREED), Conflict("innowave", APPLIED))},
                unlock="withdraw_application",
            ),
            Case("제한하지 않는 사업 수행 중", "Another program", PASS, _history(("tips", 2026, RUNNING)), TOGETHER),
            Case("이력 미확인", "History not known", CHECK, {}, TOGETHER, unlock="state"),
            Case("공고에 없음", "Not stated", SILENT, _history(("linkup", 2026, RUNNING)), {"year": 2026}),
        ),
    ),
    Table(
        "not_together",
        "사업은 이름, 별칭, 옛 이름, 트랙의 상위 사업과 유형으로 찾습니다. 알 수 없는 이름은 확인이 필요합니다.",
        "Programs are found by name, alias, former name, umbrella and class; an unknown name needs checking.",
        (
            *(
                _written(name, "linkup", FAIL, "nothing")
                for name in ("링크업", "링크업 프로그램", "LINKUP", " 링 크 업 ")
            ),
            _written(unicodedata.normalize("NFD", "링크업"), "linkup", FAIL, "nothing"),
            _written("정글 프로그램", "around-x", FAIL, "nothing"),
            _written("HP 개러지", "around-x", FAIL, "nothing"),
            _written("어라운드엑스", "nup", CHECK, "name_program"),
            _written("모두의 챌린지", "modu-challenge-bio", CHECK, "name_program"),
            _written("나눔누리 육성", "linkup", CHECK, "name_program"),
            _written("링크업·이노웨이브", "linkup", CHECK, "name_program"),
            _written("엔업 2025", "nup", CHECK, "name_program"),
            _written("엔업 2026", "nup", FAIL, "nothing"),
            _written("글로벌기업 협업 프로그램(엔업)", "nup", FAIL, "nothing"),
            _written("엔비디아 인셉션(엔업)", "nup", CHECK, "name_program"),
            _written("초격차 스타트업 프로젝트(이노웨이브)", "innowave", CHECK, "name_program"),
            _written("초격차", "innowave", CHECK, "name_program"),
            _written("오픈이노베이션 지원사업", "open-innovation", CHECK, "name_program"),
            _written("해외 실증 프로그램", "around-x", CHECK, "name_program"),
            _written("창업중심대학", None, FAIL, "nothing"),
            _written("지자체 지원사업", None, PASS, None),
            _written("아기유니콘", None, CHECK, "confirm"),
            _written("나눔누리 육성", None, CHECK, "name_program"),
            Case(
                "공고 근거가 불확실한 제한",
                "A conflict of which the source is not sure",
                CHECK,
                _history(("linkup", 2026, RUNNING)),
                {"year": 2026, "not_together_with": (Conflict("linkup", AGREED, confidence=Confidence.UNSURE),)},
                unlock="confirm",
            ),
            Case(
                "행이 이름을 적은 사업은 목록에 없어도 안다",
                "A family that the row names is known",
                FAIL,
                _history(("새로운 사업", 2026, RUNNING)),
                {"year": 2026, "not_together_with": (Conflict("새로운사업", AGREED),)},
                unlock="nothing",
            ),
            Case(
                "이 사업 자신은 같은 유형의 다른 사업이 아님",
                "This program itself is no other of its class",
                PASS,
                _history(("올인원팩", 2026, AGREED)),
                {"year": 2026, "family": "manufacture-allinone", "not_together_with": (CLASS,)},
            ),
        ),
    ),
    Table(
        "past_participation",
        "과거 참여는 공고가 정한 연도와 횟수만큼 셉니다. 한 해의 한 사업은 한 번입니다.",
        "Earlier participations count in the years, and as often, as the notice says; one program in one year is one.",
        (
            _past("어느 해든 한 번", "Once in any year", "any", 1, FAIL, (2019, COMPLETED)),
            _past("어느 해든 신청만", "Applied in any year", "any", 1, PASS, (2019, APPLIED)),
            _past("두 번까지는 허용, 한 번", "Twice, once so far", "any", 2, PASS, (2019, COMPLETED)),
            _past("두 번째", "Twice", "any", 2, FAIL, (2019, COMPLETED), (2022, STOPPED)),
            _past("같은 해는 한 번", "One year, one time", "any", 2, PASS, (2019, AGREED), (2019, COMPLETED)),
            _past("한 번은 포기 시점 미확인", "One given up", "any", 2, CHECK, (2019, COMPLETED), (2022, WITHDRAWN)),
            _past("최근 3년, 안", "Last 3 years, within", "last:3", 1, FAIL, (2024, COMPLETED)),
            _past("최근 3년, 끝 해", "Last 3 years, at the end", "last:3", 1, CHECK, (2023, COMPLETED)),
            _past("최근 3년, 밖", "Last 3 years, before", "last:3", 1, PASS, (2022, COMPLETED)),
            Case(
                "시작되지 않은 해의 참여",
                "A year that has not begun",
                CHECK,
                _history(("창업도약패키지", 2027, COMPLETED)),
                _once("last:3", 1),
                unlock="confirm",
            ),
            Case("이력 미확인", "History not known", CHECK, {}, _once("any", 1), unlock="state"),
            Case(
                "목록에 없는 사업",
                "A program in no list",
                CHECK,
                _history(("나눔누리 육성", 2019, COMPLETED)),
                _once("any", 1),
                unlock="name_program",
            ),
            Case("공고에 없음", "Not stated", SILENT, _history(("dips", 2019, COMPLETED)), TOGETHER),
        ),
    ),
    Table(
        "not_together",
        "2026년 공고에 적힌 모든 조합에 단계별로 적용됩니다.",
        "This holds for every pair and status named in the calls of 2026.",
        tuple(_conflicts()),
        generated=True,
    ),
)
