"""What a program has taken before: its past participants' vectors, shrunk towards its own text, less any one's own.

A startup that took part must not meet itself in a program's past, so for every startup with outcomes the past is taken
without what it contributed (leave one out). Sums are kept as whole numbers, from which its part can be taken away
exactly: what is left is to the bit what a fit without its outcomes gives. Learned words can't be taken apart so;
they are learned again without each fifth of the startups, and a startup with outcomes meets those that never saw it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from model.blocks.exact import Dense, Float, dense
from model.blocks.meaning import directions
from model.blocks.pasts import FOLDS, STEPS, WEIGHT_STEPS, Pasts

OWN_WEIGHT = 3.0
"""A program's own vector counts like this many past participants."""

TEACHING_TAGS = ("technology", "needs", "field")
"""Kinds of tags that teach, beside words and the meaning of texts: what a firm does.

Where it sits, its size, age, stage and legal form never teach: a habit of the past is no merit of the next applicant.
They count only where a program's own terms name them, in blocks of their own.
"""

TEACHING = ("words", "meaning", *TEACHING_TAGS)
"""Everything that a track record learns from, as the model card and the criteria page list it."""

WHOLE = "whole"
NO_CONTRIBUTOR, NO_FOLD = -1, -1


def teacher(fold: int) -> str:
    """The name of the learned words that a startup of a fold meets; `NO_FOLD`, of a startup without outcomes: all.

    >>> teacher(NO_FOLD), teacher(3)
    ('whole', 'without-3')
    """
    return WHOLE if fold == NO_FOLD else f"without-{fold}"


TEACHERS = tuple(teacher(fold) for fold in range(NO_FOLD, FOLDS))


@dataclass(frozen=True)
class GroupPast:
    """Sums over past participants of some groups: `columns` (groups,), `sums` (groups, 1 + dimensions).

    The first column of `sums` counts participants, the others add up their vectors, in whole numbers of 1/5120.
    `total`: worth of all past participants of all groups.
    """

    columns: NDArray[np.int64]
    sums: Float
    total: float


@dataclass(frozen=True)
class TrackRecord:
    """What each group of programs has taken. `learned`: (groups, columns) by the name of the teacher.

    `meaning` and `sentence`: the fitted startups' vectors as whole numbers, (startups, dimensions).
    """

    pasts: Pasts
    meaning: Dense
    sentence: Dense
    learned: Mapping[str, sparse.csr_matrix] = field(repr=False)

    @cached_property
    def column_of(self) -> Mapping[str, int]:
        """Each group's column, by name."""
        return {name: column for column, name in enumerate(self.pasts.groups)}

    def until(self, day: date) -> TrackRecord:
        """The record as it was known on a day; what was learned from later outcomes falls silent.

        Counts and sums are then exactly those of the outcomes up to the day.
        """
        if day.toordinal() >= self.pasts.last_day:
            return self
        silent = {name: sparse.csr_matrix(rows.shape) for name, rows in self.learned.items()}
        return replace(self, pasts=self.pasts.until(day), learned=silent)

    @cached_property
    def whole(self) -> GroupPast:
        """The past with every startup in it; a last row of zeros is that of a program without a group."""
        every = np.arange(len(self.pasts.groups))
        sums = self._summed(self._unshown, self._shown, self._weights, every)
        return GroupPast(every, np.vstack([sums, np.zeros((1, sums.shape[1]))]), float(sums[:, 0].sum()) / STEPS)

    def without(self, row: int) -> GroupPast:
        """The past of those groups that are others without a startup, given by its row."""
        views, unshown, shown = (_dense_row(part, row) for part in self._by_startup)
        touched, others = (unshown > 0) | (shown > 0), self._weights
        if views.any():  # where its view is missed, the others' exposure weighs otherwise too
            others = self.pasts.weights(self._views - views)
            touched |= (self._weights != others) & (self._shown[:, 0] > 0)
        partners = np.unique(self.pasts.partners[touched])
        columns = np.flatnonzero(touched | (np.isin(self.pasts.partners, partners) & (self.pasts.partners >= 0)))
        own = self._vector(row)
        left = self._unshown[columns] - unshown[columns, None] * own
        left_shown = self._shown[columns] - shown[columns, None] * own
        sums = self._summed(left, left_shown, others[columns], columns)
        every = self.whole.sums[:, 0]
        return GroupPast(columns, sums, float(every.sum() - every[columns].sum() + sums[:, 0].sum()) / STEPS)

    @cached_property
    def _by_startup(self) -> tuple[sparse.csr_matrix, ...]:
        return self.pasts.views, self.pasts.unshown, self.pasts.shown

    @cached_property
    def _views(self) -> Float:
        return np.asarray(self.pasts.views.sum(axis=0)).ravel()

    @cached_property
    def _weights(self) -> Float:
        return self.pasts.weights(self._views)

    @cached_property
    def _unshown(self) -> Float:
        return self._sums(self.pasts.unshown)

    @cached_property
    def _shown(self) -> Float:
        return self._sums(self.pasts.shown)

    def _sums(self, worth: sparse.csr_matrix) -> Float:
        rows = self.pasts.contributors
        if not len(rows):
            return np.zeros((len(self.pasts.groups), 1 + self.meaning.shape[1] + self.sentence.shape[1]))
        return np.asarray(worth[rows].T @ np.vstack([self._vector(row) for row in rows]))

    def _vector(self, row: int) -> Float:
        return np.concatenate([[1.0], self.meaning[row], self.sentence[row]])

    def _summed(self, unshown: Float, shown: Float, weights: Float, columns: NDArray[np.int64]) -> Float:
        return self.pasts.shared(WEIGHT_STEPS * unshown + weights[:, None] * shown, columns)

    def counted(self, past: GroupPast, places: NDArray[np.integer]) -> Float:
        """Past participants of the groups that stand at some places of a past, (places,)."""
        counts: Float = past.sums[places, 0] / STEPS
        return counts

    def blended(
        self, past: GroupPast, places: NDArray[np.integer], meaning: Dense, sentence: Dense
    ) -> tuple[Dense, Dense]:
        """Past participants' vectors with the programs' own counted thrice, as unit rows of whole numbers.

        `meaning` and `sentence` are the programs' own, one row for each place.
        """
        split = 1 + self.meaning.shape[1]
        topics, meanings = past.sums[places, 1:split], past.sums[places, split:]
        return _shrunk(topics, meaning), _shrunk(meanings, sentence)


def _shrunk(sums: Float, own: Dense) -> Dense:
    """Every term is a whole number, so the sum comes out the same whatever it was added up from."""
    return dense(directions(sums + OWN_WEIGHT * STEPS * own.astype(np.float64)))


def _dense_row(matrix: sparse.csr_matrix, row: int) -> Float:
    dense_row = np.zeros(matrix.shape[1])
    places = slice(matrix.indptr[row], matrix.indptr[row + 1])
    dense_row[matrix.indices[places]] = matrix.data[places]
    return dense_row


def empty(meaning: Dense, sentence: Dense, columns: int) -> TrackRecord:
    """The record of no program at all; `columns` of learned words and tags."""
    pasts = Pasts((), np.zeros(0, np.int32), len(meaning), np.zeros((0, 4), np.int32))
    return TrackRecord(pasts, meaning, sentence, {name: sparse.csr_matrix((0, columns)) for name in TEACHERS})
