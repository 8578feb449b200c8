"""The desk: what persons record on applications, in bulk or one by one; nothing is overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import orjson

from model.applications import NEXT, AgreementStep, DeskEntry, EntryKind, History
from model.decisions import DecisionAction
from model.domain import Application, Program, Startup
from model.faults import BadData, Fault, shown
from service.actions.applications import standings
from service.actions.applications.participations import call_of, check_year, with_steps
from service.actions.applications.recording import Recording, check
from service.actions.applications.standings import AppliedPair, Machine, Settling
from service.actions.catalogue.clerk import Served, by_clerk
from service.actions.catalogue.rulebook import Rulebook
from service.caches import BackgroundMemo, Memo
from service.errors import Problem, ServiceError
from service.identity import PERMITTED, Actor, Scope
from service.storage.access.users import User, Users
from service.storage.applications.applications import StoredApplication
from service.storage.applications.listings import ListedFirm, Listings
from service.storage.claims import ClaimedError
from service.storage.database import Connection
from service.storage.records.audit import AuditSubject
from service.storage.records.replies import KeyReply
from service.storage.repositories import Catalogue, Records

MOST_BOARDS = 200
FEW = 200
"""Applications that a request may judge itself; more are counted beside the requests."""

MOST_TOGETHER = 5_000
"""Applications on which one request records the same."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The entries that were added, and whether the same key had added them before."""

    entries: tuple[DeskEntry, ...]
    is_replay: bool = False


@dataclass(frozen=True)
class ApplicationSheet:
    """All that is known of one application."""

    stored: StoredApplication
    startup: Startup | None
    program: Program
    history: History
    pair: AppliedPair
    listed: tuple[ListedFirm, ...]


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """Some applications by id, and the id behind which the next page starts (None: this was the last)."""

    items: tuple[StoredApplication, ...]
    after: str | None


@dataclass(frozen=True)
class Board:
    """A program's applications at a glance: by requirement how many are met, open and not met, of so many."""

    program_id: str
    total: int
    settled: int
    requirements: Mapping[str, tuple[int, int, int]]
    reviewers: Mapping[str, tuple[int, int]]
    """By reviewer (empty: nobody), how many applications and how many of them are settled."""


