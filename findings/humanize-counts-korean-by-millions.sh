#!/usr/bin/env bash
# One would guess: after `humanize.i18n.activate("ko_KR")` numbers, dates and durations come in Korean, or all stay
# English.
# What happens: half of one sentence is translated ("1개월 and 9일"); large numbers stay English words of thousands and
# millions where Korean counts by 만 and 억 (Babel's compact form for ko does); days and ordinals stay English too.
# Seen with humanize 4.17.0 and babel 2.19.0 on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="naturaldelta 1개월
precisedelta 1개월 and 9일
intword 100.0 million
ordinal 21st
naturaldate Jan 05 2024
babel 1.2억"
finding humanize==4.17.0 babel==2.19.0 <<'PROGRAM'
from datetime import date, timedelta

import humanize
from babel.numbers import format_compact_decimal

humanize.i18n.activate("ko_KR")
print("naturaldelta", humanize.naturaldelta(timedelta(days=40)))
print("precisedelta", humanize.precisedelta(timedelta(days=40)))
print("intword", humanize.intword(100_000_000))
print("ordinal", humanize.ordinal(21))
print("naturaldate", humanize.naturaldate(date(2024, 1, 5)))
print("babel", format_compact_decimal(123_456_789, locale="ko", fraction_digits=1))
PROGRAM
