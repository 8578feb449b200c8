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
    # A list and not an object: no key can be added or left out without changing the hash.
    return hashlib.sha256(orjson.dumps([getattr(row, name) for name in COVERED])).hexdigest()


def first_break(rows: Iterable[AuditRow], head: Head, anchors: Iterable[Head] = ()) -> Break | None:
    """Find the first bad row of the whole trail in order; `anchors` are heads that were noted elsewhere before.

    >>> first_break([], Head(2, "…"))
    Break(seq=1, why='missing', record='')
    """
    noted = {anchor.count: anchor.hash for anchor in anchors}
    expected = Head()
    for row in rows:
        faults = {
            "missing": row.seq > expected.count + 1,
            "doubled": row.seq <= expected.count,
            "changed": row.hash != hash_of(row),
            "relinked": row.previous != expected.hash,
            "noted_otherwise": noted.pop(row.seq, row.hash) != row.hash,
        }
        fault = next((name for name, is_so in faults.items() if is_so), None)
        if fault is not None:
            return Break(min(row.seq, expected.count + 1), fault)
        expected = Head(row.seq, row.hash)
    if expected.count < max(head.count, max(noted, default=0)):
        return Break(expected.count + 1, "missing")
    if expected.count > head.count:
        return Break(head.count + 1, "beyond_head")
    return None if expected.hash == head.hash else Break(expected.count, "rewritten")
