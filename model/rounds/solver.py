"""The one way in which a round asks CP-SAT: one worker and a fixed seed, so that the same question has one answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

# OR-tools imports pandas, which alone costs a sixth of the start of every process; only quotas that overlap and
# demands that clash have a use for it, so it is loaded by the first round that has some.
Model: TypeAlias = "cp_model.CpModel"
Variable: TypeAlias = "cp_model.IntVar"
Sum: TypeAlias = "cp_model.LinearExpr"
Expression: TypeAlias = "cp_model.LinearExpr | cp_model.IntVar | int"


MOST_WEIGHT = 1 << 40
"""What goals that are asked for at once weigh together at the most: the solver counts in 64 bits and adds many up."""


def new_model() -> Model:
    """Begin an empty question."""
    from ortools.sat.python import cp_model

    return cp_model.CpModel()


def summed(variables: Iterable[Variable], weights: Sequence[int] | None = None) -> Sum:
    """Add variables up, each times its weight if weights are given."""
    from ortools.sat.python import cp_model

    if weights is None:
        return cp_model.LinearExpr.sum(list(variables))
    return cp_model.LinearExpr.weighted_sum(list(variables), weights)


def solved(model: Model) -> cp_model.CpSolver | None:
    """Solve to a proven optimum; None where the model has no solution.

    Effort is counted in the solver's own steps, never on a clock, so it is the same on every machine.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    # Several workers race, and the first of several optima would win.
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    if status != cp_model.OPTIMAL:
        raise RuntimeError(f"The solver ended with {solver.status_name(status)}.")
    return solver


def solved_in_turn(model: Model, goals: Iterable[tuple[Expression, int]]) -> cp_model.CpSolver | None:
    """Reach one goal after the other, each as far as those before it allow; None where the model has no solution.

    A goal comes with the width of its range, its greatest less its least value. Neighbours whose ranges fit are asked
    for at once, each weighing more than all after it together; what they reach is held fast before the next are asked.
    """
    solution = None
    for part in _packed(goals):
        model.maximize(sum(goal * weight for goal, weight in part))
        solution = solved(model)
        if solution is None:
            return None
        for goal, _ in part:
            model.add(goal == solution.value(goal))
    return solution


def _packed(goals: Iterable[tuple[Expression, int]]) -> Iterator[list[tuple[Expression, int]]]:
    """Split goals into runs, each goal with its weight; one that has a single value is no goal."""
    part: list[tuple[Expression, int]] = []
    size = 1
    for goal, width in goals:
        if part and size * (width + 1) > MOST_WEIGHT:
            yield part
            part, size = [], 1
        part = [(other, weight * (width + 1)) for other, weight in part] + [(goal, 1)] if width else part
        size *= width + 1
    yield part


def conflict(model: Model, assumptions: Sequence[Variable]) -> set[int] | None:
    """Give the indices of assumptions that can't hold together, not yet a smallest set; None if all can hold."""
    from ortools.sat.python import cp_model

    model.add_assumptions(list(assumptions))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(model) != cp_model.INFEASIBLE:
        return None
    return set(solver.sufficient_assumptions_for_infeasibility())
