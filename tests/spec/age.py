"""Business age: every boundary day, the 27 fields, leap days, pre-founders and unknown notice dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from model.domain import Entity, Result
from tests.spec.case import CHECK, FAIL, PASS, SILENT, Case, Table

NOTICE = date(2026, 4, 14)
AROUND = {"notice_on": NOTICE, "max_age_years": 7, "max_age_years_new_industry": 10}
PACKAGE = {"notice_on": date(2026, 1, 22), "max_age_years": 3}
LEAP = {"notice_on": NOTICE, "min_age_years": 3, "max_age_years": 7}
FIELD_COUNT = 27


def _firm(founded: date, number: int | None = None, entity: Entity = Entity.CORPORATION) -> dict[str, Any]:
    return {"founded_on": founded, "new_industry_field": number, "entity": entity}


def _within(years: int) -> tuple[Case, Case]:
    """The last founding day that is too old for a limit, and the first that is young enough."""
    program = {"notice_on": NOTICE, "max_age_years": years}
    old, young = date(2026 - years, 4, 14), date(2026 - years, 4, 15)
    return (
        Case(f"{years}년 이내, 하루 넘김", f"Within {years}, a day over", FAIL, _firm(old), program, unlock="nothing"),
        Case(f"{years}년 이내, 마지막 날", f"Within {years}, the last day", PASS, _firm(young), program),
    )


def _field(number: int) -> tuple[Case, Case]:
    """A field opens the years above seven, and no field opens those above ten."""
    eight, eleven = date(2018, 4, 14), date(2016, 4, 14)
    return (
        Case(f"분야 {number}호, 업력 8년", f"Field {number}, 8 years", PASS, _firm(eight, number), AROUND),
        Case(
            f"분야 {number}호, 업력 10년",
            f"Field {number}, 10 years",
            FAIL,
            _firm(eleven, number),
            AROUND,
            unlock="nothing",
        ),
    )


def _leap(ko: str, en: str, founded: date, notice: date, years: int, expected: Result) -> Case:
    program = {"notice_on": notice, "max_age_years": years}
    return Case(ko, en, expected, _firm(founded), program, unlock=None if expected is PASS else "nothing")


UNDATED = {"opens_on": date(2026, 2, 1), "closes_on": date(2026, 2, 28), "max_age_years": 7}

TABLES = (
    Table(
        "business_age",
        "업력은 공고일을 기준으로 달력 날짜로 셉니다. ‘N년 이내’는 만 N년이 되기 전날까지입니다.",
        "Age is counted between calendar dates at the notice date; within N years ends the day before N are complete.",
        (
            *(case for years in (1, 2, 3, 5, 7, 10) for case in _within(years)),
            Case("공고일 당일 창업", "Founded on the notice date", PASS, _firm(NOTICE), AROUND),
            Case(
                "공고일 다음 날 창업",
                "Founded the day after",
                FAIL,
                _firm(date(2026, 4, 15)),
                AROUND,
                unlock="nothing",
            ),
            Case("초기창업패키지, 첫날", "Early package, first day", PASS, _firm(date(2023, 1, 23)), PACKAGE),
            Case("초기창업패키지, 끝날", "Early package, last day", PASS, _firm(date(2026, 1, 22)), PACKAGE),
            Case(
                "초기창업패키지, 하루 넘김",
                "Early package, a day over",
                FAIL,
                _firm(date(2023, 1, 22)),
                PACKAGE,
                unlock="nothing",
            ),
            Case(
                "개인사업자도 같은 방식",
                "A sole proprietor alike",
                PASS,
                _firm(date(2019, 4, 15), entity=Entity.SOLE_PROPRIETOR),
                AROUND,
            ),
            Case("창업일 미확인", "Founding day not known", CHECK, {}, AROUND, unlock="state"),
            Case("공고에 없음", "Not stated", SILENT, _firm(date(2000, 1, 1)), {"notice_on": NOTICE}),
            Case("기업 형태를 몰라도 판단", "Legal form not known", PASS, {"founded_on": date(2020, 1, 1)}, AROUND),
        ),
    ),
    Table(
        "business_age",
        "‘N년 초과’는 만 N년이 된 날부터입니다. ‘이내’와 겹치지 않습니다.",
        "Over N years begins on the day that N are complete, so it never overlaps with within N.",
        (
            Case(
                "3년 초과, 하루 모자람", "Over 3, a day short", FAIL, _firm(date(2023, 4, 15)), LEAP, unlock="nothing"
            ),
            Case("3년 초과, 첫날", "Over 3, the first day", PASS, _firm(date(2023, 4, 14)), LEAP),
            Case("7년 이내, 마지막 날", "Within 7, the last day", PASS, _firm(date(2019, 4, 15)), LEAP),
            Case("7년 이내, 하루 넘김", "Within 7, a day over", FAIL, _firm(date(2019, 4, 14)), LEAP, unlock="nothing"),
        ),
    ),
    Table(
        "business_age",
        "2월 29일에 창업한 기업은 평년의 경우 3월 1일에 업력 1년을 더합니다.",
        "A firm founded on 29 February completes a year on 1 March of a common year.",
        (
            _leap("평년 2월 28일 공고", "Notice on 28 February", date(2016, 2, 29), date(2026, 2, 28), 10, PASS),
            _leap("평년 3월 1일 공고", "Notice on 1 March", date(2016, 2, 29), date(2026, 3, 1), 10, FAIL),
            _leap("윤년 2월 28일 공고", "Leap year, 28 February", date(2020, 2, 29), date(2024, 2, 28), 4, PASS),
            _leap("윤년 2월 29일 공고", "Leap year, 29 February", date(2020, 2, 29), date(2024, 2, 29), 4, FAIL),
            _leap("2월 29일 공고, 전날 창업", "Notice on 29 February", date(2014, 2, 28), date(2024, 2, 29), 10, FAIL),
            _leap("2월 29일 공고, 3월 1일 창업", "Founded on 1 March", date(2014, 3, 1), date(2024, 2, 29), 10, PASS),
        ),
    ),
    Table(
        "business_age",
        "업력 7년 초과 10년 이내인 기업은 27개 신산업 창업 분야 중 하나를 선택하여야 하며, 선택하지 않으면 제외합니다.",
        "A firm over 7 and within 10 years must name one of the 27 fields; one that names none is refused.",
        (
            Case(
                "만 7년, 분야 미선택",
                "7 years, no field",
                FAIL,
                _firm(date(2019, 4, 14)),
                AROUND,
                unlock="name_field",
            ),
            Case(
                "만 9년, 분야 미선택",
                "9 years, no field",
                FAIL,
                _firm(date(2016, 4, 15)),
                AROUND,
                unlock="name_field",
            ),
            Case("만 6년, 분야 미선택", "6 years, no field", PASS, _firm(date(2019, 4, 15)), AROUND),
            Case("만 7년, 분야 선택", "7 years, a field", PASS, _firm(date(2019, 4, 14), 9), AROUND),
            Case("10년 되기 전날", "The day before 10 years", PASS, _firm(date(2016, 4, 15), 9), AROUND),
            Case(
                "만 10년, 분야 선택", "10 years, a field", FAIL, _firm(date(2016, 4, 14), 9), AROUND, unlock="nothing"
            ),
            Case(
                "목록에 없는 분야(28호)",
                "A field of no list (28)",
                FAIL,
                _firm(date(2019, 4, 14), 28),
                AROUND,
                unlock="name_field",
            ),
            Case(
                "예외가 없는 공고",
                "A call without the exception",
                FAIL,
                _firm(date(2019, 4, 14), 1),
                {"notice_on": NOTICE, "max_age_years": 7},
                unlock="nothing",
            ),
            Case(
                "고시 시행 전 공고",
                "A notice older than the list",
                CHECK,
                _firm(date(2016, 1, 29), 1),
                {**AROUND, "notice_on": date(2024, 1, 29)},
                unlock="confirm",
            ),
            Case(
                "고시 시행일 공고",
                "A notice of the list's first day",
                PASS,
                _firm(date(2016, 1, 29), 1),
                {**AROUND, "notice_on": date(2024, 1, 30)},
            ),
        ),
    ),
    Table(
        "business_age",
        "27개 분야 모두에 같은 예외가 적용됩니다.",
        "The exception holds for each of the 27 fields.",
        tuple(case for number in range(1, FIELD_COUNT + 1) for case in _field(number)),
        generated=True,
    ),
    Table(
        "business_age",
        "예비창업자는 업력이 없으므로, 공고가 예비창업자를 포함하는 경우에만 충족합니다.",
        "A pre-founder has no business age and passes only where the call takes pre-founders.",
        (
            Case(
                "예비창업자 포함 공고",
                "Pre-founders named",
                PASS,
                {"entity": Entity.PRE_FOUNDER},
                {**AROUND, "entities": (Entity.PRE_FOUNDER, Entity.CORPORATION)},
            ),
            Case(
                "창업기업만 대상",
                "Pre-founders not named",
                FAIL,
                {"entity": Entity.PRE_FOUNDER},
                AROUND,
                unlock="nothing",
            ),
            Case(
                "상시 접수 프로그램",
                "A standing program",
                FAIL,
                {"entity": Entity.PRE_FOUNDER},
                {"always_open": True, "max_age_years": 10},
                unlock="register_business",
            ),
            Case(
                "공고일 이후 창업, 예비창업자 포함",
                "Founded after the notice, pre-founders named",
                CHECK,
                _firm(date(2026, 4, 20)),
                {**AROUND, "entities": (Entity.PRE_FOUNDER, Entity.CORPORATION)},
                unlock="confirm",
            ),
        ),
    ),
    Table(
        "business_age",
        "공고일을 모르면 공고일이 될 수 있는 기간(접수 시작일까지의 1년) 어느 날이든 결과가 같을 때만 판단합니다.",
        "Without a notice date the answer is given only if it is the same on every day of the year up to the opening.",
        (
            Case("어느 날이든 7년 이내", "Within on every day", PASS, _firm(date(2019, 2, 2)), UNDATED),
            Case(
                "공고일에 따라 달라짐",
                "Depends on the day",
                CHECK,
                _firm(date(2019, 2, 1)),
                UNDATED,
                unlock="state_in_notice",
            ),
            Case(
                "마지막으로 달라지는 날",
                "The last that depends",
                CHECK,
                _firm(date(2018, 2, 3)),
                UNDATED,
                unlock="state_in_notice",
            ),
            Case("어느 날이든 7년 초과", "Over on every day", FAIL, _firm(date(2018, 2, 2)), UNDATED, unlock="nothing"),
            Case(
                "시작일도 모르면 마감일 기준",
                "By the closing day",
                CHECK,
                _firm(date(2019, 2, 28)),
                {"closes_on": date(2026, 2, 28), "max_age_years": 7},
                unlock="state_in_notice",
            ),
            Case(
                "연도만 알면 연말 기준",
                "By the end of the year",
                CHECK,
                _firm(date(2019, 12, 31)),
                {"year": 2026, "max_age_years": 7},
                unlock="state_in_notice",
            ),
            Case(
                "어느 쪽이든 신산업 분야면 충족",
                "A field would settle it",
                CHECK,
                _firm(date(2019, 2, 1)),
                {**UNDATED, "max_age_years_new_industry": 10},
                unlock="name_field",
            ),
            Case(
                "분야와 공고일이 모두 필요",
                "Field and notice both needed",
                CHECK,
                _firm(date(2016, 2, 1)),
                {**UNDATED, "max_age_years_new_industry": 10},
                unlock="name_field_and_notice",
            ),
        ),
    ),
    Table(
        "business_age",
        "상시 접수 프로그램은 공고일이 없으면 평가일을 기준으로 셉니다.",
        "A standing program without a notice date counts on the day of evaluation.",
        (
            Case(
                "10년 되기 전날",
                "The day before 10 years",
                PASS,
                _firm(date(2016, 7, 11)),
                {"always_open": True, "max_age_years": 10},
            ),
            Case(
                "만 10년",
                "10 years",
                FAIL,
                _firm(date(2016, 7, 10)),
                {"always_open": True, "max_age_years": 10},
                unlock="nothing",
            ),
            Case(
                "3년이 되면 신청 가능",
                "From 3 years on",
                FAIL,
                _firm(date(2023, 7, 11)),
                {"always_open": True, "min_age_years": 3},
                unlock="wait_until",
            ),
            Case(
                "지난해 평가는 지난해 나이로",
                "Last year's age last year",
                PASS,
                _firm(date(2016, 7, 10)),
                {"always_open": True, "max_age_years": 10},
                date(2025, 7, 10),
            ),
        ),
    ),
)
