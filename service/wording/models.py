"""Published models in words: what a version is at present, and the headings of their table."""

from __future__ import annotations

from service.wording.pairs import Pairs

TEXTS: Pairs = {
    "title": ("발행된 모델", "Published models"),
    "model_version": ("버전", "Version"),
    "state": ("상태", "State"),
    "created_at": ("생성일시", "Made"),
    "note": ("비고", "Note"),
    "current": ("사용 중", "in use"),
    "previous": ("이전 사용", "in use before"),
    "words": ("사용 단어", "words used"),
    "technology": ("기술", "technologies"),
    "needs": ("필요 지원", "needs"),
    "field": ("신산업 분야", "fields"),
    "region": ("지역", "regions"),
    "stage": ("투자 단계", "stages"),
    "language": ("참여 언어", "languages"),
    "score": ("가장 높은 점수의 분포", "best scores"),
    "verdict": ("자격 판정", "verdicts"),
    "available": ("사용 가능", "available"),
}
