"""A profile's text with the places of its words, in the letters in which the profile holds it."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock
from typing import Any, NamedTuple

from cachetools import LRUCache, cached

from model.domain import Place, Program, Startup
from model.text import analysis as text

Span = tuple[int, int]

_HANGUL = re.compile("[가-힣]")
_UNIT = (
    r"[\s-]?(?:%|℃|°C|[kKmMgGtT]?(?:B|Hz|W|Wh|bps)\b|dB|[μm]?m\b|[ckm]?m²?\b|k?g\b|만|억|조|천|명|개|곳|건|년|월|일|원|배|종|톤|평|시간|"
    r"hours?\b|days?\b|weeks?\b|months?\b|years?\b|people\b|users?\b|million\b|billion\b|percent\b|won\b)"
)
_NUMBER = re.compile(rf"\d+(?:[.,]\d+)*(?:{_UNIT})?")
_GROUP = re.compile("[^\u0300-\u036f\u1160-\u11ff\u3099\u309a][\u0300-\u036f\u1160-\u11ff\u3099\u309a]*|.", re.DOTALL)
MOST_CHARACTERS = 250_000
"""Characters whose texts and places are kept: a profile may have half a million."""

MOST_PLACES = 8


@dataclass(frozen=True)
class VisibleText:
    """Fields of a profile as one visible text; `spans` say where each field stands in it."""

    fields: tuple[tuple[str, str], ...]

    @cached_property
    def shown(self) -> str:
        """The text as the blocks read it, nothing set aside."""
        return " ".join(visible for _, _, visible in self._parts)

    @cached_property
    def shown_spans(self) -> dict[str, list[Span]]:
        """Where terms may be shown, as far as it was asked for."""
        return {}

    @cached_property
    def lower(self) -> str:
        """The same in lower case, letter for letter."""
        # Lower case may be longer (`İ`), and then no place would fit the visible text any more.
        lower = self.shown.lower()
        return lower if len(lower) == len(self.shown) else "".join(c.lower()[0] for c in self.shown)

    @cached_property
    def letters(self) -> int:
        """Letters of both scripts, as a bag counts them."""
        return sum((c.isascii() and c.isalpha()) or "가" <= c <= "힣" for c in self.lower)

    @cached_property
    def stems(self) -> dict[str, list[Span]]:
        """Where each Latin word stands, by its stem."""
        by_stem: dict[str, list[Span]] = {}
        for word, begin, _ in text.word_spans(self.lower):
            if word.isascii():
                by_stem.setdefault(text.stem(word), []).append((begin, begin + len(word)))
        return by_stem

    def spans(self, term: str) -> list[Span]:
        """Where a term of a bag stands as a word: a Latin stem, or a Korean noun, which particles may follow."""
        if not _HANGUL.match(term):
            return [self._with_unit(span) for span in self.stems.get(term, ())]
        return [(at, at + len(term)) for at in self._places_of(term)]

    def places(self, spans: Sequence[Span]) -> tuple[Place, ...]:
        """The places of some spans in the profile's own fields."""
        known, places = self._places, []
        for span in spans[:MOST_PLACES]:
            place = known[span] if span in known else self._placed(span)
            if place:
                places.append(place)
        return tuple(places)

    @cached_property
    def _places(self) -> dict[Span, Place | None]:
        return {}

    def _placed(self, span: Span) -> Place | None:
        begin, end = span
        start, place = 0, None
        for name, written, shown in self._parts:
            if begin >= start and end <= start + len(shown):
                at = _letters(written, shown)
                place = Place(name, at.begins[begin - start], at.ends[end - start - 1]) if at.begins else None
                break
            start += len(shown) + 1
        self._places[span] = place
        return place

    @cached_property
    def _parts(self) -> tuple[tuple[str, str, str], ...]:
        shown = ((name, written, text.visible(written)) for name, written in self.fields)
        return tuple(part for part in shown if part[2])

    def _places_of(self, noun: str) -> list[int]:
        """Where a noun opens a word; where it never does, as in a compound, wherever it stands."""
        begins: list[int] = []
        at = self.lower.find(noun)
        while at >= 0 and len(begins) < MOST_PLACES:
            begins.append(at)
            at = self.lower.find(noun, at + len(noun))
        # Within a compound the same letters may belong to another word.
        opening = [at for at in begins if not at or not _HANGUL.match(self.lower[at - 1])]
        return opening or begins

    def _with_unit(self, span: Span) -> Span:
        """A number whole, with its thousands and the unit that follows it."""
        # Words need no unit; only a bare number says nothing without one.
        if not self.lower[slice(*span)].replace(".", "").isdigit():
            return span
        numbers = (match.span() for match in _NUMBER.finditer(self.shown))
        return next((number for number in numbers if number[0] <= span[0] < number[1]), span)


def is_korean(words: str) -> bool:
    """Whether words hold Hangul."""
    return bool(_HANGUL.search(words))


def of_startup(startup: Startup) -> VisibleText:
    """The text of a startup that is matched."""
    return _source((("summary", startup.summary or ""), ("summary_en", startup.summary_en or "")))


def of_program(program: Program) -> VisibleText:
    """The text of a program that is matched."""
    fields = (("summary", program.summary), ("summary_en", program.summary_en), ("demand", program.demand))
    return _source(tuple((name, written or "") for name, written in fields))


_sources: LRUCache[Any, VisibleText] = LRUCache(
    MOST_CHARACTERS, lambda source: 1 + sum(len(part) for _, part in source.fields)
)
_source = cached(_sources, lock=Lock())(VisibleText)
"""Programs are explained again and again: the places of their words are looked for once."""


class Letters(NamedTuple):
    """Where each letter of a visible text begins and ends in the written one; empty if it can't be told."""

    begins: Sequence[int]
    ends: Sequence[int]


_visible = lru_cache(maxsize=10_000)(text.visible)
"""Of single letters, which come again."""

_places: LRUCache[Any, Letters] = LRUCache(MOST_CHARACTERS, lambda letters: 1 + len(letters.begins))


@cached(_places, lock=Lock())
def _letters(written: str, shown: str) -> Letters:
    """Unicode composes only within a letter and the marks that follow it, so each such group is made visible alone."""
    # A text that is visible as it is written needs no walk through its groups.
    if shown == written:
        return Letters(range(len(written)), range(1, len(written) + 1))
    begins, ends = array("I"), array("I")  # eight bytes a letter, where tuples in a list would take a hundred
    letters: list[str] = []
    last = ""
    for match in _GROUP.finditer(written):
        begin, end = match.span()
        group = match.group()
        visible = (_visible(group) if len(group) == 1 else text.visible(group)) or (
            " " if group.isspace() and last not in ("", " ") else ""
        )
        if visible:
            letters.append(visible)
            last = visible[-1]
            begins.extend([begin] * len(visible))
            ends.extend([end] * len(visible))
    if "".join(letters).rstrip() != shown:
        return Letters((), ())
    return Letters(begins[: len(shown)], ends[: len(shown)])
