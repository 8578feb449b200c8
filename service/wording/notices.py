"""What the law asks to be said: notices beside every recommendation, the published criteria, records of AI."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

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


Pair: TypeAlias = tuple[str, str]
Item: TypeAlias = tuple[Pair, Pair | None]
"""A heading and what stands under it, both in Korean and English; None where only a person can write it."""

FIVE: Sequence[Item] = (
    (
        ("자동화된 처리의 사실과 목적, 대상", "That it is automated, why, and of whom"),
        (
            "이음은 인공지능으로 창업기업과 협업 프로그램의 맞는 정도를 점수로 매겨 순서를 추천합니다. 대상은"
            " 등록했거나 신청한"
            " 창업기업과 그 대표자입니다. 선정은 담당자가 사유를 적어 결정하며 시스템은 결정하지 않습니다.",
            "Ieum scores by AI how well startups and programs suit each other and recommends an order. It is about"
            " startups"
            " that are registered or have applied, and their representatives. A person decides and states the"
            " reason; the"
            " system decides nothing.",
        ),
    ),
    (
        ("쓰는 정보의 유형과 결과의 관계", "Which data are used, and how the result follows from them"),
        (
            "소개와 기술, 필요한 지원, 업종과 신산업 분야, 과거 참여 결과를 점수에 씁니다. 신청 요건은 본점 소재지,"
            " 개업일, 기업"
            " 형태, 참여 이력을 규칙으로 견주며 점수에는 영향을 주지 않습니다. 대표자의 성별은 점수와 요건에 쓰지"
            " 않습니다.",
            "Scores use the description, technologies, needs, industry and past results. Eligibility compares place,"
            " founding"
            " day, legal form and history by rules, and never moves a score. The representative's sex is used by"
            " neither.",
        ),
    ),
    (
        ("고려하는 사항과 처리 절차", "What is weighed, and the procedure"),
        (
            "아래 표의 관점마다 보탠 점수를 더하고, 요건마다 충족, 미충족, 확인 필요를 보입니다. 담당자는 근거와"
            " 서류를 확인하고"
            " 사유를 적어 결정하며, 모든 결정은 이름과 함께 남습니다.",
            "The points of each view below are added, and each rule says pass, fail or needs check. A person looks"
            " at reasons"
            " and papers and decides with a reason; every decision is kept with a name.",
        ),
    ),
    (
        ("민감정보와 14세 미만 아동의 정보", "Sensitive data, and data of children under 14"),
        (
            "이음의 자료 항목에는 민감정보나 14세 미만 아동의 정보를 적는 곳이 없습니다. 소개 글에 적힌 것은"
            " 담당자가 확인합니다.",
            "No field of Ieum is for sensitive data or data of children under 14. What a free text holds, a person"
            " has to see.",
        ),
    ),
    (
        ("거부와 설명, 검토를 요구하는 방법", "How to refuse, and to ask for an explanation or a review"),
        (
            "누구나 아래 담당 부서에 설명이나 검토를 요구하고 이의를 신청할 수 있습니다. 요구를 받은 날부터 30일"
            " 안에 답합니다.",
            "Anybody may ask the office below for an explanation or a review, and object. It is answered within 30"
            " days.",
        ),
    ),
)
"""What 개인정보 보호법 제37조의2 asks to be published, in five items."""

PRE_CHECK: Sequence[Item] = (
    (("시스템의 이름과 판", "System and version"), ("{model}", "{model}")),
    (("쓰는 영역과 목적", "Where and what for"), FIVE[0][1]),
    (("고영향 인공지능에 해당하는지에 대한 판단과 그 이유", "Whether it is high-impact AI, and why"), None),
    (("사람의 개입", "Persons who decide"), FIVE[2][1]),
    (
        ("설명의 제공", "Explanations"),
        ("추천마다 근거와 요건의 판정을 함께 보입니다.", "Each carries its reasons and checks."),
    ),
    (("문서의 보관", "Papers kept for"), ("{evidence}년", "{evidence} years")),
    (("담당 부서와 연락처", "Office and contact"), ("{contact}", "{contact}")),
    (("검토한 사람과 날", "Who checked, and when"), None),
)
IMPACT: Sequence[Item] = (
    (("영향을 받는 사람", "Who is affected"), None),
    (("영향을 받을 수 있는 기본권", "Which fundamental rights"), None),
    (("영향의 내용과 정도", "What the impact is"), None),
    (("모델의 품질과 자료", "Quality and data of the model"), ("{quality}", "{quality}")),
    (("위험을 줄이는 방법", "What lowers the risk"), (
        "점수에 지역, 규모, 업력, 투자 단계, 기업 형태를 쓰지 않으며, 배정 형평성과 데이터 변화를 화면에서 봅니다."
        " 모든 결정에"
        " 사람의 이름과 사유가 남고, 이의신청은 그때의 자료로 다시 만들어 검토합니다.",
        "Scores use no region, size, age, stage or legal form; fairness and drift are shown. Every decision has a"
        " person's"
        " name and reason, and an objection is reviewed upon the data of the time.",
    )),
    (("남는 위험과 이행 계획", "What remains, and the plan"), None),
    (("평가한 사람과 날", "Who assessed, and when"), None),
)  # fmt: skip
"""Pre-check record and impact assessment (인공지능 기본법 제33조, 제35조) as far as the system can fill them."""


def law_items(items: Sequence[Item], language: str, **facts: str) -> list[tuple[str, str | None]]:
    """Each heading with what stands under it, facts filled in; None for what a person has to write."""
    place = 0 if language == "ko" else 1
    return [(heading[place], text and text[place].format(**facts)) for heading, text in items]
