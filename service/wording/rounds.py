"""Selection rounds in words: statuses, demands that clash, and the headings of the committees' sheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model.domain import Startup
from model.rounds import Method, ProposingSide, Status, TieBreak
from model.rounds.clash import Demand, DemandKind
from model.rounds.exposure import UNKNOWN
from model.rounds.scores import Wrong
from model.vocabulary import Vocabulary
from model.vocabulary.codes import Codes
from service.wording import terms

STATUS: dict[Status, dict[str, str]] = {
    Status.SHORTLISTED: {"ko": "선발", "en": "Shortlisted"},
    Status.RESERVE: {"ko": "예비", "en": "Reserve"},
    Status.BELOW_MINIMUM: {"ko": "최저점 미달", "en": "Below the minimum"},
    Status.NOT_ELIGIBLE: {"ko": "신청 불가", "en": "Not eligible"},
    Status.NEEDS_CHECK: {"ko": "확인 필요", "en": "Needs a check"},
}

DEMANDS: dict[DemandKind, dict[str, str]] = {
    DemandKind.PLACES: {"ko": "{program}의 선발 인원", "en": "The number of places at {program}"},
    DemandKind.AT_LEAST: {
        "ko": "{program}의 할당 '{quota}'의 하한",
        "en": "The minimum of quota '{quota}' at {program}",
    },
    DemandKind.AT_MOST: {
        "ko": "{program}의 할당 '{quota}'의 상한",
        "en": "The maximum of quota '{quota}' at {program}",
    },
    DemandKind.LOCK: {"ko": "'{startup}'의 {program} 확정", "en": "The lock of {startup} at {program}"},
    DemandKind.BAN: {"ko": "'{startup}'의 {program} 배제", "en": "The ban of {startup} from {program}"},
    DemandKind.MINIMUM: {"ko": "{program}의 최저점", "en": "The minimum score at {program}"},
    DemandKind.ELIGIBILITY: {
        "ko": "{program}에 대한 {startup}의 신청 요건",
        "en": "The eligibility of {startup} for {program}",
    },
    DemandKind.ONE_PLACE: {"ko": "기업마다 한 번만 선발", "en": "One place for each startup"},
    DemandKind.STABILITY: {"ko": "희망순 배정(안정)", "en": "A stable matching"},
}

HEADINGS: dict[str, dict[str, str]] = {
    "status": {"ko": "구분", "en": "Status"},
    "rank": {"ko": "순위", "en": "Rank"},
    "program_id": {"ko": "프로그램 ID", "en": "Program id"},
    "program": {"ko": "프로그램", "en": "Program"},
    "places": {"ko": "선발 인원", "en": "Places"},
    "startup_id": {"ko": "기업 ID", "en": "Startup id"},
    "startup": {"ko": "기업명", "en": "Startup"},
    "profile": {"ko": "기업 개요", "en": "Profile"},
    "base": {"ko": "기본 점수", "en": "Base score"},
    "bonus": {"ko": "가점", "en": "Bonus"},
    "final": {"ko": "최종 점수", "en": "Final score"},
    "notes": {"ko": "비고", "en": "Notes"},
    "reasons": {"ko": "추천 근거와 점수", "en": "Reasons with points"},
    "field": {"ko": "구분", "en": "By"},
    "value": {"ko": "값", "en": "Value"},
    "eligible": {"ko": "신청 가능한 기업", "en": "Eligible startups"},
    "eligible_share": {"ko": "신청 가능 비율", "en": "Share of the eligible"},
    "place_share": {"ko": "배정 비율", "en": "Share of places"},
    "recused": {"ko": "평가 제외 위원", "en": "Evaluators recused"},
    "evaluator": {"ko": "위원 {number}", "en": "Evaluator {number}"},
    "comment": {"ko": "평가 의견", "en": "Comment"},
}

NOTES: dict[str, dict[str, str]] = {
    "locked": {"ko": "담당자 확정: {reason}", "en": "Locked by a person: {reason}"},
    "entered": {"ko": "할당 '{name}'에 따라 선발됨", "en": "In by quota '{name}'"},
    "left": {"ko": "할당 '{name}'에 따라 제외됨", "en": "Out by quota '{name}'"},
    "placed_at": {"ko": "{program}에 배정됨", "en": "Placed at {program}"},
}

ABOUT: dict[str, dict[str, str]] = {
    "sheet": {"ko": "회차 정보", "en": "About"},
    "name": {"ko": "회차", "en": "Round"},
    "id": {"ko": "회차 번호", "en": "Round id"},
    "on": {"ko": "기준일", "en": "As of"},
    "created_by": {"ko": "실행한 사람", "en": "Run by"},
    "created_at": {"ko": "실행일시", "en": "Run at"},
    "model_version": {"ko": "모델 버전", "en": "Model version"},
    "rules_version": {"ko": "요건 버전", "en": "Rules version"},
    "inputs": {"ko": "입력 SHA-256", "en": "Inputs SHA-256"},
    "outcome": {"ko": "결과 SHA-256", "en": "Outcome SHA-256"},
    "summary": {"ko": "요약", "en": "Summary"},
    "notice": {"ko": "안내", "en": "Notice"},
}


def status(code: Status, language: str) -> str:
    """Name a status."""
    return STATUS[code][language]


def demand(demanded: Demand, language: str) -> str:
    """Say what is demanded."""
    names = {"program": demanded.program, "startup": demanded.startup, "quota": demanded.quota}
    return DEMANDS[demanded.kind][language].format(**names)


def heading(code: str, language: str, **facts: object) -> str:
    """Title a column."""
    return HEADINGS[code][language].format(**facts)


def note(code: str, language: str, **facts: object) -> str:
    """Remark on a place."""
    return NOTES[code][language].format(**facts)


def about(code: str, language: str) -> str:
    """Label a line of the sheet that says what the workbook is."""
    return ABOUT[code][language]


WRONG: dict[Wrong, dict[str, str]] = {
    Wrong.UNKNOWN_PAIR: {"ko": "이 회차의 명단에 없는 기업입니다.", "en": "This startup is not on the round's list."},
    Wrong.TWICE: {"ko": "같은 점수가 두 번 적혀 있습니다.", "en": "This score stands twice."},
    Wrong.OUT_OF_RANGE: {"ko": "점수는 0점에서 100점 사이여야 합니다.", "en": "A score is 0 to 100 points."},
    Wrong.RECUSED: {
        "ko": "이해관계가 있어 평가에서 제외된 위원의 점수입니다.",
        "en": "This evaluator is recused for an interest.",
    },
    Wrong.MISSING: {"ko": "점수가 비어 있습니다.", "en": "The score is missing."},
}


def wrong(code: Wrong, language: str) -> str:
    """Say why a score can't count."""
    return WRONG[code][language]


