"""Notices that the law asks for beside every recommendation."""

from __future__ import annotations

_AI: dict[str, str] = {
    "ko": (
        "이 목록은 인공지능 시스템이 만든 추천이며 선정 결과가 아닙니다. 선정 여부는 담당자가 사유를 밝혀 결정합니다. "
        "점수의 근거는 reasons에, 자격 요건의 확인 결과는 checks에 있습니다. 설명과 재검토는 담당 부서에 요청할 수 "
        "있습니다."
    ),
    "en": (
        "This list is a recommendation made by an AI system, not a selection. A named person decides and states the "
        "reason. What the scores rest on is in reasons, the eligibility rules are in checks; an explanation and a "
        "re-review can be asked of the office in charge."
    ),
}


def ai(language: str) -> str:
    """The notice that an AI system made this and a person decides."""
    return _AI[language]
