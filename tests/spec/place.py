"""Where the head office lies: special areas by day, old and new codes, merged and divided regions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from model.domain import Result
from tests.spec.case import CHECK, FAIL, PASS, SILENT, Case, Table

FILE = Path(__file__).resolve().parents[2] / "data" / "vocabularies" / "regions.json"
ROWS: dict[str, dict[str, Any]] = {row["code"]: row for row in json.loads(FILE.read_text(encoding="utf-8"))["regions"]}
SPECIAL = json.loads(FILE.read_text(encoding="utf-8"))["special_areas"]

TODAY = date(2026, 11, 22)
MOVED = date(2025, 7, 22)
OUTSIDE = {"non_capital_only": True}
DIVIDED = {code for code, row in ROWS.items() if row.get("split_into")}
MERGED_INTO_OLDER = {"43710", "41195", "41197", "41199", "28140"}
"""Old codes whose place is now only a part of their successor's, beside those that share a successor."""

IN_CAPITAL_AREA = {
    "28710": "인천 강화군",
    "28720": "인천 옹진군",
    "41250": "동두천시",
    "41280": "고양시",
    "41281": "고양시 덕양구",
    "41285": "고양시 일산동구",
    "41287": "고양시 일산서구",
    "41480": "파주시",
    "41570": "김포시",
    "41630": "양주시",
    "41650": "포천시",
    "41800": "연천군",
    "41820": "가평군",
}
"""접경지역 and 인구감소지역 inside the capital area, as the law lists them."""


def _moved(code: str, name: str) -> tuple[Case, Case]:
    """One area inside the capital area, on the last day as such and on the first day outside it."""
    before, after = MOVED - timedelta(days=1), MOVED
    return (
        Case(f"{name}, 시행 전날", f"{code}, the day before", FAIL, {"region": code}, OUTSIDE, before, unlock=MOVE),
        Case(f"{name}, 시행일", f"{code}, the first day", PASS, {"region": code}, OUTSIDE, after),
    )


def _elsewhere() -> Iterator[Case]:
    """Special areas that were outside the capital area before as well."""
    for area in SPECIAL:
        if area["code"] not in IN_CAPITAL_AREA:
            on = date.fromisoformat(area["from"])
            yield Case(area["name"], f"{area['code']} since {on}", PASS, {"region": area["code"]}, OUTSIDE, on)


def _recoded() -> Iterator[Case]:
    """Both spellings of each changed code, by the file's own successors."""
    heirs = Counter(row["successor"] for row in ROWS.values() if row.get("successor"))
    for old, row in ROWS.items():
        new = row.get("successor")
        if new and old not in ("29", "46"):
            yield Case(
                f"{row['ko']}: 옛 코드 기업", f"{old} for {new}", PASS, {"region": old}, {"regions": (new,)}, TODAY
            )
            whole = heirs[new] == 1 and old not in MERGED_INTO_OLDER
            yield _reverse(row["ko"], old, new, PASS if whole else CHECK)


def _reverse(name: str, old: str, new: str, expected: Result) -> Case:
    unlock = None if expected is PASS else "state_district"
    program = {"regions": (old,)}
    return Case(f"{name}: 새 코드 기업", f"{new} for {old}", expected, {"region": new}, program, TODAY, unlock=unlock)


def _region(ko: str, en: str, home: str, wanted: tuple[str, ...], expected: Result, on: date = TODAY) -> Case:
    unlock = {PASS: None, CHECK: "state_district", FAIL: MOVE}[expected]
    return Case(ko, en, expected, {"region": home}, {"regions": wanted}, on, unlock=unlock)


def _outside(ko: str, en: str, home: str, expected: Result, on: date = TODAY) -> Case:
    unlock = {PASS: None, CHECK: "state_district", FAIL: MOVE}[expected]
    return Case(ko, en, expected, {"region": home}, OUTSIDE, on, unlock=unlock)


MOVE = "move_head_office"

