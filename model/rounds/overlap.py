"""What one program chooses where its quotas overlap: the same rule as `choose`, with a solver to look ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from ortools.sat.python import cp_model

from model.rounds.choice import Bound, Rules
from model.rounds.solver import solved

AT_ONCE = 40
"""Candidates whose order is weighed in one step: each weighs more than all after it together."""


def choose_overlapping(rules: Rules, candidates: Sequence[int]) -> set[int] | None:
    """Choose from candidates in order; None where the locks, minima and maxima can't all be kept.

    As many places as can be are given; then open minima and their back-fill are met in the order in which quotas are
    written; then the first in order gets a place if that is possible at all, and so on down the order.
    """
    rows = _enough(rules, candidates)
    model = cp_model.CpModel()
    gets = {row: model.new_bool_var(f"r{row}") for row in rows}
    model.add(sum(gets.values()) <= rules.total)
    for row in rules.locked:
        model.add(gets[row] == 1)
    bind(model, rules, gets)
    goals = [sum(gets.values()), *open_minima(model, rules, gets), *_in_order(rows, gets)]
    for goal in goals:
        model.maximize(goal)
        found = solved(model)
        if found is None:
            return None
        model.add(goal == found.value(goal))
        chosen = {row for row, got in gets.items() if found.boolean_value(got)}
    return chosen


def _enough(rules: Rules, candidates: Sequence[int]) -> list[int]:
    """Keep the locked and the first of each kind of startup: more than there are places are never needed of a kind."""
    masks = [mask for bound in rules.bounds for mask in (bound.members, *bound.back_fill)]
    seen: dict[tuple[bool, ...], int] = {}
    kept = sorted(rules.locked)
    for row in candidates:
        kind = tuple(bool(mask[row]) for mask in masks)
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= rules.total and row not in rules.locked:
            kept.append(row)
    return kept


def bind(model: cp_model.CpModel, rules: Rules, gets: dict[int, cp_model.IntVar]) -> None:
    """Hold a program to the minima that must be met and to its maxima."""
    for bound in rules.bounds:
        members = _count(bound.members, gets)
        if bound.quota.must:
            model.add(members >= bound.least)
        if bound.most is not None:
            model.add(members <= bound.most)


def open_minima(model: cp_model.CpModel, rules: Rules, gets: dict[int, cp_model.IntVar]) -> Iterator[cp_model.IntVar]:
    """Give what counts towards a minimum that may stay open: its own startups first, then those who fill in.

    Startups that fill in count beyond what their own quotas hold for them.
    """
    for number, bound in enumerate(rules.bounds):
        for level, (mask, held) in enumerate(_levels(rules, bound)):
            met = model.new_int_var(-held, bound.least, f"met{number}.{level}")
            model.add(met <= _count(mask, gets) - held)
            yield met


def _levels(rules: Rules, bound: Bound) -> Iterator[tuple[np.ndarray, int]]:
    if bound.quota.must:
        return
    mask, held = bound.members, 0
    yield mask, held
    for fill in bound.back_fill:
        mask = mask | fill
        held += sum(other.least for other in rules.bounds if other is not bound and not (other.members & ~fill).any())
        yield mask, held


def _count(mask: np.ndarray, gets: dict[int, cp_model.IntVar]) -> cp_model.LinearExpr:
    return cp_model.LinearExpr.sum([got for row, got in gets.items() if mask[row]])


def _in_order(rows: Sequence[int], gets: dict[int, cp_model.IntVar]) -> Iterator[cp_model.LinearExpr]:
    for start in range(0, len(rows), AT_ONCE):
        part = [gets[row] for row in rows[start : start + AT_ONCE]]
        weights = [1 << (len(part) - 1 - place) for place in range(len(part))]
        yield cp_model.LinearExpr.weighted_sum(part, weights)
