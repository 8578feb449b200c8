#!/usr/bin/env bash
# One would guess: a startup that names only a program which did not name it simply stays without a place, since
# matching warns of such a pair and goes on.
# What happens: the warning comes, then solving ends with "ValueError: 가 is not in list", also where the startup named a
# second program that wants it; with clean=True the pair is taken out first and everybody is placed as one would guess.
# Seen with matching 1.4.3 on 2026-12-01.
source "$(dirname "$0")/_run.sh"
EXPECTED="only P, which did not name it: 가 ranked P but they did not. | ValueError: 가 is not in list
the same, cleaned: {'P': ['나'], 'Q': []}
P and Q, of which Q named it: 가 ranked P but they did not. | ValueError: 가 is not in list
the same, cleaned: {'P': ['나'], 'Q': ['가']}"
finding matching==1.4.3 <<'PROGRAM'
import warnings

from matching.games import HospitalResident


def placed(startups, programs, clean):
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            places = dict.fromkeys(programs, 1)
            game = HospitalResident.create_from_dictionaries(startups, programs, places, clean=clean)
            pairs = game.solve(optimal="resident")
            return str({str(program): [str(one) for one in taken] for program, taken in pairs.items()})
        except ValueError as error:
            return f"{warned[0].message} | ValueError: {error}"


cases = {
    "only P, which did not name it": ({"가": ["P"], "나": ["P", "Q"]}, {"P": ["나"], "Q": ["나"]}),
    "P and Q, of which Q named it": ({"가": ["P", "Q"], "나": ["P"]}, {"P": ["나"], "Q": ["가"]}),
}
for name, (startups, programs) in cases.items():
    print(f"{name}: {placed(startups, programs, False)}")
    print(f"the same, cleaned: {placed(startups, programs, True)}")
PROGRAM
