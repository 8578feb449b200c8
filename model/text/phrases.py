"""A text as phrases: runs of neighbouring words that a person can read, few enough to weigh one by one."""

from __future__ import annotations

import re
from itertools import pairwise
from threading import Lock
from typing import Any

from cachetools import LRUCache, cached

MOST_PHRASES = 16
MOST_CHARACTERS = 500_000
"""Of the texts whose phrases are kept, all together."""

_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?。…:;][\"'”’)\]]*$")
_CLAUSE_END = re.compile(r"[,，、·/][\"'”’)\]]*$|[가-힣](?:고|며|면|서|지만|는데|을|를|에|로|와|과|까지|부터|마다)$")
"""A mark, or a Korean ending or particle after which a reader may pause."""
_CLAUSE_BEGIN = re.compile(r"(?i)(?:and|or|that|which|who|for|with|to|in|on|by|from|into|when|while|so|but)$")


_divisions: LRUCache[Any, tuple[tuple[int, int], ...]] = LRUCache(
    MOST_CHARACTERS, lambda spans: 200 + (spans[-1][1] if spans else 0)
)


@cached(_divisions, lock=Lock())
def phrases(shown: str, most: int = MOST_PHRASES) -> tuple[tuple[int, int], ...]:
    """Divide a visible text into at most so many phrases, as (begin, end); none reaches over the end of a sentence
    unless there are more sentences than phrases.

    A text of few words is divided word by word, a long one into clauses.

    >>> [("Reads scans. Finds clauses, fast."[b:e]) for b, e in phrases("Reads scans. Finds clauses, fast.", 3)]
    ['Reads scans.', 'Finds clauses, fast.']
    """
    words = [match.span() for match in _WORD.finditer(shown)]
    marks = _marks([shown[slice(*word)] for word in words])
    size = -(-len(words) // most) if words else 1
    while True:
        ends = _divided(marks, size)
        if len(ends) <= most:
            return tuple((words[begin][0], words[end - 1][1]) for begin, end in pairwise([0, *ends]))
        # Sentences end where they will, so how many phrases a size gives is known only by dividing.
        size += -(-size // 4)


def _marks(words: list[str]) -> list[tuple[bool, bool, bool]]:
    """Whether each word ends a sentence, comes before one that does, and is a place to pause."""
    final = [bool(_SENTENCE_END.search(word)) for word in words] + [False]
    opening = [bool(_CLAUSE_BEGIN.match(word)) for word in words[1:]] + [False]
    return [
        (ends, next_ends, opens or bool(_CLAUSE_END.search(word)))
        for word, ends, next_ends, opens in zip(words, final, final[1:], opening, strict=False)
    ]


def _divided(marks: list[tuple[bool, bool, bool]], size: int) -> list[int]:
    """Where phrases of about so many words end: with a sentence, and with a clause once half as long."""
    ends: list[int] = []
    first, longest = 0, size + (size > 1)
    for end, (is_final, is_final_next, pauses) in enumerate(marks, start=1):
        count = end - first
        is_half = 2 * count >= size
        # A sentence's last word is not left behind to stand alone or to open the next sentence's phrase.
        is_whole = (count >= longest or (is_half and pauses)) and (size == 1 or not is_final_next)
        if is_whole or (is_half and is_final):
            ends.append(end)
            first = end
    return ends if first == len(marks) else [*ends, len(marks)]


_LINK = r"(?:and|or|but|so|that|which|who|a|an|the|of|for|with|to|in|on|at|by|as|from|into|its|their|is|are)"
_LINKS = re.compile(rf"(?i)^(?:{_LINK}(?:\s+|$))+|(?:\s+{_LINK})+$")


def readable(phrase: str) -> str:
    """A phrase as it is quoted: without the marks around it, and without the English words that only link it to others.

    >>> readable("(사내 문서 검색,"), readable("and a company that plans to"), readable("and to")
    ('사내 문서 검색', 'company that plans', '')
    """
    return _LINKS.sub("", phrase.strip(" \t.,;:!?\"'“”‘’()[]{}·/、。，…-–—"))
