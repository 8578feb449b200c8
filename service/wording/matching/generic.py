"""Which words are worth citing: those that tell what a firm does, not those that stand in every notice."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache

from model.explanation.shown import FUNCTION_WORDS
from model.text.analysis import STOP_WORDS, stem
from service.settings import VOCABULARIES

GENERIC = frozenset(
    word
    for group in tomllib.loads((VOCABULARIES / "generic_words.toml").read_text(encoding="utf-8"))["words"]
    for language in ("ko", "en")
    for word in group[language].split()
)
"""Words that say little; the list and its reasons stand in `data/vocabularies/generic_words.toml`."""
STEMS = frozenset(map(stem, GENERIC))
"""English ones without their endings: `opens` says no more than `open`."""
JOINING = FUNCTION_WORDS | STOP_WORDS


@lru_cache(maxsize=10_000)
def says_something(term: str) -> bool:
    """Whether one word of a term or phrase is neither a number nor generic, whatever particle follows it.

    >>> [term for term in ("서비스", "건설", "8개 고객에게", "구직자 8만 명", "in Korea") if says_something(term)]
    ['건설', '구직자 8만 명']
    """
    return any(not is_generic(word) for word in re.findall(r"[^\W_]+", term.lower()))


def is_generic(word: str) -> bool:
    """Whether a word in lower case says little; a Korean one may carry a particle of up to two syllables."""
    stems = [word[: len(word) - cut] for cut in range(3)] if "가" <= word[0] <= "힣" else [word]
    says_little = any(s in GENERIC for s in stems) or (word.isascii() and stem(word) in STEMS)
    return word[0].isdigit() or len(word) == 1 or word in JOINING or says_little


def in_script(words: Sequence[str], language: str) -> list[str]:
    """The words that a reader of `ko` or `en` reads best: others only where there are none.

    Names and abbreviations of capital letters are read in either language.

    >>> in_script(["cloud", "클라우드", "AWS"], "ko"), in_script(["cloud"], "ko")
    (['클라우드', 'AWS'], ['cloud'])
    """
    fitting = [w for w in words if w != w.lower() or any("가" <= c <= "힣" for c in w) == (language == "ko")]
    return fitting or list(words)
