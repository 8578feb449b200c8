"""What a spec case is: two sets of facts, a day, and what the rule must answer; tables of them are the manual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from model.domain import Check, Program, Result, Startup
from model.eligibility import Ledger
from model.vocabulary import Codes

PASS, CHECK, FAIL = Result.PASS, Result.NEEDS_CHECK, Result.FAIL
SILENT = None
"""The program doesn't state the rule, so there is no check."""

USUAL_DAY = date(2026, 7, 10)


@dataclass(frozen=True)
class Case:
    """One line of the manual; `unlock` is the code of what would change the answer."""

    ko: str
    en: str
    expected: Result | None
    startup: Mapping[str, Any] = field(default_factory=dict)
    program: Mapping[str, Any] = field(default_factory=dict)
    on: date = USUAL_DAY
    at: time | None = None
    unlock: str | None = None
    catalogue: Sequence[Program] = ()
    row: str = ""
    """The bundled row that the program's facts are taken from."""

    def checks(self, rule: str, codes: Codes) -> tuple[Check, ...]:
        """Ask the ledger, and keep what one rule says."""
        startup, program = Startup("s", **self.startup), Program("p", **self.program)
        found = Ledger(codes, self.catalogue).checks(startup, program, on=self.on, at=self.at)
        return tuple(check for check in found if check.rule == rule)


@dataclass(frozen=True)
class Table:
    """Cases of one rule under a heading; `generated` tables are told in the manual by their heading and count."""

    rule: str
    ko: str
    en: str
    cases: Sequence[Case]
    generated: bool = False
