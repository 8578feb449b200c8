"""Decide: a named person records what was decided on a startup at a program; nothing is overwritten."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, replace

import orjson

from model.decisions import NEXT, DecisionAction, may_follow
from service.actions.catalogue.edit import Precondition, agree
from service.errors import Problem, ServiceError
from service.identity import Actor, Scope
from service.storage.claims import ClaimedError
from service.storage.database import Connection
from service.storage.records.audit import AuditSubject
from service.storage.records.decisions import DEED, Decision
from service.storage.records.replies import KeyReply
from service.storage.repositories import Catalogue, Records


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants to decide, and the run that they looked at."""

    program_id: str
    startup_id: str
    action: DecisionAction
    reason: str
    run_id: str | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the whole: tells a retry from another request."""
        return hashlib.sha256(orjson.dumps(asdict(self))).hexdigest()


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision, and whether it had been recorded before by the same key."""

    decision: Decision
    is_replay: bool


class Decide:
    """Writes decisions, each with its row of the audit trail, in one transaction."""

    def __init__(self, catalogue: Catalogue, records: Records) -> None:
        self._catalogue, self._records = catalogue, records

    def __call__(self, choice: Choice, precondition: Precondition, key: str, actor: Actor) -> Decided:
        """Record a decision, or answer with the one that this key stands for already.

        `precondition` is what the caller knows of the pair's history by its last decision's number. Raises ServiceError
        `person_required`, `forbidden`, `not_your_program`, `idempotency_key_in_flight`, `idempotency_key_reused`,
        `precondition_required`, `precondition_failed`, `transition_not_allowed` and those for unknown ids.
        """
        _check_may_decide(actor, choice.program_id)
        try:
            with self._catalogue.database.writing_alone(f"decide {actor.id} {key}") as connection:
                return self._once(connection, choice, precondition, key, actor)
        except ClaimedError as error:
            raise ServiceError(Problem.IDEMPOTENCY_KEY_IN_FLIGHT) from error

    def _once(
        self, connection: Connection, choice: Choice, precondition: Precondition, key: str, actor: Actor
    ) -> Decided:
        self._catalogue.revisions.hold(connection)  # before the audit trail's turn, as everywhere
        self._catalogue.audit.hold(connection)
        earlier = self._records.replies.get(connection, actor.id, key)
        if earlier is not None:
            return self._again(connection, earlier, choice)
        decision = self._record(connection, choice, precondition, actor)
        self._records.replies.put(connection, actor.id, key, KeyReply(choice.digest, decision.seq))
        return Decided(decision, is_replay=False)

    def _again(self, connection: Connection, earlier: KeyReply, choice: Choice) -> Decided:
        decision = self._records.decisions.one(connection, earlier.result)
        if decision is None or earlier.request != choice.digest:
            raise ServiceError(Problem.IDEMPOTENCY_KEY_REUSED)
        return Decided(decision, is_replay=True)

    def _record(self, connection: Connection, choice: Choice, precondition: Precondition, actor: Actor) -> Decision:
        self._check_known(connection, choice)
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
        return self._added(connection, choice, actor, ref, number=last.number + 1 if last else 1)

    def _check_known(self, connection: Connection, choice: Choice) -> None:
        if self._catalogue.programs.get(connection, choice.program_id) is None:
            raise ServiceError(Problem.PROGRAM_NOT_FOUND, id=choice.program_id)
        if self._catalogue.startups.get(connection, choice.startup_id) is None:
            raise ServiceError(Problem.STARTUP_NOT_FOUND, id=choice.startup_id)
        if choice.run_id is not None and not self._is_about(connection, choice.run_id, choice):
            raise ServiceError(Problem.RUN_UNKNOWN, id=choice.run_id)

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
        audit.record(connection, actor, DEED, AuditSubject("program", choice.program_id), {"decision": bare.id})
        return replace(bare, startup_id=choice.startup_id)


def _check_may_decide(actor: Actor, program_id: str) -> None:
    if not actor.is_person:
        raise ServiceError(Problem.PERSON_REQUIRED)
    if not actor.may(Scope.DECIDE):
        raise ServiceError(Problem.FORBIDDEN, scope=Scope.DECIDE)
    if actor.is_bound_away_from(program_id):
        raise ServiceError(Problem.NOT_YOUR_PROGRAM, id=program_id)
