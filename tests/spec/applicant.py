"""Who applies: kind of firm, legal form, stage, languages, representatives, registration numbers."""

from __future__ import annotations

from typing import Any

from model.domain import Entity, Kind, Result, Stage
from tests.spec.case import CHECK, FAIL, PASS, SILENT, Case, Table

MICRO, MAKER = Kind.MICRO_ENTERPRISE, Kind.SMALL_MANUFACTURER
PRE, SOLE, CORPORATION = Entity.PRE_FOUNDER, Entity.SOLE_PROPRIETOR, Entity.CORPORATION
BOTH = {"entities": (SOLE, CORPORATION)}
UP_TO_B = {"stages": (Stage.SEED, Stage.PRE_A, Stage.SERIES_A, Stage.SERIES_B)}
CO = {"manual_checks": ("co_representatives",)}
NAMES = {"pre_founder": "예비창업", "seed": "시드", "pre_a": "프리A", "series_a": "시리즈A", "series_b": "시리즈B"}
NAMES |= {"series_c": "시리즈C", "later": "시리즈D 이후"}


def _stage(stage: Stage, program: dict[str, Any], expected: Result, unlock: str | None = None) -> Case:
    return Case(NAMES[stage.value], stage.value, expected, {"stage": stage}, program, unlock=unlock)


def _number(ko: str, en: str, number: str, expected: Result) -> Case:
    unlock = None if expected is PASS else "correct_number"
    return Case(ko, en, expected, {"business_number": number}, unlock=unlock)


def _corporate(ko: str, en: str, number: str, expected: Result) -> Case:
    unlock = None if expected is PASS else "correct_number"
    return Case(ko, en, expected, {"corporate_number": number}, unlock=unlock)


