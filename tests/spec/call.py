"""The call itself: window, closing hour, budget, seats, references, and conditions for a person."""

from __future__ import annotations

from datetime import date, time

from model.domain import Result, Role
from tests.spec.case import CHECK, FAIL, PASS, SILENT, Case, Table

OPENS, CLOSES = date(2026, 4, 14), date(2026, 5, 11)
WINDOW = {"opens_on": OPENS, "closes_on": CLOSES}
HOUR = {**WINDOW, "closes_at": time(15, 0)}


def _month(
    ko: str,
    en: str,
    on: date,
    expected: Result,
    *,
    closes: str = "2026-02",
    opens_on: date | None = None,
    closes_on: date | None = None,
) -> Case:
    opens = {"opens_on": opens_on} if opens_on else {"opens_in": "2026-01"}
    program = {**opens, **({"closes_on": closes_on} if closes_on else {"closes_in": closes})}
    late = on > date(2026, 2, 28)
    unlock = {PASS: None, CHECK: "state_in_notice", FAIL: "nothing" if late else "state_in_notice"}[expected]
    return Case(ko, en, expected, {}, program, on, unlock=unlock)


TABLES = (
    Table(
        "window",
        "접수 시작일과 마감일은 모두 접수 기간에 포함합니다.",
        "The opening and the closing day both belong to the application period.",
        (
            Case("시작일 전날", "The day before opening", FAIL, {}, WINDOW, date(2026, 4, 13), unlock="wait_until"),
            Case("시작일", "The opening day", PASS, {}, WINDOW, OPENS),
            Case("기간 중", "A day between", PASS, {}, WINDOW, date(2026, 4, 30)),
            Case("마감일, 시각 미확인", "The closing day", CHECK, {}, WINDOW, CLOSES, unlock="state_in_notice"),
            Case("마감일 다음 날", "The day after closing", FAIL, {}, WINDOW, date(2026, 5, 12), unlock="nothing"),
            Case(
                "하루 접수, 당일",
                "A one-day call, that day",
                CHECK,
                {},
                {"opens_on": OPENS, "closes_on": OPENS},
                OPENS,
                unlock="state_in_notice",
            ),
        ),
    ),
    Table(
        "window",
        "마감 시각이 정해져 있으면 마감일에는 시각까지 확인합니다.",
        "Where a closing hour is stated, it counts on the closing day.",
        (
            Case("마감 시각 1분 전", "A minute before", PASS, {}, HOUR, CLOSES, time(14, 59)),
            Case("마감 시각 정각", "At the hour", PASS, {}, HOUR, CLOSES, time(15, 0)),
            Case("마감 시각 1분 후", "A minute after", FAIL, {}, HOUR, CLOSES, time(15, 1), unlock="nothing"),
            Case("시각을 모르는 경우", "The hour is not known", CHECK, {}, HOUR, CLOSES, unlock="before_hour"),
            Case("마감일 전날 저녁", "The evening before", PASS, {}, HOUR, date(2026, 5, 10), time(23, 59)),
            Case(
                "마감일 다음 날 오전", "The morning after", FAIL, {}, HOUR, date(2026, 5, 12), time(9), unlock="nothing"
            ),
        ),
    ),
    Table(
        "window",
        "상시 접수는 날짜가 없어도 접수 중으로 보며, 그 밖에 날짜가 빠진 공고는 확인이 필요합니다.",
        "A standing program is open without dates; another call with a date missing needs checking.",
        (
            Case("상시 접수", "Standing program", PASS, {}, {"always_open": True}),
            Case(
                "상시 접수, 마감일이 지남",
                "Standing program past its closing day",
                FAIL,
                {},
                {"always_open": True, "closes_on": CLOSES},
                date(2026, 5, 12),
                unlock="nothing",
            ),
            Case(
                "상시 접수, 시작 전",
                "Standing program before its opening day",
                FAIL,
                {},
                {"always_open": True, "opens_on": OPENS},
                date(2026, 4, 13),
                unlock="wait_until",
            ),
            Case("날짜가 모두 없음", "No day is known", CHECK, {}, {}, unlock="state_in_notice"),
            Case(
                "마감일만 있고 지나지 않음",
                "Only the closing day, not yet past",
                CHECK,
                {},
                {"closes_on": CLOSES},
                date(2026, 5, 1),
                unlock="state_in_notice",
            ),
            Case(
                "마감일만 있고 지남",
                "Only the closing day, past",
                FAIL,
                {},
                {"closes_on": CLOSES},
                date(2026, 5, 12),
                unlock="nothing",
            ),
            Case(
                "시작일만 있고 지남",
                "Only the opening day, past",
                CHECK,
                {},
                {"opens_on": OPENS},
                date(2026, 5, 1),
                unlock="state_in_notice",
            ),
            Case(
                "시작일만 있고 오지 않음",
                "Only the opening day, still to come",
                FAIL,
                {},
                {"opens_on": OPENS},
                date(2026, 4, 1),
                unlock="state_in_notice",
            ),
            Case(
                "시작일만 있고 그날",
                "Only the opening day, that day",
                CHECK,
                {},
                {"opens_on": OPENS},
                OPENS,
                unlock="state_in_notice",
            ),
            Case(
                "마감일만 있고 그날",
                "Only the closing day, that day",
                CHECK,
                {},
                {"closes_on": CLOSES},
                CLOSES,
                unlock="state_in_notice",
            ),
            Case("지난해 평가", "An evaluation of last year", FAIL, {}, WINDOW, date(2025, 5, 1), unlock="wait_until"),
        ),
    ),
    Table(
        "window",
        "달이나 해까지만 알려진 날은 그 처음 전과 끝 뒤에는 확실하고, 그 안에서는 확인이 필요합니다.",
        "A day known by month or year is certain before its first and after its last day; within, it needs checking.",
        (
            _month("시작 월 전", "Before the month of opening", date(2025, 12, 31), FAIL),
            _month("시작 월 안", "Within the month of opening", date(2026, 1, 30), CHECK),
            _month("마감 월 첫날", "First day of the month of closing", date(2026, 2, 1), CHECK),
            _month("마감 월 끝날", "Last day of the month of closing", date(2026, 2, 28), CHECK),
            _month("마감 월 뒤", "After the month of closing", date(2026, 3, 1), FAIL),
            _month("사이의 달", "A month between", date(2026, 2, 10), PASS, closes="2026-03"),
            _month(
                "시작일을 알고 마감 월 전",
                "Opened, before the month",
                date(2026, 1, 31),
                PASS,
                opens_on=date(2026, 1, 5),
            ),
            _month("해만 알려진 마감, 그해", "Closing known by year", date(2026, 7, 1), CHECK, closes="2026"),
            _month("해만 알려진 마감, 이듬해", "The year after", date(2027, 1, 1), FAIL, closes="2026"),
            _month("시작 월 안", "Month of opening", date(2026, 1, 20), CHECK, closes_on=date(2026, 2, 20)),
        ),
    ),
    Table(
        "budget",
        "예산이 소진된 사업은 신청할 수 없습니다.",
        "A program whose budget is used up takes no applications.",
        (
            Case("예산 소진", "Used up", FAIL, {}, {"budget_exhausted": True}, unlock="nothing"),
            Case("예산 남음", "Left", PASS, {}, {"budget_exhausted": False}),
            Case("공고에 없음", "Not stated", SILENT),
        ),
    ),
    Table(
        "seats",
        "모집 규모가 0이면 신청할 수 없습니다.",
        "A program without a seat takes no applications.",
        (
            Case("남은 자리 없음", "No seat", FAIL, {}, {"seats": 0}, unlock="nothing"),
            Case("한 자리", "One seat", PASS, {}, {"seats": 1}),
            Case("공고에 없음", "Not stated", SILENT),
        ),
    ),
    Table(
        "open_call",
        "펀드나 플랫폼처럼 참고용으로 싣는 사업은 신청 대상이 아닙니다.",
        "A fund or platform that is listed for reference takes no applications.",
        (
            Case("참고용 사업", "For reference", FAIL, {}, {"role": Role.REFERENCE}, unlock="nothing"),
            Case("공모 사업", "Open call", SILENT),
        ),
    ),
    Table(
        "manual_check",
        "신청 자료로 확인할 수 없는 조건은 항목마다 담당자 확인 사항으로 남깁니다.",
        "Each condition that data can't show stays for a person to check.",
        (
            Case("국세·지방세 체납", "Tax arrears", CHECK, {}, {"manual_checks": ("tax_arrears",)}, unlock="confirm"),
            Case("채무불이행", "Default on a debt", CHECK, {}, {"manual_checks": ("debt_default",)}, unlock="confirm"),
            Case(
                "참여제한", "Participation ban", CHECK, {}, {"manual_checks": ("participation_ban",)}, unlock="confirm"
            ),
            Case("휴·폐업", "Closed business", CHECK, {}, {"manual_checks": ("closed_business",)}, unlock="confirm"),
            Case("목록에 없는 코드", "A code of no list", CHECK, {}, {"manual_checks": ("새 조건",)}, unlock="confirm"),
            Case("공고에 없음", "Not stated", SILENT),
        ),
    ),
)
