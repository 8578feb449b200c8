"""The highest total score where quotas overlap or name who fills in: the same aim as the flow, given to CP-SAT."""

from __future__ import annotations

from collections.abc import Sequence

from model.rounds.choice import ProgramRules
from model.rounds.fit import pairs_of
from model.rounds.overlap import bind, open_minima
from model.rounds.solver import Variable, new_model, solved_in_turn, summed
from model.rounds.standing import PairStanding


def fit_overlapping(standing: PairStanding, rules: Sequence[ProgramRules]) -> list[set[int]] | None:
    """Give the places of one group so that the total final score is highest; None where quotas can't all be met.

    Minima that may stay open are met in the order in which they are written, before the total counts.
    """
    pairs = pairs_of(standing, rules)
    model = new_model()
    # A locked place is a constant, so that it counts in every quota like a place that is decided.
    gets: list[dict[int, Variable]] = [{row: model.new_constant(1) for row in rule.locked} for rule in rules]
    by_row: dict[int, list[Variable]] = {}
    variables = []
    for row, offer in zip(pairs.rows.tolist(), pairs.offers.tolist(), strict=True):
        variable = gets[offer][row] = model.new_bool_var(f"r{row}.{offer}")
        by_row.setdefault(row, []).append(variable)
        variables.append(variable)
    for own in by_row.values():
        model.add_at_most_one(own)
    for rule, got in zip(rules, gets, strict=True):
        model.add(sum(got.values()) <= rule.total)
        bind(model, rule, got)
    minima = [list(open_minima(model, rule, got)) for rule, got in zip(rules, gets, strict=True)]
    levels = range(max(map(len, minima), default=0))
    of_levels = [[own[level] for own in minima if len(own) > level] for level in levels]
    goals = [(summed(met for met, _ in level), sum(width for _, width in level)) for level in of_levels]
    solution = solved_in_turn(model, [*goals, (summed(variables, pairs.worth.tolist()), int(abs(pairs.worth).sum()))])
    if solution is None:
        return None
    return [{row for row, variable in got.items() if solution.boolean_value(variable)} for got in gets]
