#!/usr/bin/env bash
# One would guess: a model whose variables bear Korean names reads the same after a trip through HiGHS's LP file.
# What happens: one name beyond ASCII, or with a space, is enough for the LP file to hold c0, c1, … for every variable,
# and writeModel only answers with a warning; the MPS file of the same model holds the Hangul.
# Seen with highspy 1.16.0 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="Running HiGHS 1.16.0 (git hash: f3f113d): Copyright (c) 2026 under MIT licence terms
Includes third-party software components, see THIRD_PARTY_NOTICES.md for full details
google nvidia lp kOk google nvidia
구글 nvidia lp kWarning c0 c1
구글 nvidia mps kOk 구글 nvidia"
finding highspy==1.16.0 <<'PROGRAM'
import highspy


def trip(names, kind):
    model = highspy.Highs()
    model.silent()
    for column, name in enumerate(names):
        model.addVar(0, 1)
        model.passColName(column, name)
        model.changeColCost(column, -1.0)
    status = model.writeModel(f"model.{kind}")
    again = highspy.Highs()
    again.silent()
    again.readModel(f"model.{kind}")
    return status.name, [again.getColName(column)[1] for column in range(len(names))]


for names, kind in ((("google", "nvidia"), "lp"), (("구글", "nvidia"), "lp"), (("구글", "nvidia"), "mps")):
    status, read = trip(names, kind)
    print(*names, kind, status, *read)
PROGRAM
