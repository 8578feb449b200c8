#!/usr/bin/env bash
# One would guess: a library that attaches Korean particles reads a number as it is said: 3은 (삼은), 10은 (십은), 6으로
# (육으로).
# What happens: hgtk looks at letters only and takes every digit for a vowel: 3는, 10는, 6로. Names of programs and
# rounds end in digits as a rule (TIPS 10, 2026), so every second sentence would be wrong.
# Seen with hgtk 0.2.1 (which needs six without saying so) on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="이음은 이음으로
2는 2로
3는 3로
6는 6로
10는 10로
100는 100로"
finding hgtk==0.2.1 six==1.17.0 <<'PROGRAM'
from hgtk import josa

for word in ("이음", "2", "3", "6", "10", "100"):
    print(josa.attach(word, josa.EUN_NEUN), josa.attach(word, josa.EURO_RO))
PROGRAM
