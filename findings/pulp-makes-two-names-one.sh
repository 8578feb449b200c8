#!/usr/bin/env bash
# One would guess: PuLP keeps variables with different names apart, or refuses a name that it can't keep.
# What happens: a space, -, +, [, ], > and / of a name become _, so 로봇 팀, 로봇-팀 and 로봇/팀 are one name; the model
# takes all three, its table of variables by name holds one, and only the solver's error, which names none of them, says
# that something is wrong.
# Seen with PuLP 3.3.2 on 2026-12-01.
source "$(dirname "$0")/_run.sh"
EXPECTED="로봇 팀 -> 로봇_팀
로봇-팀 -> 로봇_팀
로봇/팀 -> 로봇_팀
3 variables, 1 by name
solving: PulpSolverError
named by number: Optimal [1.0, 0.0, 0.0]"
finding pulp==3.3.2 <<'PROGRAM'
import pulp

NAMES = ["로봇 팀", "로봇-팀", "로봇/팀"]


def one_seat(names):
    model = pulp.LpProblem("round", pulp.LpMaximize)
    seats = [pulp.LpVariable(name, cat="Binary") for name in names]
    model += 3 * seats[0] + 2 * seats[1] + seats[2]
    model += pulp.lpSum(seats) <= 1
    return model, seats


model, seats = one_seat(NAMES)
for name, seat in zip(NAMES, seats):
    print(name, "->", seat.name)
print(len(model.variables()), "variables,", len(model.variablesDict()), "by name")
try:
    model.solve(pulp.PULP_CBC_CMD(msg=False))
except pulp.PulpSolverError as error:
    print("solving:", type(error).__name__)
model, seats = one_seat(["s0", "s1", "s2"])
model.solve(pulp.PULP_CBC_CMD(msg=False))
print("named by number:", pulp.LpStatus[model.status], [seat.value() for seat in seats])
PROGRAM
