"""Notices that the law asks for beside every recommendation."""

from __future__ import annotations

_AI: dict[str, str] = {
    "ko": (
        "이 목록은 인공지능 시스템이 만든 추천이며 선정 결과가 아닙니다. 선정 여부는 담당자가 사유를 밝혀 결정합니다. "
        "{where}설명과 재검토는 담당 부서에 요청할 수 있습니다."
    ),
    "en": (
        "This list is a recommendation made by an AI system, not a selection. A named person decides and states the "
        "reason. {where}n explanation and a re-review can be asked of the office in charge."
    ),
}
_IN_ANSWER: dict[str, str] = {
    "ko": "점수의 근거는 reasons에, 자격 요건의 확인 결과는 checks에 있습니다. ",
    "en": "What the scores rest on is in reasons, the eligibility rules are in checks; a",
}
_IN_FILE: dict[str, str] = {"ko": "", "en": "A"}

_ERASED: dict[str, str] = {
    "ko": (
        "창업기업의 삭제 요청에 따라 이름과 자료를 지우고 가명으로 바꾸었습니다. "
        "점수와 순위, 다른 기업의 결과는 처음과 같으며, outcome은 지우기 전에 기록한 값입니다."
    ),
    "en": (
        "The startup asked to be erased: its name and facts are gone, and a pseudonym stands in their place. Scores, "
        "ranks and what others got are as they were; `outcome` is the digest from before."
    ),
}
_BROKEN_BEFORE: dict[str, str] = {
    "ko": "이 회차는 지우기 전에도 처음과 같은 결과를 내지 않았습니다.",
    "en": "The round did not come out as it was run even before.",
}


def ai(language: str) -> str:
    """The notice that an AI system made this and a person decides, as an answer of the API carries it."""
    return _AI[language].format(where=_IN_ANSWER[language])


def ai_in_file(language: str) -> str:
    """The same notice for people who read a file, in which no field has a name of the API."""
    return _AI[language].format(where=_IN_FILE[language])


def erased(language: str, *, whole: bool) -> str:
    """What is gone of a round from which a startup was erased, and why; `whole`: it could be reproduced until then."""
    return _ERASED[language] if whole else f"{_ERASED[language]} {_BROKEN_BEFORE[language]}"