class Desk(Served):
    """Shows applications to whoever decides, as far as their programs go, and records what persons say of them.

    `clock` tells the present moment in Korea. Every method raises ServiceError `forbidden` for others.
    """

    def __init__(
        self, catalogue: Catalogue, records: Records, rulebook: Callable[[], Rulebook], clock: Callable[[], datetime]
    ) -> None:
        self._catalogue, self._records, self._rulebook, self._clock = catalogue, records, rulebook, clock
        self._listings, self._users = Listings(), Users()
        super().__init__()
        self._boards = BackgroundMemo[str, Board](MOST_BOARDS)
        self._barred = Memo[int, frozenset[str]](2)

    def page(self, *, after: str, limit: int, filters: Mapping[str, object], actor: Actor) -> ApplicationPage:
        """Up to `limit` applications behind an id that fit every filter (`q` searches in what was handed in)."""
        items = self.all(filters, actor, after=after, limit=limit + 1)
        return ApplicationPage(tuple(items[:limit]), items[limit - 1].record.id if len(items) > limit else None)

    def all(
        self, filters: Mapping[str, object], actor: Actor, *, after: str = "", limit: int | None = None
    ) -> Sequence[StoredApplication]:
        """Every application that the actor may see and that fits the filters, by id."""
        _check_may(actor)
        with self._catalogue.database.reading() as connection:
            page = self._catalogue.applications.page
            return page(connection, after=after, limit=limit, filters=filters, programs=actor.programs)

    def counts(self, actor: Actor) -> list[tuple[str, str, int]]:
        """By program and state, how many applications there are."""
        _check_may(actor)
        with self._catalogue.database.reading() as connection:
            return self._catalogue.applications.counts(connection, actor.programs)

    def one(self, identifier: str, actor: Actor) -> ApplicationSheet:
        """One application with its requirements as they stand today; raises ServiceError `application_not_found`."""
        _check_may(actor)
        rulebook = self._rulebook()
        with self._catalogue.database.reading() as connection:
            stored = self._some(connection, [identifier], actor)[identifier]
            startup = self._catalogue.startups.get(connection, stored.record.startup_id)
            history = self._catalogue.applications.histories(connection, [identifier])[identifier]
            listed = self._listings.of_firm(connection, stored.record.startup_id)
        program = rulebook.programs.records[stored.record.program_id]
        record = startup.record if startup else Startup(stored.record.startup_id)
        how = Settling(self._clock().date())
        pair = Machine(rulebook.ledger, how.on).pair(record, stored.record, program, history, listed, how)
        return ApplicationSheet(stored, startup.record if startup else None, program, history, pair, tuple(listed))

    def barred(self, startup_ids: Collection[str] | None = None) -> Mapping[str, Sequence[ListedFirm]]:
        """Which of some firms (None: of all) stand on lists, with where; those on none are absent."""
        with self._catalogue.database.reading() as connection:
            return self._listings.standings(connection, startup_ids)

    def is_barred(self, startup_id: str, actor: Actor) -> bool:
        """Whether whoever decides has to know that a firm stands on a list that counts now."""
        if not actor.may(Scope.DECIDE):
            return False
        return startup_id in self._barred(self._catalogue.revisions.now(), lambda: frozenset(self.barred()))

    def pairs(self, program_ids: Sequence[str], how: Settling) -> list[tuple[AppliedPair, History]]:
        """Every application to some programs with its lines and entries, for a round and for the board."""
        rulebook = self._rulebook()
        with self._catalogue.database.reading() as connection:
            applications = self._catalogue.applications
            stored = [each.record for program in program_ids for each in applications.numbered(connection, program)]
            histories = applications.histories(connection, [record.id for record in stored])
            firms = {record.startup_id for record in stored} & rulebook.startups.records.keys()
            listed = self._listings.standings(connection, firms)
        pairs, machine = [], Machine(rulebook.ledger, how.on)
        for record in stored:
            startup = rulebook.startups.records.get(record.startup_id)
            if startup is not None:
                on_lists = listed.get(record.startup_id, [])
                history = histories[record.id]
                program = rulebook.programs.records[record.program_id]
                pairs.append((machine.pair(startup, record, program, history, on_lists, how), history))
        return pairs

    def requirements(self, program_id: str) -> tuple[str, ...]:
        """The codes of what a program asks for, of whomever; none for a program that isn't there."""
        rulebook = self._rulebook()
        program = rulebook.programs.records.get(program_id)
        if program is None:
            return ()
        anybody = Application("-", "-", program_id)
        return tuple(Machine(rulebook.ledger, self._clock().date())(Startup("-"), anybody, program))

    def board(self, program_id: str, actor: Actor) -> Board:
        """A program's progress; raises ServiceError `program_not_found` and `not_your_program`."""
        board, _ = self.board_at_hand(program_id, actor, waits=True)
        assert board is not None
        return board

    def board_at_hand(self, program_id: str, actor: Actor, *, waits: bool = False) -> tuple[Board | None, bool]:
        """The same and True, or, where many applications are still being counted, what it was before and False."""
        _check_may(actor)
        _check_own(actor, program_id)
        if program_id not in self._rulebook().programs.records:
            raise ServiceError(Problem.PROGRAM_NOT_FOUND, id=program_id)
        with self._catalogue.database.reading() as connection:
            few = sum(row[2] for row in self._catalogue.applications.counts(connection, (program_id,))) <= FEW
        count = self._count if few else self.count
        state = (self._catalogue.revisions.now(), self._clock().date())
        return self._boards(program_id, state, lambda: count(program_id), waits=waits or few)

    @by_clerk
    def count(self, program_id: str) -> Board:
        """Judge all of a program's applications, which takes .1 ms each."""
        return self._count(program_id)

    def _count(self, program_id: str) -> Board:
        counted: dict[str, list[int]] = {}
        reviewers: dict[str, list[int]] = {}
        settled = 0
        pairs = self.pairs([program_id], Settling(self._clock().date()))
        for pair, history in pairs:
            for line in pair.lines:
                counted.setdefault(line.code, [0, 0, 0])[line.result] += 1
            is_settled = not pair.open
            settled += is_settled
            own = reviewers.setdefault(history.reviewer or "", [0, 0])
            own[0] += 1
            own[1] += is_settled
        requirements = {code: (n[0], n[1], n[2]) for code, n in counted.items()}
        return Board(
            program_id, len(pairs), settled, requirements, {name: (n[0], n[1]) for name, n in reviewers.items()}
        )

    def check(self, asked: Recording) -> None:
        """Raise BadData with everything that is missing in a recording or can't be read."""
        check(asked, self._clock().date())

    def reviewers(self, program_id: str) -> list[User]:
        """Who may review a program's applications: whoever may decide on them and may enter."""
        with self._catalogue.database.reading() as connection:
            users = self._users.page(connection, limit=None)
        return [user for user in users if _may_review(user, program_id)]

    def share(self, program_id: str, reviewers: Sequence[str], key: str, actor: Actor) -> int:
        """Assign a program's applications that nobody reviews to reviewers in turn; gives how many there were.

        Raises ServiceError as `record` does, and BadData without reviewers.
        """
        _check_may(actor)
        if not reviewers:
            raise BadData([Fault("missing", field="reviewers")])
        free = [stored.record.id for stored in self.all({"program_id": program_id}, actor) if not stored.reviewer]
        for place, reviewer in enumerate(reviewers):
            own = tuple(free[place :: len(reviewers)])
            if own:
                self.record(Recording(own, EntryKind.ASSIGNMENT, reviewer), f"{key}-{place}", actor)
        return len(free)

    def record(self, asked: Recording, key: str, actor: Actor) -> Recorded:
        """Record the same on one or more applications, or answer with what this key has recorded already.

        Raises ServiceError `person_required`, `forbidden`, `not_your_program`, `application_not_found`,
        `idempotency_key_in_flight`, `idempotency_key_reused`, `step_not_allowed`, `not_selected`, `firm_listed`,
        and BadData for details that are missing or wrong.
        """
        if not actor.is_person:
            raise ServiceError(Problem.PERSON_REQUIRED)
        _check_may(actor)
        self.check(asked)
        try:
            with self._catalogue.database.writing_alone(f"record {actor.id} {key}") as connection:
                self._catalogue.revisions.hold(connection)  # before the audit trail's turn, as everywhere
                self._catalogue.audit.hold(connection)
                earlier = self._records.replies.get(connection, actor.id, key)
                if earlier is not None:
                    return self._again(connection, earlier, asked, actor)
                added = self._made(connection, asked, actor)
                self._catalogue.applications.add(connection, added)
                revision = self._catalogue.revisions.next(connection)  # every process is to count anew
                if asked.kind is EntryKind.STEP:
                    self._write_histories(connection, added, revision)
                details = {"about": asked.about, "state": asked.state, "count": len(added)}
                subject = AuditSubject("application", added[0].application_id if len(added) == 1 else "several")
                row = self._catalogue.audit.record(connection, actor, f"record_{asked.kind}", subject, details)
                self._records.replies.put(connection, actor.id, key, KeyReply(digest_of(asked), row.seq))
                return Recorded(tuple(added))
        except ClaimedError as error:
            raise ServiceError(Problem.IDEMPOTENCY_KEY_IN_FLIGHT) from error

    def _again(self, connection: Connection, earlier: KeyReply, asked: Recording, actor: Actor) -> Recorded:
        if earlier.request != digest_of(asked):
            raise ServiceError(Problem.IDEMPOTENCY_KEY_REUSED)
        [row] = self._catalogue.audit.latest(connection, before=earlier.result + 1, limit=1, filters={})
        said = (asked.kind, asked.about, asked.state, actor.id)
        own = {
            entry.application_id: entry
            for history in self._catalogue.applications.histories(connection, asked.applications).values()
            for entry in history.entries
            if (entry.kind, entry.about, entry.state, entry.actor_id) == said and entry.at <= row.at
            if asked.details.items() <= entry.details.items()
        }
        return Recorded(tuple(own.values()), is_replay=True)

    def _made(self, connection: Connection, asked: Recording, actor: Actor) -> list[DeskEntry]:
        stored = self._some(connection, asked.applications, actor)
        histories = self._catalogue.applications.histories(connection, asked.applications)
        at, added = self._catalogue.audit.now(), []
        is_check = asked.kind is EntryKind.CHECK  # only a check asks for the rules, which need a model
        machine = Machine(self._rulebook().ledger, self._clock().date()) if is_check else None
        for identifier in dict.fromkeys(asked.applications):
            record, history = stored[identifier].record, histories[identifier]
            if machine:
                self._check_requirement(machine, record, asked.about)
            details = {**asked.details, **self._checked(connection, asked, record, history)}
            who = (actor.id, actor.name, at)
            added.append(
                DeskEntry(identifier, len(history.entries) + 1, asked.kind, asked.about, asked.state, details, *who)
            )
        return added

    def _checked(
        self, connection: Connection, asked: Recording, record: Application, history: History
    ) -> dict[str, str | int]:
        """Check what only the catalogue can tell of one application; gives what is to be noted beside."""
        match asked.kind:
            case EntryKind.ASSIGNMENT if asked.about:
                self._check_reviewer(connection, record, asked.about)
            case EntryKind.OVERRIDE:
                if asked.about not in {f"l-{each.listing}" for each in self._standings(connection, record)}:
                    raise BadData([Fault("not_on_list", field="about", value=shown(asked.about))])
            case EntryKind.STEP:
                return self._check_step(
                    connection, AgreementStep(asked.about), record, history, asked.details.get("year")
                )
        return {}

    def _check_requirement(self, machine: Machine, record: Application, code: str) -> None:
        rulebook = self._rulebook()
        startup = rulebook.startups.records.get(record.startup_id, Startup(record.startup_id))
        known = machine(startup, record, rulebook.programs.records[record.program_id])
        if code not in known:
            raise BadData([Fault("not_allowed", field="about", value=shown(code), allowed=", ".join(sorted(known)))])

    def _check_reviewer(self, connection: Connection, record: Application, user_id: str) -> None:
        user = self._users.get(connection, user_id)
        if user is None or user.shut_out_at is not None:
            raise ServiceError(Problem.USER_NOT_FOUND, id=user_id)
        if user.programs is not None and record.program_id not in user.programs:
            raise ServiceError(Problem.NOT_YOUR_PROGRAM, id=record.program_id)

    def _check_step(
        self, connection: Connection, step: AgreementStep, record: Application, history: History, year: int | None
    ) -> dict[str, str | int]:
        if step not in NEXT[history.step]:
            allowed = ", ".join(sorted(NEXT[history.step]))
            raise ServiceError(
                Problem.STEP_NOT_ALLOWED, id=record.id, step=step, last=history.step or "-", allowed=allowed
            )
        if step is AgreementStep.RESULT:
            check_year(history, year)
        if step is AgreementStep.REVERTED and not history.ended_agreement:
            return {}
        ref = self._records.startup_refs.of(connection, record.startup_id)
        decided = self._records.decisions.of_pair(connection, record.program_id, ref)
        if not decided or decided[-1].action is not DecisionAction.SELECTED:
            raise ServiceError(Problem.NOT_SELECTED, id=record.id)
        if step in (AgreementStep.AGREED, AgreementStep.REVERTED):
            standing = [each for each in self._standings(connection, record) if not standings.overriding(history, each)]
            if standing:
                ids = ", ".join(f"l-{each.listing} ({each.source})" for each in standing)
                raise ServiceError(Problem.FIRM_LISTED, id=record.id, lists=ids)
        return {"decision": decided[-1].id} if step in (AgreementStep.PLEDGED, AgreementStep.AGREED) else {}

    def _standings(self, connection: Connection, record: Application) -> Sequence[ListedFirm]:
        return self._listings.of_firm(connection, record.startup_id)

    def _write_histories(self, connection: Connection, added: Sequence[DeskEntry], revision: int) -> None:
        """Let the firms' own histories say how far they are, so that every rule reads it."""
        applications, today = self._catalogue.applications, self._clock().date()
        for each in applications.some(connection, [entry.application_id for entry in added]).values():
            startup = self._catalogue.startups.get(connection, each.record.startup_id)
            program = self._catalogue.programs.get(connection, each.record.program_id)
            if startup and program:
                call = call_of(program.record, today)
                firms = [other.record for other in applications.of_firm(connection, startup.record.id)]
                rows = self._catalogue.programs.some(connection, [other.program_id for other in firms])
                own = [
                    r.id for r in firms if r.program_id in rows and call_of(rows[r.program_id].record, today) == call
                ]
                histories = applications.histories(connection, own)
                new = with_steps(startup.record, call, [histories[identifier] for identifier in own])
                self._catalogue.startups.put(connection, new, revision)

    def _some(self, connection: Connection, identifiers: Sequence[str], actor: Actor) -> dict[str, StoredApplication]:
        if len(identifiers) > MOST_TOGETHER:
            raise BadData([Fault("too_long", field="applications", allowed=str(MOST_TOGETHER))])
        stored = self._catalogue.applications.some(connection, identifiers)
        for identifier in identifiers:
            if identifier not in stored:
                raise ServiceError(Problem.APPLICATION_NOT_FOUND, id=shown(identifier))
            _check_own(actor, stored[identifier].record.program_id)
        return stored


def digest_of(asked: Recording) -> str:
    """SHA-256 of the whole: tells a retry from another request."""
    return hashlib.sha256(orjson.dumps(asdict(asked), option=orjson.OPT_SORT_KEYS)).hexdigest()


def _may_review(user: User, program_id: str) -> bool:
    is_bound_away = user.programs is not None and program_id not in user.programs
    return user.shut_out_at is None and not is_bound_away and Scope.DECIDE in PERMITTED[user.role]


def _check_may(actor: Actor) -> None:
    if not actor.may(Scope.DECIDE):
        raise ServiceError(Problem.FORBIDDEN, scope=Scope.DECIDE)


def _check_own(actor: Actor, program_id: str) -> None:
    if actor.is_bound_away_from(program_id):
        raise ServiceError(Problem.NOT_YOUR_PROGRAM, id=program_id)
