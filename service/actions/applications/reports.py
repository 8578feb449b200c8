"""Reports for a day: made of the state at its end, so that the same day gives the same report whenever it is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from service.actions.applications import report_tables
from service.actions.applications.past_state import PastStates
from service.actions.applications.report_tables import Report
from service.actions.catalogue.export import Export, Exported, Purpose
from service.actions.catalogue.rulebook import Rulebook
from service.caches import Memo
from service.identity import Actor
from service.storage.records.audit import AuditSubject

MOST_REPORTS = 16


class Reports:
    """Makes reports for whoever may decide, as far as their programs go."""

    def __init__(self, states: PastStates, rulebook: Callable[[], Rulebook], export: Export) -> None:
        self._states, self._rulebook, self._export = states, rulebook, export
        self._reports = Memo[tuple[object, ...], Report](MOST_REPORTS)

    @property
    def today(self) -> date:
        """The present day in Korea, the last of which there is a report."""
        return self._states.today

    def __call__(self, on: date, actor: Actor, language: str) -> Report:
        """The report of a day; raises ServiceError `forbidden`, `day_to_come` and `day_not_recorded`."""
        state, codes = self._states(on, actor), self._rulebook().ledger.codes
        key = (*state.key, language, actor.programs)
        return self._reports(key, lambda: report_tables.made(state, codes, language))

    def exported(self, on: date, purpose: Purpose, actor: Actor) -> Exported:
        """The same as a file; why it is taken is on record first."""
        report = self(on, actor, purpose.language)
        subject = AuditSubject("applications", "report")
        return self._export.listed(report.tables, "day-report", subject, purpose, actor, {"on": on.isoformat()})
