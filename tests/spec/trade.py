"""Lines of business by KSIC code: asked for and excluded."""

from __future__ import annotations

from model.domain import Result
from tests.spec.case import CHECK, FAIL, PASS, SILENT, Case, Table

EXCLUDED = {"excluded_industries": ("56211", "56212", "91242", "91249")}
UNLOCKS = {PASS: None, CHECK: "state_full_code", FAIL: "change_industry"}


def _asked(ko: str, en: str, code: str, wanted: tuple[str, ...], expected: Result) -> Case:
    return Case(ko, en, expected, {"industry": code}, {"industries": wanted}, unlock=UNLOCKS[expected])


def _excluded(ko: str, en: str, code: str, expected: Result) -> Case:
    return Case(ko, en, expected, {"industry": code}, EXCLUDED, unlock=UNLOCKS[expected])


TABLES = (
    Table(
        "industry",
        "업종은 한국표준산업분류 코드의 앞자리로 판단하며, 대분류는 영문자로 적습니다.",
        "Industries go by the leading digits of the KSIC code; a letter stands for a section.",
        (
            _asked("제조업(C), 26111", "Manufacturing", "26111", ("C",), PASS),
            _asked("정보통신업(J), 58222", "Information", "58222", ("J",), PASS),
            _asked("제조업 대상, 소프트웨어", "Software for manufacturing", "58222", ("C",), FAIL),
            _asked("중분류 26", "Division 26", "26111", ("26",), PASS),
            _asked("세세분류 일치", "The same class", "62010", ("62010",), PASS),
            _asked("세세분류 불일치", "Another class", "62021", ("62010",), FAIL),
            _asked("중분류만 앎", "Only the division known", "62", ("62010",), CHECK),
            _asked("대분류만 앎", "Only the section known", "J", ("62",), CHECK),
            _asked("대분류 대 대분류", "Section for section", "C", ("C",), PASS),
            _asked("영문자를 붙인 코드", "Letter and digits", "J62010", ("62",), PASS),
            _asked("영문자와 숫자가 어긋남", "Letter and digits at odds", "C62010", ("62",), CHECK),
            _asked("앞의 0 유지", "Leading zero kept", "01110", ("A",), PASS),
            _asked("둘 중 하나", "One of two", "26111", ("J", "26"), PASS),
            _asked("코드가 아닌 값", "A word that is no code", "소프트웨어", ("62",), CHECK),
            _asked("없는 중분류", "A division of no list", "04110", ("A",), CHECK),
            Case("업종 미확인", "Not known", CHECK, {}, {"industries": ("62",)}, unlock="state"),
            Case(
                "공고의 업종을 알 수 없음",
                "The notice's industry is not known",
                CHECK,
                {"industry": "62010"},
                {"industries": ("딥테크",)},
                unlock="state_in_notice",
            ),
            Case("공고에 없음", "Not stated", SILENT, {"industry": "62010"}),
        ),
    ),
    Table(
        "excluded_industry",
        "일반유흥주점업 등 공고에 정한 제외 업종은 신청할 수 없습니다.",
        "Industries that the notice excludes, such as entertainment bars, may not apply.",
        (
            _excluded("일반유흥주점업", "Entertainment bars", "56211", FAIL),
            _excluded("무도유흥주점업", "Dance bars", "56212", FAIL),
            _excluded("카지노 운영업", "Casinos", "91242", FAIL),
            _excluded("기타 사행시설 운영업", "Other gambling", "91249", FAIL),
            _excluded("생맥주 전문점", "Other bars", "56213", PASS),
            _excluded("소프트웨어", "Software", "58222", PASS),
            _excluded("중분류 56만 앎", "Only division 56 known", "56", CHECK),
            _excluded("중분류 91만 앎", "Only division 91 known", "91", CHECK),
            _excluded("중분류 62만 앎", "Only division 62 known", "62", PASS),
            _excluded("코드가 아닌 값", "A word that is no code", "주점", CHECK),
            Case("업종 미확인", "Not known", CHECK, {}, EXCLUDED, unlock="state"),
            Case("공고에 없음", "Not stated", SILENT, {"industry": "56211"}),
        ),
    ),
)
