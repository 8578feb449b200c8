"""Texts as the sentence encoder can read them: a Korean word with syllables unknown to it gives way to other words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.vocabulary.glossary import Glossary

MOST_REMEMBERED = 100_000
"""Words whose rendering is remembered."""

_RUN = re.compile("[가-힣]+")
_PARTICLE = re.compile(
    "(?:들|끼리)?(?:은|는|이|가|을|를|의|에|에서|에게|께|로|으로|와|과|도|만|까지|부터|마다|보다|처럼|이나|나|이며|며|이고|인|인데"
    "|입니다|이다|이라|이라는|이란|란|라는|면|이면|이지만|이자|에는|에도|에만|에서는|에서도|에서의|으로는|로는|으로도|로도|으로의|로의|와의|과의|까지의|뿐)?"
)
SUFFIXES = "류용계식형제판박선괴당산등외업별기체조관망률층량팔성화권장실점물품균간력수해한할함됨된될"
"""Syllables that make another noun or a verb of a noun."""
_POLITE = re.compile("([가-힣])니다$")
FIRST, VOWELS, CODAS = ord("가"), 21, 28
"""A syllable is numbered by its consonant, vowel and closing consonant (Unicode 15, 3.12)."""
SILENT, N_CODA, B_CODA, SS_CODA = 11, 4, 17, 20
CONTRACTED = {9: (8, 0), 14: (13, 4)}
"""By a contracted vowel (ㅘ, ㅝ), the vowel that stays and the one that makes a syllable of its own (ㅏ, ㅓ)."""


class Rendering(NamedTuple):
    """A text in words that can be read, and where each of its letters ends in the text as it is shown, (letters,)."""

    text: str
    ends: NDArray[np.int64]


class Word(NamedTuple):
    """What stands for a word, and whether nothing of the word is lost but a verb's ending."""

    text: str
    is_whole: bool


class Renderer:
    """Renders texts for a reader; `reads` says whether it knows every syllable of a word."""

    def __init__(self, glossary: Glossary, reads: Callable[[str], bool]) -> None:
        # What the reader knows stays as it is, in compounds too.
        self._nouns = {word: rendering for word, rendering in glossary.nouns.items() if not reads(word.lstrip("-"))}
        self._verbs, self._reads = glossary.verbs, reads
        self._longest = max(map(len, (*self._nouns, *self._verbs)), default=0)
        self.word = lru_cache(MOST_REMEMBERED)(self._word)

    def rendered(self, shown: str) -> Rendering:
        """Render a visible text."""
        parts: list[str] = []
        ends: list[NDArray[np.int64]] = []
        at = 0
        for run in _RUN.finditer(shown):
            begin, end = run.span()
            word = self.word(run.group()).text
            if word == run.group():
                continue
            before, after = shown[max(0, begin - 1) : begin], shown[end : end + 1]
            spoken = f"{' ' * before.isalnum()}{word}{' ' * after.isalnum()}"
            parts += [shown[at:begin], spoken]
            ends += [np.arange(at, begin) + 1, np.full(len(spoken), end)]
            at = end
        return Rendering("".join([*parts, shown[at:]]), np.concatenate([*ends, np.arange(at, len(shown)) + 1]))

    def _word(self, word: str) -> Word:
        if self._reads(word):
            return Word(word, True)
        verb = self._beginning(word, self._verbs)
        if len(verb) > len(self._beginning(word, self._nouns)):
            return Word(self._verbs[verb], True)
        nouns = self._in_nouns(word)
        if not nouns.text and self._reads(plain := _plain(word)):
            return Word(plain, True)
        return nouns

    def _in_nouns(self, word: str) -> Word:
        """A word cut into the glossary's nouns and what stands between them, of which only what is read is left."""
        parts, rest = [""], ""
        is_whole, at = True, 0
        while at < len(word):
            noun = self._noun(word, at, follows_noun=at > 0 and not rest)
            if not noun:
                rest, at = rest + word[at], at + 1
                continue
            is_whole &= self._reads(rest)
            parts += [rest if self._reads(rest) else "", self._nouns[noun]]
            rest, at = "", at + len(noun.lstrip("-"))
        is_whole &= self._reads(rest)
        # A particle stays with the noun that it follows, as Korean writes it.
        joint = "" if _PARTICLE.fullmatch(rest) else " "
        text = " ".join(part for part in parts if part) + joint + (rest if self._reads(rest) else "")
        return Word(text.strip() if len(parts) > 1 else "", is_whole)

    def _noun(self, word: str, at: int, *, follows_noun: bool) -> str:
        """The longest noun that stands there, empty if none.

        A noun of one syllable needs its word for itself, but for a particle, unless it is marked as one that closes
        words; after a longer one no lone syllable stands that may belong to another word.
        """
        noun = self._beginning(word[at:], self._nouns)
        rest = word[at + len(noun) :]
        if len(noun) > 1:
            is_known = rest in SUFFIXES or f"-{rest}" in self._nouns or _PARTICLE.fullmatch(rest)
            return noun if len(rest) != 1 or is_known else ""
        is_alone = _PARTICLE.fullmatch(word[at + 1 :])
        if noun and is_alone and (at == 0 or follows_noun):
            return noun
        closing = f"-{word[at]}"
        return closing if is_alone and at > 1 and closing in self._nouns else ""

    def _beginning(self, word: str, entries: Mapping[str, str]) -> str:
        sizes = range(min(self._longest, len(word)), 0, -1)
        return next((word[:size] for size in sizes if word[:size] in entries), "")


def _plain(word: str) -> str:
    """A verb in forms of the same meaning with commoner syllables: its polite ending plain, a contracted vowel open.

    >>> _plain("됩니다"), _plain("나눠"), _plain("낮췄다")
    ('된다', '나누어', '낮추었다')
    """
    return "".join(map(_opened, _POLITE.sub(_plain_ending, word)))


def _plain_ending(match: re.Match[str]) -> str:
    number = ord(match[1]) - FIRST
    return match[0] if number % CODAS != B_CODA else chr(FIRST + number - B_CODA + N_CODA) + "다"


def _opened(syllable: str) -> str:
    number = ord(syllable) - FIRST
    consonant, vowel, coda = number // (VOWELS * CODAS), number // CODAS % VOWELS, number % CODAS
    if vowel not in CONTRACTED or coda not in (0, SS_CODA) or consonant == SILENT:
        return syllable
    stays, own = CONTRACTED[vowel]
    return chr(FIRST + (consonant * VOWELS + stays) * CODAS) + chr(FIRST + (SILENT * VOWELS + own) * CODAS + coda)
