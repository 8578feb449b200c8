"""A text with the terms marked that a score rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from model.domain import Share
from model.text import stem, word_spans
from model.vocabulary import Vocabulary

_MARKED = ("words", "technology", "track_record", "meaning")
"""The blocks whose facts are words of the texts, or concepts that the texts spell out."""
_HANGUL = re.compile("[가-힣]")


def terms(shares: Iterable[Share], vocabulary: Vocabulary) -> frozenset[str]:
    """The words and spellings that stand behind the reasons, in lower case."""
    found: set[str] = set()
    for share in shares:
        for fact in share.evidence if share.block in _MARKED else ():
            concept = vocabulary.technologies.concepts.get(fact.term)
            spelled = concept.terms if concept else (fact.term, fact.counterpart or "")
            found.update(word.removeprefix("word:").lower() for word in spelled)
    return frozenset(found - {""})


def marked(text: str | None, wanted: frozenset[str]) -> Markup:
    """The text, escaped, with every place marked at which a wanted term stands.

    >>> str(marked("Batteries & 배터리를 만든다", frozenset({"battery", "배터리"})))
    '<mark>Batteries</mark> &amp; <mark>배터리</mark>를 만든다'
    """
    shown, place = Markup(), 0
    for start, end in _places(text or "", wanted):
        shown += escape((text or "")[place:start]) + Markup("<mark>{}</mark>").format((text or "")[start:end])
        place = end
    return shown + escape((text or "")[place:])


def _places(text: str, wanted: frozenset[str]) -> list[tuple[int, int]]:
    """Spans of the terms, longest first where two overlap, in the text's order."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters change their length in lower case; then places would shift
        return []
    found = [*_phrases(lower, wanted), *_stemmed(lower, wanted)]
    taken: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= other or start >= after for other, after in taken):
            taken.append((start, end))
    return sorted(taken)


def _phrases(lower: str, wanted: frozenset[str]) -> list[tuple[int, int]]:
    """Where a term stands as it is written: Korean anywhere, since particles follow; Latin as whole words."""
    return [found.span() for term in wanted for found in re.finditer(_pattern(term), lower)]


def _pattern(term: str) -> str:
    return re.escape(term) if _HANGUL.search(term) else rf"(?<![a-z0-9]){re.escape(term)}(?![a-z0-9])"


def _stemmed(lower: str, wanted: frozenset[str]) -> list[tuple[int, int]]:
    return [(start, start + len(word)) for word, start, _ in word_spans(lower) if stem(word) in wanted]
