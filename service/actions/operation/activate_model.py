"""Activate a model: a named person lets another version answer, or lets the one before answer again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from model.faults import BadData, Fault
from service.errors import Problem, ServiceError
from service.identity import SERVICE, Actor
from service.storage.matching.registry import Registry, Version
from service.storage.records.audit import AuditSubject
from service.storage.records.chain import AuditRow
from service.storage.repositories import Catalogue
from service.telemetry import log

INTENTS = ("activate_model", "roll_back_model")
SETTLED, STRANGE = "settle_model_change", "find_model"
"""What became of an intent, and a version in use that no row has put there."""
NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Activated:
    """The version in use now, and the one before (None: there was none)."""

    name: str
    before: str | None


class ActivateModel:
    """Changes the version in use after it has proved itself; a bad one is refused and the old one stays.

    The trail first tells what somebody wants, then CURRENT changes, then the trail tells what came of it: whatever
    stops in between is settled by `repair`.
    """

    def __init__(self, registry: Registry, catalogue: Catalogue) -> None:
        self._registry, self._database, self._audit = registry, catalogue.database, catalogue.audit

    def versions(self) -> tuple[Version, ...]:
        """Every published version, the newest first."""
        return self._registry.versions()

    def activate(self, name: str, reason: str, actor: Actor) -> Activated:
        """Let a version (or `newest`) answer from now on; raises BadData when no reason is given.

        Raises ServiceError `model_version_not_found`, `artifact_refused`, `model_change_running` or
        `artifacts_not_writable`. Workers follow within seconds, and requests in flight end on the old version.
        """
        if not reason.strip():
            raise BadData([Fault("missing", field="reason")])
        with self._registry.changing():
            versions = [version.name for version in self._registry.versions() if version.manifest]
            is_newest = name == NEWEST and NEWEST not in versions
            return self._change("activate_model", versions[0] if is_newest and versions else name, reason, actor)

    def rollback(self, reason: str, actor: Actor) -> Activated:
        """Let the version before answer again; raises ServiceError `no_previous_model` too."""
        if not reason.strip():
            raise BadData([Fault("missing", field="reason")])
        with self._registry.changing():
            name = self._registry.previous()
            if name is None or name == self._registry.named():
                raise ServiceError(Problem.NO_PREVIOUS_MODEL)
            return self._change("roll_back_model", name, reason, actor)

    def repair(self) -> None:
        """Settle a change that was stopped half way, and report a version that nobody has put in use; call at a start.

        Raises ServiceError `model_change_running` or `artifacts_not_writable`.
        """
        with self._registry.changing():
            self._repair()

    def _repair(self) -> None:
        last, current = self._last(INTENTS), self._registry.named()
        settled = self._last((SETTLED, STRANGE))
        if last is not None and (settled is None or settled.seq < last.seq):
            wanted = orjson.loads(last.details)
            if current == wanted["before"] != last.subject and "earlier" in wanted:
                self._registry.put_back(current, wanted["earlier"])  # PREVIOUS may have moved on already
            self._settle(last.subject, last.seq, is_done=current == last.subject)
        elif current is not None and current != self._expected(last, settled):
            with self._database.writing() as connection:
                self._audit.record(connection, SERVICE, STRANGE, AuditSubject("model", current), {})
            log.logger().warning(STRANGE, version=current)

    def _change(self, event: str, name: str, reason: str, actor: Actor) -> Activated:
        self._registry.check(name)
        self._repair()
        before, earlier = self._registry.named(), self._registry.previous()
        with self._database.writing() as connection:
            facts = {"before": before, "earlier": earlier, "reason": reason}
            intent = self._audit.record(connection, actor, event, AuditSubject("model", name), facts)
        try:
            self._registry.put_in_use(name)
        except OSError as error:
            self._registry.put_back(before, earlier)
            self._settle(name, intent.seq, is_done=False)
            raise ServiceError(Problem.ARTIFACTS_NOT_WRITABLE) from error
        self._settle(name, intent.seq, is_done=True)
        log.logger().info(event, version=name, before=before, actor=actor.id)
        return Activated(name, before)

    def _settle(self, name: str, intent: int, *, is_done: bool) -> None:
        with self._database.writing() as connection:
            facts = {"intent": intent, "done": is_done}
            self._audit.record(connection, SERVICE, SETTLED, AuditSubject("model", name), facts)

    def _last(self, events: Sequence[str]) -> AuditRow | None:
        """The last row of the trail with one of these events."""
        with self._database.reading() as connection:
            changes = [
                row
                for event in events
                for row in self._audit.latest(connection, before=None, limit=1, filters={"deed": event})
            ]
        return max(changes, key=lambda row: row.seq, default=None)

    def _expected(self, last: AuditRow | None, settled: AuditRow | None) -> str | None:
        """The version that the trail says is in use."""
        if settled is None or settled.event == STRANGE:
            return settled.subject if settled else None
        if orjson.loads(settled.details)["done"]:
            return settled.subject
        before: str | None = orjson.loads(last.details)["before"] if last else None
        return before
