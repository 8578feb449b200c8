"""Pages of records."""

from __future__ import annotations

from marshmallow import fields

from service.api.catalogue.profiles_schema import ProgramSchema, StartupSchema
from service.api.wire.fields import Many, Strict, Text


class Startups(Strict):
    """Some startups by id, and the cursor of the next page (null: this was the last)."""

    items = Many(fields.Nested(StartupSchema), required=True)
    next = Text(required=True, allow_none=True)


class Programs(Strict):
    """Some programs by id, and the cursor of the next page (null: this was the last)."""

    items = Many(fields.Nested(ProgramSchema), required=True)
    next = Text(required=True, allow_none=True)
