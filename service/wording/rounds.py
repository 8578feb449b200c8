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
from service.wording.pairs import Pairs, said

STATUS: Pairs = {
    Status.SHORTLISTED: ("선발", "Shortlisted"),
    Status.RESERVE: ("예비", "Reserve"),
    Status.BELOW_MINIMUM: ("최저점 미달", "Below the minimum"),
    Status.NOT_ELIGIBLE: ("신청 불가", "Not eligible"),
    Status.NEEDS_CHECK: ("확인 필요", "Needs a check"),
}

DEMANDS: Pairs = {
    DemandKind.PLACES: ("{program}의 선발 인원", "The number of places at {program}"),
    DemandKind.AT_LEAST: ("{program}의 할당 '{quota}'의 하한", "The minimum of quota '{quota}' at {program}"),
    DemandKind.AT_MOST: ("{program}의 할당 '{quota}'의 상한", "The maximum of quota '{quota}' at {program}"),
    DemandKind.LOCK: ("'{startup}'의 {program} 확정", "The lock of {startup} at {program}"),
    DemandKind.BAN: ("'{startup}'의 {program} 배제", "The ban of {startup} from {program}"),
    DemandKind.MINIMUM: ("{program}의 최저점", "The minimum score at {program}"),
    DemandKind.ELIGIBILITY: ("{program}에 대한 {startup}의 신청 요건", "The eligibility of {startup} for {program}"),
    DemandKind.ONE_PLACE: ("기업마다 한 번만 선발", "One place for each startup"),
    DemandKind.STABILITY: ("희망순 배정(안정)", "A stable matching"),
}

HEADINGS: Pairs = {
    "status": ("구분", "Status"),
    "rank": ("순위", "Rank"),
    "program_id": ("프로그램 ID", "Program id"),
    "program": ("프로그램", "Program"),
    "places": ("선발 인원", "Places"),
    "startup_id": ("기업 ID", "Startup id"),
    "startup": ("기업명", "Startup"),
    "profile": ("기업 개요", "Profile"),
    "base": ("기본 점수", "Base score"),
    "bonus": ("가점", "Bonus"),
    "final": ("최종 점수", "Final score"),
    "notes": ("비고", "Notes"),
    "reasons": ("추천 근거와 점수", "Reasons with points"),
    "field": ("구분", "By"),
    "value": ("값", "Value"),
    "eligible": ("신청 가능한 기업", "Eligible startups"),
    "eligible_share": ("신청 가능 비율", "Share of the eligible"),
    "place_share": ("배정 비율", "Share of places"),
    "recused": ("평가 제외 위원", "Evaluators recused"),
    "evaluator": ("위원 {number}", "Evaluator {number}"),
    "comment": ("평가 의견", "Comment"),
}

NOTES: Pairs = {
    "locked": ("담당자 확정: {reason}", "Locked by a person: {reason}"),
    "entered": ("할당 '{name}'에 따라 선발됨", "In by quota '{name}'"),
    "left": ("할당 '{name}'에 따라 제외됨", "Out by quota '{name}'"),
    "placed_at": ("{program}에 배정됨", "Placed at {program}"),
}

ABOUT: Pairs = {
    "sheet": ("회차 정보", "About"),
    "name": ("회차", "Round"),
    "id": ("회차 번호", "Round id"),
    "on": ("기준일", "As of"),
    "created_by": ("실행한 사람", "Run by"),
    "created_at": ("실행일시", "Run at"),
    "model_version": ("모델 버전", "Model version"),
    "rules_version": ("요건 버전", "Rules version"),
    "inputs": ("입력 SHA-256", "Inputs SHA-256"),
    "outcome": ("결과 SHA-256", "Outcome SHA-256"),
    "summary": ("요약", "Summary"),
    "notice": ("안내", "Notice"),
}


def demand(demanded: Demand, language: str) -> str:
    """Say what is demanded."""
    names = {"program": demanded.program, "startup": demanded.startup, "quota": demanded.quota}
    return said(DEMANDS, demanded.kind, language, **names)


WRONG: Pairs = {
    Wrong.UNKNOWN_PAIR: ("이 회차의 명단에 없는 기업입니다.", "This startup is not on the round's list."),
    Wrong.TWICE: ("같은 점수가 두 번 적혀 있습니다.", "This score stands twice."),
    Wrong.OUT_OF_RANGE: ("점수는 0점에서 100점 사이여야 합니다.", "A score is 0 to 100 points."),
    Wrong.RECUSED: ("이해관계가 있어 평가에서 제외된 위원의 점수입니다.", "This evaluator is recused for an interest."),
    Wrong.MISSING: ("점수가 비어 있습니다.", "The score is missing."),
}


METHODS: Pairs = {
    Method.EACH_PROGRAM: ("프로그램별 선발", "Each program by itself"),
    Method.DEFERRED_ACCEPTANCE: ("희망순 배정(안정)", "Deferred acceptance"),
    Method.TOTAL_FIT: ("총점 우선 배정", "Maximum total fit"),
}

SIDES: Pairs = {
    ProposingSide.STARTUPS: ("기업에 유리하게", "In favour of startups"),
    ProposingSide.PROGRAMS: ("프로그램에 유리하게", "In favour of programs"),
}

SPREADS: Pairs = {
    "score": ("점수순", "By score"),
    "capped": ("추천 횟수 제한", "With a cap on exposure"),
    "prices": ("경쟁률 반영", "By clearing prices"),
}

TIE_BREAKS: Pairs = {
    TieBreak.LARGEST_ITEM: ("배점이 큰 항목의 점수", "Score of the largest item"),
    TieBreak.YOUNGER: ("업력이 짧은 기업", "Younger firm"),
    TieBreak.FEWER_SELECTIONS: ("과거 선정 횟수가 적은 기업", "Fewer past selections"),
    TieBreak.WITHOUT_BONUS: ("가점을 뺀 점수", "Score without bonus"),
    TieBreak.ID: ("기업 ID 순", "Startup id"),
}

RULES: Pairs = {
    "quota": ("할당", "Quota"),
    "bonus": ("가점", "Bonus"),
    "lock": ("확정", "Lock"),
    "ban": ("배제", "Ban"),
}

FIELDS: Pairs = {
    "area": ("권역", "Area"),
    "region": ("시도", "Region"),
    "stage": ("투자 단계", "Stage"),
    "size": ("고용 규모", "Size"),
    "kind": ("기업 구분", "Kind"),
    "entity": ("기업 형태", "Entity"),
    "gender": ("대표자 성별", "Representative's gender"),
    "new_industry_field": ("신산업 창업 분야", "New-industry field"),
    "industry": ("업종", "Industry"),
    "participation": ("이 사업 참여 이력", "Past at these programs"),
    "id": ("기업 ID", "Startup id"),
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
