"""The audit trail's chain: each row's SHA-256 covers the row before it, so that no change goes unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields

import orjson

GENESIS = "0" * 64
"""What the first row names as the hash before it."""


@dataclass(frozen=True, slots=True)
class Head:
    """How many rows the trail has, and the last one's hash."""

    count: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One row of the trail: who did what to whom, when; `details` is JSON with sorted keys.

    The fields stand in the order of the table's columns, of which `event` is called `deed`.
    """

    seq: int
    at: str
    actor_id: str
    actor_name: str
    actor_role: str
    event: str
    kind: str
    subject: str
    details: str
    previous: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """The first row of the trail that is not as it was written or that another table belies, and the code of why."""

    seq: int
    why: str
    record: str = ""
    """The row of another table that is not what the trail says, as `table/key`."""


COVERED = tuple(field.name for field in fields(AuditRow) if field.name != "hash")


def hash_of(row: AuditRow) -> str:
    """SHA-256 over the row's canonical bytes: a JSON list of all its values but the hash, the previous one included."""
    return hashlib.sha256(orjson.dumps([getattr(row, name) for name in COVERED])).hexdigest()


def first_break(rows: Iterable[AuditRow], head: Head, anchors: Iterable[Head] = ()) -> Break | None:
    """Find the first bad row of the whole trail in order; `anchors` are heads that were noted elsewhere before.

    >>> first_break([], Head(2, "…"))
    Break(seq=1, why='missing', record='')
    """
    noted = {anchor.count: anchor.hash for anchor in anchors}
    expected = Head()
    for row in rows:
        broken = _why(row, expected) or ("noted_otherwise" if noted.pop(row.seq, row.hash) != row.hash else "")
        if broken:
            return Break(min(row.seq, expected.count + 1), broken)
        expected = Head(row.seq, row.hash)
    return _at_the_end(expected, head, max(noted, default=0))


def _why(row: AuditRow, before: Head) -> str:
    if row.seq != before.count + 1:
        return "missing" if row.seq > before.count else "doubled"
    if row.hash != hash_of(row):
        return "changed"
    return "" if row.previous == before.hash else "relinked"


def _at_the_end(present: Head, head: Head, noted: int) -> Break | None:
    if present.count < max(head.count, noted):
        return Break(present.count + 1, "missing")
    if present.count > head.count:
        return Break(head.count + 1, "beyond_head")
    return None if present.hash == head.hash else Break(present.count, "rewritten")
