"""Deferred acceptance (Gale and Shapley 1962) with seats and quotas: nobody would rather have each other afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.rounds.choice import ProgramRules, choose
from model.rounds.standing import LAST, RUNNING, PairStanding
from model.rounds.terms import ProposingSide

NEVER = -1


@dataclass(frozen=True)
class Wishes:
    """What startups would take among some columns, best first: `wishes` (n, k) positions, NEVER fills up the end.

    `places` (n, k) says where a position stands in a startup's wishes; k where it is not among them.
    """

    wishes: NDArray[np.intp]
    places: NDArray[np.intp]


def wishes_of(standing: PairStanding, columns: Sequence[int]) -> Wishes:
    """Read preferences as given; for startups that gave none, the highest base score is the first wish."""
    slate, many = standing.slate, len(columns)
    # The argsort of an argsort is each id's rank.
    by_id = np.argsort(np.argsort([slate.programs[column].id for column in columns]))
    units = slate.units[:, columns].astype(np.int64)
    # Score and id in one whole number: equal scores are told apart by id without a second sort.
    values = units * many + (many - 1 - by_id)
    values[standing.state[:, columns] != RUNNING] = NEVER
    for startup, wanted in standing.terms.preferences.items():
        row = slate.rows[startup]
        place = {slate.columns.get(program): len(wanted) - i for i, program in enumerate(wanted)}
        stated = np.array([place.get(column, NEVER) for column in columns], np.int64)
        # A stated wish never opens a pair that is not in the running.
        values[row] = np.where(values[row] > NEVER, stated, NEVER)
    order = np.argsort(-values, axis=1, kind="stable")
    possible = np.take_along_axis(values, order, 1) > NEVER
    places = np.where(values > NEVER, np.argsort(order, axis=1, kind="stable"), many)
    return Wishes(np.where(possible, order, NEVER), places)


def accept(standing: PairStanding, rules: Sequence[ProgramRules]) -> list[set[int]]:
    """Give the places of one exclusive group, whose programs' rules are handed in; quotas must be disjoint.

    A locked startup stays where it is locked. The side that proposes gets the best stable matching for itself.
    """
    columns = [rule.column for rule in rules]
    wishes = wishes_of(standing, columns)
    taken = sorted({row for rule in rules for row in rule.locked})
    # Who holds a locked place neither asks nor is asked any more.
    wishes.wishes[taken] = NEVER
    wishes.places[taken] = len(columns)
    if standing.terms.proposing is ProposingSide.PROGRAMS:
        return _programs_propose(standing, rules, wishes)
    return _startups_propose(standing, rules, wishes)


def _startups_propose(standing: PairStanding, rules: Sequence[ProgramRules], wishes: Wishes) -> list[set[int]]:
    ranks = standing.ranks[:, [rule.column for rule in rules]]
    held = [set(rule.locked) for rule in rules]
    # A cut is the rank from which on a program refuses everybody. With quotas no single rank says so: it stays LAST.
    cuts = np.array([LAST if rule.total else 0 for rule in rules], np.int64)
    wished = np.where(wishes.wishes == NEVER, LAST, np.take_along_axis(ranks, wishes.wishes, 1)).astype(np.int64)
    asked = np.zeros(len(wished), np.intp)
    free = np.flatnonzero(wishes.wishes[:, 0] != NEVER)
    while len(free):
        # Each goes on to the next wish that isn't refused already; those without one drop out.
        bars = np.where(wishes.wishes[free] == NEVER, 0, cuts[wishes.wishes[free]])
        open_to = (wished[free] < bars) & (np.arange(wished.shape[1]) >= asked[free, None])
        asked[free] = open_to.argmax(axis=1)
        free = free[open_to.any(axis=1)]
        targets = wishes.wishes[free, asked[free]]
        refused: list[int] = []
        for target in np.unique(targets).tolist():
            rule, rank = rules[target], ranks[:, target]
            before = held[target] | set(free[targets == target].tolist())
            # Whoever was held stays only against everybody who asks now; that is what makes the result stable.
            held[target] = choose(rule, sorted(before - rule.locked, key=rank.__getitem__))
            if not rule.bounds and len(held[target]) >= rule.total:
                cuts[target] = max((int(rank[row]) for row in held[target] - rule.locked), default=0)
            refused += before - held[target]
        # Sorted, so that the order of a set never reaches the result.
        free = np.array(sorted(refused), np.intp)
        asked[free] += 1
    return held


def _programs_propose(standing: PairStanding, rules: Sequence[ProgramRules], wishes: Wishes) -> list[set[int]]:
    willing = wishes.places < len(rules)
    holds = np.full(len(willing), NEVER, np.intp)
    while True:
        offers = []
        for i, rule in enumerate(rules):
            order = standing.orders[rule.column]
            # Without quotas nobody behind the last place can be chosen; with them the whole order may be needed.
            rows = order[willing[order, i]] if rule.bounds else order[willing[order, i]][: rule.total]
            offers.append(choose(rule, rows.tolist()))
        refused = False
        for i, (rule, offered) in enumerate(zip(rules, offers, strict=True)):
            for row in offered - rule.locked:
                held = holds[row]
                if held in (NEVER, i):
                    holds[row] = i
                    continue
                # A startup refuses the worse of two offers for good: its program turns to the next one.
                better = wishes.places[row, i] < wishes.places[row, held]
                willing[row, held if better else i] = False
                holds[row] = i if better else held
                refused = True
        if not refused:
            return offers