METHODS: dict[Method, dict[str, str]] = {
    Method.EACH_PROGRAM: {"ko": "프로그램별 선발", "en": "Each program by itself"},
    Method.DEFERRED_ACCEPTANCE: {"ko": "희망순 배정(안정)", "en": "Deferred acceptance"},
    Method.TOTAL_FIT: {"ko": "총점 우선 배정", "en": "Maximum total fit"},
}

SIDES: dict[ProposingSide, dict[str, str]] = {
    ProposingSide.STARTUPS: {"ko": "기업에 유리하게", "en": "In favour of startups"},
    ProposingSide.PROGRAMS: {"ko": "프로그램에 유리하게", "en": "In favour of programs"},
}

SPREADS: dict[str, dict[str, str]] = {
    "score": {"ko": "점수순", "en": "By score"},
    "capped": {"ko": "추천 횟수 제한", "en": "With a cap on exposure"},
    "prices": {"ko": "경쟁률 반영", "en": "By clearing prices"},
}

TIE_BREAKS: dict[TieBreak, dict[str, str]] = {
    TieBreak.LARGEST_ITEM: {"ko": "배점이 큰 항목의 점수", "en": "Score of the largest item"},
    TieBreak.YOUNGER: {"ko": "업력이 짧은 기업", "en": "Younger firm"},
    TieBreak.FEWER_SELECTIONS: {"ko": "과거 선정 횟수가 적은 기업", "en": "Fewer past selections"},
    TieBreak.WITHOUT_BONUS: {"ko": "가점을 뺀 점수", "en": "Score without bonus"},
    TieBreak.ID: {"ko": "기업 ID 순", "en": "Startup id"},
}

RULES: dict[str, dict[str, str]] = {
    "quota": {"ko": "할당", "en": "Quota"},
    "bonus": {"ko": "가점", "en": "Bonus"},
    "lock": {"ko": "확정", "en": "Lock"},
    "ban": {"ko": "배제", "en": "Ban"},
}

