"""Activate a model: a named person lets another version answer, or lets the one before answer again."""

from __future__ import annotations

from dataclasses import dataclass

from model.faults import BadData, Fault
from service.errors import ServiceError
from service.identity import Actor
from service.storage.matching.registry import Registry, Version
from service.storage.records.audit import Subject
from service.storage.repositories import Catalogue
from service.telemetry import log


@dataclass(frozen=True, slots=True)
class Activated:
    """The version in use now, and the one before (None: there was none)."""

    name: str
    before: str | None


class ActivateModel:
    """Changes the version in use after it has proved itself; a bad one is refused and the old one stays."""

    def __init__(self, registry: Registry, catalogue: Catalogue) -> None:
        self._registry, self._database, self._audit = registry, catalogue.database, catalogue.audit

    def versions(self) -> tuple[Version, ...]:
        """Every published version, the newest first."""
        return self._registry.versions()

    def activate(self, name: str, reason: str, actor: Actor) -> Activated:
        """Let a version answer from now on; raises BadData when no reason is given.

        Raises ServiceError `model_version_not_found`, `artifact_refused`, `model_change_running` or
        `artifacts_not_writable`. Workers follow within seconds, and requests in flight end on the old version.
        """
        _check(reason)
        with self._registry.changing():
            return self._put_in_use("activate_model", name, reason, actor)

    def rollback(self, reason: str, actor: Actor) -> Activated:
        """Let the version before answer again; raises ServiceError `no_previous_model` too."""
        _check(reason)
        with self._registry.changing():
            name = self._registry.previous()
            if name is None or name == self._registry.named():
                raise ServiceError("no_previous_model")
            return self._put_in_use("roll_back_model", name, reason, actor)

    def _put_in_use(self, deed: str, name: str, reason: str, actor: Actor) -> Activated:
        self._registry.check(name)
        with self._registry.put_in_use(name) as before, self._database.writing() as connection:
            facts = {"before": before, "reason": reason}
            self._audit.record(connection, actor, deed, Subject("model", name), facts)
        log.logger().info(deed, version=name, before=before, actor=actor.id)
        return Activated(name, before)


def _check(reason: str) -> None:
    if not reason.strip():
        raise BadData([Fault("missing", field="reason")])
