"""What one program chooses from some startups: the best in order within its places, minima first, maxima kept.

Quotas whose startups overlap (women, and firms outside the capital area) can't be served one after the other; for
those `model.rounds.overlap` asks a solver, with the same rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from model.rounds.slate import Mask, Slate
from model.rounds.standing import PairStanding, columns_of
from model.rounds.terms import Quota, Where, least, most, places


@dataclass(frozen=True)
class Bound:
    """A quota at one program: its members (n,), the least and the most places for them, and who fills in, in order."""

    quota: Quota
    members: Mask
    least: int
    most: int | None
    back_fill: tuple[Mask, ...] = ()


@dataclass(frozen=True)
class ProgramRules:
    """What one program must keep: its places, its quotas, and the startups that hold a locked place."""

    column: int
    total: int
    bounds: tuple[Bound, ...] = ()
    locked: frozenset[int] = frozenset()

    @cached_property
    def overlaps(self) -> tuple[Quota, ...]:
        """The first two quotas that share a startup; none if the quotas are disjoint."""
        for i, bound in enumerate(self.bounds):
            for other in self.bounds[:i]:
                if (bound.members & other.members).any():
                    return (other.quota, bound.quota)
        return ()

    def with_places(self, total: int) -> ProgramRules:
        """The same rules for another number of places; numbers of quotas stay."""
        return replace(self, total=total)


def rules_of(standing: PairStanding) -> tuple[ProgramRules, ...]:
    """Read every program's rules from the terms."""
    slate, terms = standing.slate, standing.terms
    rules = []
    for column, program in enumerate(slate.programs):
        total = places(terms.seats.get(program.id, program.seats), terms.factor)
        locked = frozenset(slate.rows[lock.startup] for lock in terms.locks if lock.program == program.id)
        quotas = (quota for quota in terms.quotas if column in columns_of(slate, quota.programs))
        rules.append(
            ProgramRules(column, total, tuple(_bound(slate, quota, total, terms.factor) for quota in quotas), locked)
        )
    return tuple(rules)


def _bound(slate: Slate, quota: Quota, total: int, factor: int) -> Bound:
    """Count a quota out for a program of `total` places."""
    back_fill = tuple(slate.among(Where(quota.where.field, (value,))) for value in quota.back_fill or ())
    return Bound(quota, slate.among(quota.where), least(quota, total, factor), most(quota, total, factor), back_fill)


def first_of_each_kind(rules: ProgramRules, order: Sequence[int], many: int) -> list[int]:
    """Keep the first `many` rows of each kind: startups that no quota, nor who fills in for one, tells apart."""
    # Without quotas startups differ by order alone.
    if not rules.bounds:
        return list(order[:many])
    masks = [mask for bound in rules.bounds for mask in (bound.members, *bound.back_fill)]
    counts: dict[tuple[bool, ...], int] = {}
    rows = []
    for row in order:
        kind = tuple(bool(mask[row]) for mask in masks)
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] <= many:
            rows.append(row)
    return rows


class Filling:
    """A program's list while it is being filled."""

    def __init__(self, rules: ProgramRules, locked: Sequence[int]) -> None:
        self.rules = rules
        self.chosen: set[int] = set()
        self.counts = [0] * len(rules.bounds)
        for row in locked:
            self.add(row)

    def fits(self, row: int) -> bool:
        """Tell whether a startup may be added without breaking the places or a maximum."""
        if row in self.chosen or len(self.chosen) >= self.rules.total:
            return False
        return all(
            bound.most is None or count < bound.most or not bound.members[row]
            for bound, count in zip(self.rules.bounds, self.counts, strict=True)
        )

    def add(self, row: int) -> None:
        """Give a place."""
        self.chosen.add(row)
        for i, bound in enumerate(self.rules.bounds):
            self.counts[i] += bool(bound.members[row])

    def take(self, candidates: Iterator[int], wanted: int) -> int:
        """Give up to `wanted` places in order; returns how many were given."""
        taken = 0
        for row in candidates:
            if taken >= wanted or len(self.chosen) >= self.rules.total:
                break
            if self.fits(row):
                self.add(row)
                taken += 1
        return taken


def choose(rules: ProgramRules, candidates: Sequence[int]) -> set[int]:
    """Choose from candidates in order, where the program's quotas are disjoint.

    Locked startups hold their places, then each quota's minimum is filled with the best of its own: those that must be
    met first, since an open one may not take the place that they need. Then open minima go down their back-fill, then
    everyone is taken in order. Choosing from more candidates never takes back a refusal
    (substitutability), which is what deferred acceptance rests on.
    """
    filling = Filling(rules, sorted(rules.locked))
    if not rules.bounds:
        filling.take(iter(candidates), rules.total)
        return filling.chosen
    # Minima come first: places given by order alone could leave too few for them; demands before wishes.
    for i, bound in sorted(enumerate(rules.bounds), key=lambda numbered: not numbered[1].quota.must):
        filling.take((row for row in candidates if bound.members[row]), bound.least - filling.counts[i])
    for i, bound in enumerate(rules.bounds):
        missing = bound.least - filling.counts[i]
        for fill in bound.back_fill:
            missing -= filling.take((row for row in candidates if fill[row]), missing)
    filling.take(iter(candidates), rules.total)
    return filling.chosen


def unmet(rules: ProgramRules, chosen: set[int]) -> tuple[tuple[Quota, int], ...]:
    """List the quotas whose minimum isn't reached, with the number of places short."""
    rows = np.array(sorted(chosen), np.intp)
    # An empty list of rows must stay of an integer type, or it can't index the mask.
    short = ((bound.quota, bound.least - int(bound.members[rows].sum())) for bound in rules.bounds)
    return tuple((quota, missing) for quota, missing in short if missing > 0)
