"""A text with the words and phrases marked that a score rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from model.domain import Place, Share
from model.vocabulary import Vocabulary

_HANGUL = re.compile("[가-힣]")


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked in a profile: places of its fields, and spellings of technologies wherever they stand."""

    places: frozenset[Place]
    spellings: frozenset[str]

    def marked(self, text: str | None, field: str = "") -> Markup:
        """A field's text, escaped, with its marks; a text that is no field has spellings marked alone.

        >>> marks = Marks(frozenset({Place("summary", 0, 5)}), frozenset({"배터리"}))
        >>> str(marks.marked("Cells & 배터리", "summary"))
        '<mark>Cells</mark> &amp; <mark>배터리</mark>'
        """
        written = text or ""
        spans = [(place.begin, place.end) for place in self.places if place.field == field]
        shown, at = Markup(), 0
        for begin, end in _apart([*spans, *self._spelled(written)]):
            shown += escape(written[at:begin]) + Markup("<mark>{}</mark>").format(written[begin:end])
            at = end
        return shown + escape(written[at:])

    def _spelled(self, written: str) -> list[tuple[int, int]]:
        """Korean spellings anywhere, since particles follow; Latin ones as whole words."""
        lower = written.lower()
        if len(lower) != len(written):  # a few letters change their length in lower case; then places would shift
            return []
        patterns = (
            re.escape(term) if _HANGUL.search(term) else rf"(?<![a-z0-9]){re.escape(term)}(?![a-z0-9])"
            for term in self.spellings
        )
        return [match.span() for pattern in patterns for match in re.finditer(pattern, lower)]


def marks(shares: Iterable[Share], vocabulary: Vocabulary) -> tuple[Marks, Marks]:
    """The marks of the startup's texts and of the program's."""
    facts = [fact for share in shares for fact in share.evidence]
    concepts = vocabulary.technologies.concepts
    named = (concepts[fact.term].terms for fact in facts if fact.table == "technology" and fact.term in concepts)
    spellings = frozenset(term.lower() for terms in named for term in terms)
    ours = frozenset(place for fact in facts for place in fact.places)
    theirs = frozenset(place for fact in facts for place in fact.counterpart_places)
    return Marks(ours, spellings), Marks(theirs, spellings)


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in the text's order, those that touch or overlap as one."""
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((begin, end))
    return merged