TABLES = (
    Table(
        "kind",
        "신청 대상을 정하지 않은 사업은 창업기업을 대상으로 봅니다.",
        "A program that names no kind of firm takes startups.",
        (
            Case("창업기업, 대상 미기재", "Startup, none named", PASS, {"kind": Kind.STARTUP}),
            Case("소상공인, 대상 미기재", "Micro-enterprise, none named", FAIL, {"kind": MICRO}, unlock="nothing"),
            Case("중소 제조기업, 대상 미기재", "Manufacturer, none named", FAIL, {"kind": MAKER}, unlock="nothing"),
            Case("소상공인 대상 사업", "Open to micro-enterprises", PASS, {"kind": MICRO}, {"applicants": (MICRO,)}),
            Case(
                "창업기업, 소상공인 대상",
                "Startup, open to micro-enterprises",
                FAIL,
                {"kind": Kind.STARTUP},
                {"applicants": (MICRO,)},
                unlock="nothing",
            ),
            Case(
                "중소 제조기업, 두 구분 대상",
                "Manufacturer, two kinds named",
                PASS,
                {"kind": MAKER},
                {"applicants": (Kind.STARTUP, MAKER)},
            ),
        ),
    ),
    Table(
        "entity",
        "공고에 정한 기업 형태여야 합니다.",
        "The legal form must be one that the notice names.",
        (
            Case("법인", "Corporation", PASS, {"entity": CORPORATION}, BOTH),
            Case("개인사업자", "Sole proprietor", PASS, {"entity": SOLE}, BOTH),
            Case("예비창업자", "Pre-founder", FAIL, {"entity": PRE}, BOTH, unlock="register_business"),
            Case("형태 미확인", "Not known", CHECK, {}, BOTH, unlock="state"),
            Case(
                "개인사업자, 법인만 대상",
                "Sole proprietor, corporations only",
                FAIL,
                {"entity": SOLE},
                {"entities": (CORPORATION,)},
                unlock="register_corporation",
            ),
            Case(
                "예비창업자, 법인만 대상",
                "Pre-founder, corporations only",
                FAIL,
                {"entity": PRE},
                {"entities": (CORPORATION,)},
                unlock="register_corporation",
            ),
            Case("예비창업자 대상", "Pre-founders only", PASS, {"entity": PRE}, {"entities": (PRE,)}),
            Case(
                "법인, 예비창업자 대상",
                "Corporation, pre-founders only",
                FAIL,
                {"entity": CORPORATION},
                {"entities": (PRE,)},
                unlock="nothing",
            ),
            Case("공고에 없음", "Not stated", SILENT, {"entity": CORPORATION}),
        ),
    ),
    Table(
        "stage",
        "공고에 정한 투자 단계여야 합니다(예: 시리즈B 이하).",
        "The investment stage must be one that the notice names, such as up to Series B.",
        (
            _stage(Stage.PRE_FOUNDER, UP_TO_B, FAIL, "reach_stage"),
            _stage(Stage.SEED, UP_TO_B, PASS),
            _stage(Stage.PRE_A, UP_TO_B, PASS),
            _stage(Stage.SERIES_A, UP_TO_B, PASS),
            _stage(Stage.SERIES_B, UP_TO_B, PASS),
            _stage(Stage.SERIES_C, UP_TO_B, FAIL, "nothing"),
            _stage(Stage.LATER, UP_TO_B, FAIL, "nothing"),
            Case("단계 미확인", "Not known", CHECK, {}, UP_TO_B, unlock="state"),
            Case("공고에 없음", "Not stated", SILENT, {"stage": Stage.SEED}),
            _stage(Stage.SEED, {"stages": (Stage.SERIES_A, Stage.LATER)}, FAIL, "reach_stage"),
            _stage(Stage.SERIES_B, {"stages": (Stage.SERIES_A, Stage.LATER)}, FAIL, "reach_stage"),
        ),
    ),
    Table(
        "languages",
        "프로그램 운영 언어 중 하나로 참여할 수 있어야 합니다.",
        "The startup must be able to take part in one of the program's languages.",
        (
            Case("국문 사업, 국문 가능", "Korean for Korean", PASS, {"languages": ("ko",)}, {"languages": ("ko",)}),
            Case("영문 또는 국문", "Either", PASS, {"languages": ("ko",)}, {"languages": ("en", "ko")}),
            Case(
                "영문 사업, 국문만 가능",
                "Korean for English",
                FAIL,
                {"languages": ("ko",)},
                {"languages": ("en",)},
                unlock="offer_language",
            ),
            Case("언어 이름으로 적음", "Written by name", PASS, {"languages": ("영어",)}, {"languages": ("en",)}),
            Case("언어 미확인", "Not known", CHECK, {}, {"languages": ("en",)}, unlock="state"),
            Case(
                "알 수 없는 언어",
                "A word that is no language",
                CHECK,
                {"languages": ("바른말",)},
                {"languages": ("en",)},
                unlock="state",
            ),
            Case(
                "공고의 언어를 알 수 없음",
                "The notice's language is not known",
                CHECK,
                {"languages": ("ko",)},
                {"languages": ("바른말",)},
                unlock="state_in_notice",
            ),
            Case("공고에 없음", "Not stated", SILENT, {"languages": ("ko",)}),
        ),
    ),
    Table(
        "representatives",
        "공동대표·각자대표는 대표자 전원이 신청 자격을 갖추어야 합니다.",
        "All joint representatives must qualify.",
        (
            Case("단독대표", "One representative", PASS, {"representatives": 1}, CO),
            Case(
                "공동대표 전원 충족",
                "Two, both qualify",
                PASS,
                {"representatives": 2, "representatives_qualify": True},
                CO,
            ),
            Case(
                "공동대표 일부 미충족",
                "Two, one doesn't",
                FAIL,
                {"representatives": 2, "representatives_qualify": False},
                CO,
                unlock="qualify_representatives",
            ),
            Case("공동대표, 자격 미확인", "Two, not known", CHECK, {"representatives": 2}, CO, unlock="state"),
            Case("대표자 수 미확인", "Number not known", CHECK, {}, CO, unlock="state"),
            Case("공고에 없어도 공동대표", "Two, not stated", CHECK, {"representatives": 2}, unlock="state"),
            Case("공고에 없고 단독대표", "One, not stated", SILENT, {"representatives": 1}),
        ),
    ),
    Table(
        "business_number",
        "사업자등록번호는 검증번호가 맞아야 하며, 모두 0인 번호는 인정하지 않습니다.",
        "A business number must carry its check digit; all zeros are refused.",
        (
            _number("검증번호 일치", "Right", "124-81-00998", PASS),
            _number("검증번호 일치, 붙임표 없음", "Right, no hyphens", "2208162517", PASS),
            _number("검증번호 일치", "Right", "120-81-47521", PASS),
            _number("마지막 자리 오류", "Last digit wrong", "124-81-00999", FAIL),
            _number("모두 0", "All zeros", "000-00-00000", FAIL),
            _number("한 자리 부족", "A digit short", "124-81-0099", FAIL),
            _number("한 자리 초과", "A digit too many", "124-81-009980", FAIL),
            _number("문자 포함", "With a letter", "124-81-0099A", FAIL),
            _number("전각 숫자", "Full-width digits", "１２４-81-00998", FAIL),
            Case("번호 미기재", "Not given", SILENT),
        ),
    ),
    Table(
        "corporate_number",
        "법인등록번호의 검증번호가 맞지 않으면 등기사항증명서로 확인합니다.",
        "A corporate number without its check digit is compared with the register.",
        (
            _corporate("검증번호 일치", "Right", "130111-0006246", PASS),
            _corporate("검증번호 불일치", "Last digit wrong", "130111-0006247", CHECK),
            _corporate("모두 0", "All zeros", "000000-0000000", CHECK),
            _corporate("한 자리 부족", "A digit short", "130111-000624", CHECK),
            Case("번호 미기재", "Not given", SILENT),
        ),
    ),
)
