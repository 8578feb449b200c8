"""Clocks: what falls due for whom by when, in working days of Korea, and as a calendar file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from model.decisions import DecisionAction
from service.errors import Problem, ServiceError
from service.identity import Actor, Scope
from service.settings import KOREA
from service.storage.applications.applications import RECEIVED, StoredApplication
from service.storage.database import Connection
from service.storage.records.objections import Objection, Objections
from service.storage.repositories import Catalogue, Records

PLEDGE_DAYS = 3
"""Working days from the selection in which the pledge is handed in (공고 제2026-278호)."""

ANSWER_DAYS = 30
"""Days in which an objection is answered (개인정보 보호법 시행령 제44조의3)."""

AHEAD = 60
"""How far the list looks ahead, in days."""

SATURDAY = 5
FOLD = 73
"""Octets of a calendar file's line; RFC 5545 allows 75 with the line break's blank."""


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something that falls due: `code` says what, `subject` what it is about, `reviewer` who has it in hand.

    `startup_id` is whose application it is about, if it is about one.
    """

    due_on: date
    code: str
    subject: str
    program_id: str | None
    reviewer: str | None = None
    remark: str = ""
    startup_id: str | None = None


class Clocks:
    """Tells what falls due, as far as the actor's programs go; `clock` tells the present moment in Korea."""

    def __init__(self, catalogue: Catalogue, records: Records, clock: Callable[[], datetime]) -> None:
        self._catalogue, self._records, self._clock = catalogue, records, clock
        self._objections = Objections()

    @property
    def today(self) -> date:
        """The present day in Korea."""
        return self._clock().date()

    def due(self, actor: Actor, *, mine: bool = False) -> Sequence[DueItem]:
        """What falls due up to AHEAD days from now, and what is late, the earliest first; `mine` is the actor's own."""
        return self.page(actor, mine=mine)[0]

    def page(
        self, actor: Actor, *, mine: bool = False, skip: int = 0, limit: int | None = None
    ) -> tuple[Sequence[DueItem], int]:
        """The same from `skip` on and at most `limit` of it, and how much it is in all."""
        if not actor.may(Scope.DECIDE):
            raise ServiceError(Problem.FORBIDDEN, scope=Scope.DECIDE)
        last = self.today + timedelta(AHEAD)
        end, reviewer = None if limit is None else skip + limit, actor.id if mine else None
        with self._catalogue.database.reading() as connection:
            applications = self._catalogue.applications
            rows, count = applications.due_until(connection, last, actor.programs, reviewer, end)
            others = [*self._pledges(connection, actor), *self._closings(connection, last)]
            # In the order of their rows objections fall due too, so that no more of them are read than are listed.
            page, own_programs = self._objections.page, actor.programs
            objections = [] if mine else page(connection, after=0, limit=end, state="open", programs=own_programs)
            unread = 0 if mine else self._objections.open_count(connection, own_programs) - len(objections)
        others += [DueItem(answer_due(o), "objection", o.id, o.program_id) for o in objections]
        own = [
            item
            for item in others
            if not (item.program_id and actor.is_bound_away_from(item.program_id)) and item.due_on <= last
            if reviewer in (None, item.reviewer)
        ]
        items = sorted(
            [*(DueItem(*row) for row in rows), *own], key=lambda item: (item.due_on, item.code, item.subject)
        )
        return items[skip:end], count + len(own) + unread

    def calendar(self, actor: Actor, *, mine: bool = False, title: Callable[[DueItem], str]) -> str:
        """The same as a calendar file (RFC 5545), each item a whole day that `title` names."""
        stamp = self._clock().astimezone(UTC)
        return calendar(((item, title(item)) for item in self.due(actor, mine=mine)), stamp)

    def _closings(self, connection: Connection, last: date) -> Iterator[DueItem]:
        for program in self._catalogue.programs.closing(connection, self.today, last):
            if program.closes_on and program.is_ranked:
                at = f"{program.closes_at:%H:%M}" if program.closes_at else ""
                yield DueItem(program.closes_on, "closing", program.id, program.id, None, at)

    def _pledges(self, connection: Connection, actor: Actor) -> Iterator[DueItem]:
        """Whoever is selected and has not pledged has three working days."""
        applications = self._catalogue.applications
        programs = sorted({program for program, _, _ in applications.counts(connection, actor.programs)})
        latest = self._records.decisions.latest
        selected = [each for p in programs for each in latest(connection, p, (DecisionAction.SELECTED,))]
        by_pair: dict[tuple[str, str], list[StoredApplication]] = {}
        for stored in applications.of_firms(connection, {each.startup_id for each in selected if each.startup_id}):
            by_pair.setdefault((stored.record.startup_id, stored.record.program_id), []).append(stored)
        for decision in selected:
            own = by_pair.get((decision.startup_id or "", decision.program_id), [])
            if own and all(stored.state == RECEIVED for stored in own):
                due = after_working_days(datetime.fromisoformat(decision.at).astimezone(KOREA).date(), PLEDGE_DAYS)
                of = own[-1].record
                yield DueItem(due, "pledge", of.id, of.program_id, own[-1].reviewer, startup_id=of.startup_id)


def answer_due(objection: Objection) -> date:
    """The last day on which an objection is answered in time."""
    return datetime.fromisoformat(objection.at).astimezone(KOREA).date() + timedelta(ANSWER_DAYS)


def is_working_day(day: date) -> bool:
    """Tell whether a day is neither a weekend nor a public holiday in Korea, substitutes included.

    >>> is_working_day(date(2026, 3, 2)), is_working_day(date(2026, 3, 3))
    (False, True)
    """
    return day.weekday() < SATURDAY and day not in _days_off(day.year)


def after_working_days(day: date, count: int) -> date:
    """The working day that is so many after a day, which itself does not count.

    >>> after_working_days(date(2026, 5, 22), 3)
    datetime.date(2026, 5, 28)
    """
    while count:
        day += timedelta(1)
        count -= is_working_day(day)
    return day


def calendar(items: Iterable[tuple[DueItem, str]], stamp: datetime) -> str:
    """Write items as whole days of a calendar, by RFC 5545: escaped texts, lines folded by octets, CRLF."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ieum//due//KO", "CALSCALE:GREGORIAN"]
    for item, title in items:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{item.code}-{item.subject}-{item.due_on:%Y%m%d}@ieum",
            f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{item.due_on:%Y%m%d}",
            f"SUMMARY:{_escaped(title)}",
            "END:VEVENT",
        ]
    return "\r\n".join(_folded([*lines, "END:VCALENDAR"])) + "\r\n"


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, "\\" + mark)
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        rest, mark = line, ""
        while len((mark + rest).encode()) > FOLD:
            end = FOLD // 3
            while len((mark + rest[: end + 1]).encode()) <= FOLD:
                end += 1
            yield mark + rest[:end]
            rest, mark = rest[end:], " "
        yield mark + rest


@cache
def _days_off(year: int) -> frozenset[date]:
    import holidays  # here, since it takes long to import

    return frozenset(holidays.country_holidays("KR", years=year))
