"""Other programs: one application per group and year, and programs that may not be carried out together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

from model import snapshot
from model.domain import Conflict, Participation, ParticipationStatus, Program, Result
from tests.spec.case import CHECK, FAIL, PASS, SILENT, Case, Table

FILE = Path(__file__).resolve().parents[2] / "data" / "programs" / "2026.jsonl"
CATALOGUE = snapshot.read_programs(FILE)
GROUP = "around-x-2026"

APPLIED, SELECTED, AGREED, RUNNING, COMPLETED, WITHDRAWN = ParticipationStatus
COUNTS = {
    APPLIED: (APPLIED, SELECTED, AGREED, RUNNING, COMPLETED),
    SELECTED: (SELECTED, AGREED, RUNNING, COMPLETED),
    AGREED: (AGREED, RUNNING, COMPLETED),
    RUNNING: (RUNNING, COMPLETED),
    COMPLETED: (COMPLETED,),
}
"""From each stage on, the statuses of the same year that stand in the way."""


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
    """Every pair that a program names, at every status."""
    for program in CATALOGUE:
        for conflict in program.not_together_with:
            facts = {"year": program.year, "not_together_with": program.not_together_with}
            for status in ParticipationStatus:
                yield _conflict(program.id, conflict, facts, status)


def _conflict(program_id: str, conflict: Conflict, facts: dict[str, Any], status: ParticipationStatus) -> Case:
    stands = status in COUNTS[conflict.from_stage]
    early = status in (APPLIED, SELECTED)
    unlock = ("withdraw_application" if early else "nothing") if stands else None
    title = f"{program_id}: {conflict.family} {status.value}"
    entry = _history((conflict.family, 2026, status))
    return Case(title, title, FAIL if stands else PASS, entry, facts, unlock=unlock)


def _from(stage: ParticipationStatus, status: ParticipationStatus) -> Case:
    facts = {"year": 2026, "not_together_with": (Conflict("linkup", stage),)}
    return _conflict(f"from {stage.value}", Conflict("linkup", stage), facts, status)


def _linkup(ko: str, en: str, year: int, status: ParticipationStatus, expected: Result, unlock: str | None) -> Case:
    return Case(ko, en, expected, _history(("linkup", year, status)), TOGETHER, unlock=unlock)


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
            _group("신청 후 철회", "Applied, then withdrawn", WITHDRAWN, CHECK),
            Case("지난해 신청", "Last year", PASS, _history(("jungle", 2025, APPLIED)), NUP, catalogue=GROUPED),
            Case("다음 해 신청", "Next year", PASS, _history(("jungle", 2027, APPLIED)), NUP, catalogue=GROUPED),
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
                FAIL,
                _history((GROUP, 2026, APPLIED)),
                NUP,
                unlock="nothing",
                catalogue=GROUPED,
            ),
            Case("군 밖의 사업", "A program outside", PASS, _history(("other", 2026, APPLIED)), NUP, catalogue=GROUPED),
            Case(
                "소속을 알 수 없는 사업",
                "Membership not known",
                CHECK,
                _history(("other", 2026, APPLIED)),
                NUP,
                unlock="confirm",
            ),
            Case("이력 미확인", "History not known", CHECK, {}, NUP, unlock="state"),
            Case("공고에 없음", "Not stated", SILENT, _history(("jungle", 2026, APPLIED)), {"family": "nup"}),
            Case(
                "여러 이력 중 하나가 해당",
                "One of several",
                FAIL,
                _history(("other", 2026, APPLIED), ("jungle", 2026, APPLIED), ("jungle", 2024, COMPLETED)),
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
        tuple(_from(stage, status) for stage in COUNTS for status in ParticipationStatus),
    ),
    Table(
        "not_together",
        "지난해 협약은 끝날 때까지 제한하며, 그보다 오래된 미종료 이력은 확인이 필요합니다.",
        "An agreement of last year counts until it ends; an older one still open needs checking.",
        (
            _linkup("지난해 협약, 수행 중", "Last year's, running", 2025, RUNNING, FAIL, "finish_agreement"),
            _linkup("지난해 협약", "Last year's, agreed", 2025, AGREED, FAIL, "finish_agreement"),
            _linkup("지난해 완료", "Last year's, completed", 2025, COMPLETED, PASS, None),
            _linkup("지난해 선정에 그침", "Last year's, selected only", 2025, SELECTED, PASS, None),
            _linkup("지난해 신청에 그침", "Last year's, applied only", 2025, APPLIED, PASS, None),
            _linkup("지난해 철회", "Last year's, withdrawn", 2025, WITHDRAWN, PASS, None),
            _linkup("2년 전 협약, 미종료", "Two years old, running", 2024, RUNNING, CHECK, "finish_agreement"),
            _linkup("2년 전 완료", "Two years old, completed", 2024, COMPLETED, PASS, None),
            _linkup("다음 해 수행", "Next year's", 2027, RUNNING, PASS, None),
            Case(
                "지난해 협약과 올해 신청",
                "Last year's and this year's",
                FAIL,
                _history(("linkup", 2025, RUNNING), ("innowave", 2026, APPLIED)),
                {"year": 2026, "not_together_with": (Conflict("linkup", AGREED), Conflict("innowave", APPLIED))},
                unlock="finish_or_withdraw",
            ),
            Case("다른 사업 수행 중", "Another program", PASS, _history(("other", 2026, RUNNING)), TOGETHER),
            Case("이력 미확인", "History not known", CHECK, {}, TOGETHER, unlock="state"),
            Case("공고에 없음", "Not stated", SILENT, _history(("linkup", 2026, RUNNING)), {"year": 2026}),
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