FIELDS: dict[str, dict[str, str]] = {
    "area": {"ko": "권역", "en": "Area"},
    "region": {"ko": "시도", "en": "Region"},
    "stage": {"ko": "투자 단계", "en": "Stage"},
    "size": {"ko": "고용 규모", "en": "Size"},
    "kind": {"ko": "기업 구분", "en": "Kind"},
    "entity": {"ko": "기업 형태", "en": "Entity"},
    "gender": {"ko": "대표자 성별", "en": "Representative's gender"},
    "new_industry_field": {"ko": "신산업 창업 분야", "en": "New-industry field"},
    "industry": {"ko": "업종", "en": "Industry"},
    "participation": {"ko": "이 사업 참여 이력", "en": "Past at these programs"},
    "id": {"ko": "기업 ID", "en": "Startup id"},
}

VALUES: dict[tuple[str, str], dict[str, str]] = {
    ("area", "capital"): {"ko": "수도권", "en": "Capital area"},
    ("area", "non_capital"): {"ko": "비수도권", "en": "Outside the capital area"},
    ("size", "1-9"): {"ko": "9명 이하", "en": "Up to 9 people"},
    ("size", "10-49"): {"ko": "10–49명", "en": "10–49 people"},
    ("size", "50-299"): {"ko": "50–299명", "en": "50–299 people"},
    ("size", "300+"): {"ko": "300명 이상", "en": "300 people and more"},
    ("participation", "known"): {"ko": "신청·참여한 적 있음", "en": "Has applied or taken part"},
    ("participation", "new"): {"ko": "처음", "en": "First time"},
    ("gender", "f"): {"ko": "여성", "en": "Woman"},
    ("gender", "m"): {"ko": "남성", "en": "Man"},
}

UNKNOWN_VALUE = {"ko": "미확인", "en": "Unknown"}

TABLES = {
    "region": "regions",
    "stage": "stages",
    "kind": "kinds",
    "entity": "entities",
    "new_industry_field": "new_industry",
    "industry": "industries",
}
"""The vocabulary's tables that name a field's values."""

MEASURES = {
    "ko": "지니 계수 {gini}, 비수도권/수도권 비 {area_ratio}, 선발된 기업의 비율 {coverage:.1%}",
    "en": "Gini {gini}, ratio outside to inside the capital area {area_ratio}, coverage {coverage:.1%}",
}


def method(code: Method, language: str) -> str:
    """Name a way of giving places."""
    return METHODS[code][language]


def side(code: ProposingSide, language: str) -> str:
    """Name whose best stable matching is given."""
    return SIDES[code][language]


def spread(code: str, language: str) -> str:
    """Name a way of making lists."""
    return SPREADS[code][language]


def tie_break(code: TieBreak, language: str) -> str:
    """Name what breaks ties."""
    return TIE_BREAKS[code][language]


def rule(code: str, language: str) -> str:
    """Name a kind of rule that moves startups."""
    return RULES[code][language]


def field(code: str, language: str) -> str:
    """Name a field that quotas, bonuses and the account ask for; one that a person told stands for itself."""
    return FIELDS.get(code, {}).get(language, code)


def value(of: str, code: str, codes: Codes | None, language: str) -> str:
    """Name a field's value; one that no vocabulary knows stands for itself."""
    known = UNKNOWN_VALUE if code == UNKNOWN else VALUES.get((of, code))
    if known:
        return known[language]
    table = getattr(codes, TABLES[of]) if codes and of in TABLES else None
    return (table and table.name(code, language)) or code


def measures(account: Mapping[str, Any], language: str) -> str:
    """Say an account's measures in one line."""
    ratio = "-" if account["area_ratio"] is None else account["area_ratio"]
    return MEASURES[language].format(**{**account, "area_ratio": ratio})


def profile(vocabulary: Vocabulary, startup: Startup, language: str) -> str:
    """What an evaluator must know of a startup: a line of facts, then what it says of itself."""
    codes = vocabulary.codes
    concepts = ((vocabulary.technologies.concept(word), word) for word in startup.technologies)
    technologies = [terms.label(vocabulary, "technology", code, language) if code else word for code, word in concepts]
    founded = {"ko": "개업 {}", "en": "founded {}"}[language].format(startup.founded_on) if startup.founded_on else ""
    facts = (
        codes.regions.name(startup.region, language) if startup.region else "",
        codes.stages.name(startup.stage, language) if startup.stage else "",
        founded,
        ", ".join(dict.fromkeys(technologies)),
    )
    own, other = startup.summary or "", startup.summary_en or ""
    says = (own or other) if language == "ko" else (other or own)
    return "\n".join(filter(None, (" · ".join(filter(None, facts)), says)))
