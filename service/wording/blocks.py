"""What each block of a score is called, and the sentence that gives its facts."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence

from service.settings import VOCABULARIES

MOST_TERMS = 3

_TABLE = tomllib.loads((VOCABULARIES / "blocks.toml").read_text(encoding="utf-8"))
NAMES: dict[str, dict[str, str]] = _TABLE["names"]
ACROSS: dict[str, dict[str, str]] = _TABLE["across"]
"""What a block is called for a pair whose texts are in different languages."""

VAGUE: dict[str, str] = {
    "ko": "두 소개 글의 뜻이 전체로는 가깝지만, 뚜렷하게 겹치는 대목은 없습니다.",
    "en": "Both texts are close in meaning as wholes, but no passage clearly corresponds to another.",
}
"""What the block of meaning says where no two phrases are clearly near."""

_PLAIN: dict[str, dict[str, str]] = {
    "words": {"ko": "두 소개 글에 같은 단어가 나옵니다.", "en": "Both texts use the same words."},
    "meaning": {"ko": "두 소개 글이 다루는 주제가 비슷합니다.", "en": "Both texts treat a similar topic."},
    "cross_language": {"ko": "두 소개 글의 뜻이 가깝습니다.", "en": "Both texts are close in meaning."},
    "technology": {
        "ko": "보유 기술이 프로그램이 찾는 기술과 맞습니다.",
        "en": "The technologies fit those that the program looks for.",
    },
    "needs": {"ko": "필요한 지원을 프로그램이 제공합니다.", "en": "The program gives support that is needed."},
    "field": {"ko": "분야 또는 업종이 프로그램의 대상과 맞습니다.", "en": "The field or industry fits the program."},
    "region": {
        "ko": "소재지가 프로그램의 대상 지역과 맞습니다.",
        "en": "The place of business fits the program's regions.",
    },
    "stage": {"ko": "투자 단계가 프로그램의 대상과 맞습니다.", "en": "The stage fits the program."},
    "language": {
        "ko": "프로그램이 운영되는 언어로 참여할 수 있습니다.",
        "en": "It can take part in the program's language.",
    },
    "track_record": {
        "ko": "이 프로그램에 참여했던 기업들과 비슷한 점이 있습니다.",
        "en": "It is like startups that took part before in some ways.",
    },
}


def name(block: str, language: str, *, across: bool = False) -> str:
    """What a block is called; one that this version does not know keeps its code.

    `across`: the pair's texts are in different languages.

    >>> name("technology", "en")
    'Technology'
    """
    names = ACROSS if across and block in ACROSS else NAMES
    return names.get(block, {}).get(language, block)


def sentence(block: str, terms: Sequence[str], language: str) -> str:
    """Say in one sentence why a block gave points, naming up to three of its facts.

    >>> sentence("technology", ["LLM", "RAG"], "en")
    'The technologies fit those that the program looks for (LLM, RAG).'
    """
    plain = _PLAIN.get(block, {}).get(language) or name(block, language) + "."
    if not terms:
        return plain
    return f"{plain.removesuffix('.')} ({', '.join(terms[:MOST_TERMS])})."
