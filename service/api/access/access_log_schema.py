"""Entries of the access log as they are sent."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from service.api.access.people_schema import moment
from service.api.wire.fields import MAX_ID, Many, Strict, Text, Whole, attributes
from service.api.wire.options import Number, NumberCursor, NumberPaged
from service.storage.access.accesses import Access

MOST_ENTRIES = 1_000


class AccessOptions(NumberPaged):
    """Which page, of whom, about whose record."""

    limit = Number(1, MOST_ENTRIES, metadata={"description": "한 쪽의 건수(기본 50) · Items a page, 50 unless told"})
    cursor = NumberCursor(15, metadata={"description": "앞 쪽의 next 값 · `next` of the page before"})
    actor = Text(longest=MAX_ID, metadata={"description": "사용자 id 또는 key:id · A user's id, or key:id"})
    subject = Text(longest=300, metadata={"description": "예: startup_id:s-0001 · Whose record"})


class AccessSchema(Strict):
    """Like requests of one second in one entry."""

    id = Whole(required=True)
    at = Text(required=True, metadata={"format": "date-time"})
    actor = Text(required=True)
    credential = Text(required=True)
    address = Text(required=True)
    task = Text(required=True)
    subject = Text(required=True)
    status = Whole(100, 599, required=True)
    times = Whole(1, required=True)
    request_id = Text(required=True)


class AccessesSchema(Strict):
    """Some entries, oldest first."""

    items = Many(fields.Nested(AccessSchema), required=True)
    next = Text(required=True, allow_none=True)


def entry(number: int, access: Access) -> dict[str, Any]:
    """An entry as it is sent."""
    names = ("actor", "credential", "address", "task", "subject", "status", "times", "request_id")
    return {"id": number, "at": moment(access.at), **attributes(access, *names)}
