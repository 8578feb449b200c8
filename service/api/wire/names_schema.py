"""Startups and programs as an answer names them: what tells them apart, and no more."""

from __future__ import annotations

from typing import Any

from model import domain
from model.domain import Program, Startup
from service.api.wire.fields import Code, Day, Strict, Text, Whole, attributes

PROGRAM_SHOWN = ("id", "name", "name_en", "partner", "family", "track", "year", "opens_on", "closes_on", "url")
STARTUP_SHOWN = ("id", "name", "name_en", "kind", "stage", "region", "founded_on")


class ShownProgram(Strict):
    """A program as an answer names it."""

    id = Text(required=True)
    name = Text(allow_none=True)
    name_en = Text(allow_none=True)
    partner = Text(allow_none=True)
    family = Text(allow_none=True)
    track = Text(allow_none=True)
    year = Whole(allow_none=True)
    opens_on = Day(allow_none=True)
    closes_on = Day(allow_none=True)
    url = Text(allow_none=True)


class ShownStartup(Strict):
    """A startup as an answer names it."""

    id = Text(required=True)
    name = Text(allow_none=True)
    name_en = Text(allow_none=True)
    kind = Code(domain.Kind)
    stage = Code(domain.Stage, allow_none=True)
    region = Text(allow_none=True)
    founded_on = Day(allow_none=True)


def shown(record: Startup | Program) -> dict[str, Any]:
    """The values by which an answer names a record."""
    return attributes(record, *(PROGRAM_SHOWN if isinstance(record, Program) else STARTUP_SHOWN))
