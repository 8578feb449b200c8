"""Ask for a fit: a named person has a new model fitted by the process that takes fits, and sees what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from model.faults import BadData, Fault
from service.errors import Problem, ServiceError
from service.identity import SERVICE, Actor
from service.storage.database import Connection
from service.storage.matching.fits import Fit, Fits, FitState
from service.storage.records.audit import AuditSubject
from service.storage.repositories import Catalogue

PATIENCE = timedelta(seconds=60)
"""A process that has not been there for so long takes no fit, and the one that it had in hand has failed."""
VANISHED = "vanished"
"""The failure of a fit whose process was there no more."""
MOST_LISTED = 20


class AskFit:
    """Puts fits on record, of which one at a time may wait or run; every change of state is in the audit trail."""

    def __init__(self, catalogue: Catalogue, clock: Callable[[], datetime]) -> None:
        self._database, self._audit, self._clock, self._fits = catalogue.database, catalogue.audit, clock, Fits()

    def ask(self, reason: str, actor: Actor) -> Fit:
        """Ask for a fit; raises BadData when no reason is given.

        Raises ServiceError `person_required`, `fit_under_way` or `no_fit_process`.
        """
        if not actor.is_person:
            raise ServiceError(Problem.PERSON_REQUIRED)
        if not reason.strip():
            raise BadData([Fault("missing", field="reason")])
        self.settle_silent()
        if not self.has_taker():
            raise ServiceError(Problem.NO_FIT_PROCESS)
        with self._database.writing() as connection:
            fit = self._fits.add(connection, actor, reason, self._clock())
            self._record(connection, actor, fit, FitState.ASKED, {"reason": reason})
        return fit

    def cancel(self, identifier: str, actor: Actor) -> Fit:
        """Take back a fit that has not begun; raises ServiceError `person_required`, `fit_not_found`, `fit_begun`."""
        if not actor.is_person:
            raise ServiceError(Problem.PERSON_REQUIRED)
        with self._database.writing() as connection:
            listed = {str(fit.id): fit for fit in self._fits.latest(connection, MOST_LISTED)}
            if identifier not in listed:
                raise ServiceError(Problem.FIT_NOT_FOUND, id=identifier)
            fit, is_waiting = listed[identifier], listed[identifier].state is FitState.ASKED
            if not is_waiting or not self._fits.move(connection, fit, self._clock(), state=FitState.CANCELLED):
                raise ServiceError(Problem.FIT_BEGUN)
            self._record(connection, actor, fit, FitState.CANCELLED, {})
            return self._fits.latest(connection, 1)[0]

    def latest(self) -> Sequence[Fit]:
        """The fits that were asked for last, the newest first."""
        self.settle_silent()
        with self._database.reading() as connection:
            return self._fits.latest(connection, MOST_LISTED)

    def has_taker(self) -> bool:
        """Tell whether a process that takes fits was there within the last minute."""
        with self._database.reading() as connection:
            return self._fits.has_taker(connection, self._clock() - PATIENCE)

    def settle_silent(self) -> None:
        """Note that a fit has failed whose process is there no more, so that another can be asked for."""
        with self._database.reading() as connection:
            fit = self._fits.silent(connection, self._clock() - PATIENCE)
        if fit is not None:
            self.settle(fit, None, {"state": FitState.FAILED, "failure": VANISHED})

    def settle(self, fit: Fit, taker: str | None, values: Mapping[str, Any]) -> None:
        """Note what came of a running fit, unless that is noted already or the fit is not this taker's."""
        with self._database.writing() as connection:
            if self._fits.move(connection, fit, self._clock(), taker, **values):
                self._record(connection, SERVICE, fit, values["state"], {"version": values.get("model_version")})

    def _record(
        self, connection: Connection, actor: Actor, fit: Fit, state: FitState, details: Mapping[str, object]
    ) -> None:
        self._audit.record(connection, actor, f"fit_{state}", AuditSubject("fit", str(fit.id)), details)
