#!/usr/bin/env bash
# One would guess: korean_lunar_calendar raises on a day that does not exist, or afterwards holds no day.
# What happens: setLunarDate and setSolarDate answer False and leave the object on the day that was set before, so that
# whoever does not look at the answer reads another day's date: asking for 29 February 2026 gives 설날.
# Seen with korean_lunar_calendar 0.4.0 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="2026-01-01 of the moon: True 2026-02-17
2026-02-29 of the sun: False 2026-02-17
2026-01-31 of the moon: False 2026-02-17
2026-05-01 of the moon in a leap month that 2026 has not: False 2026-02-17"
finding korean_lunar_calendar==0.4.0 <<'PROGRAM'
from korean_lunar_calendar import KoreanLunarCalendar

day = KoreanLunarCalendar()
print("2026-01-01 of the moon:", day.setLunarDate(2026, 1, 1, False), day.SolarIsoFormat())
print("2026-02-29 of the sun:", day.setSolarDate(2026, 2, 29), day.SolarIsoFormat())
print("2026-01-31 of the moon:", day.setLunarDate(2026, 1, 31, False), day.SolarIsoFormat())
leap = day.setLunarDate(2026, 5, 1, True)
print("2026-05-01 of the moon in a leap month that 2026 has not:", leap, day.SolarIsoFormat())
PROGRAM
