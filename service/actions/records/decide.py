"""Decide: a named person records what was decided on a startup at a program; nothing is overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date

import orjson

from model.decisions import NEXT, DecisionAction, may_follow
from model.faults import Fault
from service.actions.catalogue.edit import Precondition, agree
from service.errors import Problem, ServiceError
from service.identity import Actor, Scope
from service.storage.claims import ClaimedError
from service.storage.database import Connection
from service.storage.records.audit import AuditSubject
from service.storage.records.decisions import EVENT, Decision
from service.storage.records.replies import KeyReply
from service.storage.repositories import Catalogue, Records

Unmet = Callable[[str, str, date | None], Sequence[str]]
FAULTS: Mapping[Problem, str] = {
    Problem.STARTUP_NOT_FOUND: "unknown_startup",
    Problem.PROGRAM_NOT_FOUND: "unknown_program",
    Problem.RUN_UNKNOWN: "run_of_others",
    Problem.PRECONDITION_REQUIRED: "decided_since",
    Problem.PRECONDITION_FAILED: "decided_since",
    Problem.TRANSITION_NOT_ALLOWED: "out_of_turn",
    Problem.RULES_UNMET: "rules_unmet",
}
"""What the refusal of one among several decisions is called."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants to decide, and the run that they looked at.

    `despite` names the rules of which they know that the startup fails them, as judged `on` a day (None: today).
    """

    program_id: str
    startup_id: str
    action: DecisionAction
    reason: str
    run_id: str | None = None
    despite: tuple[str, ...] = ()
    on: date | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the whole: tells a retry from another request."""
        return hashlib.sha256(orjson.dumps(asdict(self))).hexdigest()


