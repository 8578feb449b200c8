"""A text as phrases: runs of neighbouring words that a person can read, few enough to weigh one by one."""

from __future__ import annotations

import re
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
    size = -(-len(words) // most) if words else 1
    while True:
        spans = _divided(shown, words, size)
        if len(spans) <= most:
            return tuple(spans)
        # Sentences end where they will, so how many phrases a size gives is known only by dividing.
        size += -(-size // 4)


def _divided(shown: str, words: list[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    """Phrases of about so many words: they end with a sentence, and with a clause once half as long."""
    spans: list[tuple[int, int]] = []
    first = count = 0
    longest = size + (size > 1)
    for place, (begin, end) in enumerate(words):
        count += 1
        word, following = shown[begin:end], shown[slice(*words[place + 1])] if place + 1 < len(words) else ""
        pauses = _CLAUSE_END.search(word) or _CLAUSE_BEGIN.match(following)
        is_whole = count >= longest or (2 * count >= size and pauses)
        # A sentence's last word is not left behind to stand alone or to open the next sentence's phrase.
        ends = 2 * count >= size and _SENTENCE_END.search(word)
        if ends or (is_whole and (size == 1 or not _SENTENCE_END.search(following))):
            spans.append((words[first][0], end))
            first, count = place + 1, 0
    if count:
        spans.append((words[first][0], words[-1][1]))
    return spans


def readable(phrase: str) -> str:
    """A phrase as it is quoted: without the marks around it.

    >>> readable("(사내 문서 검색,")
    '사내 문서 검색'
    """
    return phrase.strip(" \t.,;:!?\"'“”‘’()[]{}·/、。，…-–—")
