#!/usr/bin/env bash
# One would guess: stdnum.kr.brn checks the last digit of a 사업자등록번호, as stdnum does for the numbers of most lands
# (its own description says that the number ends in a check digit).
# What happens: only length, digits and a few parts are looked at. Of the ten numbers that differ in the last digit all
# ten are valid, where the rule of the tax offices leaves one. Resident numbers (kr.rrn) are checked by their digit.
# Seen with python-stdnum 2.2 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="valid to stdnum: 0 1 2 3 4 5 6 7 8 9
by the weights 1 3 7 1 3 7 1 3 5: 8"
finding python-stdnum==2.2 <<'PROGRAM'
from stdnum.kr import brn

STEM, WEIGHTS = "124810099", (1, 3, 7, 1, 3, 7, 1, 3, 5)
print("valid to stdnum:", *(last for last in range(10) if brn.is_valid(f"{STEM}{last}")))
digits = [int(digit) for digit in STEM]
total = sum(digit * weight for digit, weight in zip(digits, WEIGHTS)) + digits[-1] * 5 // 10
print("by the weights 1 3 7 1 3 7 1 3 5:", (10 - total % 10) % 10)
PROGRAM
