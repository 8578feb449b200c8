#!/usr/bin/env bash
# One would guess: the parser of times that belongs to a locale reads what the formatter of that locale writes, so that
# 오후 3:05 is 15:05 as 3:05 PM is in English.
# What happens: only the English letters "pm" are looked for. In Korean 오후 and 오전 are passed over without an error:
# Babel writes 오후 3:05 for 15:05 and reads it back as 03:05. A closing hour is moved to the night before.
# Seen with Babel 2.19.0 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="en 3:05 PM -> 15:05
ko 오후 3:05 -> 03:05
ko 오전 12:30 -> 12:30
ko 오후 11:59 -> 11:59"
finding Babel==2.19.0 <<'PROGRAM'
from datetime import time

from babel.dates import format_time, parse_time

for locale, moment in (("en", time(15, 5)), ("ko", time(15, 5)), ("ko", time(0, 30)), ("ko", time(23, 59))):
    written = format_time(moment, "short", locale=locale).replace("\u202f", " ")
    print(locale, written, "->", parse_time(written, locale=locale).strftime("%H:%M"))
PROGRAM
