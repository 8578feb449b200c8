"""The two baselines that learn what programs took before: nearest past startups, and a ridge classifier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from scipy import sparse
from sklearn.kernel_ridge import KernelRidge

from model.blocks.pasts import group
from model.domain import Program, Snapshot, Startup
from training.baselines.lexical import TfIdf
from training.baselines.scorer import Float
from training.baselines.texts import Texts
from training.outcomes import gains, positives


class PastStartups:
    """Startups with a good pair in the past, and what each program family took of them."""

    MOST = 8_000
    """Latest startups that are kept; a ridge over more takes minutes and gains nothing measurable."""

    def __init__(self, snapshot: Snapshot) -> None:
        worths = positives(snapshot.outcomes)
        taken = {startup_id for startup_id, _ in worths}
        self.startups = tuple(startup for startup in snapshot.startups if startup.id in taken)[-self.MOST :]
        self._families = {family: i for i, family in enumerate(sorted({group(p) for p in snapshot.programs}))}
        self.worths = gains(self.startups, snapshot.programs, worths) @ self.members(snapshot.programs)

    def members(self, programs: Sequence[Program]) -> Float:
        """Which family each program belongs to, (m, families) of 0 and 1; a program of no known family is all 0."""
        table = np.zeros((len(programs), len(self._families)))
        for row, program in enumerate(programs):
            if group(program) in self._families:
                table[row, self._families[group(program)]] = 1.0
        return table


class Neighbours:
    """Sum of the similarity to the nearest past startups that a program took (kNN, TF-IDF cosine)."""

    name = "knn"
    NEAREST = 50

    def __init__(self, texts: Texts) -> None:
        self._words = TfIdf(texts)
        self._past = PastStartups(Snapshot((), ()))

    def fit(self, snapshot: Snapshot) -> Self:
        """Learn the vectors of past startups."""
        self._words.fit(snapshot)
        self._past = PastStartups(snapshot)
        return self

    def scores(self, startups: Sequence[Startup], programs: Sequence[Program]) -> Float:
        """Similarity-weighted worth of the nearest past startups, 0 or more."""
        if not self._past.startups or not startups:
            return np.zeros((len(startups), len(programs)))
        vectors, past = self._words.vectors(startups), self._words.vectors(self._past.startups)
        alike = np.asarray((vectors @ past.T).todense())
        places = {startup.id: place for place, startup in enumerate(self._past.startups)}
        for row, startup in enumerate(startups):
            if startup.id in places:
                alike[row, places[startup.id]] = 0.0  # nobody is their own neighbour
        least = -np.sort(-alike, axis=1)[:, min(self.NEAREST, alike.shape[1]) - 1]
        votes = sparse.csr_matrix(np.where(alike >= least[:, None], alike, 0.0)) @ self._past.worths
        return np.asarray(votes @ self._past.members(programs).T, dtype=np.float64)


class Ridge:
    """Ridge classifier, one program family against the rest, on TF-IDF vectors of past startups."""

    name = "ridge"
    PENALTY = 1.0

    def __init__(self, texts: Texts) -> None:
        self._words = TfIdf(texts)
        self._past = PastStartups(Snapshot((), ()))
        self._ridge: KernelRidge | None = None

    def fit(self, snapshot: Snapshot) -> Self:
        """Solve the ridge in its dual form, which has one row per past startup instead of one per term."""
        self._words.fit(snapshot)
        self._past = PastStartups(snapshot)
        self._ridge = None
        if self._past.startups:
            vectors = self._words.vectors(self._past.startups)
            self._ridge = KernelRidge(alpha=self.PENALTY, kernel="linear").fit(vectors, self._past.worths)
        return self

    def scores(self, startups: Sequence[Startup], programs: Sequence[Program]) -> Float:
        """Predicted worth of each pair, about 0-1; 0 for a program without a past."""
        if self._ridge is None or not startups:
            return np.zeros((len(startups), len(programs)))
        predicted = self._ridge.predict(self._words.vectors(startups))
        return np.asarray(predicted @ self._past.members(programs).T, dtype=np.float64)
