"""What one more place at each program would be worth: places filled and final score gained, the rest as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.rounds.choice import ProgramRules, rules_of
from model.rounds.clash import Clash
from model.rounds.deferred import wishes_of
from model.rounds.outcome import RoundOutcome
from model.rounds.placing import groups_of, place_group
from model.rounds.standing import RUNNING, PairStanding
from model.rounds.terms import Method

NONE = np.iinfo(np.int64).min // 4


@dataclass(frozen=True, slots=True)
class Worth:
    """The gain of one more place at a program: final score in units, and places filled; None while demands clash."""

    program: str
    units: int | None
    filled: int | None


def worths(outcome: RoundOutcome) -> tuple[Worth, ...]:
    """Say for every program what one more place would be worth."""
    standing = outcome.standing
    rules = rules_of(standing)
    by_column: dict[int, Worth] = {}
    for group in groups_of(standing.slate, standing.terms):
        own = [rules[column] for column in group]
        places = [outcome.placing.places[column] for column in group]
        if outcome.placing.clashed & set(group):
            by_column |= {column: Worth(standing.slate.programs[column].id, None, None) for column in group}
        elif standing.terms.method is Method.TOTAL_FIT and not any(rule.bounds for rule in own):
            by_column |= dict(zip(group, _by_chains(standing, own, places), strict=True))
        else:
            before = sum(map(len, places)), _total(standing, own, places)
            for i, column in enumerate(group):
                # The group's places again, with one more at this program.
                after = place_group(standing, [r.with_places(r.total + (i == j)) for j, r in enumerate(own)])
                program = standing.slate.programs[column].id
                by_column[column] = (
                    Worth(program, None, None)
                    if isinstance(after, Clash)
                    else Worth(program, _total(standing, own, after) - before[1], sum(map(len, after)) - before[0])
                )
    return tuple(by_column[column] for column in range(len(rules)))


def _total(standing: PairStanding, rules: Sequence[ProgramRules], places: Sequence[frozenset[int] | set[int]]) -> int:
    pairs = [(row, rule.column) for rule, rows in zip(rules, places, strict=True) for row in rows]
    return sum(int(standing.final[row, column]) for row, column in pairs)


def _by_chains(standing: PairStanding, rules: Sequence[ProgramRules], places: Sequence[frozenset[int]]) -> list[Worth]:
    """Follow who would move up: a new place takes a free startup, or one from a program whose place is filled anew.

    The best chain of an optimal placing is a longest path between programs, which has no gaining cycle.
    """
    columns = [rule.column for rule in rules]
    wanted = wishes_of(standing, columns).places < len(rules)
    open_to = (standing.state[:, columns] == RUNNING) & wanted
    # A locked startup never moves, so no chain may go through it.
    open_to[[row for rule in rules for row in rule.locked]] = False
    final = np.where(open_to, standing.final[:, columns].astype(np.int64), NONE)
    free = np.ones(len(final), bool)
    free[[row for rows in places for row in rows]] = False
    new = final[free].max(axis=0, initial=NONE)
    # moves[j, k]: the most that program j gains by taking a startup from program k, whose place is then filled anew.
    moves = np.full((len(rules), len(rules)), NONE, np.int64)
    for offer, rows in enumerate(places):
        held = final[sorted(rows)]
        gains = np.where(held > NONE, held - held[:, [offer]], NONE)
        moves[:, offer] = gains.max(axis=0, initial=NONE)
    best, fills = np.maximum(new, 0), (new >= 0).astype(np.int64)
    index = np.arange(len(best))
    for _ in rules:  # one move before every chain; among equal gains the one that fills a place counts
        chains = np.where(moves > NONE, moves + best, NONE)
        # One comparison for two goals: score first, then whether the chain fills a place.
        keys = chains * 2 + fills
        first = keys.argmax(axis=1)
        better = keys[index, first] > best * 2 + fills
        best, fills = np.where(better, chains[index, first], best), np.where(better, fills[first], fills)
    ids = [standing.slate.programs[column].id for column in columns]
    return [Worth(program, int(units), int(filled)) for program, units, filled in zip(ids, best, fills, strict=True)]
