"""Past runs that are unknown or can't be made again."""

from __future__ import annotations

from service.errors.words import Explanations, both

GONE: dict[str, tuple[str, str]] = {
    "artifact": (
        "그때의 모델 '{artifact}'을(를) 모델 꾸러미 폴더에서 읽을 수 없습니다.",
        "The model of that time, '{artifact}', can't be read from the folder of artifacts.",
    ),
    "rules": (
        "그때의 신청 요건 규칙(버전 {rules})이 지금 프로그램의 규칙과 다릅니다.",
        "The eligibility rules of that time (version {rules}) are not this program's.",
    ),
    "subject": (
        "삭제 요청에 따라 창업기업의 자료를 지웠습니다.",
        "The startup's profile was erased on request.",
    ),
    "erased": (
        "이 답의 바탕이 된 창업기업 가운데 하나 이상의 자료를 삭제 요청에 따라 지웠습니다.",
        "At least one of the startups that the answer rested on was erased on request.",
    ),
    "inputs": (
        "그때의 자료 가운데 일부가 보존 기간이 지나 지워졌습니다.",
        "Some of the data of that time was deleted after its time.",
    ),
    "program": (
        "같은 자료로 다시 계산했으나 그때의 답과 다릅니다. 프로그램이나 라이브러리의 버전이 그때와 다릅니다.",
        "It was made again from the same data and differs: the program or a library is not the version of that time.",
    ),
}
"""What a run rested on that is gone, in Korean and English."""

EXPLANATIONS: Explanations = {
    "run_not_found": both(
        (
            "추천 기록 '{id}'을(를) 찾을 수 없습니다.",
            "이 run_id로 보여 준 답이 없거나 보존 기간이 지났습니다.",
            "답에 적힌 run_id를 그대로 쓰십시오.",
        ),
        (
            "Run '{id}' is not known.",
            "No answer was shown under this run_id, or its time has passed.",
            "Use the run_id of an answer as it is.",
        ),
    ),
    "run_not_reproducible": both(
        (
            "추천 기록 '{id}'을(를) 그대로 다시 만들 수 없습니다.",
            "{what_ko}",
            "GET /api/v1/runs/{id}에서 무엇을 바탕으로 한 답인지 확인하십시오.",
        ),
        (
            "Run '{id}' can't be made again as it was.",
            "{what_en}",
            "Look up at GET /api/v1/runs/{id} what the answer rested on.",
        ),
    ),
    "run_unknown": both(
        (
            "run_id '{id}'은(는) 이 결정의 바탕이 될 수 없습니다.",
            "이 run_id로 보여 준 답이 없거나, 다른 창업기업 또는 프로그램에 대한 답입니다.",
            "보고 결정한 답의 run_id를 쓰거나, 없으면 비워 두십시오.",
        ),
        (
            "Run '{id}' can't be what this decision rests on.",
            "No answer was shown under it, or it was about another startup or program.",
            "Use the run_id of the answer that was looked at, or leave it out.",
        ),
    ),
}
