"""Reports for a day: made of the state at its end, so that the same day gives the same report whenever it is made."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date

from service.actions.applications import report_tables
from service.actions.applications.desk import FEW
from service.actions.applications.past_state import PastStates
from service.actions.applications.report_tables import Report
from service.actions.catalogue.clerk import Served, by_clerk
from service.actions.catalogue.export import Export, Exported, Purpose
from service.actions.catalogue.rulebook import Rulebook
from service.caches import BackgroundMemo, Memo
from service.files.exporters.table import ExportTable
from service.identity import Actor
from service.storage.records.audit import AuditSubject

MOST_REPORTS = 16
MOST_ROWS = 60
"""Rows of one table on a page; the workbook holds all."""


@dataclass(frozen=True, slots=True)
class ReportCut:
    """A report's tables with their first rows, and how many rows each has."""

    tables: tuple[tuple[ExportTable, int], ...]


class Reports(Served):
    """Makes reports for whoever may decide, as far as their programs go."""

    def __init__(self, states: PastStates, rulebook: Callable[[], Rulebook], export: Export) -> None:
        super().__init__()
        self._cuts = BackgroundMemo[Hashable, ReportCut](MOST_REPORTS)
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

    def at_hand(self, on: date, actor: Actor, language: str) -> tuple[ReportCut | None, bool]:
        """The first rows of a report and True, or, where it is still being made, what they were before and False."""
        _, *state = self._states.key(on, actor)
        few = self._states.count() <= FEW
        subject = (on, language, actor.programs)
        cut = (lambda: _cut(self(on, actor, language))) if few else (lambda: self.cut(on, actor, language))
        return self._cuts(subject, tuple(state), cut, waits=few)

    @by_clerk
    def cut(self, on: date, actor: Actor, language: str) -> ReportCut:
        """Make a report, which takes .2 ms for each application, and cut it to its first rows."""
        return _cut(self(on, actor, language))

    def exported(self, on: date, purpose: Purpose, actor: Actor) -> Exported:
        """The same as a file; why it is taken is on record first."""
        report = self(on, actor, purpose.language)
        subject = AuditSubject("applications", "report")
        return self._export.listed(report.tables, "day-report", subject, purpose, actor, {"on": on.isoformat()})


def _cut(report: Report) -> ReportCut:
    return ReportCut(tuple((replace(each, rows=each.rows[:MOST_ROWS]), len(each.rows)) for each in report.tables))
