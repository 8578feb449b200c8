"""Run a selection round: what it recommends is kept with all that it rests on; it decides nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import orjson

from model.applications import MANUAL, requirement
from model.domain import Program
from model.eligibility import RULES, RULES_VERSION
from model.faults import Fault, shown
from model.rounds import QuotasOverlapError, RoundOutcome, Slate, Terms, checks, run
from model.rounds.checks import MOST_SEATS, TermChoices
from model.rounds.difference import RoundDifference, difference
from model.rounds.written import packed, plain, slate_of
from service.actions.applications.desk import Desk
from service.actions.applications.standings import AppliedPair, Settling, written
from service.actions.matching.match import Matching
from service.actions.matching.prepare import Prepared
from service.actions.rounds import interests
from service.actions.rounds import reasons as round_reasons
from service.actions.rounds.interests import Interests
from service.actions.rounds.slates import Prepping, conditions_for_a_person, prepare
from service.caches import Memo
from service.errors import Problem, ServiceError
from service.identity import Actor
from service.storage.evidence import erasures
from service.storage.records.audit import AuditSubject
from service.storage.repositories import Catalogue
from service.storage.rounds.rounds import Reasons, Rounds, StoredRound
from service.wording.rounds import profile

TOGETHER = 200
"""Rounds that are read at once where all are asked for."""

MOST_PAIRS = 4_000_000
"""Startups times programs of one round."""

MORE_SEATS = f"1-{MOST_SEATS}"
"""How many seats a round has altogether."""

MOST_REMEMBERED = 200_000
"""The same of all rounds together whose outcomes a process keeps at hand; each pair takes some hundred bytes."""


@dataclass(frozen=True, slots=True)
class AskedRound:
    """What somebody wants to run: `startups` None takes all stored ones, `on` None today.

    `settled_later` names requirements, one by one, whose open checks keep nobody out; `facts` tells of startups what
    their profiles don't hold, such as the representative's gender. With `applications`, the round is over those who
    have applied, and their papers count; `four_eyes` asks for two persons' word on each requirement.
    """

    name: str
    programs: tuple[str, ...]
    terms: Terms
    startups: tuple[str, ...] | None = None
    on: date | None = None
    settled_later: tuple[str, ...] = ()
    facts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    applications: bool = False
    four_eyes: bool = False


@dataclass(frozen=True, slots=True)
class Ran:
    """A round with its outcome; `is_new` is false where the same round had been run before."""

    stored: StoredRound
    outcome: RoundOutcome
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A round beside the same one under other terms, which is not kept."""

    before: Ran
    terms: Terms
    after: RoundOutcome
    difference: RoundDifference


@dataclass(frozen=True, slots=True)
class RoundPage:
    """Some rounds, newest first, and behind which the next page starts (None: this was the last)."""

    items: tuple[StoredRound, ...]
    after: str | None


