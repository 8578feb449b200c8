"""Published models in words: what a version is at present, and the headings of their table."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "title": {"ko": "발행된 모델", "en": "Published models"},
    "model_version": {"ko": "버전", "en": "Version"},
    "state": {"ko": "상태", "en": "State"},
    "created_at": {"ko": "생성일시", "en": "Made"},
    "note": {"ko": "비고", "en": "Note"},
    "current": {"ko": "사용 중", "en": "in use"},
    "previous": {"ko": "이전 사용", "en": "in use before"},
    "words": {"ko": "사용 단어", "en": "words used"},
    "technology": {"ko": "기술", "en": "technologies"},
    "needs": {"ko": "필요 지원", "en": "needs"},
    "field": {"ko": "신산업 분야", "en": "fields"},
    "region": {"ko": "지역", "en": "regions"},
    "stage": {"ko": "투자 단계", "en": "stages"},
    "language": {"ko": "참여 언어", "en": "languages"},
    "score": {"ko": "가장 높은 점수의 분포", "en": "best scores"},
    "verdict": {"ko": "자격 판정", "en": "verdicts"},
    "available": {"ko": "사용 가능", "en": "available"},
}


def said(code: str, language: str) -> str:
    """The word for a state or a heading."""
    return TEXTS[code][language]
