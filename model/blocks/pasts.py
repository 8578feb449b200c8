"""What became of startups at programs, as worth: who took part where, as of a day and without any one startup."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from model.blocks.exact import Float
from model.domain import Outcome, OutcomeKind, Program

WORTH: Mapping[OutcomeKind, float] = {
    OutcomeKind.SHOWN: 0.0,
    OutcomeKind.CONTACTED: 0.15,
    OutcomeKind.APPLIED: 0.35,
    OutcomeKind.SHORTLISTED: 0.7,
    OutcomeKind.SELECTED: 1.0,
    OutcomeKind.COMPLETED: 1.0,
    OutcomeKind.CONTRACTED: 1.25,
    OutcomeKind.STOPPED: 0.7,
    OutcomeKind.DECLINED: 0.0,
    OutcomeKind.REJECTED: 0.0,
}
"""How much an outcome says that the pair suits; what was refused says that it doesn't, by standing at 0."""

REFUSALS = frozenset({OutcomeKind.DECLINED, OutcomeKind.REJECTED})
TAKEN = WORTH[OutcomeKind.SELECTED]
"""A pair that was refused and never taken is worth nothing, however far it came."""

WORTH_STEPS, WEIGHT_STEPS, PARTNER_STEPS = 20, 64, 4
"""Whole numbers per unit of worth and of exposure; of a partner's other program so many participants make one."""

STEPS = WORTH_STEPS * WEIGHT_STEPS * PARTNER_STEPS
"""Whole numbers per participant in every count and sum: sums stay exact, so one startup can be taken out again."""

FOLDS = 5
KINDS = tuple(OutcomeKind)
NO_PARTNER, WITHOUT_DAY = -1, 0

Whole = NDArray[np.int32]


def group(program: Program) -> str:
    """The line of years that a program belongs to: its family, or itself alone."""
    return program.family or f"program:{program.id}"


def worth_of(kinds: Set[OutcomeKind]) -> float:
    """What all that became of one pair is worth: the most of it, or nothing once it was refused and never taken.

    A stop after the agreement is worth less than a selection, whatever came before it.

    >>> worth_of({OutcomeKind.SHORTLISTED}), worth_of({OutcomeKind.SHORTLISTED, OutcomeKind.REJECTED})
    (0.7, 0.0)
    """
    if OutcomeKind.STOPPED in kinds:
        return WORTH[OutcomeKind.STOPPED]
    worth = max(WORTH[kind] for kind in kinds)
    return 0.0 if kinds & REFUSALS and worth < TAKEN else worth


def fold_of(startup_id: str) -> int:
    """The fold, 0 to 4, whose learned words never saw this startup: the same on every machine and in every snapshot.

    >>> {fold_of(f"s-{n}") for n in range(40)} == set(range(FOLDS))
    True
    """
    return int.from_bytes(hashlib.blake2b(startup_id.encode(), digest_size=6).digest()) % FOLDS


