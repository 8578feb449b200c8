"""Business age: every boundary day, the 27 fields, leap days, pre-founders and unknown notice dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from model.domain import AgeDay, Business, Entity, Result
from tests.spec.case import CHECK, FAIL, PASS, SILENT, Case, Table

NOTICE = date(2026, 4, 14)
AROUND = {"notice_on": NOTICE, "max_age_years": 7, "max_age_years_new_industry": 10}
PACKAGE = {
    "notice_on": date(2026, 1, 22),
    "founded_from": date(2023, 1, 23),
    "founded_until": date(2026, 1, 22),
    "max_age_years": 3,
}
ALL_IN_ONE = {
    "notice_on": date(2026, 4, 20),
    "founded_from": date(2019, 4, 20),
    "founded_until": date(2026, 4, 19),
    "max_age_years": 7,
    "max_age_years_new_industry": 10,
}
"""The notice prints its range a day earlier at both ends than 2026-259 does."""
LEAP = {"notice_on": NOTICE, "min_age_years": 3, "max_age_years": 7}
FIELD_COUNT = 27


def _firm(founded: date, number: int | None = None, entity: Entity = Entity.CORPORATION) -> dict[str, Any]:
    return {"founded_on": founded, "new_industry_field": number, "entity": entity}


def _within(years: int) -> tuple[Case, ...]:
    """The founding days around a limit: out on both readings, the day on which they part, in on both."""
    program = {"notice_on": NOTICE, "max_age_years": years}
    out, parts, young = (date(2026 - years, 4, day) for day in (13, 14, 15))
    return (
        Case(f"{years}년 이내, 하루 넘김", f"Within {years}, a day over", FAIL, _firm(out), program, unlock="nothing"),
        Case(f"꼭 {years}년", f"{years} years to the day", CHECK, _firm(parts), program, unlock="state_in_notice"),
        Case(f"{years}년 이내, 마지막 날", f"Within {years}, the last day", PASS, _firm(young), program),
    )


def _field(number: int) -> tuple[Case, Case]:
    """A field opens the years above seven, and no field opens those above ten."""
    eight, eleven = date(2018, 4, 14), date(2016, 4, 13)
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
    unlock = {PASS: None, CHECK: "state_in_notice", FAIL: "nothing"}[expected]
    return Case(ko, en, expected, _firm(founded), program, unlock=unlock)


UNDATED = {"opens_on": date(2026, 2, 1), "closes_on": date(2026, 2, 28), "max_age_years": 7}

SOLE = Entity.SOLE_PROPRIETOR
CERTIFIED = {
    "founding_basis_on": date(2024, 6, 1),
    "founding_certificate": "제202608-00000-0000000호",
    "founding_certificate_until": date(2029, 8, 6),
}
DEMANDED = {"notice_on": NOTICE, "founding_certificate_required": True}


def _converted(opened: date) -> dict[str, Any]:
    """A corporation of 2024 that a sole proprietorship became whole."""
    return {**_firm(date(2024, 1, 2)), "previous_businesses": (Business(SOLE, "62010", opened, converted=True),)}


def _again(
    ko: str,
    en: str,
    founded: date,
    expected: Result,
    unlock: str | None,
    *,
    industry: str | None = "62010",
    bankrupt: bool | None = False,
) -> Case:
    """The same representative's business that opened in 2018 and closed on 31 May 2020."""
    before = Business(SOLE, industry, date(2018, 3, 2), date(2020, 5, 31), bankrupt)
    firm = {**_firm(founded), "industry": "62010", "previous_businesses": (before,)}
    return Case(ko, en, expected, firm, {"max_age_years": 7}, unlock=unlock)


