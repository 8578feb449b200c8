"""Technologies as a two-level bilingual vocabulary: which concepts does a free word or a text name?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from model.text import analysis as text
from model.text import names

_SQUEEZED = re.compile(r"[\-_./]+")
_PIECES = re.compile(r"[A-Za-z0-9+#]+|[가-힣]+")
OPEN = "…"
"""Marks a key that stands for the beginning of a Hangul run."""

MOST_BEGINNINGS = 20_000
"""Beginnings of words whose terms are remembered: texts say the same words again and again."""

_VOWELS = frozenset("aeiouy")


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
        """Find the concept that a listed code or free word names, whatever its blanks, dots and case; None if none."""
        code = text.normal(word)
        return code if code in self.concepts else self._spelled.get(_squeezed(word))

    def named_in(self, visible_text: str) -> dict[str, str]:
        """Find the concepts that a visible text names, each with the spelling that was met first; longest terms win.

        A short abbreviation that reads like a word (DID, SOAR, RAG) counts in capitals, or beside a Korean word:
        what an English sentence says in lower case is an ordinary word.
        """
        return self._finder.find(visible_text)

    def korean_terms(self) -> list[str]:
        """Hangul-only spellings, for the morpheme analyser."""
        return [t for c in self.concepts.values() for t in c.terms if re.fullmatch("[가-힣]+", t)]


def _squeezed(term: str) -> str:
    return _SQUEEZED.sub("", names.folded(term))


@dataclass(frozen=True, slots=True)
class _Term:
    pieces: tuple[str, ...]
    code: str
    is_abbreviation: bool

    @classmethod
    def of(cls, term: str, code: str) -> _Term:
        letters = text.visible(term).replace(".", "")
        is_abbreviation = letters.isascii() and letters.isalpha() and letters.isupper() and 2 <= len(letters) <= 4
        return cls(tuple(_PIECES.findall(text.normal(term))), code, is_abbreviation)

    @property
    def reads_like_a_word(self) -> bool:
        return self.is_abbreviation and not _VOWELS.isdisjoint("".join(self.pieces))


class _Finder:
    """Finds terms in a text: by whole words for Latin, by prefix of a Hangul run's rest for Korean (particles follow).

    A term is a sequence of pieces (Latin words or Hangul runs). Its last Hangul piece may be followed by more
    syllables in the text, since particles and compounds attach there; every other piece must match whole.
    Korean terms of two syllables must open their word, so that a term is not found in the middle of another word.
    """

    def __init__(self, terms: Iterable[tuple[str, str]]) -> None:
        spelled = [term for term in (_Term.of(spelling, code) for spelling, code in terms) if term.pieces]
        # The longest comes first, so that 인공지능 반도체 is not found as 인공지능.
        spelled.sort(key=lambda term: (-len(term.pieces), -len("".join(term.pieces)), term.pieces, term.code))
        self._first: dict[str, list[tuple[int, _Term]]] = {}
        for place, term in enumerate(spelled):
            # A term is looked up by its first piece: itself, its stem, or how a Hangul run opens with it.
            first = term.pieces[0]
            keys = {first}
            if len(term.pieces) == 1:
                keys = {first, text.stem(first)} if first[0].isascii() else {first[:2] + OPEN}
            for key in keys:
                self._first.setdefault(key, []).append((place, term))
        self._longest = max(map(len, self._first), default=0)
        self._known: dict[str, tuple[_Term, ...]] = {}

    def find(self, visible_text: str) -> dict[str, str]:
        spellings: dict[str, str] = {}
        shown = _PIECES.findall(visible_text)
        pieces = [piece.lower() for piece in shown]
        at = 0
        while at < len(pieces):
            at += self._take(pieces, shown, at, spellings)
        return spellings

    def _take(self, pieces: list[str], shown: list[str], at: int, spellings: dict[str, str]) -> int:
        """Note the terms that begin in a piece; returns how many pieces they take."""
        word = pieces[at]
        offset = 0
        while offset < len(word):
            term = self._longest_at(pieces, shown, at, offset) if self._may_begin(word, offset) else None
            if term:
                spellings.setdefault(term.code, " ".join(term.pieces))
            if term and len(term.pieces) > 1:
                return len(term.pieces)
            if word[0].isascii():
                return 1
            offset += len(term.pieces[0]) if term else 1
        return 1

    def _may_begin(self, word: str, offset: int) -> bool:
        """Whether to look for terms there: within a run of Hangul, as most texts are, nearly no letter opens one."""
        opens = word[offset : offset + 2] + OPEN in self._first
        return opens or word[0].isascii() or word[offset : offset + self._longest + 1] in self._first

    def _longest_at(self, pieces: list[str], shown: list[str], at: int, offset: int) -> _Term | None:
        """The term of most pieces that begins here; a word as it is spelled goes before one of the same stem."""
        rest = pieces[at][offset:]
        same_stem: _Term | None = None
        for term in self._beginning(rest):
            if same_stem and len(term.pieces) < len(same_stem.pieces):
                break
            if not _fits(term, rest, pieces, at, offset) or not _is_meant(term, shown, at):
                continue
            if _is_spelled(term.pieces[-1], [rest, *pieces[at + 1 :]][len(term.pieces) - 1]):
                return term
            same_stem = same_stem or term
        return same_stem

    def _beginning(self, rest: str) -> tuple[_Term, ...]:
        """Terms that may begin with these letters, those of most pieces first; looked for once."""
        # A run of Hangul without a blank begins anew at each letter: it is looked up by no more than a word of it.
        rest = rest if rest[0].isascii() else rest[: self._longest + 1]
        terms = self._known.get(rest)
        if terms is None:
            keys = {rest, rest.removesuffix("s"), text.stem(rest)} if rest[0].isascii() else {rest, rest[:2] + OPEN}
            by_place = {place: term for key in keys for place, term in self._first.get(key, ())}
            terms = tuple(by_place[place] for place in sorted(by_place))
            if len(rest) <= text.LONGEST_WORD:
                if len(self._known) >= MOST_BEGINNINGS:
                    self._known.clear()
                self._known[rest] = terms
        return terms


def _fits(term: _Term, rest: str, pieces: list[str], at: int, offset: int) -> bool:
    size = len(term.pieces)
    if at + size > len(pieces) or (offset and len(term.pieces[0]) < 3):
        return False
    if size == 1:
        return _ends(term, term.pieces[0], rest)
    begin = (rest, *pieces[at + 1 : at + size - 1])
    return begin == term.pieces[:-1] and _ends(term, term.pieces[-1], pieces[at + size - 1])


def _ends(term: _Term, wanted: str, got: str) -> bool:
    if term.is_abbreviation:
        return got in (wanted, wanted + "s")
    if _is_spelled(wanted, got):
        return True
    # Stems are dear: three letters in common come first, and shorter words have none of their own.
    return wanted.isascii() and len(wanted) > 3 and wanted[:3] == got[:3] and text.stem(wanted) == text.stem(got)


def _is_spelled(wanted: str, got: str) -> bool:
    return wanted == got if wanted.isascii() else got.startswith(wanted)


def _is_meant(term: _Term, shown: list[str], at: int) -> bool:
    """An abbreviation that reads like a word stands in capitals, or beside a Korean word, where no English runs."""
    if not term.reads_like_a_word:
        return True
    end = at + len(term.pieces)
    # `AI` in capitals is the abbreviation; `ai` among English words may be a part of a sentence.
    beside = shown[max(0, at - 1) : at] + shown[end : end + 1]
    return all(piece.removesuffix("s").isupper() for piece in shown[at:end]) or not all(p.isascii() for p in beside)
