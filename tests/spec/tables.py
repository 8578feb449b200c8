"""Every table of the manual, in the order of the ledger's rules."""

from __future__ import annotations

from model.eligibility import RULES
from tests.spec import age, applicant, call, notices, participation, place, trade
from tests.spec.case import Table

_ORDER = [rule.name for rule in RULES]
_ALL = (
    *call.TABLES,
    *applicant.TABLES,
    *age.TABLES,
    *place.TABLES,
    *trade.TABLES,
    *participation.TABLES,
    *notices.TABLES,
)

TABLES: tuple[Table, ...] = tuple(sorted(_ALL, key=lambda table: _ORDER.index(table.rule)))
