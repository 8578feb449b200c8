"""Lines of an import beside what is stored: what a startup, a program, or a firm with its application becomes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeAlias

import orjson

from model.domain import Application, Program, Startup
from model.faults import Fault, shown
from model.snapshot import rows
from model.text import names
from service.files.importers.applicants import Applicant
from service.files.importers.records import ImportRow
from service.storage.applications.applications import StoredApplication, digest_of
from service.storage.catalogue import documents
from service.storage.catalogue.imports import Planned
from service.storage.catalogue.profiles import StoredProfile

OF_FIRMS = ("startups", "applications")
RowParts: TypeAlias = tuple[Planned, Startup, Application | None]
"""A planned row that is about a firm, with the firm and its application."""


def planned_applicant(
    row: ImportRow, record: Applicant, stored: StoredProfile[Startup] | None, known: StoredApplication | None
) -> Planned:
    """One line of an applicants' list: the firm and the application that it makes."""
    firm, application = firm_of(row, stored), application_of(record.application, known, row.stated)
    is_same = stored is not None and known is not None and documents.digest(firm) == stored.digest
    is_same = is_same and known is not None and digest_of(application) == known.digest
    document = orjson.dumps({"startup": rows.plain(firm), "application": rows.plain(application)})
    change = "same" if is_same else "changed" if known else "added"
    return Planned(row.line, "applications", application.id, change, state_of(stored, known), document, cells(row))


def state_of(stored: StoredProfile[Startup] | None, known: StoredApplication | None) -> str | None:
    """Name the state of a firm and of an application together; None: neither is there."""
    states = (stored.digest if stored else "", known.digest if known else "")
    return hashlib.sha256("/".join(states).encode()).hexdigest() if any(states) else None


def as_stored(firm: Startup, before: StoredProfile[Startup] | None) -> StoredProfile[Startup]:
    """A firm as an earlier line of the same list makes it; its digest stays that of what is stored."""
    digest, revision = (before.digest, before.revision) if before else ("", -1)
    return StoredProfile(firm, digest, revision, datetime.min)


def all_parts(planned: Sequence[Planned]) -> list[RowParts]:
    """The same of every planned row that is about a firm."""
    return [(row, *parts_of(row.document, row.side)) for row in planned if row.side in OF_FIRMS]


def firms_of(file_rows: Sequence[ImportRow], stored: Mapping[str, StoredProfile[Any]]) -> Iterator[Startup]:
    """Every firm that an import names, as the file states it and as it is stored."""
    records = (row.record.startup if isinstance(row.record, Applicant) else row.record for row in file_rows)
    yield from (record for record in records if isinstance(record, Startup))
    yield from (profile.record for profile in stored.values())


def parts_of(document: bytes, side: str) -> tuple[Startup, Application | None]:
    """The firm of a planned row, and its application if it has one."""
    values = orjson.loads(document)
    if side == "startups":
        return rows.startup(values), None
    return rows.startup(values["startup"]), rows.application(values["application"])


def firm_of(row: ImportRow, stored: StoredProfile[Any] | None) -> Startup:
    """The firm that a row makes; a list of applicants states its own columns alone."""
    if isinstance(row.record, Applicant):
        of_firm = row.stated and frozenset(row.stated & set(Startup.__slots__))
        row = replace(row, record=row.record.startup, stated=of_firm)
    firm = merged(row, stored)
    return firm  # type: ignore[return-value]  # a row of a program never comes here


def merged(row: ImportRow, stored: StoredProfile[Any] | None) -> Startup | Program:
    """A table states only its own columns; what it says nothing of stays as it is stored."""
    if stored is None or row.stated is None:
        record: Startup | Program = row.record  # type: ignore[assignment]  # outcomes were told apart by the caller
        return record
    changes = {name: getattr(row.record, name) for name in row.stated}
    for name, own in row.own_items.items():
        by_hand = (item for item in getattr(stored.record, name) if item not in own)
        changes[name] = (*by_hand, *changes.get(name, ()))
    merged: Startup | Program = replace(stored.record, **changes)
    return merged


def cells(row: ImportRow) -> bytes:
    """The cells of a row as the file had them."""
    return orjson.dumps(row.cells, default=str)


def application_of(
    application: Application, stored: StoredApplication | None, stated: frozenset[str] | None
) -> Application:
    """What a line states of an application beside what is stored of it already."""
    if stored is None or stated is None:
        return application
    changes = {name: getattr(application, name) for name in stated & set(Application.__slots__)}
    return replace(stored.record, **changes | {"program_id": application.program_id})


def cleared(
    row: ImportRow, stored: StoredProfile[Any] | None, known: StoredApplication | None = None
) -> Iterator[Fault]:
    """The stored values that an empty cell, or a notice that says nothing there any more, would take back.

    A list of applicants may also give a firm another name, which nobody sees of the application that it adds.
    """
    if row.stated is None:
        return
    is_applicant = isinstance(row.record, Applicant)
    make = firm_of if is_applicant else merged
    pairs: list[tuple[Any, Any]] = [(stored.record, make(row, stored))] if stored else []
    if isinstance(row.record, Applicant) and known:
        pairs.append((known.record, application_of(row.record.application, known, row.stated)))
    for before, new in pairs:
        for name in sorted(row.stated & set(before.__slots__)):
            value = getattr(before, name)
            if value not in (None, ()) and getattr(new, name) in (None, ()):
                said = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
                yield Fault("value_cleared", row.file, row.line, name, shown(said))
    old, name = (pairs[0][0].name, pairs[0][1].name) if is_applicant and stored else ("", "")
    if old and name and names.firm(old) != names.firm(name):
        yield Fault("firm_renamed", row.file, row.line, "name", shown(name), shown(old))
