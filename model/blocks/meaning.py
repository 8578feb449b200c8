"""Corpus meaning: words that keep the same company stand close together, learned from the fitted texts alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from model.blocks.exact import Float
from model.blocks.words import FittedTerms
from model.text.analysis import Bag

DIMENSIONS = 100
MOST_TERMS = 15_000
MOST_PROFILES = 20_000
LEAST_PROFILES_PER_TERM = 3
LARGEST_RATE = 0.3
POWER_ITERATIONS = 4


@dataclass(frozen=True, slots=True)
class Meaning:
    """G: centred cosine of the profiles' mean word vectors.

    Word vectors are the truncated SVD of the positive pointwise mutual information of words in the same profile
    (Levy and Goldberg 2014); each side's mean is subtracted, since startups and programs write differently.
    """

    vectors: Float
    startup_mean: Float
    program_mean: Float

    @classmethod
    def fit(
        cls, terms: FittedTerms, startups: Sequence[Bag], programs: Sequence[Bag], *, rng: np.random.Generator
    ) -> Meaning:
        """Learn word vectors, (terms, 100), and each side's mean; words that are too rare or too common get none."""
        weighted = [terms.weighted([bag.terms for bag in side]) for side in (startups, programs)]
        everything = sparse.csr_matrix(sparse.vstack(weighted))
        if everything.shape[0] > MOST_PROFILES:
            everything = everything[np.sort(rng.choice(everything.shape[0], MOST_PROFILES, replace=False))]
        vectors = _word_vectors(everything, seed=int(rng.integers(2**31)))
        means = [_mean_direction(side @ vectors) for side in weighted]
        return cls(vectors, *means)

    def startups(self, words: sparse.csr_matrix) -> Float:
        """Unit rows, (n, dimensions), from rows of weighted words of any length; no known word gives a row of zeros."""
        return centred(np.asarray(words @ self.vectors), self.startup_mean)

    def programs(self, words: sparse.csr_matrix) -> Float:
        """The same for programs, (m, dimensions)."""
        return centred(np.asarray(words @ self.vectors), self.program_mean)


def centred(rows: Float, mean: Float) -> Float:
    """Rows at length one, less the mean, at length one again; zero rows stay zero."""
    present = np.linalg.norm(rows, axis=1) > 0
    centred_rows = directions(directions(rows) - mean)
    rows_or_zero: Float = np.where(present[:, None], centred_rows, 0.0)
    return rows_or_zero


def directions(rows: Float) -> Float:
    """Dense rows at length one; zero rows stay zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit_rows: Float = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-12)
    return unit_rows


def _mean_direction(rows: Float) -> Float:
    present = np.linalg.norm(rows, axis=1) > 0
    mean: Float = directions(rows[present]).mean(axis=0) if present.any() else np.zeros(rows.shape[1])
    return mean


def _word_vectors(profiles: sparse.csr_matrix, *, seed: int) -> Float:
    from sklearn.utils.extmath import randomized_svd  # takes over a second, and only a fit has a use for it

    uses = np.bincount(profiles.indices, minlength=profiles.shape[1])
    usable = np.flatnonzero((uses >= LEAST_PROFILES_PER_TERM) & (uses < LARGEST_RATE * profiles.shape[0]))
    chosen = np.sort(usable[np.argsort(-uses[usable], kind="stable")[:MOST_TERMS]])
    vectors = np.zeros((profiles.shape[1], DIMENSIONS))
    if len(chosen) < 3:
        return vectors
    information = _positive_information(profiles[:, chosen])
    size = min(DIMENSIONS, len(chosen) - 1)
    left, strength, right = randomized_svd(information, size, n_iter=POWER_ITERATIONS, random_state=seed)
    del left
    vectors[chosen, :size] = directions(right.T * strength).astype(np.float32)  # as it is kept in an artifact
    return vectors


def _positive_information(profiles: sparse.csr_matrix) -> sparse.csr_matrix:
    """max(0, ln(c_ij s / (c_i c_j))) of the co-occurrence counts, where a long profile's pairs count less."""
    present = sparse.csr_matrix(profiles, copy=True)
    present.data = np.ones_like(present.data)
    lengths = np.maximum(np.asarray(present.sum(axis=1)).ravel(), 1.0)
    together = sparse.csr_matrix(present.T @ sparse.diags_array(1.0 / lengths) @ present)
    together.setdiag(0.0)
    together.eliminate_zeros()
    totals = np.asarray(together.sum(axis=0)).ravel()
    counts = together.tocoo()
    ratio = counts.data * totals.sum() / (totals[counts.row] * totals[counts.col])
    informative = ratio > 1
    return sparse.csr_matrix(
        (np.log(ratio[informative]), (counts.row[informative], counts.col[informative])), shape=together.shape
    )
