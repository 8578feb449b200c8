"""Objections: a request to look again is recorded, the answer is made again, and a person answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from model.domain import Match
from service.actions.matching.match import Matching, Run
from service.actions.records.browse_decisions import numbered
from service.actions.records.replay_run import PastRun, ReplayRun
from service.errors import Problem, ServiceError
from service.identity import Actor, Scope
from service.storage.database import Connection
from service.storage.records.audit import AuditSubject
from service.storage.records.objections import Objection, ObjectionReply, Objections, Settled
from service.storage.repositories import Catalogue, Records


@dataclass(frozen=True, slots=True)
class Complaint:
    """What somebody objects to: a run, or a decision by its id; `candidate_id` is the other side of the run's pair."""

    sender: str
    text: str
    run_id: str | None = None
    decision_id: str | None = None
    candidate_id: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What an objection is about, made again: the run, the pair's match in it, and how far it was from being shown.

    `refusal` says why the run can't be made again; `past` then still holds what was first sent, and `candidate` names
    the pair's other side in it. `lowest` is the score of the last match that was shown.
    """

    objection: Objection
    run: Run | None = None
    match: Match | None = None
    shown: int = 0
    lowest: int | None = None
    refusal: ServiceError | None = None
    past: PastRun | None = None
    candidate: str | None = None

    def sent(self, language: str) -> Mapping[str, Any] | None:
        """The pair as it was first sent, in a language, else in one in which it was; None where it was not shown."""
        answers = self.past.answers if self.past else {}
        body = next((a.body for a in (answers.get(language), *answers.values()) if a and a.body), None)
        if self.past is None or body is None:
            return None
        listed, side = ("matches", "program") if self.past.record.asks == "programs" else ("candidates", "startup")
        shown: list[dict[str, Any]] = orjson.loads(body).get(listed, [])
        return next((match for match in shown if match.get(side, {}).get("id") == self.candidate), None)


class AnswerObjections:
    """Keeps objections, each change with its row of the audit trail."""

    def __init__(self, catalogue: Catalogue, records: Records, replay: ReplayRun, matching: Matching) -> None:
        self._catalogue, self._records = catalogue, records
        self._replay, self._matching, self._objections = replay, matching, Objections()

    def record(self, complaint: Complaint, actor: Actor) -> Objection:
        """Keep an objection; raises ServiceError `objection_about_nothing` or the codes for unknown ids."""
        if (complaint.run_id is None) == (complaint.decision_id is None):
            raise ServiceError(Problem.OBJECTION_ABOUT_NOTHING)
        with self._catalogue.database.writing() as connection:
            seq = self._catalogue.audit.hold(connection).count + 1
            objection = replace(self._about(connection, complaint, actor), seq=seq)
            if actor.programs is not None and objection.program_id not in actor.programs:
                raise ServiceError(Problem.OBJECTION_NOT_FOUND, id=objection.id)  # 403 would tell that there is one
            self._objections.add(connection, objection)
            kind = "program" if objection.program_id else "run"
            subject = AuditSubject(kind, objection.program_id or objection.run_id or "")
            self._catalogue.audit.record(connection, actor, "object", subject, {"objection": objection.id})
        return objection

    def answer(self, identifier: str, outcome: Settled, text: str, actor: Actor) -> Objection:
        """Keep a person's answer; raises ServiceError `person_required` or `objection_answered`."""
        if not actor.is_person:
            raise ServiceError(Problem.PERSON_REQUIRED)
        if not actor.may(Scope.DECIDE):
            raise ServiceError(Problem.FORBIDDEN, scope=Scope.DECIDE)
        with self._catalogue.database.writing() as connection:
            seq = self._catalogue.audit.hold(connection).count + 1
            objection = self._present(connection, identifier, actor)
            if objection.reply is not None:
                raise ServiceError(Problem.OBJECTION_ANSWERED, id=identifier)
            said = ObjectionReply(objection.seq, seq, outcome, text, actor.id, actor.name, self._catalogue.audit.now())
            self._objections.answer(connection, said)
            details = {"objection": objection.id, "outcome": outcome}
            self._catalogue.audit.record(connection, actor, "answer", AuditSubject("objection", objection.id), details)
        return replace(objection, reply=said)

    def one(self, identifier: str, actor: Actor) -> Objection:
        """One objection; raises ServiceError `objection_not_found`."""
        with self._catalogue.database.reading() as connection:
            return self._present(connection, identifier, actor)

    def page(
        self, *, after: int, limit: int, state: str | None, actor: Actor
    ) -> tuple[tuple[Objection, ...], int | None]:
        """Some objections, oldest first, and the place behind which the next page starts."""
        with self._catalogue.database.reading() as connection:
            read, programs = self._objections.page, actor.programs
            objections = read(connection, after=after, limit=limit + 1, state=state, programs=programs)
        return tuple(objections[:limit]), objections[limit - 1].seq if len(objections) > limit else None

    def all(self, state: str | None, actor: Actor) -> Sequence[Objection]:
        """Every objection of a state, oldest first, as far as the reader's programs go."""
        with self._catalogue.database.reading() as connection:
            return self._objections.page(connection, after=0, limit=None, state=state, programs=actor.programs)

    def waiting(self, actor: Actor) -> int:
        """How many wait for an answer, as far as the reader's programs go."""
        with self._catalogue.database.reading() as connection:
            return self._objections.open_count(connection, actor.programs)

    def review(self, identifier: str, actor: Actor) -> Review:
        """Make again what an objection is about, with the pair's reasons, checks and what would have changed them."""
        objection = self.one(identifier, actor)
        if objection.run_id is None:
            return Review(objection)
        past = self._replay.find(objection.run_id, actor)
        candidate = objection.program_id
        if past.record.asks != "programs":
            ref = objection.startup_ref or ""
            with self._catalogue.database.reading() as connection:
                candidate = self._records.startup_refs.ids(connection, {ref}).get(ref)
        try:
            run = self._replay(past)
        except ServiceError as refusal:
            return Review(objection, refusal=refusal, past=past, candidate=candidate)
        shown = self._matching.matches(run)
        lowest = shown[-1].units if shown else None
        pair = None if candidate is None else self._matching.placed(run, candidate)
        return Review(objection, run, pair, len(shown), lowest)

    def _about(self, connection: Connection, complaint: Complaint, actor: Actor) -> Objection:
        bare = Objection(
            seq=0,
            run_id=complaint.run_id,
            decision=None,
            program_id=None,
            startup_ref=None,
            sender=complaint.sender,
            text=complaint.text,
            actor_id=actor.id,
            actor_name=actor.name,
            at=self._catalogue.audit.now(),
        )
        if complaint.decision_id is not None:
            seq = numbered(complaint.decision_id, "d-")
            decision = self._records.decisions.one(connection, seq) if seq else None
            if decision is None:
                raise ServiceError(Problem.DECISION_NOT_FOUND, id=complaint.decision_id)
            named = replace(bare, decision=decision.seq, run_id=decision.run_id)
            return replace(named, program_id=decision.program_id, startup_ref=decision.startup_ref)
        run = self._records.runs.get(connection, complaint.run_id or "")
        if run is None:
            raise ServiceError(Problem.RUN_NOT_FOUND, id=complaint.run_id)
        program, startup = (
            (complaint.candidate_id, run.subject_id)
            if run.asks == "programs"
            else (run.subject_id, complaint.candidate_id)
        )
        is_stored = startup is not None and self._catalogue.startups.get(connection, startup) is not None
        ref = self._records.startup_refs.of(connection, startup) if startup is not None and is_stored else None
        return replace(bare, program_id=program, startup_ref=ref)

    def _present(self, connection: Connection, identifier: str, actor: Actor) -> Objection:
        seq = numbered(identifier, "o-")
        objection = self._objections.one(connection, seq) if seq else None
        if objection is None or (actor.programs is not None and objection.program_id not in actor.programs):
            raise ServiceError(Problem.OBJECTION_NOT_FOUND, id=identifier)
        return objection
