"""The one way in which a round asks CP-SAT: one worker and a fixed seed, so that the same question has one answer."""

from __future__ import annotations

from ortools.sat.python import cp_model


def solved(model: cp_model.CpModel) -> cp_model.CpSolver | None:
    """Solve to a proven optimum; None where the model has no solution.

    Effort is counted in the solver's own steps, never on a clock, so it is the same on every machine.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    if status != cp_model.OPTIMAL:
        raise RuntimeError(f"The solver ended with {solver.status_name(status)}.")
    return solver
