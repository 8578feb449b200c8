"""Applicants' lists: each line is a firm as it states itself, and the application that it handed in."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from model.domain import Application, Startup
from model.faults import BadData, Fault
from model.fields import FIELDS
from model.snapshot import rows
from service.files.importers.values import days

UNKNOWN = "-"
"""Stands for ids that only the catalogue can give."""

OF_APPLICATION = frozenset(FIELDS[Application]) - {"id", "startup_id"}


@dataclass(frozen=True, slots=True)
class Applicant:
    """A firm and what it applied with; the firm's id is `UNKNOWN` where the line states none."""

    startup: Startup
    application: Application

    def named(self, startup_id: str, program_id: str, application_id: str) -> Applicant:
        """The same with the ids that the catalogue gives."""
        application = dataclasses.replace(
            self.application, id=application_id, startup_id=startup_id, program_id=program_id
        )
        return Applicant(dataclasses.replace(self.startup, id=startup_id), application)


def applicant(values: Mapping[str, object]) -> Applicant:
    """Read one line; raises BadData with every fault of it."""
    own = {name: value for name, value in values.items() if name in OF_APPLICATION}
    ids = {"id": UNKNOWN, "startup_id": UNKNOWN, "program_id": own.pop("program_id", None) or UNKNOWN}
    faults: list[Fault] = []
    parts: list[Any] = []
    for read, stated in (
        (startup, {k: v for k, v in values.items() if k not in OF_APPLICATION}),
        (rows.application, own | ids),
    ):
        try:
            parts.append(read(stated))
        except BadData as bad:
            faults += bad.faults
    if faults:
        raise BadData(faults)
    return Applicant(*parts)


def startup(values: Mapping[str, object]) -> Startup:
    """Read a firm that may be known by its business number alone; raises BadData."""
    return rows.startup({"id": UNKNOWN, **values})


def with_hour(cells: Mapping[str, Any]) -> dict[str, Any]:
    """The cells with the hour of receipt apart, where day and hour stand in one cell.

    >>> with_hour({"received_on": "2026-05-11 14:59"})
    {'received_on': '2026-05-11', 'received_at': '14:59'}
    """
    written = cells.get("received_on")
    if not isinstance(written, str) or "received_at" in cells:
        return dict(cells)
    try:
        on, clock = days.moment(written)
    except ValueError:  # which the column of the day will tell
        return dict(cells)
    return {**cells, "received_on": on.isoformat(), "received_at": clock} if clock else dict(cells)
