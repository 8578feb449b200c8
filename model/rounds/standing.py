"""Where pairs stand before places are given: base, bonus and final score, who is in the running, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from model.rounds.slate import Mask, Numbers, Slate
from model.rounds.terms import Terms, TieBreak

Units = NDArray[np.int32]
Rows = NDArray[np.intp]

RUNNING, BELOW_MINIMUM, NEEDS_CHECK, NOT_ELIGIBLE = range(4)
"""Codes of `PairStanding.state`; a banned pair is not eligible."""

OPEN, FAILED = 1, 2
"""Codes of the ledger's tables: a check is open, a check has failed."""

LAST = np.iinfo(np.int32).max


@dataclass(frozen=True)
class PairStanding:
    """Scores, states and order of all pairs: planes of shape (startups, programs).

    `orders` holds, for each program, the rows in the running from first to last.
    """

    slate: Slate
    terms: Terms
    bonus: Units
    state: NDArray[np.int8]
    banned: Mask
    orders: tuple[Rows, ...]

    def only(self, columns: Sequence[int], terms: Terms) -> PairStanding:
        """The same for some of the programs, under terms that differ in nothing by which pairs are ordered."""
        chosen, slate = list(columns), self.slate.only(columns)
        bonus, state, banned = self.bonus[:, chosen], self.state[:, chosen], self.banned[:, chosen]
        return PairStanding(slate, terms, bonus, state, banned, tuple(self.orders[column] for column in chosen))

    @property
    def base(self) -> Units:
        """Scores without bonus."""
        return self.slate.units

    @cached_property
    def final(self) -> Units:
        """Scores with bonus."""
        return self.slate.units + self.bonus

    @cached_property
    def ranks(self) -> Units:
        """Every pair's place in its program's order from 0; `LAST` where it isn't in the running."""
        ranks = np.full(self.final.shape, LAST, np.int32)
        for column, order in enumerate(self.orders):
            ranks[order, column] = np.arange(len(order))
        return ranks


def stand(slate: Slate, terms: Terms) -> PairStanding:
    """Judge and order every pair."""
    bonus = _bonus(slate, terms)
    final = slate.units + bonus
    banned = np.zeros(slate.units.shape, bool)
    for ban in terms.bans:
        banned[slate.rows[ban.startup], columns_of(slate, [ban.program] if ban.program else [])] = True
    # From the weakest reason to the strongest: each writes over the one before.
    measured = final if terms.minimum_with_bonus else slate.units
    state = np.where(measured < terms.minimum, BELOW_MINIMUM, RUNNING).astype(np.int8)
    state[slate.verdicts == OPEN] = NEEDS_CHECK
    state[(slate.verdicts == FAILED) | banned] = NOT_ELIGIBLE
    orders = tuple(_order(slate, terms, state[:, j] == RUNNING, final[:, j], j) for j in range(len(slate.programs)))
    return PairStanding(slate, terms, bonus, state, banned, orders)


def _bonus(slate: Slate, terms: Terms) -> Units:
    """Add up the bonuses within their limit; deductions never push a final score below 0."""
    points = np.zeros(slate.units.shape, np.int32)
    for bonus in terms.bonuses:
        meant = np.flatnonzero(slate.among(bonus.where))
        # An empty list would be an array of floats, which can't index.
        points[np.ix_(meant, np.array(columns_of(slate, bonus.programs), np.intp))] += np.int32(bonus.units)
    limited = points if terms.bonus_limit is None else np.minimum(points, np.int32(terms.bonus_limit))
    # A deduction larger than the score would make a final score below zero.
    return np.maximum(limited, -slate.units)


def columns_of(slate: Slate, programs: Iterable[str]) -> list[int]:
    """Give the columns of the programs that are named and take part; none named are all."""
    named = tuple(programs)
    if not named:
        return list(range(len(slate.programs)))
    return [slate.columns[name] for name in named if name in slate.columns]


def _order(slate: Slate, terms: Terms, running: Mask, final: Units, column: int) -> Rows:
    """Order a program's startups by final score, then by the written keys, then by id."""
    rows = np.flatnonzero(running)
    keys = [*terms.tie_break, TieBreak.ID]
    written = [_key(slate, key, rows, column) for key in keys if key is not TieBreak.LARGEST_ITEM]
    # lexsort sorts by its last key first, so the keys are handed over backwards.
    ordered: Rows = rows[np.lexsort((*reversed(written), -final[rows].astype(np.int64)))]
    if TieBreak.LARGEST_ITEM not in keys:
        return ordered
    # Items have to be worked out pair by pair, so they are asked for among startups of the same score only.
    scores = final[ordered]
    starts = np.flatnonzero(np.r_[True, scores[1:] != scores[:-1], True])
    for start, end in pairwise(starts.tolist()):
        if end - start > 1:
            ordered[start:end] = _by_items(slate, keys, ordered[start:end], column)
    return ordered


def _key(slate: Slate, key: TieBreak, rows: Rows, column: int) -> Numbers:
    """A key's numbers, smaller ones first."""
    by_base: Numbers = -slate.units[:, column].astype(np.int64)
    by_key = {
        TieBreak.WITHOUT_BONUS: by_base,
        TieBreak.YOUNGER: slate.founded,
        TieBreak.FEWER_SELECTIONS: slate.selections,
        TieBreak.ID: slate.by_id,
    }
    numbers: Numbers = by_key[key][rows]
    return numbers


def _by_items(slate: Slate, keys: list[TieBreak], tied: Rows, column: int) -> list[int]:
    numbers = [None if key is TieBreak.LARGEST_ITEM else _key(slate, key, tied, column) for key in keys]

    def written(place: int) -> list[tuple[int, ...]]:
        items = tuple(-item for item in slate.items(int(tied[place]), column))
        return [items if values is None else (int(values[place]),) for values in numbers]

    return [int(tied[place]) for place in sorted(range(len(tied)), key=written)]
