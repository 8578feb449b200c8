#!/usr/bin/env bash
# One would guess: when a model contradicts itself, CP-SAT's sufficient assumptions name those that contradict each
# other, whether or not the model has something to minimise.
# What happens: without an objective the core is the two contradicting assumptions; with one, every assumption is
# returned, those about another variable included. Who explains a contradiction to people asks the model without its
# objective, and minimises the core further, since the method only promises a sufficient one.
# Seen with ortools 9.15.6755 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="without objective: ['x at least 6', 'x at most 5']
with objective: ['x at least 6', 'x at most 5', 'y at least 3', 'y at most 8']"
finding ortools==9.15.6755 <<'PROGRAM'
from ortools.sat.python import cp_model

for wanted in ("without", "with"):
    model = cp_model.CpModel()
    x, y = model.new_int_var(0, 10, "x"), model.new_int_var(0, 10, "y")
    demands = {"x at least 6": x >= 6, "x at most 5": x <= 5, "y at least 3": y >= 3, "y at most 8": y <= 8}
    names = {}
    for name, demand in demands.items():
        holds = model.new_bool_var(name)
        model.add(demand).only_enforce_if(holds)
        names[holds.index] = name
        model.add_assumption(holds)
    if wanted == "with":
        model.minimize(x + y)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.INFEASIBLE
    core = solver.sufficient_assumptions_for_infeasibility()
    print(f"{wanted} objective: {sorted(names[index] for index in core)}")
PROGRAM
