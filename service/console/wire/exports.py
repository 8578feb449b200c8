"""What a page lists, taken away as a workbook: under the page's own address, for a reason that goes on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from flask import Response

from service.actions.catalogue.explain_eligibility import EligibilityBasis
from service.actions.catalogue.export import LEAST_REASON, MOST_REASON, Exported, Purpose
from service.auth.access import actor
from service.console.wire.forms import SentForm
from service.console.wire.language import language
from service.errors import Problem, ServiceError
from service.files.exporters.table import ExportTable
from service.identity import Scope
from service.storage.records.audit import AuditSubject
from service.wired import wired

Entry = TypeVar("Entry")
MOST = 20_000
"""Entries of a record that never ends which go into one file; more are taken in parts."""


def purpose() -> Purpose:
    """Why the file is taken, as the page's form says; raises BadData without a reason."""
    sent = SentForm()
    reason = sent.text("reason", MOST_REASON, LEAST_REASON)
    sent.check()
    return Purpose(reason, "xlsx", language())


def taken(
    tables: Sequence[ExportTable],
    what: str,
    subject: AuditSubject,
    wanted: Mapping[str, object],
    facts: Mapping[str, str] | None = None,
) -> Response:
    """The tables as a file; `wanted` are the conditions that the page was asked under.

    Raises ServiceError `forbidden` for whoever may see the page but take nothing away.
    """
    if not actor().may(Scope.EXPORT):
        raise ServiceError(Problem.FORBIDDEN, scope=Scope.EXPORT)
    stated = ", ".join(f"{name}={value}" for name, value in wanted.items() if value not in (None, False))
    details = {**({"conditions": stated} if stated else {}), **(facts or {})}
    return sent(wired().export.listed(tables, what, subject, purpose(), actor(), details))


def whole(entries: Sequence[Entry], before: int | None) -> Sequence[Entry]:
    """Entries that were asked for with MOST as their limit; raises ServiceError `export_too_long` if there are more."""
    if before is not None:
        raise ServiceError(Problem.EXPORT_TOO_LONG, limit=f"{MOST:,}")
    return entries


def ground(basis: EligibilityBasis) -> dict[str, str]:
    """What a file on eligibility rests on."""
    return {"on": str(basis.on), "rules_version": basis.rules_version, "snapshot": basis.snapshot}


def sent(exported: Exported) -> Response:
    """A file to be saved under its name."""
    return Response(exported.content, headers=exported.headers)
