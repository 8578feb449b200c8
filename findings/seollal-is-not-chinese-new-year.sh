#!/usr/bin/env bash
# One would guess: a calendar of South Korea's holidays puts 설날 on the first day of the Korean lunar year, and knows
# the substitute days (대체공휴일) by which terms that count working days are prolonged.
# What happens: workalendar takes the lunar year from China's calendar. Seoul's clock is an hour ahead, so a new moon
# near midnight falls on another day there: in 2027 the Korean year begins on 7 February, the Chinese on the 6th, and
# workalendar calls 5 to 7 February the holidays instead of 6 to 8. It has no substitute day at all either:
# 2 March 2026 is a working day to it. The library `holidays` has both; korean_lunar_calendar confirms the day.
# Seen with workalendar 17.0.0, holidays 0.109, korean_lunar_calendar 0.4.0 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="first day of the lunar year 2027: 2027-02-07
workalendar: 02-05 02-06 02-07
holidays: 02-06 02-07 02-08 02-09
2026-03-02 off: workalendar False, holidays True"
finding workalendar==17.0.0 holidays==0.109 korean_lunar_calendar==0.4.0 <<'PROGRAM'
from datetime import date

import holidays
from korean_lunar_calendar import KoreanLunarCalendar
from workalendar.asia import SouthKorea

lunar = KoreanLunarCalendar()
lunar.setLunarDate(2027, 1, 1, False)
print("first day of the lunar year 2027:", lunar.SolarIsoFormat())


def february(days):
    return " ".join(f"{day:%m-%d}" for day in sorted(days) if (day.year, day.month) == (2027, 2))


print("workalendar:", february(day for day, _ in SouthKorea().holidays(2027)))
print("holidays:", february(holidays.KR(years=2027)))
day = date(2026, 3, 2)
print(f"{day} off: workalendar {SouthKorea().is_holiday(day)}, holidays {day in holidays.KR(years=2026)}")
PROGRAM
