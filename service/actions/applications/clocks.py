"""Clocks: what falls due for whom by when, in working days of Korea, and as a calendar file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from model.applications import AgreementStep, EntryKind, History
from model.decisions import DecisionAction
from model.domain import Application
from service.caches import Memo
from service.errors import Problem, ServiceError
from service.identity import Actor, Scope
from service.settings import KOREA
from service.storage.database import Connection
from service.storage.records.objections import Objections
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
    """Something that falls due: `code` says what, `subject` what it is about, `reviewer` who has it in hand."""

    due_on: date
    code: str
    subject: str
    program_id: str | None
    reviewer: str | None = None
    remark: str = ""


class Clocks:
    """Tells what falls due, as far as the actor's programs go; `clock` tells the present moment in Korea."""

    def __init__(self, catalogue: Catalogue, records: Records, clock: Callable[[], datetime]) -> None:
        self._catalogue, self._records, self._clock = catalogue, records, clock
        self._objections = Objections()
        self._kept = Memo[tuple[object, ...], list[DueItem]](4)

    def due(self, actor: Actor, *, mine: bool = False) -> list[DueItem]:
        """What falls due up to AHEAD days from now, and what is late, the earliest first; `mine` is the actor's own."""
        if not actor.may(Scope.DECIDE):
            raise ServiceError(Problem.FORBIDDEN, scope=Scope.DECIDE)
        last = self._clock().date() + timedelta(AHEAD)
        with self._catalogue.database.reading() as connection:
            state = (self._catalogue.revisions.seen_by(connection), last)
            items = self._kept(state, lambda: [item for item in self._items(connection) if item.due_on <= last])
            items = [*items, *self._answers(connection)]
        own = (item for item in items if item.program_id is None or not actor.is_bound_away_from(item.program_id))
        named = (item for item in own if not mine or item.reviewer == actor.id)
        return sorted(named, key=lambda item: (item.due_on, item.code, item.subject))

    def calendar(self, actor: Actor, *, mine: bool = False, title: Callable[[DueItem], str]) -> str:
        """The same as a calendar file (RFC 5545), each item a whole day that `title` names."""
        stamp = self._clock().astimezone(UTC)
        return calendar(((item, title(item)) for item in self.due(actor, mine=mine)), stamp)

    def _items(self, connection: Connection) -> Iterator[DueItem]:
        page = self._catalogue.applications.page(connection, after="", limit=None, filters={}, programs=None)
        records = {stored.record.id: stored.record for stored in page}
        histories = self._catalogue.applications.histories(connection, records)
        for identifier, record in records.items():
            yield from of_application(record, histories[identifier])
        yield from self._pledges(connection, records.values(), histories)
        today = self._clock().date()
        for program in self._catalogue.programs.since(connection, 0):
            if program.record.closes_on and program.record.closes_on >= today and program.record.is_ranked:
                at = program.record.closes_at
                yield DueItem(
                    program.record.closes_on,
                    "closing",
                    program.record.id,
                    program.record.id,
                    None,
                    f"{at:%H:%M}" if at else "",
                )

    def _answers(self, connection: Connection) -> Iterator[DueItem]:
        for objection in self._objections.page(connection, after=0, limit=None, state="open", programs=None):
            due = datetime.fromisoformat(objection.at).astimezone(KOREA).date() + timedelta(ANSWER_DAYS)
            yield DueItem(due, "objection", objection.id, objection.program_id)

    def _pledges(
        self, connection: Connection, records: Iterable[Application], histories: dict[str, History]
    ) -> Iterator[DueItem]:
        """Whoever is selected and has not pledged has three working days."""
        by_pair = {(record.startup_id, record.program_id): record for record in records}
        for program_id in sorted({record.program_id for record in by_pair.values()}):
            selected = self._records.decisions.latest(connection, program_id, (DecisionAction.SELECTED,))
            for decision in selected:
                record = by_pair.get((decision.startup_id or "", program_id))
                if record is not None and histories[record.id].step is None:
                    day = datetime.fromisoformat(decision.at).astimezone(KOREA).date()
                    due = after_working_days(day, PLEDGE_DAYS)
                    yield DueItem(due, "pledge", record.id, program_id, histories[record.id].reviewer)


def of_application(record: Application, history: History) -> Iterator[DueItem]:
    """The requests that wait, the papers that expire, and the days that steps have set."""
    about = (record.id, record.program_id, history.reviewer)
    last_check = max((e.number for e in history.entries if e.kind is EntryKind.CHECK), default=0)
    for entry in history.requests:
        if entry.number > last_check:
            yield DueItem(date.fromisoformat(entry.details["due_on"]), "completion", *about)
    for code in {entry.about for entry in history.entries if entry.kind is EntryKind.CHECK}:
        words = history.checks(code)
        expires = words[-1].details.get("expires_on") if words else None
        if expires:
            yield DueItem(date.fromisoformat(expires), "paper", *about, code)
    for entry in history.steps[-1:]:
        due = entry.details.get("due_on") or entry.details.get("until")
        if due and entry.about in (AgreementStep.AGREED, AgreementStep.CHANGED, AgreementStep.MILESTONE):
            yield DueItem(date.fromisoformat(due), "milestone", *about, str(entry.details.get("milestone", "")))


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
