#!/usr/bin/env bash
# One would guess: phonenumbers writes Korea's personal and safe numbers as they are printed, 0507-1234-5678: 0507 is the
# carrier's code, and the subscriber's number follows.
# What happens: all of 050 is one code, so that the carrier's digit slides into the next group: 050-71234-5678. The number
# is valid, and reading back what was written gives the same number; only people no longer recognise it.
# Seen with phonenumbers 9.0.43 on 2026-12-01.
source "$(dirname "$0")/_run.sh"
EXPECTED="0507-1234-5678 -> 050-71234-5678 valid same
0504-123-4567 -> 050-4123-4567 valid same
010-1234-5678 -> 010-1234-5678 valid same
02-123-4567 -> 02-123-4567 valid same
1588-1234 -> 1588-1234 valid same"
finding phonenumbers==9.0.43 <<'PROGRAM'
import phonenumbers
from phonenumbers import PhoneNumberFormat

for written in ("0507-1234-5678", "0504-123-4567", "010-1234-5678", "02-123-4567", "1588-1234"):
    number = phonenumbers.parse(written, "KR")
    shown = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    valid = "valid" if phonenumbers.is_valid_number(number) else "invalid"
    print(written, "->", shown, valid, "same" if phonenumbers.parse(shown, "KR") == number else "another")
PROGRAM
