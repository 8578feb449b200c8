"""Merge firms: a person finds that two records are one firm, and may take that back."""

from __future__ import annotations

from dataclasses import replace

import orjson

from model.domain import Startup
from model.faults import BadData, Fault
from model.snapshot import rows
from model.vocabulary.numbers import bare_number
from service.errors import Problem, ServiceError
from service.identity import Actor, Scope
from service.storage.applications.merges import Merge, Merges
from service.storage.catalogue.outcomes import key as outcome_key
from service.storage.database import Connection
from service.storage.records.audit import AuditSubject
from service.storage.repositories import Catalogue


class MergeFirms:
    """Moves what one firm has handed in to another and takes its record away; undoing brings both back."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue, self._merges = catalogue, Merges()

    def __call__(self, keep: str, gone: str, reason: str, actor: Actor) -> Merge:
        """Merge `gone` into `keep`, whose own facts stay; raises ServiceError and BadData."""
        _check_may(actor, reason)
        if keep == gone:
            raise BadData([Fault("same_firm", field="gone", value=gone)])
        catalogue = self._catalogue
        with catalogue.database.writing() as connection:
            catalogue.revisions.hold(connection)
            catalogue.audit.hold(connection)
            stays, goes = self._present(connection, keep), self._present(connection, gone)
            outcomes = [outcome for outcome in catalogue.outcomes.all(connection) if outcome.startup_id == gone]
            moved = [replace(outcome, startup_id=keep) for outcome in outcomes]
            known = catalogue.outcomes.known(connection)
            catalogue.outcomes.add_all(connection, moved)
            new = [rows.plain(outcome) for outcome in moved if outcome_key(outcome) not in known]
            revision = catalogue.revisions.next(connection)
            applications = catalogue.applications.of_firm(connection, gone)
            for stored in applications:
                catalogue.applications.put(connection, [replace(stored.record, startup_id=keep)], revision)
            if not stays.business_number and goes.business_number:
                catalogue.startups.put(connection, replace(stays, business_number=goes.business_number), revision)
            catalogue.startups.remove(connection, gone, revision)
            body = {
                "startup": rows.plain(goes),
                "outcomes": [rows.plain(outcome) for outcome in outcomes],
                "moved": new,
                "applications": [stored.record.id for stored in applications],
                "had_number": bool(stays.business_number),
            }
            seq = catalogue.audit.head(connection).count + 1
            number = bare_number(goes.business_number)
            who = (actor.id, actor.name, catalogue.audit.now())
            merge = Merge(seq, keep, gone, number, orjson.dumps(body).decode(), reason, *who)
            self._merges.add(connection, merge)
            details = {"applications": len(applications), "outcomes": len(outcomes)}
            catalogue.audit.record(connection, actor, "merge_firms", AuditSubject("startup", keep), details)
            return merge

    def of(self, startup_id: str) -> list[Merge]:
        """The merges into a firm that hold, oldest first."""
        with self._catalogue.database.reading() as connection:
            return self._merges.of(connection, startup_id)

    def undo(self, identifier: str, reason: str, actor: Actor) -> Merge:
        """Part two firms again; what came after the merge stays with the one that stayed.

        Raises ServiceError `merge_not_found`, `merge_undone` and BadData.
        """
        _check_may(actor, reason)
        catalogue = self._catalogue
        with catalogue.database.writing() as connection:
            catalogue.revisions.hold(connection)
            catalogue.audit.hold(connection)
            merge = self._merges.one(connection, identifier)
            body = orjson.loads(merge.body) if merge else {}
            if merge is None or not body:
                raise ServiceError(Problem.MERGE_NOT_FOUND, id=identifier)
            if merge.undone is not None or catalogue.startups.get(connection, merge.gone) is not None:
                raise ServiceError(Problem.MERGE_UNDONE, id=identifier)
            # A number that came by the merge goes back with its firm, so that it is nobody's twice.
            revision = catalogue.revisions.next(connection)
            back = rows.startup(body["startup"])
            stays = catalogue.startups.get(connection, merge.remains)
            if stays and not body["had_number"] and bare_number(stays.record.business_number) == merge.firm_number:
                catalogue.startups.put(connection, replace(stays.record, business_number=None), revision)
            catalogue.startups.put(connection, back, revision)
            self._merges.take_outcomes(connection, [rows.outcome(outcome) for outcome in body["moved"]])
            catalogue.outcomes.add_all(connection, [rows.outcome(outcome) for outcome in body["outcomes"]])
            for stored in catalogue.applications.some(connection, body["applications"]).values():
                if stored.record.startup_id == merge.remains:
                    catalogue.applications.put(connection, [replace(stored.record, startup_id=merge.gone)], revision)
            seq = catalogue.audit.head(connection).count + 1
            self._merges.part(connection, merge.seq, seq)
            catalogue.audit.record(
                connection,
                actor,
                "part_firms",
                AuditSubject("startup", merge.remains),
                {"merge": identifier, "reason": reason},
            )
            return replace(merge, undone=seq)

    def _present(self, connection: Connection, identifier: str) -> Startup:
        stored = self._catalogue.startups.get(connection, identifier)
        if stored is None:
            raise ServiceError(Problem.STARTUP_NOT_FOUND, id=identifier)
        return stored.record


def _check_may(actor: Actor, reason: str) -> None:
    if not actor.is_person:
        raise ServiceError(Problem.PERSON_REQUIRED)
    if not actor.may(Scope.WRITE):
        raise ServiceError(Problem.FORBIDDEN, scope=Scope.WRITE)
    if not reason.strip():
        raise BadData([Fault("missing", field="reason")])
