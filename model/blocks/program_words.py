"""The programs' words, each with how much likelier it is in that program's text than among startups."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.text import analysis as text

Whole = NDArray[np.int32]
Columns = NDArray[np.int64]

STEPS = 100
"""Whole numbers per nat, so that every sum is exact."""

LEAST_RATE = 2e-5
"""A word that is rarer than this among startups tells no more than one of this rate."""

LEAST_LENGTH = 20


def stems(words: Iterable[str]) -> list[str]:
    """Words as they are compared: English endings off, Korean ones as they stand."""
    return [text.stem(word) for word in words]


@dataclass(frozen=True)
class ProgramWords:
    """Weights by word: those of the i-th word stand at `starts[i]` to `starts[i + 1]` of `programs` and `weights`.

    The weight of word w for program p, in 1/100 nat and at least 0, is the logarithm of its rate in p's text over its
    rate among startups: ln(1 / (length(p) · max(rate(w), LEAST_RATE))).
    """

    words: tuple[str, ...]
    starts: Whole
    programs: Whole
    weights: Whole
    size: int
    """How many programs there are."""

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        return {word: row for row, word in enumerate(self.words)}

    @cached_property
    def _largest(self) -> Whole:
        """The largest weight of each word, and 0 for a word that no program uses."""
        largest = np.maximum.reduceat(self.weights, self.starts[:-1]) if self.words else self.weights
        return np.append(largest, 0).astype(np.int32)

    @classmethod
    def of(cls, programs: Sequence[Sequence[str]], startups: Iterable[Sequence[str]]) -> ProgramWords:
        """Weigh the words of each program's text against how many of the startups' texts use them."""
        uses = Counter(word for startup in startups for word in set(startup))
        total = max(1, uses.total())
        lengths = [max(LEAST_LENGTH, len(program)) for program in programs]
        postings: dict[str, list[tuple[int, int]]] = {}
        for column, program in enumerate(programs):
            for word in set(program):
                rate = max((uses[word] - 1) / total, LEAST_RATE)  # less its own, as an unseen startup would meet it
                weight = round(STEPS * math.log(1 / (lengths[column] * rate)))
                if weight > 0:
                    postings.setdefault(word, []).append((column, weight))
        words = tuple(sorted(postings))
        pairs = np.array([pair for word in words for pair in postings[word]], np.int32).reshape(-1, 2)
        starts = np.cumsum([0, *(len(postings[word]) for word in words)]).astype(np.int32)
        return cls(words, starts, pairs[:, 0].copy(), pairs[:, 1].copy(), len(programs))

    def suspects(self, words: Sequence[str], limit: int) -> Columns:
        """Programs for which all words of a text together weigh at least as much as a limit, (programs,)."""
        _, at = self._entries(words)
        return np.flatnonzero(np.bincount(self.programs[at], self.weights[at], minlength=self.size) >= limit)

    def weighed_by_any(self, words: Sequence[str]) -> Whole:
        """The largest weight of each word of a text for any program, (words, 1)."""
        rows = [self._rows.get(word, len(self.words)) for word in words]
        return self._largest[rows, None]

    def weighed(self, words: Sequence[str], programs: Columns) -> Whole:
        """Weight of each word of a text for each of some programs, (words, programs); 0 for a foreign word."""
        place = np.full(self.size, -1)
        place[programs] = np.arange(len(programs))
        weights = np.zeros((len(words), len(programs)), np.int32)
        if len(programs):
            word, at = self._entries(words)
            places = place[self.programs[at]]
            weights[word[places >= 0], places[places >= 0]] = self.weights[at][places >= 0]
        return weights

    def _entries(self, words: Sequence[str]) -> tuple[Columns, Columns]:
        """The places of a text's words in `programs` and `weights`, and which word of the text each belongs to."""
        rows = np.array([self._rows.get(word, -1) for word in words], np.int64)
        known = np.flatnonzero(rows >= 0)
        begins, ends = self.starts[rows[known]].astype(np.int64), self.starts[rows[known] + 1]
        counts = ends - begins
        first = np.cumsum(counts) - counts
        return np.repeat(known, counts), np.arange(counts.sum()) + np.repeat(begins - first, counts)