class RunRound:
    """Runs rounds, keeps them, and reproduces them from what is kept; `clock` tells the present moment in Korea."""

    def __init__(self, catalogue: Catalogue, matching: Matching, clock: Callable[[], datetime], desk: Desk) -> None:
        self._catalogue, self._matching, self._clock, self._desk = catalogue, matching, clock, desk
        self._rounds = Rounds()
        self._outcomes = Memo[bytes, RoundOutcome](MOST_REMEMBERED, weigh=lambda o: o.standing.state.size, long=True)

    def __call__(self, asked: AskedRound, actor: Actor) -> Ran:
        """Run and keep a round; the same one again is answered with what is kept.

        Raises ServiceError for unknown ids, `not_your_program`, `program_not_ranked`, `seats_unknown`,
        `rule_unknown`, `round_too_large` and `quotas_overlap`.
        """
        prepared = self._matching.prepared()
        on = asked.on or self._clock().date()
        applied = self._applied(prepared, asked, on) if asked.applications else None
        if applied is not None:
            asked = replace(asked, startups=tuple(sorted({pair.application.startup_id for pair in applied})))
        elif MANUAL in asked.settled_later:
            asked = replace(asked, settled_later=_one_by_one(prepared, asked, on))
        startups = _known(prepared, asked, actor)
        prepared_round = prepare(prepared, startups, asked.programs, on, asked.settled_later, asked.facts, applied)
        identifier = _name(prepared, asked, on, prepared_round.inputs)
        earlier = self._get(identifier)
        if earlier is not None:
            return Ran(earlier, self._again(earlier))
        outcome = outcome_of(prepared_round.slate, asked.terms)
        stored = self._stored(identifier, prepared, asked, on, prepared_round, outcome, actor)
        reasons = round_reasons.of_outcome(prepared, outcome, on)
        papers = None if applied is None else written(applied)
        slate = packed(prepared_round.slate, prepared_round.items)
        self._keep(stored, slate, reasons, actor, prepared.erasures, papers)
        return Ran(stored, outcome, is_new=True)

    def _applied(self, prepared: Prepared, asked: AskedRound, on: date) -> list[AppliedPair]:
        """The applications to the round's programs, of the startups that were named if any were."""
        known = [program for program in asked.programs if program in prepared.programs.side.records]
        pairs = self._desk.pairs(known, Settling(on, asked.settled_later, asked.four_eyes))
        wanted = None if asked.startups is None else set(asked.startups)
        return [pair for pair, _ in pairs if wanted is None or pair.application.startup_id in wanted]

    def one(self, identifier: str, actor: Actor) -> Ran:
        """A kept round, run again from what is kept; raises ServiceError `round_not_found`."""
        stored = self.stored(identifier, actor)
        return Ran(stored, self._again(stored))

    def stored(self, identifier: str, actor: Actor) -> StoredRound:
        """A kept round's heading; raises ServiceError `round_not_found`."""
        stored = self._get(identifier)
        if stored is None or any(actor.is_bound_away_from(program) for program in stored.programs):
            raise ServiceError(Problem.ROUND_NOT_FOUND, id=identifier)
        return stored

    def what_if(self, identifier: str, terms: Terms, actor: Actor) -> WhatIf:
        """Run a kept round under other terms and compare; nothing is kept."""
        before = self.one(identifier, actor)
        slate = before.outcome.standing.slate
        stated = {name for entrant in slate.startups for name in entrant.facts}
        values = checks.values_of(self._matching.prepared().matcher.vocabulary.codes)
        _check(terms, TermChoices(slate.rows, slate.columns, values, stated))
        after = outcome_of(before.outcome.standing.slate, terms)
        return WhatIf(before, terms, after, difference(before.outcome, after))

    def page(self, *, after: str, limit: int, actor: Actor) -> RoundPage:
        """Up to `limit` rounds, newest first; somebody bound to programs sees those over theirs alone."""
        with self._catalogue.database.reading() as connection:
            stored_rounds = self._rounds.page(connection, after=after, limit=limit + 1)
        own = (stored for stored in stored_rounds[:limit] if not any(map(actor.is_bound_away_from, stored.programs)))
        return RoundPage(tuple(own), stored_rounds[limit - 1].id if len(stored_rounds) > limit else None)

    def all(self, actor: Actor) -> Iterator[StoredRound]:
        """Every round that `page` shows, newest first."""
        after: str | None = ""
        while after is not None:
            page = self.page(after=after, limit=TOGETHER, actor=actor)
            yield from page.items
            after = page.after

    def reasons(self, ran: Ran) -> Reasons:
        """Why the startups that a round lists first have their base scores, as the matcher said when it was run."""
        with self._catalogue.database.reading() as connection:
            return self._rounds.reasons(connection, ran.stored.id)

    def names(self, language: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Names of startups and of programs as they are now, by id: in a language, else in the other, else the id."""
        prepared = self._matching.prepared()
        startups: dict[str, str] = {}
        programs: dict[str, str] = {}
        for side, called in ((prepared.startups.side, startups), (prepared.programs.side, programs)):
            for key, record in side.records.items():
                own, other = record.name, record.name_en
                called[key] = (own or other if language == "ko" else other or own) or key
        return startups, programs

    def profiles(self, language: str) -> Mapping[str, str]:
        """Where each startup is, its stage, founding and technologies, and what it says of itself, as they are now."""
        prepared = self._matching.prepared()
        vocabulary = prepared.matcher.vocabulary
        return {key: profile(vocabulary, record, language) for key, record in prepared.startups.side.records.items()}

    def interests(self, raw: bytes) -> Interests:
        """A committee's list of interests, read for the startups and programs that there are now; nothing is kept."""
        prepared = self._matching.prepared()
        return interests.read(raw, prepared.startups.side.records.values(), prepared.programs.side.records.values())

    def _get(self, identifier: str) -> StoredRound | None:
        with self._catalogue.database.reading() as connection:
            return self._rounds.get(connection, identifier)

    def _again(self, stored: StoredRound) -> RoundOutcome:
        with self._catalogue.database.reading() as connection:
            block = self._rounds.block(connection, stored.id)
        asked = hashlib.sha256(block + orjson.dumps(plain(stored.terms), option=orjson.OPT_SORT_KEYS)).digest()
        outcome = self._outcomes(asked, lambda: outcome_of(slate_of(block), stored.terms))
        if outcome.digest != stored.present:
            raise ServiceError(Problem.ROUND_DIFFERS, id=stored.id)
        return outcome

    def _stored(
        self,
        identifier: str,
        prepared: Prepared,
        asked: AskedRound,
        on: date,
        prepared_round: Prepping,
        outcome: RoundOutcome,
        actor: Actor,
    ) -> StoredRound:
        version = str(prepared.in_use.manifest.model_version)
        who = (identifier, self._clock().astimezone(UTC), actor.id, actor.name, asked.name)
        rests_on = (on, version, RULES_VERSION, prepared_round.inputs, outcome.digest)
        told_by = (asked.terms, asked.programs, asked.settled_later, prepared_round.open_checks)
        return StoredRound(*who, *rests_on, *told_by, (), asked.applications, asked.four_eyes)

    def _keep(
        self,
        stored: StoredRound,
        slate: bytes,
        reasons: Reasons,
        actor: Actor,
        erased: int,
        papers: Sequence[Mapping[str, object]] | None,
    ) -> None:
        with self._catalogue.database.writing() as connection:
            erasures.check(connection, erased)
            self._catalogue.audit.hold(connection)
            if self._rounds.get(connection, stored.id) is not None:  # another process was quicker
                return
            self._rounds.add(connection, stored, slate, reasons)
            if papers is not None:
                self._rounds.add_papers(connection, stored.id, papers)
            about = {"inputs": stored.inputs, "outcome": stored.outcome, "programs": len(stored.programs)}
            self._catalogue.audit.record(connection, actor, "run_round", AuditSubject("round", stored.id), about)


def outcome_of(slate: Slate, terms: Terms) -> RoundOutcome:
    """Run a round; raises ServiceError `quotas_overlap`."""
    try:
        return run(slate, terms)
    except QuotasOverlapError as error:
        raise ServiceError(Problem.QUOTAS_OVERLAP, program=error.program, quotas=", ".join(error.quotas)) from None


def _one_by_one(prepared: Prepared, asked: AskedRound, on: date) -> tuple[str, ...]:
    """What is settled later, with each condition for a person under its own name in place of the word for them all.

    Only a round over the catalogue, where nobody has handed in papers yet, may use that word.
    """
    known = prepared.programs.side.records
    programs = [known[key] for key in asked.programs if key in known]
    conditions = set().union(*(conditions_for_a_person(prepared, program, on) for program in programs))
    return (*(rule for rule in asked.settled_later if rule != MANUAL), *sorted(conditions))


def _known(prepared: Prepared, asked: AskedRound, actor: Actor) -> tuple[str, ...]:
    """Check that everything named is there; gives the startups that take part."""
    known = prepared.startups.side.records
    startups = tuple(known) if asked.startups is None else asked.startups
    blank = [*checks.text("name", asked.name), *(() if startups else (Fault("missing", field="startups"),))]
    _check_once(startups, "startups")
    _check_once(asked.programs, "programs")
    for program in asked.programs:
        _check_program(prepared.programs.side.records.get(program), program, actor)
    for startup in (*startups, *asked.facts):
        if startup not in known:
            raise ServiceError(Problem.STARTUP_NOT_FOUND, id=startup)
    manual = prepared.matcher.vocabulary.codes.manual_checks.by_code
    rules = {rule.name for rule in RULES if rule.name != MANUAL} | {requirement(MANUAL, code) for code in manual}
    unknown = sorted(set(asked.settled_later) - rules)
    if unknown:
        faults = [
            Fault("not_allowed", field="settled_later", value=shown(name), allowed=", ".join(sorted(rules)))
            for name in unknown
        ]
        raise ServiceError(Problem.RULE_UNKNOWN, rules=", ".join(unknown), faults=faults)
    if blank:
        raise ServiceError(Problem.INVALID_FIELDS, faults=blank)
    if len(startups) * len(asked.programs) > MOST_PAIRS:
        raise ServiceError(Problem.ROUND_TOO_LARGE, pairs=len(startups) * len(asked.programs), limit=MOST_PAIRS)
    offered = {key: prepared.programs.side.records[key].seats for key in asked.programs}
    without = [key for key, seats in offered.items() if seats is None and key not in asked.terms.seats]
    if without:
        raise ServiceError(Problem.SEATS_UNKNOWN, ids=", ".join(without[:10]))
    if not any({**offered, **asked.terms.seats}.values()):
        raise ServiceError(
            Problem.INVALID_FIELDS, faults=[Fault("out_of_range", field="terms.seats", allowed=MORE_SEATS)]
        )
    values = checks.values_of(prepared.matcher.vocabulary.codes)
    stated = {name for facts in asked.facts.values() for name in facts}
    wrong = checks.facts_faults(asked.facts, values)
    _check(asked.terms, TermChoices(set(startups), set(asked.programs), values, stated), "terms.", wrong)
    return startups


def _check_once(ids: Sequence[str], field: str) -> None:
    twice = [key for key, count in Counter(ids).items() if count > 1]
    if twice:
        raise ServiceError(Problem.INVALID_FIELDS, faults=[Fault("duplicate_id", field=field, value=twice[0])])


def _check_program(program: Program | None, identifier: str, actor: Actor) -> None:
    if program is None:
        raise ServiceError(Problem.PROGRAM_NOT_FOUND, id=identifier)
    if actor.is_bound_away_from(identifier):
        raise ServiceError(Problem.NOT_YOUR_PROGRAM, id=identifier)
    if not program.is_ranked:
        raise ServiceError(Problem.PROGRAM_NOT_RANKED, id=identifier)


def _check(terms: Terms, named: TermChoices, path: str = "", wrong: Sequence[Fault] = ()) -> None:
    """Check terms that stand below `path` of what was sent, whether API, console or CLI sent them.

    Raises ServiceError `invalid_fields`, or `not_in_round` where terms name who takes no part.
    """
    faults = [replace(fault, field=path + fault.field) for fault in checks.faults(terms, named)]
    faults += [replace(fault, field=f"facts.{fault.field}") for fault in wrong]
    if faults:
        raise ServiceError(Problem.INVALID_FIELDS, faults=faults)
    strangers = [replace(fault, field=path + fault.field) for fault in checks.strangers(terms, named)]
    if strangers:
        ids = sorted({fault.value for fault in strangers})
        raise ServiceError(Problem.NOT_IN_ROUND, ids=", ".join(ids[:10]), faults=strangers)


def _name(prepared: Prepared, asked: AskedRound, on: date, inputs: str) -> str:
    """Name a round by all that it rests on: the same one has the same id."""
    version = prepared.in_use.manifest.model_version
    parts: list[object] = [asked.name, version, RULES_VERSION, inputs, str(on), asked.settled_later, plain(asked.terms)]
    parts += [[asked.applications, asked.four_eyes]] if asked.applications else []
    parts += [prepared.erasures] if prepared.erasures else []  # who registers again is somebody new
    return "r-" + hashlib.sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]
