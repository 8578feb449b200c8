"""What one more place at each program would be worth: places filled and final score gained, the rest as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.rounds.choice import Rules, rules_of
from model.rounds.clash import Clash
from model.rounds.deferred import wishes_of
from model.rounds.outcome import Outcome
from model.rounds.placing import groups_of, place_group
from model.rounds.standing import RUNNING, Standing
from model.rounds.terms import Method

NONE = np.iinfo(np.int64).min // 4


@dataclass(frozen=True, slots=True)
class Worth:
    """The gain of one more place at a program: final score in units, and places filled; None while demands clash."""

    program: str
    units: int | None
    filled: int | None


def worths(outcome: Outcome) -> tuple[Worth, ...]:
    """Say for every program what one more place would be worth."""
    standing = outcome.standing
    rules = rules_of(standing)
    found: dict[int, Worth] = {}
    for group in groups_of(standing.slate, standing.terms):
        own = [rules[column] for column in group]
        places = [outcome.placing.places[column] for column in group]
        if outcome.placing.clashed & set(group):
            found |= {column: Worth(standing.slate.programs[column].id, None, None) for column in group}
        elif standing.terms.method is Method.TOTAL_FIT and not any(rule.bounds for rule in own):
            found |= dict(zip(group, _by_chains(standing, own, places), strict=True))
        else:
            found |= {column: _by_running(standing, own, places, i) for i, column in enumerate(group)}
    return tuple(found[column] for column in range(len(rules)))


def _by_running(standing: Standing, rules: Sequence[Rules], places: Sequence[frozenset[int]], one: int) -> Worth:
    """Give the group's places again with one more at one program."""
    more = [rule.with_places(rule.total + 1) if i == one else rule for i, rule in enumerate(rules)]
    program = standing.slate.programs[rules[one].column].id
    after = place_group(standing, more)
    if isinstance(after, Clash):
        return Worth(program, None, None)
    gained = _total(standing, rules, after) - _total(standing, rules, places)
    return Worth(program, gained, sum(map(len, after)) - sum(map(len, places)))


def _total(standing: Standing, rules: Sequence[Rules], places: Sequence[frozenset[int] | set[int]]) -> int:
    pairs = [(row, rule.column) for rule, rows in zip(rules, places, strict=True) for row in rows]
    return sum(int(standing.final[row, column]) for row, column in pairs)


def _by_chains(standing: Standing, rules: Sequence[Rules], places: Sequence[frozenset[int]]) -> list[Worth]:
    """Follow who would move up: a new place takes a free startup, or one from a program whose place is filled anew.

    The best chain of an optimal placing is a longest path between programs, which has no gaining cycle.
    """
    columns = [rule.column for rule in rules]
    wanted = wishes_of(standing, columns).places < len(rules)
    open_to = (standing.state[:, columns] == RUNNING) & wanted
    open_to[[row for rule in rules for row in rule.locked]] = False
    final = np.where(open_to, standing.final[:, columns].astype(np.int64), NONE)
    free = np.ones(len(final), bool)
    free[[row for rows in places for row in rows]] = False
    new = final[free].max(axis=0, initial=NONE)
    moves = np.array([_moved(final, sorted(rows), offer) for offer, rows in enumerate(places)]).T
    best, fills = np.maximum(new, 0), (new >= 0).astype(np.int64)
    for _ in rules:
        best, fills = _longer(best, fills, moves)
    ids = [standing.slate.programs[column].id for column in columns]
    return [Worth(program, int(units), int(filled)) for program, units, filled in zip(ids, best, fills, strict=True)]


def _moved(final: NDArray[np.int64], rows: list[int], offer: int) -> NDArray[np.int64]:
    """Give the most that each program would gain by taking a startup from this one."""
    if not rows:
        return np.full(final.shape[1], NONE, np.int64)
    gains = np.where(final[rows] > NONE, final[rows] - final[rows, offer][:, None], NONE)
    found: NDArray[np.int64] = gains.max(axis=0)
    return found


def _longer(
    best: NDArray[np.int64], fills: NDArray[np.int64], moves: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Put one move before every chain; among equal gains the one that fills a place counts."""
    chains = np.where(moves > NONE, moves + best, NONE)
    keys = chains * 2 + fills
    next_one = keys.argmax(axis=1)
    rows = np.arange(len(best))
    better = keys[rows, next_one] > best * 2 + fills
    return np.where(better, chains[rows, next_one], best), np.where(better, fills[next_one], fills)
