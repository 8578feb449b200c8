"""What one program chooses where its quotas overlap: the same rule as `choose`, with a solver to look ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from model.rounds.choice import ProgramRules, first_of_each_kind
from model.rounds.solver import Model, Variable, new_model, solved_in_turn, summed

AT_ONCE = 40
"""Candidates whose order is weighed in one step: each weighs more than all after it together."""


def choose_overlapping(rules: ProgramRules, candidates: Sequence[int]) -> set[int] | None:
    """Choose from candidates in order; None where the locks, minima and maxima can't all be kept.

    As many places as can be are given; then open minima and their back-fill are met in the order in which quotas are
    written; then the first in order gets a place if that is possible at all, and so on down the order.
    """
    free = [row for row in candidates if row not in rules.locked]
    rows = [*sorted(rules.locked), *first_of_each_kind(rules, free, rules.total)]
    model = new_model()
    gets = {row: model.new_bool_var(f"r{row}") for row in rows}
    model.add(sum(gets.values()) <= rules.total)
    for row in rules.locked:
        model.add(gets[row] == 1)
    bind(model, rules, gets)
    goals = [(summed(gets.values()), len(rows)), *open_minima(model, rules, gets)]
    for start in range(0, len(rows), AT_ONCE):
        part = [gets[row] for row in rows[start : start + AT_ONCE]]
        weights = [1 << (len(part) - 1 - place) for place in range(len(part))]
        goals.append((summed(part, weights), sum(weights)))
    solution = solved_in_turn(model, goals)
    return {row for row, got in gets.items() if solution.boolean_value(got)} if solution else None


def bind(model: Model, rules: ProgramRules, gets: dict[int, Variable]) -> None:
    """Hold a program to the minima that must be met and to its maxima."""
    for bound in rules.bounds:
        members = summed(got for row, got in gets.items() if bound.members[row])
        if bound.quota.must:
            model.add(members >= bound.least)
        if bound.most is not None:
            model.add(members <= bound.most)


def open_minima(model: Model, rules: ProgramRules, gets: dict[int, Variable]) -> Iterator[tuple[Variable, int]]:
    """Give what counts towards a minimum that may stay open, and how much: its own startups, then those who fill in.

    Startups that fill in count beyond what their own quotas hold for them.
    """
    for number, bound in enumerate(rules.bounds):
        if bound.quota.must:
            continue
        mask, held = bound.members, 0
        for level, fill in enumerate((bound.members, *bound.back_fill)):
            if level:
                mask = mask | fill
                others = (other for other in rules.bounds if other is not bound)
                held += sum(other.least for other in others if not (other.members & ~fill).any())
            met = model.new_int_var(-held, bound.least, f"met{number}.{level}")
            model.add(met <= summed(got for row, got in gets.items() if mask[row]) - held)
            yield met, held + bound.least