@dataclass(frozen=True)
class Pasts:
    """Outcomes as whole numbers, and what follows from them for each group of programs.

    `events`: (events, 4), each a startup's row, a group's column, the place of the kind in `KINDS` and the day as an
    ordinal, 0 without one. `partners`: (groups,), equal numbers for groups of one partner, -1 without.
    """

    groups: tuple[str, ...]
    partners: Whole
    startups: int
    events: Whole

    @classmethod
    def of(cls, outcomes: Sequence[Outcome], startups: Mapping[str, int], programs: Sequence[Program]) -> Pasts:
        """Gather outcomes; `startups` gives rows by id."""
        groups = sorted({group(program) for program in programs})
        column = {name: i for i, name in enumerate(groups)}
        group_of = {program.id: column[group(program)] for program in programs}
        partner_of = {group(program): program.partner for program in programs if program.partner}
        names = sorted(set(partner_of.values()))
        partners = [names.index(partner_of[name]) if name in partner_of else NO_PARTNER for name in groups]
        events = sorted(
            (
                startups[outcome.startup_id],
                group_of[outcome.program_id],
                KINDS.index(outcome.outcome),
                outcome.on.toordinal() if outcome.on else WITHOUT_DAY,
            )
            for outcome in outcomes
        )
        table = np.array(events, np.int32).reshape(-1, 4)
        return cls(tuple(groups), np.array(partners, np.int32), len(startups), table)

    @property
    def last_day(self) -> int:
        """The ordinal of the latest outcome's day; 0 where none has a day."""
        return int(self.events[:, 3].max(initial=WITHOUT_DAY))

    def until(self, day: date) -> Pasts:
        """Only what was known on a day; an outcome without a day counts as known before."""
        return replace(self, events=self.events[self.events[:, 3] <= day.toordinal()])

    def of_startups(self, chosen: NDArray[np.bool_]) -> Pasts:
        """Only what became of the chosen startups, (startups,)."""
        return replace(self, events=self.events[chosen[self.events[:, 0]]])

    @cached_property
    def rows(self) -> NDArray[np.int64]:
        """Startups of which more is known than that they were shown something; those that were refused are among them.

        In the learning, the refused stand as examples of what was not taken.
        """
        return np.unique(self.events[self.events[:, 2] != KINDS.index(OutcomeKind.SHOWN), 0]).astype(np.int64)

    @cached_property
    def contributors(self) -> NDArray[np.int64]:
        """Startups that the past would be another without, be it only for what they were shown."""
        return np.unique(self.events[:, 0]).astype(np.int64)

    @cached_property
    def views(self) -> sparse.csr_matrix:
        """Which startup was shown which group, (startups, groups) of 0 and 1."""
        return self._matrix({pair: 1.0 for pair, _, shown in self._pairs if shown})

    @cached_property
    def unshown(self) -> sparse.csr_matrix:
        """Best worth of pairs that came about without being shown, (startups, groups), in 1/20."""
        return self._matrix({pair: worth for pair, worth, shown in self._pairs if worth and not shown})

    @cached_property
    def shown(self) -> sparse.csr_matrix:
        """Best worth of pairs that came of being shown, (startups, groups), in 1/20."""
        return self._matrix({pair: worth for pair, worth, shown in self._pairs if worth and shown})

    @cached_property
    def _pairs(self) -> list[tuple[tuple[int, int], float, bool]]:
        """Each pair with its worth in 1/20, and whether it was shown."""
        pairs = []
        for pair, events in groupby(self.events.tolist(), key=lambda event: (event[0], event[1])):
            kinds = {KINDS[event[2]] for event in events}
            pairs.append((pair, float(round(WORTH_STEPS * worth_of(kinds))), OutcomeKind.SHOWN in kinds))
        return pairs

    def weights(self, views: Float) -> Float:
        """How much a pair that came of being shown counts, (groups,) in 1/64, from how often each group was shown.

        People choose among what they see, so a group that was shown to everyone gathers participants that say little
        about it (inverse propensity, Schnabel et al. 2016; clipped, since a weight of one record may not decide).
        """
        present = views > 0
        usual = float(views.sum()) / max(1, int(present.sum()))
        weights = np.clip(np.divide(usual, views, out=np.ones_like(views), where=present), 0.5, 2.0)
        whole: Float = np.rint(WEIGHT_STEPS * weights)
        return whole

    def shared(self, sums: Float, columns: NDArray[np.int64]) -> Float:
        """Add to each group's sums, (groups, any), those of its partner's other groups at a quarter; 4 times as many.

        `columns`: which groups the rows are; a partner's groups must all be there.
        """
        own = self.partners[columns]
        totals = np.zeros((int(own.max(initial=0)) + 1, sums.shape[1]))
        np.add.at(totals, own[own >= 0], sums[own >= 0])
        others = np.where((own >= 0)[:, None], totals[own] - sums, 0.0)
        all_sums: Float = PARTNER_STEPS * sums + others
        return all_sums

    @cached_property
    def participants(self) -> sparse.csr_matrix:
        """What each startup counts for each group, (startups, groups): the labels of the learning."""
        weights = self.weights(np.asarray(self.views.sum(axis=0)).ravel())
        own = sparse.csr_matrix(WEIGHT_STEPS * self.unshown + self.shown @ sparse.diags_array(weights))
        same = (self.partners[:, None] == self.partners[None, :]) & (self.partners >= 0)[:, None]
        np.fill_diagonal(same, False)
        shares = sparse.csr_matrix(PARTNER_STEPS * own + own @ sparse.csr_matrix(same.astype(float)))
        shares.data /= STEPS
        return shares

    @property
    def total(self) -> float:
        """Worth of all past participants."""
        return float(self.participants.sum())

    def _matrix(self, values: Mapping[tuple[int, int], float]) -> sparse.csr_matrix:
        rows, columns = zip(*values, strict=True) if values else ((), ())
        shape = (self.startups, len(self.groups))
        return sparse.coo_matrix((list(values.values()), (rows, columns)), shape=shape).tocsr()
