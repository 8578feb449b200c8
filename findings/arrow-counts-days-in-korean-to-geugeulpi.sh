#!/usr/bin/env bash
# One would guess: "in N days" in Korean is N일 후 with the number, or at the most 내일 and 모레 beside it.
# What happens: arrow goes on with 글피 for three and 그글피 for four days, and back to numbers for five; backwards it
# stops at 그제 and says 3일 전. In a list of closing days the same column mixes words, of which 그글피 is hardly known,
# with numbers, and no argument asks for numbers alone. pendulum says numbers for all of them.
# Seen with arrow 1.4.0 and pendulum 3.3.0 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="-3: 3일 전, pendulum 3일 전
-2: 그제, pendulum 2일 전
1: 내일, pendulum 1일 후
2: 모레, pendulum 2일 후
3: 글피, pendulum 3일 후
4: 그글피, pendulum 4일 후
5: 5일 후, pendulum 5일 후"
finding arrow==1.4.0 pendulum==3.3.0 <<'PROGRAM'
import arrow
import pendulum

noon, same = arrow.get("2026-11-30T12:00:00"), pendulum.datetime(2026, 11, 30, 12)
for days in (-3, -2, 1, 2, 3, 4, 5):
    by_arrow = noon.shift(days=days).humanize(noon, locale="ko")
    by_pendulum = same.add(days=days).diff_for_humans(same, locale="ko")
    print(f"{days}: {by_arrow}, pendulum {by_pendulum}")
PROGRAM
