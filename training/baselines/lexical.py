"""The two baselines that compare words: TF-IDF with cosine, and BM25."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Self

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from model.domain import Program, Snapshot, Startup
from training.baselines.scorer import Float
from training.baselines.texts import Lexicon, Texts


class TfIdf:
    """Cosine of sublinear TF-IDF vectors; document rates are taken over startups and programs together."""

    name = "tfidf"

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._lexicon = Lexicon(())
        self._weights = TfidfTransformer(sublinear_tf=True)

    def fit(self, snapshot: Snapshot) -> Self:
        """Learn the terms and their rates."""
        bags = [*self._texts.bags(snapshot.startups), *self._texts.bags(snapshot.programs)]
        self._lexicon = Lexicon(bags)
        self._weights = TfidfTransformer(sublinear_tf=True)
        if bags:
            self._weights.fit(self._lexicon.counts(bags))
        return self

    def vectors(self, profiles: Sequence[Startup] | Sequence[Program]) -> sparse.csr_matrix:
        """Unit rows, (n, terms)."""
        counts = self._lexicon.counts(self._texts.bags(profiles))
        return self._weights.transform(counts) if counts.shape[0] and counts.shape[1] else counts

    def scores(self, startups: Sequence[Startup], programs: Sequence[Program]) -> Float:
        """Cosine of each pair, 0-1."""
        return _table(self.vectors(startups) @ self.vectors(programs).T)


class Bm25:
    """BM25 with the programs as the indexed documents and saturation on both sides (k1 1.2, b 0.75).

    Robertson and Zaragoza, 2009. Counts of the startup's text saturate like those of a document, since a startup's
    summary is a text, not a query of a few words; plain query counts measured lower on long English texts.
    """

    name = "bm25"
    K1 = 1.2
    B = 0.75

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._lexicon = Lexicon(())
        self._rarity: Float = np.zeros(0)
        self._startup_length = self._program_length = 1.0

    def fit(self, snapshot: Snapshot) -> Self:
        """Learn term rarity from the programs and the mean length of each side."""
        programs, startups = self._texts.bags(snapshot.programs), self._texts.bags(snapshot.startups)
        self._lexicon = Lexicon(programs)
        counts = self._lexicon.counts(programs)
        holding = np.bincount(counts.indices, minlength=counts.shape[1])
        self._rarity = np.log(1.0 + (len(programs) - holding + 0.5) / (holding + 0.5))
        self._startup_length, self._program_length = _mean_length(startups), _mean_length(programs)
        return self

    def scores(self, startups: Sequence[Startup], programs: Sequence[Program]) -> Float:
        """BM25 of each pair, 0 or more."""
        asked = self._saturated(startups, self._startup_length)
        indexed = self._saturated(programs, self._program_length)
        return _table(asked @ (indexed @ sparse.diags(self._rarity)).T)

    def _saturated(self, profiles: Sequence[Startup] | Sequence[Program], mean_length: float) -> sparse.csr_matrix:
        bags = self._texts.bags(profiles)
        counts = self._lexicon.counts(bags)
        lengths = np.array([sum(bag.values()) for bag in bags], dtype=np.float64)
        room = self.K1 * (1.0 - self.B + self.B * lengths / mean_length)
        counts.data *= (self.K1 + 1.0) / (counts.data + np.repeat(room, np.diff(counts.indptr)))
        return counts


def _mean_length(bags: Sequence[Mapping[str, int]]) -> float:
    lengths = [sum(bag.values()) for bag in bags]
    return max(1.0, float(np.mean(lengths))) if lengths else 1.0


def _table(products: sparse.csr_matrix) -> Float:
    return np.asarray(products.todense(), dtype=np.float64)
