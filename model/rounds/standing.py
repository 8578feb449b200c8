"""Where pairs stand before places are given: base, bonus and final score, who is in the running, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
"""Codes of `Standing.state`; a banned pair is not eligible."""

OPEN, FAILED = 1, 2
"""Codes of the ledger's tables: a check is open, a check has failed."""

LAST = np.iinfo(np.int32).max


@dataclass(frozen=True)
class Standing:
    """Scores, states and order of all pairs: planes of shape (startups, programs).

    `orders` holds, for each program, the rows in the running from first to last.
    """

    slate: Slate
    terms: Terms
    bonus: Units
    state: NDArray[np.int8]
    banned: Mask
    orders: tuple[Rows, ...]

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
        found = np.full(self.final.shape, LAST, np.int32)
        for column, order in enumerate(self.orders):
            found[order, column] = np.arange(len(order))
        return found


def stand(slate: Slate, terms: Terms) -> Standing:
    """Judge and order every pair."""
    bonus = _bonus(slate, terms)
    banned = _banned(slate, terms)
    state = _state(slate, terms, bonus, banned)
    final = slate.units + bonus
    orders = tuple(_order(slate, terms, state[:, j] == RUNNING, final[:, j], j) for j in range(len(slate.programs)))
    return Standing(slate, terms, bonus, state, banned, orders)


def _bonus(slate: Slate, terms: Terms) -> Units:
    """Add up the bonuses within their limit; deductions never push a final score below 0."""
    found = np.zeros(slate.units.shape, np.int32)
    for bonus in terms.bonuses:
        meant = np.flatnonzero(slate.among(bonus.where))
        found[np.ix_(meant, np.array(columns_of(slate, bonus.programs), np.intp))] += np.int32(bonus.units)
    limited = found if terms.bonus_limit is None else np.minimum(found, np.int32(terms.bonus_limit))
    return np.maximum(limited, -slate.units)


def columns_of(slate: Slate, programs: Iterable[str]) -> list[int]:
    """Give the columns of the programs that are named and take part; none named are all."""
    named = tuple(programs)
    if not named:
        return list(range(len(slate.programs)))
    return [slate.columns[name] for name in named if name in slate.columns]


def _banned(slate: Slate, terms: Terms) -> Mask:
    found = np.zeros(slate.units.shape, bool)
    for ban in terms.bans:
        found[slate.rows[ban.startup], columns_of(slate, [ban.program] if ban.program else [])] = True
    return found


def _state(slate: Slate, terms: Terms, bonus: Units, banned: Mask) -> NDArray[np.int8]:
    measured = slate.units + bonus if terms.minimum_with_bonus else slate.units
    state = np.where(measured < terms.minimum, BELOW_MINIMUM, RUNNING).astype(np.int8)
    state[slate.verdicts == OPEN] = NEEDS_CHECK
    state[(slate.verdicts == FAILED) | banned] = NOT_ELIGIBLE
    return state


def _order(slate: Slate, terms: Terms, running: Mask, final: Units, column: int) -> Rows:
    """Order a program's startups by final score, then by the written keys, then by id."""
    rows = np.flatnonzero(running)
    keys = [*terms.tie_break, TieBreak.ID]
    written = [_key(slate, key, rows, column) for key in keys if key is not TieBreak.LARGEST_ITEM]
    ordered: Rows = rows[np.lexsort((*reversed(written), -final[rows].astype(np.int64)))]
    if TieBreak.LARGEST_ITEM in keys:
        for start, end in _ties(final[ordered]):
            ordered[start:end] = _by_items(slate, keys, ordered[start:end], column)
    return ordered


def _key(slate: Slate, key: TieBreak, rows: Rows, column: int) -> Numbers:
    """A key's numbers, smaller ones first."""
    by_base: Numbers = -slate.units[:, column].astype(np.int64)
    found = {
        TieBreak.WITHOUT_BONUS: by_base,
        TieBreak.YOUNGER: slate.founded,
        TieBreak.FEWER_SELECTIONS: slate.selections,
        TieBreak.ID: slate.by_id,
    }
    numbers: Numbers = found[key][rows]
    return numbers


def _ties(final: Units) -> Iterator[tuple[int, int]]:
    """Find the stretches of an order that have the same final score."""
    starts = np.flatnonzero(np.r_[True, final[1:] != final[:-1], True])
    return ((int(a), int(b)) for a, b in pairwise(starts) if b - a > 1)


def _by_items(slate: Slate, keys: list[TieBreak], tied: Rows, column: int) -> list[int]:
    numbers = [None if key is TieBreak.LARGEST_ITEM else _key(slate, key, tied, column) for key in keys]

    def written(place: int) -> list[tuple[int, ...]]:
        items = tuple(-item for item in slate.items(int(tied[place]), column))
        return [items if found is None else (int(found[place]),) for found in numbers]

    return [int(tied[place]) for place in sorted(range(len(tied)), key=written)]