TABLES = (
    Table(
        "region",
        "본점 소재지가 공고에 정한 지역에 있어야 합니다. 시·도는 그 안의 시·군·구를 모두 포함합니다.",
        "The head office must lie in a region that the notice names; a 시도 takes in all of its districts.",
        (
            _region("같은 시·도", "The same 시도", "30", ("30",), PASS),
            _region("시·도 안의 구", "A district of the 시도", "30200", ("30", "29"), PASS),
            _region("다른 시·도", "Another 시도", "11680", ("30", "29"), FAIL),
            _region("같은 시·군·구", "The same district", "41280", ("41280",), PASS),
            _region("시 안의 일반구", "A general 구 of the city", "41281", ("41280",), PASS),
            _region("일반구 대상, 시만 앎", "Only the city known", "41280", ("41281",), CHECK),
            _region("시·군·구 대상, 시·도만 앎", "Only the 시도 known", "41", ("41280",), CHECK),
            _region("같은 시·도의 다른 시", "Another city of the 시도", "41110", ("41280",), FAIL),
            _region("세종, 시·도 코드", "Sejong by 시도", "36", ("36110",), PASS),
            _region("코드가 아닌 값", "A word that is no code", "서울", ("11",), CHECK),
            _region("없는 코드", "A code of no list", "41999", ("41",), CHECK),
            _region("ISO 번호를 잘못 쓴 경우", "50 is 제주, not 세종", "50", ("36",), FAIL),
            Case("소재지 미확인", "Not known", CHECK, {}, {"regions": ("11",)}, unlock="state"),
            Case(
                "공고의 지역을 알 수 없음",
                "The notice's region is not known",
                CHECK,
                {"region": "11680"},
                {"regions": ("수도권",)},
                unlock="state_in_notice",
            ),
            Case("공고에 없음", "Not stated", SILENT, {"region": "11680"}),
        ),
    ),
    Table(
        "region",
        "행정구역이 바뀐 경우 평가일의 구역으로 판단합니다.",
        "Where borders have changed, those of the day of evaluation count.",
        (
            _region("군위군, 편입 전날 경북", "Gunwi the day before", "47720", ("47",), PASS, date(2023, 6, 30)),
            _region("군위군, 편입일 경북", "Gunwi on the day", "47720", ("47",), FAIL, date(2023, 7, 1)),
            _region("군위군, 편입일 대구", "Gunwi in Daegu", "47720", ("27",), PASS, date(2023, 7, 1)),
            _region("군위군, 편입 전날 대구", "Not yet in Daegu", "47720", ("27",), FAIL, date(2023, 6, 30)),
            _region("군위군 새 코드", "Gunwi's new code", "27720", ("27",), PASS),
            _region("전남광주, 광주 대상", "12 for 29", "12", ("29",), CHECK),
            _region("전남광주, 광주·전남 대상", "12 for 29 and 46", "12", ("29", "46"), PASS),
            _region("광주, 전남광주 대상", "29 for 12", "29", ("12",), PASS),
            _region("전남, 전남광주 대상", "46 for 12", "46", ("12",), PASS),
            _region("전남광주 광산구, 광주 대상", "12330 for 29", "12330", ("29",), PASS),
            _region("전남광주 담양군, 광주 대상", "12710 for 29", "12710", ("29",), FAIL),
            _region("전남광주 담양군, 전남 대상", "12710 for 46", "12710", ("46",), PASS),
            _region("광주 광산구 옛 코드, 전남 대상", "29200 for 46", "29200", ("46",), FAIL),
            _region("광주 대상, 출범 전", "29 for 29 before", "29110", ("29",), PASS, date(2026, 6, 30)),
            _region("인천 중구, 제물포구 대상", "28110 for 28125", "28110", ("28125",), CHECK),
            _region("인천 중구, 나뉜 두 구 대상", "28110 for both parts", "28110", ("28125", "28155"), PASS),
            _region("인천 영종구, 옛 중구 대상", "28155 for 28110", "28155", ("28110",), CHECK),
            _region("인천 서구, 검단구 대상", "28260 for 28290", "28260", ("28290",), CHECK),
            _region("인천 서구, 서해구 대상", "28260 for 28275", "28260", ("28275",), CHECK),
            _region("인천 검단구, 서구 대상", "28290 for 28260", "28290", ("28260",), PASS),
            _region("인천 서해구, 서구 대상", "28275 for 28260", "28275", ("28260",), PASS),
            _region("인천 서구, 인천 대상", "28260 for 28", "28260", ("28",), PASS),
            _region("창원시 마산합포구, 옛 마산시 대상", "48125 for 48160", "48125", ("48160",), CHECK),
            _region("화성시 동탄구, 화성시 대상", "41597 for 41590", "41597", ("41590",), PASS),
            _region("옛 강원도 코드, 강원 대상", "42 for 51", "42", ("51",), PASS),
            _region("새 전북 코드로 지난 평가", "52 before its day", "52", ("45",), PASS, date(2023, 1, 1)),
        ),
    ),
    Table(
        "region",
        "바뀐 지역 코드는 옛 코드와 새 코드를 같은 곳으로 봅니다. 합쳐지거나 나뉜 구역은 확인이 필요합니다.",
        "Old and new spellings of a changed code are the same place; parts of a merged region need checking.",
        tuple(_recoded()),
        generated=True,
    ),
    Table(
        "capital_area",
        "비수도권 기업 대상 사업에서 서울·인천·경기 소재 기업은 제외합니다.",
        "A program for firms outside the capital area leaves out 서울, 인천 and 경기.",
        (
            _outside("서울 강남구", "Gangnam", "11680", FAIL),
            _outside("서울", "Seoul", "11", FAIL),
            _outside("경기 성남시", "Seongnam", "41130", FAIL),
            _outside("부산", "Busan", "26", PASS),
            _outside("세종", "Sejong", "36110", PASS),
            _outside("경기, 시·군·구 모름", "Gyeonggi, district not known", "41", CHECK),
            _outside("인천, 군·구 모름", "Incheon, district not known", "28", CHECK),
            _outside("경기, 시행 전", "Gyeonggi before the day", "41", FAIL, MOVED - timedelta(days=1)),
            _outside("옛 강원도 코드", "Gangwon's old code", "42", PASS),
            _outside("전남광주", "Jeonnam-Gwangju", "12", PASS),
            _outside("코드가 아닌 값", "A word that is no code", "판교", CHECK),
            Case("소재지 미확인", "Not known", CHECK, {}, OUTSIDE, unlock="state"),
            Case("공고에 없음", "Not stated", SILENT, {"region": "11680"}),
            Case("비수도권 한정 아님", "Not limited", SILENT, {"region": "11680"}, {"non_capital_only": False}),
        ),
    ),
    Table(
        "capital_area",
        "2025. 7. 22.부터 수도권의 인구감소지역과 접경지역은 비수도권으로 봅니다.",
        "Since 22 July 2025 population-decline and border areas of the capital area count as outside it.",
        tuple(case for code, name in IN_CAPITAL_AREA.items() for case in _moved(code, name)),
    ),
    Table(
        "capital_area",
        "비수도권의 인구감소지역은 지정 전후 모두 비수도권입니다.",
        "Population-decline areas elsewhere are outside the capital area in any case.",
        tuple(_elsewhere()),
        generated=True,
    ),
)
