"""Deferred acceptance (Gale and Shapley 1962) with seats and quotas: nobody would rather have each other afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.rounds.choice import Rules, choose
from model.rounds.slate import Slate
from model.rounds.standing import LAST, RUNNING, Standing
from model.rounds.terms import Side

NEVER = -1


@dataclass(frozen=True)
class Wishes:
    """What startups would take among some columns, best first: `wishes` (n, k) positions, NEVER fills up the end.

    `places` (n, k) says where a position stands in a startup's wishes; k where it is not among them.
    """

    wishes: NDArray[np.intp]
    places: NDArray[np.intp]


def wishes_of(standing: Standing, columns: Sequence[int]) -> Wishes:
    """Read preferences as given; for startups that gave none, the highest base score is the first wish."""
    slate, many = standing.slate, len(columns)
    by_id = np.argsort(np.argsort([slate.programs[column].id for column in columns]))
    units = slate.units[:, columns].astype(np.int64)
    values = units * many + (many - 1 - by_id)
    values[standing.state[:, columns] != RUNNING] = NEVER
    for startup, wanted in standing.terms.preferences.items():
        values[slate.rows[startup]] = _stated(slate, wanted, columns, values[slate.rows[startup]])
    order = np.argsort(-values, axis=1, kind="stable")
    possible = np.take_along_axis(values, order, 1) > NEVER
    places = np.where(values > NEVER, np.argsort(order, axis=1, kind="stable"), many)
    return Wishes(np.where(possible, order, NEVER), places)


def _stated(slate: Slate, wanted: Sequence[str], columns: Sequence[int], values: NDArray[np.int64]) -> list[int]:
    place = {slate.columns.get(program): len(wanted) - i for i, program in enumerate(wanted)}
    return [place.get(column, NEVER) if value > NEVER else NEVER for column, value in zip(columns, values, strict=True)]


def accept(standing: Standing, rules: Sequence[Rules]) -> list[set[int]]:
    """Give the places of one exclusive group, whose programs' rules are handed in; quotas must be disjoint.

    A locked startup stays where it is locked. The side that proposes gets the best stable matching for itself.
    """
    columns = [rule.column for rule in rules]
    wishes = wishes_of(standing, columns)
    taken = sorted({row for rule in rules for row in rule.locked})
    wishes.wishes[taken] = NEVER
    wishes.places[taken] = len(columns)
    if standing.terms.proposing is Side.PROGRAMS:
        return _programs_propose(standing, rules, wishes)
    return _startups_propose(standing, rules, wishes)


def _startups_propose(standing: Standing, rules: Sequence[Rules], wishes: Wishes) -> list[set[int]]:
    ranks = standing.ranks[:, [rule.column for rule in rules]]
    held = [set(rule.locked) for rule in rules]
    cuts = np.array([LAST if rule.total else 0 for rule in rules], np.int64)
    wished = np.where(wishes.wishes == NEVER, LAST, np.take_along_axis(ranks, wishes.wishes, 1)).astype(np.int64)
    asked = np.zeros(len(wished), np.intp)
    free = np.flatnonzero(wishes.wishes[:, 0] != NEVER)
    while len(free):
        free, targets = _next_wish(free, asked, wished, wishes, cuts)
        refused: list[int] = []
        for target in np.unique(targets).tolist():
            before = held[target] | set(free[targets == target].tolist())
            held[target] = choose(rules[target], _ordered(before, ranks[:, target], rules[target]))
            cuts[target] = _cut(rules[target], held[target], ranks[:, target])
            refused += before - held[target]
        free = np.array(sorted(refused), np.intp)
        asked[free] += 1
    return held


def _next_wish(
    free: NDArray[np.intp],
    asked: NDArray[np.intp],
    wished: NDArray[np.int64],
    wishes: Wishes,
    cuts: NDArray[np.int64],
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Find each free startup's next wish that isn't refused already; those without one drop out."""
    bars = np.where(wishes.wishes[free] == NEVER, 0, cuts[wishes.wishes[free]])
    open_to = (wished[free] < bars) & (np.arange(wished.shape[1]) >= asked[free, None])
    asked[free] = open_to.argmax(axis=1)
    free = free[open_to.any(axis=1)]
    return free, wishes.wishes[free, asked[free]]


def _ordered(rows: set[int], ranks: NDArray[np.int32], rules: Rules) -> list[int]:
    return sorted(rows - rules.locked, key=ranks.__getitem__)


def _cut(rules: Rules, held: set[int], ranks: NDArray[np.int32]) -> int:
    """Give the rank from which on every startup is refused; with quotas that isn't one number, so nobody is."""
    if rules.bounds or len(held) < rules.total:
        return int(LAST)
    return max((int(ranks[row]) for row in held - rules.locked), default=0)


def _programs_propose(standing: Standing, rules: Sequence[Rules], wishes: Wishes) -> list[set[int]]:
    willing = wishes.places < len(rules)
    holds = np.full(len(willing), NEVER, np.intp)
    while True:
        offers = [choose(rule, _willing(standing, rule, willing[:, i])) for i, rule in enumerate(rules)]
        refused = 0
        for i, (rule, offer) in enumerate(zip(rules, offers, strict=True)):
            for row in offer - rule.locked:
                refused += _weigh(row, i, holds, wishes, willing)
        if not refused:
            return offers


def _willing(standing: Standing, rule: Rules, willing: NDArray[np.bool_]) -> list[int]:
    order = standing.orders[rule.column]
    found = order[willing[order]] if rule.bounds else order[willing[order]][: rule.total]
    return [int(row) for row in found]


def _weigh(row: int, offer: int, holds: NDArray[np.intp], wishes: Wishes, willing: NDArray[np.bool_]) -> int:
    """Keep the better of what a startup holds and what it is offered; returns 1 if something was refused."""
    held = holds[row]
    if held in (NEVER, offer):
        holds[row] = offer
        return 0
    better = wishes.places[row, offer] < wishes.places[row, held]
    willing[row, held if better else offer] = False
    holds[row] = offer if better else held
    return 1
