#!/usr/bin/env bash
# One would guess: Korean ordinals come as people say them (스무 번째) and go on after a hundred (백 번째).
# What happens: 20 is 스물 번째, a form that never stands before a noun, though 3 is changed rightly; every whole
# hundred raises KeyError, while 120 works.
# Seen with num2words 0.5.14 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="3 세 번째
20 스물 번째
21 스물한 번째
99 아흔아홉 번째
100 KeyError
120 백 스물 번째
200 KeyError"
finding num2words==0.5.14 <<'PROGRAM'
from num2words import num2words

for number in (3, 20, 21, 99, 100, 120, 200):
    try:
        print(number, num2words(number, to="ordinal", lang="ko"))
    except KeyError:
        print(number, "KeyError")
PROGRAM
