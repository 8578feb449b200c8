"""The highest total score where quotas overlap or name who fills in: the same aim as the flow, given to CP-SAT."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from ortools.sat.python import cp_model

from model.rounds.choice import Rules
from model.rounds.fit import Pairs, pairs_of
from model.rounds.overlap import bind, open_minima
from model.rounds.solver import solved
from model.rounds.standing import Standing

Gets = dict[int, cp_model.IntVar]


def fit_overlapping(standing: Standing, rules: Sequence[Rules]) -> list[set[int]] | None:
    """Give the places of one group so that the total final score is highest; None where quotas can't all be met.

    Minima that may stay open are met in the order in which they are written, before the total counts.
    """
    pairs = pairs_of(standing, rules)
    model = cp_model.CpModel()
    gets = _variables(model, rules, pairs)
    for rule, got in zip(rules, gets, strict=True):
        model.add(sum(got.values()) <= rule.total)
        bind(model, rule, got)
    for goal in _goals(model, rules, pairs, gets):
        model.maximize(goal)
        found = solved(model)
        if found is None:
            return None
        model.add(goal == found.value(goal))
        places = [{row for row, variable in got.items() if found.boolean_value(variable)} for got in gets]
    return places


def _variables(model: cp_model.CpModel, rules: Sequence[Rules], pairs: Pairs) -> list[Gets]:
    """One yes-or-no for each pair; a startup gets one place, a locked one is given."""
    gets: list[Gets] = [{row: model.new_constant(1) for row in rule.locked} for rule in rules]
    by_row: dict[int, list[cp_model.IntVar]] = {}
    for row, offer in zip(pairs.rows.tolist(), pairs.offers.tolist(), strict=True):
        gets[offer][row] = model.new_bool_var(f"r{row}.{offer}")
        by_row.setdefault(row, []).append(gets[offer][row])
    for variables in by_row.values():
        model.add_at_most_one(variables)
    return gets


def _goals(
    model: cp_model.CpModel, rules: Sequence[Rules], pairs: Pairs, gets: list[Gets]
) -> Iterator[cp_model.LinearExprT]:
    levels = [list(open_minima(model, rule, got)) for rule, got in zip(rules, gets, strict=True)]
    for level in range(max(map(len, levels), default=0)):
        yield cp_model.LinearExpr.sum([found[level] for found in levels if len(found) > level])
    variables = [gets[offer][row] for row, offer in zip(pairs.rows.tolist(), pairs.offers.tolist(), strict=True)]
    yield cp_model.LinearExpr.weighted_sum(variables, np.asarray(pairs.worth).tolist())
