"""Technologies as a two-level bilingual vocabulary: which concepts does a free word or a text name?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from model import text

_SQUEEZED = re.compile(r"[\s\-_·./]+")
_PIECES = re.compile(r"[a-z0-9+#]+|[가-힣]+")


@dataclass(frozen=True, slots=True)
class Concept:
    """One technology: its code, its group's code (None for a group itself), and its terms in both languages."""

    code: str
    parent: str | None
    ko: str
    en: str
    aliases: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """Every spelling, the official ones first."""
        return (self.ko, self.en, *self.aliases)


class Technologies:
    """The vocabulary, with two look-ups: a listed word to its concept, and a text to the concepts that it names."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts: Mapping[str, Concept] = {concept.code: concept for concept in concepts}
        self._spelled = {_squeezed(t): c.code for c in self.concepts.values() for t in (c.code, *c.terms)}
        self._finder = _Finder((t, c.code) for c in self.concepts.values() for t in c.terms)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Technologies:
        """Read the file's JSON: `concepts`, each with code, parent, ko, en and aliases."""
        return cls(
            Concept(c["code"], c.get("parent"), c["ko"], c["en"], tuple(c.get("aliases", ()))) for c in raw["concepts"]
        )

    def concept(self, word: str) -> str | None:
        """Find the concept that a listed code or free word names, whatever its spacing and case; None if none."""
        return self._spelled.get(_squeezed(word))

    def named_in(self, normal_text: str) -> dict[str, str]:
        """Find the concepts that a normal text names, each with the spelling that was met first; longest terms win."""
        return self._finder.find(normal_text)

    def korean_terms(self) -> list[str]:
        """Hangul-only spellings, for the morpheme analyser."""
        return [t for c in self.concepts.values() for t in c.terms if re.fullmatch("[가-힣]+", t)]


def _squeezed(term: str) -> str:
    return _SQUEEZED.sub("", text.normal(term))


class _Finder:
    """Finds terms in a text: by whole words for Latin, by prefix of a Hangul run's rest for Korean (particles follow).

    A term is a sequence of pieces (Latin words or Hangul runs). Its last Hangul piece may be followed by more
    syllables in the text, since particles and compounds attach there; every other piece must match whole.
    Korean terms of two syllables must open their word, so that a term is not found in the middle of another word.
    """

    def __init__(self, terms: Iterable[tuple[str, str]]) -> None:
        self._first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._longest = 1
        for term, code in terms:
            pieces = tuple(_PIECES.findall(text.normal(term)))
            if pieces and "".join(pieces) != "":
                self._first.setdefault(pieces[0][:2], []).append((pieces, code))
        for found in self._first.values():
            found.sort(key=lambda item: (-len("".join(item[0])), item))

    def find(self, normal_text: str) -> dict[str, str]:
        found: dict[str, str] = {}
        pieces = [(m.group(), m.start()) for m in _PIECES.finditer(normal_text)]
        at = 0
        while at < len(pieces):
            at += self._take(pieces, at, found)
        return found

    def _take(self, pieces: list[tuple[str, int]], at: int, found: dict[str, str]) -> int:
        word = pieces[at][0]
        offset = 0
        while offset < len(word):
            match = self._longest_at(pieces, at, offset)
            if match is None:
                if word[0].isascii():
                    return 1
                offset += 1
                continue
            term, code = match
            found.setdefault(code, " ".join(term))
            if len(term) > 1:
                return len(term)
            offset += len(term[0])
            if word[0].isascii():
                return 1
        return 1

    def _longest_at(self, pieces: list[tuple[str, int]], at: int, offset: int) -> tuple[tuple[str, ...], str] | None:
        rest = pieces[at][0][offset:]
        for term, code in self._first.get(rest[:2], ()):
            if offset and len(term[0]) < 3:
                continue
            if _fits(term, rest, pieces, at):
                return term, code
        return None


def _fits(term: tuple[str, ...], rest: str, pieces: list[tuple[str, int]], at: int) -> bool:
    if at + len(term) > len(pieces):
        return False
    found = [rest, *(pieces[at + i][0] for i in range(1, len(term)))]
    *inner, last = zip(term, found, strict=True)
    return all(wanted == got for wanted, got in inner) and _ends(*last)


def _ends(wanted: str, got: str) -> bool:
    if wanted[0].isascii():
        return wanted == got or (len(wanted) > 3 and text.stem(wanted) == text.stem(got))
    return got.startswith(wanted)