@dataclass(frozen=True, slots=True)
class Ticked:
    """One choice of several: what is known of its pair's history, and the name by which a refusal calls it."""

    choice: Choice
    precondition: Precondition
    name: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision, and whether it had been recorded before by the same key."""

    decision: Decision
    is_replay: bool


class Decide:
    """Writes decisions, each with its row of the audit trail, in one transaction.

    `unmet` names the rules that a startup fails at a program on a day (None: today).
    """

    def __init__(self, catalogue: Catalogue, records: Records, unmet: Unmet = lambda *_: ()) -> None:
        self._catalogue, self._records, self._unmet = catalogue, records, unmet

    def __call__(self, choice: Choice, precondition: Precondition, key: str, actor: Actor) -> Decided:
        """Record a decision, or answer with the one that this key stands for already.

        `precondition` is what the caller knows of the pair's history by its last decision's number. Raises ServiceError
        `person_required`, `forbidden`, `not_your_program`, `idempotency_key_in_flight`, `idempotency_key_reused`,
        `precondition_required`, `precondition_failed`, `transition_not_allowed` and those for unknown ids.
        """
        _check_may_decide(actor, choice.program_id)
        with self._alone(actor, key) as connection:
            earlier = self._records.replies.get(connection, actor.id, key)
            if earlier is not None:
                return Decided(self._same_again(connection, earlier, choice.digest, 1)[0], is_replay=True)
            decision = self._record(connection, choice, precondition, actor)
            self._records.replies.put(connection, actor.id, key, KeyReply(choice.digest, decision.seq))
            return Decided(decision, is_replay=False)

    def together(self, items: Sequence[Ticked], key: str, actor: Actor) -> tuple[Decision, ...]:
        """Record a decision on each pair, all in one transaction or none; or answer with what this key stands for.

        Raises ServiceError as one decision does, and `decisions_refused` with a fault for each that can't be recorded.
        """
        for item in items:
            _check_may_decide(actor, item.choice.program_id)
        digest = hashlib.sha256("".join(item.choice.digest for item in items).encode()).hexdigest()
        with self._alone(actor, key) as connection:
            earlier = self._records.replies.get(connection, actor.id, key)
            if earlier is not None:
                return self._same_again(connection, earlier, digest, len(items))
            decisions = self._recorded(connection, items, actor)
            self._records.replies.put(connection, actor.id, key, KeyReply(digest, decisions[0].seq))
            return decisions

    @contextmanager
    def _alone(self, actor: Actor, key: str) -> Iterator[Connection]:
        """One transaction for what an idempotency key stands for, while nobody else writes."""
        try:
            with self._catalogue.database.writing_alone(f"decide {actor.id} {key}") as connection:
                self._catalogue.revisions.hold(connection)  # before the audit trail's turn, as everywhere
                self._catalogue.audit.hold(connection)
                yield connection
        except ClaimedError as error:
            raise ServiceError(Problem.IDEMPOTENCY_KEY_IN_FLIGHT) from error

    def _recorded(self, connection: Connection, items: Sequence[Ticked], actor: Actor) -> tuple[Decision, ...]:
        decisions, faults = [], []
        for place, item in enumerate(items):
            try:
                decisions.append(self._record(connection, item.choice, item.precondition, actor))
            except ServiceError as error:
                code, allowed = FAULTS[error.code], str(error.facts.get("rules", error.facts.get("allowed", "")))
                name, startup = item.name or f"decisions.{place}", item.choice.startup_id
                faults.append(Fault(code, field=name, value=startup, allowed=allowed))
        if faults:  # raised within the transaction, so that what was recorded of the others is taken back
            raise ServiceError(Problem.DECISIONS_REFUSED, faults=faults, count=len(faults))
        return tuple(decisions)

    def _same_again(self, connection: Connection, earlier: KeyReply, digest: str, count: int) -> tuple[Decision, ...]:
        """What was recorded by the same key: rows that follow one another, since nobody else wrote meanwhile."""
        seqs = range(earlier.result, earlier.result + count)
        decisions = tuple(filter(None, (self._records.decisions.one(connection, seq) for seq in seqs)))
        if earlier.request != digest or len(decisions) != count:
            raise ServiceError(Problem.IDEMPOTENCY_KEY_REUSED)
        return decisions

    def _record(self, connection: Connection, choice: Choice, precondition: Precondition, actor: Actor) -> Decision:
        if self._catalogue.programs.get(connection, choice.program_id) is None:
            raise ServiceError(Problem.PROGRAM_NOT_FOUND, id=choice.program_id)
        if self._catalogue.startups.get(connection, choice.startup_id) is None:
            raise ServiceError(Problem.STARTUP_NOT_FOUND, id=choice.startup_id)
        if choice.run_id is not None and not self._is_about(connection, choice.run_id, choice):
            raise ServiceError(Problem.RUN_UNKNOWN, id=choice.run_id)
        ref = self._records.startup_refs.of(connection, choice.startup_id)
        history = self._records.decisions.of_pair(connection, choice.program_id, ref)
        last = history[-1] if history else None
        agree(last.number if last else None, precondition, creating=False)
        previous = last.action if last else None
        if not may_follow(previous, choice.action):
            allowed = ", ".join(sorted(NEXT[previous]))
            raise ServiceError(
                Problem.TRANSITION_NOT_ALLOWED, action=choice.action, last=previous or "-", allowed=allowed
            )
        if choice.action is DecisionAction.SELECTED:
            unmet = set(self._unmet(choice.startup_id, choice.program_id, choice.on)) - set(choice.despite)
            if unmet:
                raise ServiceError(Problem.RULES_UNMET, id=choice.startup_id, rules=", ".join(sorted(unmet)))
        return self._added(connection, choice, actor, ref, number=last.number + 1 if last else 1)

    def _is_about(self, connection: Connection, run_id: str, choice: Choice) -> bool:
        run = self._records.runs.get(connection, run_id)
        asked = {"programs": choice.startup_id, "startups": choice.program_id}
        return run is not None and run.subject_id == asked[run.asks]

    def _added(self, connection: Connection, choice: Choice, actor: Actor, ref: str, *, number: int) -> Decision:
        audit = self._catalogue.audit
        bare = Decision(
            seq=audit.head(connection).count + 1,
            program_id=choice.program_id,
            startup_ref=ref,
            number=number,
            action=choice.action,
            reason=choice.reason,
            run_id=choice.run_id,
            actor_id=actor.id,
            actor_name=actor.name,
            at=audit.now(),
        )
        self._records.decisions.add(connection, bare)
        self._catalogue.revisions.next(connection)  # what is decided is known to every process from now on
        details = {"decision": bare.id, **({"despite": list(choice.despite)} if choice.despite else {})}
        audit.record(connection, actor, EVENT, AuditSubject("program", choice.program_id), details)
        return replace(bare, startup_id=choice.startup_id)


def _check_may_decide(actor: Actor, program_id: str) -> None:
    if not actor.is_person:
        raise ServiceError(Problem.PERSON_REQUIRED)
    if not actor.may(Scope.DECIDE):
        raise ServiceError(Problem.FORBIDDEN, scope=Scope.DECIDE)
    if actor.is_bound_away_from(program_id):
        raise ServiceError(Problem.NOT_YOUR_PROGRAM, id=program_id)
