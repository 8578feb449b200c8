"""The call itself: window, closing hour, budget, seats, references, and conditions for a person."""

from __future__ import annotations

from datetime import date, time

from model.domain import Role
from tests.spec.case import CHECK, FAIL, PASS, SILENT, Case, Table

OPENS, CLOSES = date(2026, 4, 14), date(2026, 5, 11)
WINDOW = {"opens_on": OPENS, "closes_on": CLOSES}
HOUR = {**WINDOW, "closes_at": time(15, 0)}

TABLES = (
    Table(
        "window",
        "접수 시작일과 마감일은 모두 접수 기간에 포함합니다.",
        "The opening and the closing day both belong to the application period.",
        (
            Case("시작일 전날", "The day before opening", FAIL, {}, WINDOW, date(2026, 4, 13), unlock="wait_until"),
            Case("시작일", "The opening day", PASS, {}, WINDOW, OPENS),
            Case("기간 중", "A day between", PASS, {}, WINDOW, date(2026, 4, 30)),
            Case("마감일", "The closing day", PASS, {}, WINDOW, CLOSES),
            Case("마감일 다음 날", "The day after closing", FAIL, {}, WINDOW, date(2026, 5, 12), unlock="nothing"),
            Case(
                "하루 접수, 당일", "A one-day call, that day", PASS, {}, {"opens_on": OPENS, "closes_on": OPENS}, OPENS
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
                unlock="wait_until",
            ),
            Case("시작일만 있고 그날", "Only the opening day, that day", PASS, {}, {"opens_on": OPENS}, OPENS),
            Case("마감일만 있고 그날", "Only the closing day, that day", PASS, {}, {"closes_on": CLOSES}, CLOSES),
            Case("지난해 평가", "An evaluation of last year", FAIL, {}, WINDOW, date(2025, 5, 1), unlock="wait_until"),
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