TABLES = (
    Table(
        "business_age",
        "공고가 창업일의 범위를 적으면 그대로 따릅니다. 없으면 두 가지 해석의 답이 다른 날은 확인이 필요합니다.",
        "A printed range is followed to the day; without one, days on which the two readings part need checking.",
        (
            *(case for years in (1, 2, 3, 5, 7, 10) for case in _within(years)),
            Case(
                "공고일 당일 창업",
                "Founded on the notice date",
                CHECK,
                _firm(NOTICE),
                AROUND,
                unlock="state_in_notice",
            ),
            Case("공고일 전날 창업", "Founded the day before", PASS, _firm(date(2026, 4, 13)), AROUND),
            Case("올인원팩, 첫날", "All-in-one pack, first day", PASS, _firm(date(2019, 4, 20)), ALL_IN_ONE),
            Case("올인원팩, 끝날", "All-in-one pack, last day", PASS, _firm(date(2026, 4, 19)), ALL_IN_ONE),
            Case(
                "올인원팩, 공고일 창업",
                "All-in-one pack, founded on the notice date",
                FAIL,
                _firm(date(2026, 4, 20)),
                ALL_IN_ONE,
                unlock="nothing",
            ),
            Case(
                "올인원팩, 하루 넘김, 분야 미선택",
                "All-in-one pack, a day over, no field",
                FAIL,
                _firm(date(2019, 4, 19)),
                ALL_IN_ONE,
                unlock="name_field",
            ),
            Case(
                "올인원팩, 신산업 첫날",
                "All-in-one pack, first day with a field",
                PASS,
                _firm(date(2016, 4, 20), 8),
                ALL_IN_ONE,
            ),
            Case(
                "올인원팩, 신산업 하루 넘김",
                "All-in-one pack, a day over with a field",
                FAIL,
                _firm(date(2016, 4, 19), 8),
                ALL_IN_ONE,
                unlock="nothing",
            ),
            Case(
                "마감일 기준 공고",
                "Counted on the closing day",
                FAIL,
                _firm(date(2019, 4, 26)),
                {
                    "notice_on": date(2026, 4, 6),
                    "closes_on": date(2026, 4, 27),
                    "age_counted": AgeDay.CLOSING,
                    "max_age_years": 7,
                },
                unlock="nothing",
            ),
            Case(
                "다른 공고일 기준",
                "Counted on another notice's day",
                PASS,
                _firm(date(2023, 3, 28)),
                {
                    "notice_on": date(2026, 4, 20),
                    "age_counted": AgeDay.OTHER_NOTICE,
                    "age_counted_on": date(2026, 3, 27),
                    "max_age_years": 3,
                },
            ),
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
        "‘N년 초과’는 만 N년이 된 다음 날부터 확실하며, 만 N년이 되는 날은 확인이 필요합니다.",
        "Over N years is sure from the day after N are complete; that day itself needs checking.",
        (
            Case(
                "3년 초과, 하루 모자람", "Over 3, a day short", FAIL, _firm(date(2023, 4, 15)), LEAP, unlock="nothing"
            ),
            Case("꼭 3년", "3 years to the day", CHECK, _firm(date(2023, 4, 14)), LEAP, unlock="state_in_notice"),
            Case("3년 초과", "Over 3", PASS, _firm(date(2023, 4, 13)), LEAP),
            Case("7년 이내, 마지막 날", "Within 7, the last day", PASS, _firm(date(2019, 4, 15)), LEAP),
            Case("7년 이내, 하루 넘김", "Within 7, a day over", FAIL, _firm(date(2019, 4, 13)), LEAP, unlock="nothing"),
        ),
    ),
    Table(
        "business_age",
        "2월 29일에 창업한 기업은 평년의 경우 3월 1일에 업력 1년을 더합니다.",
        "A firm founded on 29 February completes a year on 1 March of a common year.",
        (
            _leap("평년 2월 28일 공고", "Notice on 28 February", date(2016, 2, 29), date(2026, 2, 28), 10, PASS),
            _leap("평년 3월 1일 공고", "Notice on 1 March", date(2016, 2, 29), date(2026, 3, 1), 10, CHECK),
            _leap("윤년 2월 28일 공고", "Leap year, 28 February", date(2020, 2, 29), date(2024, 2, 28), 4, PASS),
            _leap("윤년 2월 29일 공고", "Leap year, 29 February", date(2020, 2, 29), date(2024, 2, 29), 4, CHECK),
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
                _firm(date(2019, 4, 13)),
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
                "만 10년, 분야 선택", "10 years, a field", FAIL, _firm(date(2016, 4, 13), 9), AROUND, unlock="nothing"
            ),
            Case(
                "목록에 없는 분야(28호)",
                "A field of no list (28)",
                FAIL,
                _firm(date(2019, 4, 13), 28),
                AROUND,
                unlock="name_field",
            ),
            Case(
                "예외가 없는 공고",
                "A call without the exception",
                FAIL,
                _firm(date(2019, 4, 13), 1),
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
                _firm(date(2018, 2, 2)),
                UNDATED,
                unlock="state_in_notice",
            ),
            Case("어느 날이든 7년 초과", "Over on every day", FAIL, _firm(date(2018, 2, 1)), UNDATED, unlock="nothing"),
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
                "꼭 10년",
                "10 years to the day",
                CHECK,
                _firm(date(2016, 7, 10)),
                {"always_open": True, "max_age_years": 10},
                unlock="state_in_notice",
            ),
            Case(
                "10년 초과",
                "Over 10 years",
                FAIL,
                _firm(date(2016, 7, 9)),
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
    Table(
        "business_age",
        "업력은 창업기업확인서의 창업 기준 충족일부터, 포괄 전환한 법인은 개인사업자의 개업일부터 셉니다.",
        "Age counts from the day of the start-up certificate, and for a converted firm from the earlier opening.",
        (
            Case(
                "유효한 확인서의 충족일",
                "A certificate in force",
                PASS,
                {**_firm(date(2012, 1, 1)), **CERTIFIED},
                ALL_IN_ONE,
                date(2026, 4, 25),
            ),
            Case(
                "확인서 없이 충족일만",
                "The day without a certificate",
                CHECK,
                {**_firm(date(2012, 1, 1)), "founding_basis_on": date(2024, 6, 1)},
                ALL_IN_ONE,
                unlock="confirm",
            ),
            Case(
                "만료된 확인서",
                "A certificate that is over",
                CHECK,
                {**_firm(date(2012, 1, 1)), **CERTIFIED},
                ALL_IN_ONE,
                date(2030, 1, 1),
                unlock="confirm",
            ),
            Case(
                "공고일 뒤의 충족일",
                "A day after the notice",
                FAIL,
                {**_firm(date(2023, 1, 1)), **CERTIFIED, "founding_basis_on": date(2026, 6, 1)},
                ALL_IN_ONE,
                unlock="nothing",
            ),
            Case(
                "포괄 전환, 개인 개업일이 7년 전",
                "Converted, opened over 7 years ago",
                FAIL,
                {
                    **_firm(date(2024, 1, 2)),
                    "previous_businesses": (Business(SOLE, "62010", date(2015, 3, 1), converted=True),),
                },
                ALL_IN_ONE,
                unlock="nothing",
            ),
            Case(
                "포괄 전환, 개인 개업일이 7년 이내",
                "Converted, opened within 7 years",
                PASS,
                {
                    **_firm(date(2024, 1, 2)),
                    "previous_businesses": (Business(SOLE, "62010", date(2021, 3, 1), converted=True),),
                },
                ALL_IN_ONE,
            ),
            Case(
                "같은 업종의 개인사업이 남아 있음",
                "A sole proprietorship of the same kind is open",
                CHECK,
                {
                    **_firm(date(2024, 1, 2)),
                    "industry": "62010",
                    "previous_businesses": (Business(SOLE, "62010", date(2015, 3, 1)),),
                },
                ALL_IN_ONE,
                unlock="confirm",
            ),
        ),
    ),
    Table(
        "founding",
        "폐업 후 3년(부도·파산은 2년) 안에 같은 업종(세세분류 5자리)을 다시 시작하면 창업이 아닙니다.",
        "Resuming the same business (five KSIC digits) within 3 years of closing, 2 after bankruptcy, is no founding.",
        (
            _again("3년이 지나기 전", "Before 3 years", date(2023, 5, 30), FAIL, "nothing"),
            _again("3년이 되는 날", "After 3 years", date(2023, 5, 31), PASS, None),
            _again("부도 후 2년 전", "Bankrupt, before 2", date(2022, 5, 30), FAIL, "nothing", bankrupt=True),
            _again("부도 후 2년", "Bankrupt, after 2 years", date(2022, 5, 31), PASS, None, bankrupt=True),
            _again("사유를 모르고 2년 뒤", "Reason unknown", date(2022, 6, 1), CHECK, "confirm", bankrupt=None),
            _again("다른 업종", "Another business", date(2020, 6, 1), PASS, None, industry="62021"),
            _again("업종 앞 3자리만", "Three digits alone", date(2020, 6, 1), CHECK, "confirm", industry="620"),
            _again("업종 미확인", "Industry not known", date(2020, 6, 1), CHECK, "confirm", industry=None),
            _again("폐업 전 창업", "Founded before it closed", date(2020, 5, 1), CHECK, "confirm"),
            Case("이전 사업을 모름", "No earlier business stated", SILENT, _firm(date(2024, 1, 2)), ALL_IN_ONE),
        ),
    ),
    Table(
        "founding_certificate",
        "확인서를 요구하는 공고에서는 창업 기준 충족일이 공고일 이전이고 확인서가 유효하여야 합니다.",
        "Where a notice demands the certificate, its day must not be after the notice, and it must be in force.",
        (
            Case("유효한 확인서", "In force", PASS, CERTIFIED, DEMANDED),
            Case("확인서 미확인", "Not known", CHECK, {}, DEMANDED, unlock="state"),
            Case(
                "번호 미확인",
                "Number not known",
                CHECK,
                {"founding_basis_on": date(2024, 6, 1)},
                DEMANDED,
                unlock="state",
            ),
            Case("만료", "Over", CHECK, CERTIFIED, DEMANDED, date(2030, 1, 1), unlock="state"),
            Case(
                "공고일 뒤의 충족일",
                "A day after the notice",
                FAIL,
                {**CERTIFIED, "founding_basis_on": date(2026, 4, 15)},
                DEMANDED,
                unlock="nothing",
            ),
            Case("예비창업자", "A pre-founder", SILENT, {"entity": Entity.PRE_FOUNDER}, DEMANDED),
            Case("요구하지 않는 공고", "Not demanded", SILENT, {}, AROUND),
        ),
    ),
)
