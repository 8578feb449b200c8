"""What a past run rested on and is gone, in words."""

from __future__ import annotations

from service.wording.pairs import Pairs

GONE: Pairs = {
    "artifact": (
        "그때의 모델 '{artifact}'을(를) 모델 꾸러미 폴더에서 읽을 수 없습니다.",
        "The model of that time, '{artifact}', can't be read from the folder of artifacts.",
    ),
    "rules": (
        "그때의 신청 요건 규칙(버전 {rules})이 지금 프로그램의 규칙과 다릅니다.",
        "The eligibility rules of that time (version {rules}) are not this program's.",
    ),
    "subject": ("삭제 요청에 따라 창업기업의 자료를 지웠습니다.", "The startup's profile was erased on request."),
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
"""What a run rested on that is gone: `artifact`, `rules`, `subject`, `erased`, `inputs` or `program`."""
