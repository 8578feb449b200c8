#!/usr/bin/env bash
# One would guess: `search_dates` in Korean gives for a notice's period its two days, since `parse` alone reads both
# "2026. 1. 5.(월)" and "1. 23.(금) 16:00" rightly.
# What happens: in a sentence the numbers are lost, the bracketed weekday 금 is taken for a date of its own, and the
# closing hour is put on the day of asking: the deadline moves by months without an error.
# Seen with dateparser 1.5.0 on 2026-11-30 (asked as of that day).
source "$(dirname "$0")/_run.sh"
EXPECTED="parse 2026. 1. 5.(월) -> 2026-01-05 00:00:00
parse 1. 23.(금) 16:00 -> 2026-01-23 16:00:00
search 2026 -> 2026-11-30 00:00:00
search 금 -> 2026-11-27 00:00:00
search 16:00까지 -> 2026-11-30 16:00:00"
finding dateparser==1.5.0 <<'PROGRAM'
from datetime import datetime

import dateparser
from dateparser.search import search_dates

today = {"RELATIVE_BASE": datetime(2026, 11, 30)}
for text in ("2026. 1. 5.(월)", "1. 23.(금) 16:00"):
    print("parse", text, "->", dateparser.parse(text, languages=["ko"], settings=today))
notice = "접수기간: 2026. 1. 5.(월) ~ 1. 23.(금) 16:00까지"
for text, day in search_dates(notice, languages=["ko"], settings=today):
    print("search", text, "->", day)
PROGRAM
