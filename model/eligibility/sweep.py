"""One rule over many pairs at once: judged once for each distinct set of facts, then spread over a table."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from operator import attrgetter
from typing import Generic, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from model.domain import Participation, Program, Result, Startup
from model.eligibility.rule import Checks, Cuts, Rule, Setting, Weigh, is_ahead

Plane: TypeAlias = npt.NDArray[np.int8]
Indices: TypeAlias = npt.NDArray[np.intp]
Row = TypeVar("Row")

CODE = {Result.PASS: 0, Result.NEEDS_CHECK: 1, Result.FAIL: 2}


def worst(checks: Checks) -> int:
    """Give the worst result of some checks as a code: 0 pass, 1 needs check, 2 fail; 0 for none."""
    return CODE[checks[0].result] if len(checks) == 1 else max((CODE[check.result] for check in checks), default=0)


class JudgedSide(Generic[Row]):
    """Startups or programs that are judged by rule after rule; their distinct facts are found once and remembered."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.lately: tuple[Setting, Plane] | None = None
        """What programs' own rules said lately, and in which setting."""
        self._of_columns: dict[tuple[str, ...], tuple[list[Row], Indices]] = {}

    def distinct(self, names: tuple[str, ...]) -> tuple[list[Row], Indices]:
        """Find one row for each distinct set of facts, and for every row the place of the one that stands for it."""
        if names not in self._of_columns:
            facts = attrgetter(*names) if names else lambda _row: ()
            first, index = _grouped([facts(row) for row in self.rows])
            self._of_columns[names] = [self.rows[number] for number in first], index
        return self._of_columns[names]


def plane(rule: Rule, startups: JudgedSide[Startup], programs: JudgedSide[Program], setting: Setting) -> Plane:
    """Judge one rule for every pair: int8 of shape (startups, programs), 0 pass or silent, 1 needs check, 2 fail."""
    calls, columns = programs.distinct(rule.asks)
    stating = np.array([rule.states is None or rule.states(call) for call in calls], bool)
    asked = [call for call, states in zip(calls, stating, strict=True) if states]
    results = np.zeros((len(startups.rows), len(calls)), np.int8)
    if asked and rule.concerns:
        # most firms state no earlier business: only the few that do are grouped by their facts and judged
        rows = np.flatnonzero([bool(getattr(startup, rule.concerns)) for startup in startups.rows])
        people = JudgedSide([startups.rows[row] for row in rows.tolist()])
        results[np.ix_(rows, stating)] = _stated(rule, people, asked, setting)
    elif asked:
        results[:, stating] = _stated(rule, startups, asked, setting)
    return results[:, columns]


def _stated(rule: Rule, startups: JudgedSide[Startup], calls: Sequence[Program], setting: Setting) -> Plane:
    if rule.weigh:
        return _by_entry(rule, rule.weigh, startups.rows, calls, setting)
    if rule.cuts and len(startups.rows) > 1:
        return _by_date(rule, rule.cuts, startups.rows, calls, setting)
    people, rows = startups.distinct(rule.reads)
    return _table(rule, people, calls[:1] if rule.alike else calls, setting)[rows]


def _table(rule: Rule, startups: Sequence[Startup], programs: Sequence[Program], setting: Setting) -> Plane:
    codes = [worst(rule.judge(startup, program, setting)) for startup in startups for program in programs]
    return np.array(codes, np.int8).reshape(len(startups), len(programs))


def _by_entry(
    rule: Rule, weigh: Weigh, startups: Sequence[Startup], programs: Sequence[Program], setting: Setting
) -> Plane:
    """Weigh each distinct entry of a history by itself; a startup's result is the worst of its entries."""
    unknown = _table(rule, [Startup("")], programs, setting)
    places: dict[Participation, int] = {}
    flat = [places.setdefault(entry, len(places)) for startup in startups for entry in startup.history]
    naming = setting.naming
    scales = [naming.ready(weigh, program) for program in programs]
    codes = [CODE[scale(entry)[0]] for entry in places for scale in scales]
    weights = np.array(codes, np.int8).reshape(len(places), len(programs))
    for place, entry in enumerate(places):
        if entry.year > setting.on.year:  # hardly ever
            np.maximum(weights[place], [is_ahead(entry, call, setting.on) for call in programs], out=weights[place])
    lengths = np.array([len(startup.history) for startup in startups], np.intp)
    results = np.repeat(unknown, len(startups), axis=0)
    if flat:
        starts = np.concatenate([[0], np.cumsum(lengths[lengths > 0])[:-1]])
        results[lengths > 0] = np.maximum.reduceat(weights[flat], starts, axis=0)
    return results


def _by_date(
    rule: Rule, cuts: Cuts, startups: Sequence[Startup], programs: Sequence[Program], setting: Setting
) -> Plane:
    """Judge one startup for each stretch of founding days between a program's cuts, and each kind of startup."""
    days = np.array([s.founded_on.toordinal() if s.founded_on else 0 for s in startups], np.int64)
    _, kinds = _grouped([rule.kinds(startup, setting) if rule.kinds else startup for startup in startups])
    results = np.zeros((len(startups), len(programs)), np.int8)
    for column, program in enumerate(programs):
        marks = [0, *(day.toordinal() for day in cuts(program, setting.on))]
        stretch = np.searchsorted(marks, days, side="left") * (len(startups) + 1) + kinds
        _, first, rows = np.unique(stretch, return_index=True, return_inverse=True)
        results[:, column] = _table(rule, [startups[i] for i in first], [program], setting)[rows, 0]
    return results


def _grouped(keys: Sequence[Hashable]) -> tuple[list[int], Indices]:
    """Number the distinct keys; returns where each is first met, and every key's number."""
    places: dict[Hashable, int] = {}
    index = np.array([places.setdefault(key, len(places)) for key in keys], np.intp)
    _, first = np.unique(index, return_index=True)
    return first.tolist(), index
