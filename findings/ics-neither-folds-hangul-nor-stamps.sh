#!/usr/bin/env bash
# One would guess: ics writes calendar files as RFC 5545 asks, lines of at most 75 octets and a DTSTAMP in each event,
# since icalendar does, and each Hangul syllable takes three octets of a line.
# What happens: ics writes a Korean title of 41 syllables as one line of more than 75 octets, and no DTSTAMP unless the
# event's `created` is set; icalendar folds between syllables, and reads the title back whole.
# Seen with ics 0.7.2 and icalendar 6.3.1 on 2026-12-01.
source "$(dirname "$0")/_run.sh"
EXPECTED="ics: longest line 131 octets, DTSTAMP False
ics with created: longest line 131 octets, DTSTAMP True
icalendar: longest line 74 octets, folded lines 1, title read back True"
finding ics==0.7.2 icalendar==6.3.1 <<'PROGRAM'
from datetime import date

import arrow
import ics
from icalendar import Calendar, Event

TITLE = "스타트업협업프로그램신청서류보완요청마감일안내및사업장소재지확인서제출기한알림공지"


def written(created=None):
    event = ics.Event(name=TITLE, begin="2026-04-14", created=created)
    event.make_all_day()
    calendar = ics.Calendar()
    calendar.events.add(event)
    return calendar.serialize()


def longest(text):
    return max(len(line.encode()) for line in text.splitlines())


bare, stamped = written(), written(arrow.get("2026-03-01"))
print(f"ics: longest line {longest(bare)} octets, DTSTAMP {'DTSTAMP' in bare}")
print(f"ics with created: longest line {longest(stamped)} octets, DTSTAMP {'DTSTAMP' in stamped}")
calendar, event = Calendar(), Event()
event.add("summary", TITLE)
event.add("dtstart", date(2026, 4, 14))
calendar.add_component(event)
text = calendar.to_ical().decode()
folded = sum(line.startswith(" ") for line in text.splitlines())
whole = str(Calendar.from_ical(text).walk("VEVENT")[0]["summary"]) == TITLE
print(f"icalendar: longest line {longest(text)} octets, folded lines {folded}, title read back {whole}")
PROGRAM
