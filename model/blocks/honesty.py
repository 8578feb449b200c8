"""What a startup's text took from the programs' own: stuffing is set aside before any other block reads the text.

A text that takes a program's words matches that program best of all and proves nothing. Each word is weighed by how
much likelier it is in a program's text than among startups (see `ProgramWords`), and a word that the program does not
use counts against it. The heaviest row of neighbouring words is the evidence that they were taken from that program (a
maximal scoring segment, Karlin and Altschul 1990). How heavy an honest row may be is learned from the fitted startups.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from threading import Lock

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from model.blocks.program_words import STEPS, ProgramWords, Whole, stems
from model.domain import Flag, FlagCode
from model.text import analysis as text

Mask = NDArray[np.bool_]

RARE_WORD = 6 * STEPS
"""About the weight of a word that no startup uses; found values and limits are told in such words."""

REPEATED_WORDS, MOST_REPEATS = 3, 2
"""Three words in a row count twice; said a third time they add nothing."""

HONEST, MARGIN = 0.995, 1.5
"""A limit stands half above what this part of the fitted startups keeps to."""

LONGEST_GAP, MOSTLY = 8, 0.5
MOST_LEARNED_FROM = 4_000
FEWEST_TECHNOLOGIES = 6
NO_LIMIT = 2**30
MOST_READ = 4
"""Texts of which it is known what is left: an answer reads its text for the blocks and once more for the flags."""


@dataclass(frozen=True, slots=True)
class HonestyRule:
    """One way of taking words: what a foreign word counts against it, and the least that its learned limit may be.

    `of_any`: words of any program, not of one. `takes_all`: the whole row of words is set aside, not only the
    program's words in it.
    """

    code: FlagCode
    foreign: int
    least: int
    of_any: bool = False
    takes_all: bool = True


LISTED = HonestyRule(FlagCode.LISTED, 6 * STEPS, 6 * RARE_WORD, of_any=True)
COPIED = HonestyRule(FlagCode.COPIED, round(1.6 * STEPS), 4 * RARE_WORD)
GATHERED = HonestyRule(FlagCode.GATHERED, round(0.3 * STEPS), 5 * RARE_WORD, takes_all=False)
RULES = (COPIED, LISTED, GATHERED)


@dataclass(frozen=True, slots=True)
class HonestyLimits:
    """What honest startups keep to: the weight of rows by the rule that looks for them, and listed technologies."""

    rows: Mapping[str, int]
    technologies: int


@dataclass(frozen=True, slots=True)
class HonestText:
    """What is left of a text, and why something was set aside."""

    text: str
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class Honesty:
    """Reads startups' texts against the programs that it knows and sets aside what was taken from them."""

    program_words: ProgramWords
    limits: HonestyLimits
    _lately: LRUCache[str, HonestText] = field(
        init=False, repr=False, compare=False, default_factory=lambda: LRUCache(MOST_READ)
    )
    _lock: Lock = field(init=False, repr=False, compare=False, default_factory=Lock)

    @classmethod
    def fit(cls, programs: Sequence[str], startups: Sequence[str], technologies: Sequence[int]) -> Honesty:
        """Learn words and limits from visible texts, and from how many technologies each startup lists."""
        # A quantile settles long before all texts were looked at; every k-th one keeps the fit repeatable.
        step = math.ceil(max(1, len(startups)) / MOST_LEARNED_FROM)
        texts = [_stems(_words(startup)) for startup in startups[::step]]
        known = ProgramWords.of([_stems(_words(program)) for program in programs], texts)
        rows = {rule.code.value: _learned(rule, known, texts) for rule in RULES}
        return cls(known, HonestyLimits(rows, max(FEWEST_TECHNOLOGIES, math.ceil(_usual(technologies)))))

    def read(self, shown: str) -> HonestText:
        """Set aside what a visible text repeats and what it took from a program."""
        with self._lock:
            lately = self._lately.get(shown)
        if lately is None:
            spans = _words(shown)
            stemmed = _stems(spans)
            remaining = np.ones(len(spans), bool)
            flags = [*self._set_aside(stemmed, remaining)]
            lately = HonestText(_without(shown, spans, remaining), tuple(flags)) if flags else HonestText(shown)
            with self._lock:
                self._lately[shown] = lately
        return lately

    def technologies(self, listed: int) -> tuple[Flag, ...]:
        """Say whether a startup lists more technologies than honest ones do."""
        too_many = listed > self.limits.technologies
        return (Flag(FlagCode.TECHNOLOGIES, listed, self.limits.technologies),) if too_many else ()

    def _set_aside(self, words: Sequence[str], remaining: Mask) -> Iterator[Flag]:
        """Clear the places of `remaining` that break a rule, rule by rule."""
        of_programs = self.program_words.weighed_by_any(words)[:, 0] > 0
        if (most := _repeats(words, of_programs, remaining)) > MOST_REPEATS:
            yield Flag(FlagCode.REPEATED, most, MOST_REPEATS)
        for rule in RULES:
            limit, left = self.limits.rows[rule.code], np.flatnonzero(remaining).tolist()
            taken, weight = _taken(rule, limit, self.program_words, [words[i] for i in left])
            if weight:
                remaining[np.array(left)[taken]] = False
                _close_gaps(remaining, of_programs, 0.0 if rule is GATHERED else MOSTLY)
                yield Flag(rule.code, round(weight / RARE_WORD), limit // RARE_WORD)


def _words(shown: str) -> list[tuple[str, int, int]]:
    lower = shown.lower()
    # `İ` becomes two letters in lower case; the places must stay those of the visible text.
    return text.word_spans(lower if len(lower) == len(shown) else "".join(c.lower()[0] for c in shown))


def _stems(spans: Sequence[tuple[str, int, int]]) -> list[str]:
    return stems(word for word, _, _ in spans)


def _without(shown: str, spans: Sequence[tuple[str, int, int]], remaining: Mask) -> str:
    """The text without the words that were set aside, and without what stands behind each up to the next word."""
    begins = [*(begin for _, begin, _ in spans), len(shown)]
    parts = [shown[begins[i] : begins[i + 1]] if remaining[i] else " " for i in range(len(spans))]
    return text.visible("".join([shown[: begins[0]], *parts]))


def _repeats(words: Sequence[str], of_programs: Mask, remaining: Mask) -> int:
    """Clear every row of three words that was said often enough before; returns how often the commonest was said.

    Of a row that is often said and made of programs' words alone, nothing is kept.
    """
    rows: dict[tuple[str, ...], list[int]] = {}
    for i in range(len(words) - REPEATED_WORDS + 1):
        rows.setdefault(tuple(words[i : i + REPEATED_WORDS]), []).append(i)
    for places in rows.values():
        if len(places) > MOST_REPEATS:
            # A sentence of one's own may be said twice; a row of a program's words alone is dropped altogether.
            of_programs_alone = of_programs[places[0] : places[0] + REPEATED_WORDS].all()
            for i in places if of_programs_alone else places[MOST_REPEATS:]:
                remaining[i : i + REPEATED_WORDS] = False
    return max(map(len, rows.values()), default=0)


def _close_gaps(remaining: Mask, of_programs: Mask, part: float) -> None:
    """Clear the few words left between two that were set aside, if such a part of them are programs' words too."""
    cleared = np.flatnonzero(~remaining)
    for before, after in pairwise(cleared.tolist()):
        gap = slice(before + 1, after)
        if 1 < after - before <= LONGEST_GAP + 1 and of_programs[gap].mean() >= part:
            remaining[gap] = False


def _learned(rule: HonestyRule, known: ProgramWords, startups: Sequence[Sequence[str]]) -> int:
    """Half above what nearly all startups keep to, and never less than the rule's own."""
    usual = _usual([_heaviest(rule, known, startup) for startup in startups])
    return max(rule.least, round(MARGIN * usual))


def _usual(values: Sequence[int]) -> float:
    # One of the values and nothing between two of them, so that limits stay whole numbers.
    return float(np.quantile(values, HONEST, method="higher")) if len(values) else 0.0


def _heaviest(rule: HonestyRule, known: ProgramWords, words: Sequence[str]) -> int:
    """Weight of a text's heaviest row, as far as it matters for the limit."""
    weights = _weights(rule, known, words, round(rule.least / MARGIN))
    return int(_sums(weights, rule.foreign, NO_LIMIT).max(initial=0))


def _weights(rule: HonestyRule, known: ProgramWords, words: Sequence[str], limit: int) -> Whole:
    """Weights of words, (words, programs), for each program that could reach a limit, or for any at once."""
    return known.weighed_by_any(words) if rule.of_any else known.weighed(words, known.suspects(words, limit))


def _taken(rule: HonestyRule, limit: int, known: ProgramWords, words: Sequence[str]) -> tuple[Mask, int]:
    """Words that were taken from a program, (words,), and the weight of the heaviest such row; 0 where none was."""
    weights = _weights(rule, known, words, limit)
    sums = _sums(weights, rule.foreign, limit)
    taken, heaviest = np.zeros(len(words), bool), 0
    for program in np.flatnonzero((sums == limit).any(axis=0)):
        for begin, end in _rows(sums[:, program], limit):
            column = weights[begin:end, program]
            taken[begin:end] |= rule.takes_all | (column > 0)
            heaviest = max(heaviest, int(column.sum()) - rule.foreign * int((column == 0).sum()))
    return taken, heaviest


def _sums(weights: Whole, foreign: int, limit: int) -> Whole:
    """Weight of the heaviest row that ends with each word, for each program, between 0 and the limit.

    What reached the limit counts no more than that, so that a row ends soon after the last word that was taken.
    """
    # Kadane's largest sum of neighbours for all programs at once: the running total less its lowest so far.
    steps = np.where(weights > 0, weights, -foreign).astype(np.int32)
    totals = np.cumsum(steps, axis=0, dtype=np.int32)
    sums = totals - np.minimum(np.minimum.accumulate(totals, axis=0), 0)
    # The closed form holds only while no sum was cut off at the limit; the few columns that pass it go step by step.
    reaching = np.flatnonzero(sums.max(axis=0, initial=0) > limit)
    sums[:, reaching] = _limited(steps[:, reaching], limit)
    return sums


def _limited(steps: Whole, limit: int) -> Whole:
    """The same where the limit is passed, which needs a step after the other."""
    sums = np.zeros_like(steps)
    before = np.zeros(steps.shape[1], np.int32)
    for i in range(len(steps) if steps.shape[1] else 0):
        before = np.clip(before + steps[i], 0, limit, out=sums[i])
    return sums


def _rows(sums: Whole, limit: int) -> Iterator[tuple[int, int]]:
    """Rows of words, from the first that weighs anything to the last at which the limit stood reached."""
    reached, outside = np.flatnonzero(sums == limit), np.flatnonzero(sums == 0)
    before = np.searchsorted(outside, reached)  # how many words outside any row stand before
    last = np.append(before[1:] != before[:-1], True)
    begins = np.append(-1, outside)[before[last]] + 1
    return zip(begins.tolist(), (reached[last] + 1).tolist(), strict=True)
