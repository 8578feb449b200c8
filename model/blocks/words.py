"""Shared words: tf-idf of both sides with rates of use; each term of the product is a word's share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy import sparse

from model.blocks import exact
from model.blocks.exact import Float
from model.text.analysis import Bag

PIVOT = 0.8
"""Part of a program's own length in its norm; the rest is the mean length (pivoted normalisation, Singhal 1996)."""

WRITTEN = 0.3
"""A text is written in a language from this share on; below it, the language only lends it words."""

LEAST_GROUP = 20


class FittedTerms:
    """The fitted vocabulary: a column and a weight for each term.

    idf(t) = ln((1 + N) / (1 + p N)) + 1 with N profiles and p the largest of several groups' rates of use, so that a
    phrase which one side, or one language, uses everywhere weighs little although the others never do.
    """

    def __init__(self, terms: Sequence[str], idf: Float) -> None:
        self.terms, self.idf = tuple(terms), idf
        self.columns: Mapping[str, int] = {term: column for column, term in enumerate(self.terms)}

    @classmethod
    def fit(cls, total: int, groups: Sequence[Sequence[Iterable[str]]]) -> FittedTerms:
        """Count in how many of each group's profiles a term stands; a profile is given as its terms."""
        counted = [(Counter(t for profile in group for t in set(profile)), len(group)) for group in groups]
        terms = sorted({term for counts, _ in counted for term in counts})
        rates = (max(counts[t] / size for counts, size in counted if size) for t in terms)
        return cls(terms, np.array([math.log((1 + total) / (1 + rate * total)) + 1 for rate in rates]))

    def weighted(self, profiles: Sequence[Mapping[str, int]]) -> sparse.csr_matrix:
        """Rows of (1 + ln tf) idf, (n, terms); terms never fitted weigh nothing."""
        data: list[float] = []
        columns: list[int] = []
        ends = [0]
        for profile in profiles:
            known = sorted([(self.columns[t], n) for t, n in profile.items() if t in self.columns])
            columns += [column for column, _ in known]
            data += [1 + math.log(n) if n > 1 else 1.0 for _, n in known]
            ends.append(len(columns))
        at = np.array(columns, np.int32)
        return exact.rows_of(np.array(data, float) * self.idf[at], at, np.array(ends, np.int32), len(self.terms))


class Words:
    """W: cosine of the startup's words with the program's, whose norm is pivoted towards the mean length."""

    def __init__(self, terms: FittedTerms, mean_norm: float) -> None:
        self.terms, self.mean_norm = terms, mean_norm

    @classmethod
    def fit(cls, startups: Sequence[Bag], programs: Sequence[Bag]) -> Words:
        """Fit the terms' weights on both sides and the mean length of a program."""
        groups = [group for side in (startups, programs) for group in _by_language(side)]
        terms = FittedTerms.fit(len(startups) + len(programs), [[bag.terms for bag in group] for group in groups])
        lengths = norms(terms.weighted([bag.terms for bag in programs]))
        return cls(terms, float(lengths.mean()) if len(lengths) else 1.0)

    def startups(self, bags: Sequence[Bag]) -> sparse.csr_matrix:
        """Rows of length one, (n, terms)."""
        return unit(self.terms.weighted([bag.terms for bag in bags]))

    def programs(self, bags: Sequence[Bag]) -> sparse.csr_matrix:
        """Rows divided by the pivoted norm, (m, terms); a short program is not preferred for being short."""
        weighted = self.terms.weighted([bag.terms for bag in bags])
        pivoted = (1 - PIVOT) * self.mean_norm + PIVOT * norms(weighted)
        return scaled(weighted, 1.0 / np.maximum(pivoted, 1e-12))


def _by_language(side: Sequence[Bag]) -> list[Sequence[Bag]]:
    """A side, and those of its texts that hold Korean and English sentences, where there are enough to count."""
    korean = [bag for bag in side if bag.hangul_share >= WRITTEN]
    english = [bag for bag in side if bag.hangul_share <= 1 - WRITTEN]
    return [side, *(group for group in (korean, english) if LEAST_GROUP <= len(group) < len(side))]


def norms(rows: sparse.csr_matrix) -> Float:
    """Euclidean length of each sparse row, (n,)."""
    lengths = np.zeros(rows.shape[0])
    filled = np.flatnonzero(np.diff(rows.indptr))
    if len(filled):
        lengths[filled] = np.sqrt(np.add.reduceat(np.square(rows.data), rows.indptr[filled]))
    return lengths


def scaled(rows: sparse.csr_matrix, factors: Float) -> sparse.csr_matrix:
    """Each sparse row times its factor."""
    return exact.with_data(rows, rows.data * np.repeat(factors, np.diff(rows.indptr)))


def unit(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    """Each sparse row at length one; empty rows stay empty."""
    lengths = norms(rows)
    return scaled(rows, np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0))


__all__ = ["FittedTerms", "Words", "exact", "norms", "scaled", "unit"]
