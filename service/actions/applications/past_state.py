"""The desk as it was at the end of a day: read from records that keep what they were, not from a copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from model.applications import History
from model.domain import Application, Program, Startup
from model.eligibility import Ledger
from service.actions.applications import standings
from service.actions.applications.standings import AppliedPair, Machine, Settling
from service.actions.catalogue.rulebook import Rulebook
from service.caches import Memo
from service.errors import Problem, ServiceError
from service.identity import Actor, Scope
from service.settings import KOREA
from service.storage.applications.listings import ListedFirm, Listings
from service.storage.database import Connection
from service.storage.records.audit import moment
from service.storage.records.decisions import Decision
from service.storage.repositories import Catalogue, Records

MOST_DAYS = 8
"""Days whose state is held at once; one of 30,000 applications takes about a hundred megabytes."""


@dataclass(frozen=True)
class PastPair:
    """An application on that day: its firm and program, the last decision on both, its entries and requirements."""

    application: Application
    startup: Startup
    program: Program
    decision: Decision | None
    history: History
    pair: AppliedPair
    listed: Sequence[ListedFirm]


@dataclass(frozen=True)
class PastState:
    """All applications as they were at the end of a day, by id; `revision` is the catalogue's.

    `key` names all that the state rests on: two of the same key are the same.
    """

    on: date
    revision: int
    key: tuple[object, ...]
    pairs: tuple[PastPair, ...]


class PastStates:
    """Reads the state of the desk at the end of a day in Korea; `clock` tells the present moment."""

    def __init__(
        self, catalogue: Catalogue, records: Records, rulebook: Callable[[], Rulebook], clock: Callable[[], datetime]
    ) -> None:
        self._catalogue, self._records, self._rulebook, self._clock = catalogue, records, rulebook, clock
        self._listings = Listings()
        self._states = Memo[tuple[object, ...], PastState](MOST_DAYS)

    @property
    def today(self) -> date:
        """The present day in Korea."""
        return self._clock().astimezone(KOREA).date()

    def count(self) -> int:
        """How many applications there are."""
        with self._catalogue.database.reading() as connection:
            return sum(row[2] for row in self._catalogue.applications.counts(connection, None))

    def key(self, on: date, actor: Actor) -> tuple[Any, ...]:
        """Names all that the state on a day rests on, its end first.

        Raises ServiceError `forbidden`, `day_to_come`, and `day_not_recorded` for a day before the records begin,
        or before what retention has left.
        """
        if not actor.may(Scope.DECIDE):
            raise ServiceError(Problem.FORBIDDEN, scope=Scope.DECIDE)
        today = self.today
        if on > today:
            raise ServiceError(Problem.DAY_TO_COME, on=on)
        end = moment(datetime.combine(on + timedelta(1), time.min, KOREA))
        rulebook = self._rulebook()
        with self._catalogue.database.reading() as connection:
            revisions = self._catalogue.revisions
            revision = revisions.seen_by(connection) if on == today else revisions.before(connection, end)
            if revision is None:
                first = revisions.first_moment(connection)
                since = datetime.fromisoformat(first).astimezone(KOREA).date() if first else today
                raise ServiceError(Problem.DAY_NOT_RECORDED, on=on, first=since)
            return end, on, revision, self._records.decisions.last_before(connection, end), rulebook.version

    def __call__(self, on: date, actor: Actor) -> PastState:
        """The state on a day, of the actor's programs alone; raises ServiceError as `key` does."""
        end, *named = self.key(on, actor)
        key, ledger = tuple(named), self._rulebook().ledger
        with self._catalogue.database.reading() as connection:
            state = self._states(key, lambda: self._read(connection, key, end, ledger))
        if actor.programs is None:
            return state
        own = tuple(pair for pair in state.pairs if pair.program.id in actor.programs)
        return replace(state, pairs=own)

    def _read(self, connection: Connection, key: tuple[Any, ...], end: str, ledger: Ledger) -> PastState:
        catalogue, on, revision = self._catalogue, key[0], key[1]
        startups = {record.id: record for record, _ in catalogue.startups.as_of(connection, revision)}
        programs = {record.id: record for record, _ in catalogue.programs.as_of(connection, revision)}
        applications = catalogue.applications.as_of(connection, revision)
        ids = [record.id for record in applications]
        histories = catalogue.applications.histories(connection, ids, before=end)
        firms = [startups[each] for each in sorted({a.startup_id for a in applications} & startups.keys())]
        listed = self._listings.of_firms(connection, firms, before=end)
        decisions = self._decisions(connection, end)
        # What the catalogue held then decides which programs bar each other.
        machine = Machine(Ledger(ledger.codes, programs.values()), on)
        pairs = []
        for record in (each for each in applications if each.program_id in programs):
            startup = startups.get(record.startup_id, Startup(record.startup_id))
            program, on_lists = programs[record.program_id], listed.get(record.startup_id, ())
            history, decision = histories[record.id], decisions.get((record.startup_id, record.program_id))
            lines = standings.lines(machine(startup, record, program), history, on_lists, Settling(on))
            pairs.append(PastPair(record, startup, program, decision, history, AppliedPair(record, lines), on_lists))
        return PastState(on, revision, key, tuple(pairs))

    def _decisions(self, connection: Connection, end: str) -> Mapping[tuple[str, str], Decision]:
        """The last decision of that day on each pair; an erased firm is named by its pseudonym."""
        refs = self._records.startup_refs.all(connection)
        latest: dict[tuple[str, str], Decision] = {}
        for decision in self._records.decisions.all(connection):
            if decision.at < end:
                startup = refs.get(decision.startup_ref, decision.startup_ref)
                latest[startup, decision.program_id] = decision
        return latest
