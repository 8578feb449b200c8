"""The one way in which a round asks CP-SAT: one worker and a fixed seed, so that the same question has one answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

# OR-tools imports pandas, which alone costs a sixth of the start of every process; only quotas that overlap and
# demands that clash have a use for it, so it is loaded by the first round that has some.
Model: TypeAlias = "cp_model.CpModel"
Variable: TypeAlias = "cp_model.IntVar"
Sum: TypeAlias = "cp_model.LinearExpr"
Expression: TypeAlias = "cp_model.LinearExpr | cp_model.IntVar | int"


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


def conflict(model: Model, assumptions: Sequence[Variable]) -> set[int] | None:
    """Give the indices of assumptions that can't hold together, not yet a smallest set; None if all can hold."""
    from ortools.sat.python import cp_model

    model.add_assumptions(list(assumptions))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(model) != cp_model.INFEASIBLE:
        return None
    return set(solver.sufficient_assumptions_for_infeasibility())
