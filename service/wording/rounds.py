"""Selection rounds in words: statuses, demands that clash, and the headings of the committees' sheets."""

from __future__ import annotations

from model.rounds import Status
from model.rounds.clash import Demand, Kind
from model.rounds.scores import Wrong

STATUS: dict[Status, dict[str, str]] = {
    Status.SHORTLISTED: {"ko": "선발", "en": "Shortlisted"},
    Status.RESERVE: {"ko": "예비", "en": "Reserve"},
    Status.BELOW_MINIMUM: {"ko": "최저점 미달", "en": "Below the minimum"},
    Status.NOT_ELIGIBLE: {"ko": "신청 불가", "en": "Not eligible"},
    Status.NEEDS_CHECK: {"ko": "확인 필요", "en": "Needs a check"},
}

DEMANDS: dict[Kind, dict[str, str]] = {
    Kind.PLACES: {"ko": "{program}의 자리 수", "en": "The number of places at {program}"},
    Kind.AT_LEAST: {"ko": "{program}의 할당 '{quota}'의 하한", "en": "The minimum of quota '{quota}' at {program}"},
    Kind.AT_MOST: {"ko": "{program}의 할당 '{quota}'의 상한", "en": "The maximum of quota '{quota}' at {program}"},
    Kind.LOCK: {"ko": "{startup}을(를) {program}에 확정함", "en": "The lock of {startup} at {program}"},
    Kind.BAN: {"ko": "{startup}을(를) {program}에서 배제함", "en": "The ban of {startup} from {program}"},
    Kind.MINIMUM: {"ko": "{program}의 최저점", "en": "The minimum score at {program}"},
    Kind.ELIGIBILITY: {
        "ko": "{program}에 대한 {startup}의 신청 요건",
        "en": "The eligibility of {startup} for {program}",
    },
    Kind.ONE_PLACE: {"ko": "기업마다 한 자리만 받음", "en": "One place for each startup"},
    Kind.STABILITY: {"ko": "안정 배정", "en": "A stable matching"},
}

HEADINGS: dict[str, dict[str, str]] = {
    "status": {"ko": "구분", "en": "Status"},
    "rank": {"ko": "순위", "en": "Rank"},
    "program_id": {"ko": "프로그램 id", "en": "Program id"},
    "program": {"ko": "프로그램", "en": "Program"},
    "places": {"ko": "자리", "en": "Places"},
    "startup_id": {"ko": "기업 id", "en": "Startup id"},
    "startup": {"ko": "기업명", "en": "Startup"},
    "base": {"ko": "기본 점수", "en": "Base score"},
    "bonus": {"ko": "가점", "en": "Bonus"},
    "final": {"ko": "최종 점수", "en": "Final score"},
    "notes": {"ko": "비고", "en": "Notes"},
    "recused": {"ko": "평가 제외 위원", "en": "Evaluators recused"},
    "evaluator": {"ko": "위원 {number}", "en": "Evaluator {number}"},
    "comment": {"ko": "평가 의견", "en": "Comment"},
}

NOTES: dict[str, dict[str, str]] = {
    "locked": {"ko": "담당자 확정: {reason}", "en": "Locked by a person: {reason}"},
    "entered": {"ko": "할당 '{name}'으로 들어옴", "en": "In by quota '{name}'"},
    "left": {"ko": "할당 '{name}'으로 빠짐", "en": "Out by quota '{name}'"},
    "placed_at": {"ko": "{program}에 배정됨", "en": "Placed at {program}"},
}

ABOUT: dict[str, dict[str, str]] = {
    "sheet": {"ko": "회차 정보", "en": "About"},
    "name": {"ko": "회차", "en": "Round"},
    "id": {"ko": "회차 id", "en": "Round id"},
    "on": {"ko": "기준일", "en": "As of"},
    "created_by": {"ko": "실행한 사람", "en": "Run by"},
    "created_at": {"ko": "실행한 때", "en": "Run at"},
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


def demand(found: Demand, language: str) -> str:
    """Say what is demanded."""
    names = {"program": found.program, "startup": found.startup, "quota": found.quota}
    return DEMANDS[found.kind][language].format(**names)


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
