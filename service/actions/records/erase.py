"""Erase: a startup's personal part goes from every store on request; decisions and rounds stay, under a pseudonym."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

import orjson

from model.rounds.written import erased, renamed, slate_of
from service.actions.records.answers_cut import without
from service.actions.records.naming import Occurrence, Rewording, StartupNames
from service.actions.rounds.run_round import outcome_of
from service.errors import Problem, ServiceError
from service.identity import Actor
from service.storage.access import accesses
from service.storage.access.sessions import Sessions
from service.storage.applications.listings import Listings
from service.storage.applications.merges import Merges
from service.storage.catalogue.heading_maps import HeadingMaps
from service.storage.catalogue.imports import Imports
from service.storage.catalogue.tables import startups
from service.storage.database import Connection
from service.storage.evidence import erasures
from service.storage.records.audit import AuditSubject
from service.storage.records.objections import Objections
from service.storage.repositories import Catalogue, Records
from service.storage.rounds.rounds import Erasure, Rounds
from service.storage.rounds.scorings import Scorings

EVENT = "erase"
FREE = frozenset({"reason", "file"})
"""What people wrote or named themselves among the details of audit rows."""


@dataclass(frozen=True, slots=True)
class ErasureReport:
    """How many states of the profile were deleted, runs emptied, rounds and decisions worded anew.

    `confirmed` are the occurrences elsewhere that were replaced on a person's word, `left` those that stay as they are.
    `trail` lists rows of the audit trail in which somebody named it as a reason: they can't be changed. `profiles` are
    texts of other startups and of programs that may name it: they are theirs, so a person looks and edits them there.
    """

    states: int
    runs: int
    rounds: int
    decisions: int
    confirmed: tuple[Occurrence, ...] = ()
    left: tuple[Occurrence, ...] = ()
    trail: tuple[int, ...] = ()
    profiles: tuple[Occurrence, ...] = ()


class Erase:
    """Erases startups; decisions, rounds and the audit trail are never deleted."""

    def __init__(self, catalogue: Catalogue, records: Records) -> None:
        self._catalogue, self._records = catalogue, records
        self._rounds, self._objections, self._imports = Rounds(), Objections(), Imports()

    def preview(self, startup_id: str, reason: str, actor: Actor) -> ErasureReport:
        """What `__call__` would do and what it would leave; nothing is changed. Raises `nothing_to_erase`."""
        with self._catalogue.database.undone() as connection:
            return self._erased(connection, startup_id, reason, actor, frozenset())

    def __call__(
        self, startup_id: str, reason: str, actor: Actor, confirmed: Collection[str] | None = frozenset()
    ) -> ErasureReport:
        """Delete a startup's profile in every state, and put its pseudonym where records about it name it.

        Its own texts go; what officials wrote stays without its names. Rounds and evaluators' scores come out as they
        did. Records about others stay as they are but for occurrences that a person has confirmed by their codes (None:
        all). Raises ServiceError `nothing_to_erase`, and `occurrence_unknown` when a confirmed text has changed.
        """
        with self._catalogue.database.writing() as connection:
            for merge in Merges().of(connection, startup_id):  # whoever was merged into it is the same firm
                self._erased(connection, merge.gone, reason, actor, confirmed)
            done = self._erased(connection, startup_id, reason, actor, confirmed)
            strangers = set(confirmed or ()) - {occurrence.code for occurrence in done.confirmed}
            if strangers:
                raise ServiceError(Problem.OCCURRENCE_UNKNOWN, codes=", ".join(sorted(strangers)))
        self._catalogue.database.scrub()
        return done

    def _erased(
        self, connection: Connection, startup_id: str, reason: str, actor: Actor, confirmed: Collection[str] | None
    ) -> ErasureReport:
        self._catalogue.revisions.hold(connection)
        self._catalogue.audit.hold(connection)
        refs, digests = self._records.startup_refs, self._catalogue.startups.digests_of(connection, startup_id)
        was_known = refs.known(connection, startup_id) is not None
        ref = refs.of(connection, startup_id)
        naming = StartupNames(startup_id, self._catalogue.startups.states(connection, startup_id), ref)
        said = Rewording(naming, confirmed)
        runs = self._records.runs.erase_subjects(connection, startup_id, digests)
        self._records.runs.cut_out(connection, runs, lambda body, is_own: without(body, startup_id, ref, is_own=is_own))
        rounds = self._from_rounds(connection, startup_id, said, ref)
        if not (digests or was_known or runs or rounds):
            raise ServiceError(Problem.NOTHING_TO_ERASE, id=startup_id)
        self._imports.erase(connection, startups.name, startup_id, said)
        self._from_catalogue(connection, startup_id, ref, said)
        self._objections.erase(connection, ref, runs, said)
        decisions = self._records.decisions.reworded(connection, ref, said)
        Scorings().reword(connection, said)
        HeadingMaps().reword(connection, said)
        self._records.replies.forget(connection, self._records.decisions.seqs(connection, ref))
        accesses.rename(connection, f"startup_id:{startup_id}", f"startup_id:{ref}")
        Sessions().forget_returning(connection, lambda path: startup_id in map(unquote, path.split("/")))
        profiles = tuple(
            Occurrence(f"{side}/{key}", name, text, naming.everywhere(text))
            for side, repository in (("startups", self._catalogue.startups), ("programs", self._catalogue.programs))
            for key, name, text in repository.naming(connection, naming.is_in, startup_id)
            if name != "id"
        )
        trail = tuple(
            row.seq
            for row in self._catalogue.audit.rows(connection)
            if any(naming.is_in(text) for text in _free_texts(orjson.loads(row.details)))
        )
        counts = {"states": len(digests), "runs": len(runs), "trail": list(trail)}
        counts |= {"confirmed": len(said.confirmed), "left": len(said.left)}
        details = {**counts, "rounds": rounds, "decisions": decisions, "reason": naming.everywhere(reason)}
        refs.forget(connection, startup_id)
        erasures.rise(connection)
        self._catalogue.audit.record(connection, actor, EVENT, AuditSubject("startup", ref, is_pseudonym=True), details)
        elsewhere = tuple(said.confirmed), tuple(said.left)
        return ErasureReport(len(digests), len(runs), len(rounds), decisions, *elsewhere, trail, profiles)

    def _from_catalogue(self, connection: Connection, startup_id: str, ref: str, said: Rewording) -> None:
        self._catalogue.applications.erase(connection, startup_id, ref, said)
        for state in self._catalogue.startups.states(connection, startup_id):
            Listings().erase(connection, state, ref, said)
        Merges().erase(connection, startup_id, ref, said)
        revision = self._catalogue.revisions.next(connection)
        if self._catalogue.startups.get(connection, startup_id) is not None:
            self._catalogue.startups.remove(connection, startup_id, revision)
        self._catalogue.startups.erase(connection, startup_id, revision)

    def _from_rounds(
        self, connection: Connection, startup_id: str, said: Rewording, ref: str
    ) -> Mapping[str, str | None]:
        """The digest that each round's outcome has from now on; None where it could not be reproduced any more."""
        digests: dict[str, str | None] = {}
        for stored, block in self._rounds.all(connection):
            record = f"rounds/{stored.id}"
            wheres = [rule.where for rule in stored.terms.bonuses] + [rule.where for rule in stored.terms.quotas]
            asked = {where.field for where in wheres}
            terms = renamed(stored.terms, startup_id, ref, lambda *text, about=record: said(about, *text))
            worded = replace(stored, name=said(record, "name", stored.name, False), terms=terms)
            slate = erased(block, startup_id, ref, asked) or block
            if slate is not block or worded != stored:
                # Digested without the startup only once it is proved that with it the round was still as it was run.
                is_sound = outcome_of(slate_of(block), stored.terms).digest == stored.present
                digests[stored.id] = outcome_of(slate_of(slate), worded.terms).digest if is_sound else None
                gone = Erasure(ref, self._catalogue.audit.now(), digests[stored.id])
                # A round in which it took no part names nobody who is gone, unless its outcome reads otherwise now.
                is_told = slate is not block or digests[stored.id] != stored.present
                left = replace(worded, erasures=(*stored.erasures, gone)) if is_told else worded
                self._rounds.erase(connection, left, slate, startup_id, ref)
        return digests


def _free_texts(details: object) -> Iterator[str]:
    for name, value in details.items() if isinstance(details, dict) else ():
        if name in FREE and isinstance(value, str):
            yield value
