"""JSON lines of the snapshot contract: one object a line, taken as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from model.faults import BadData, shown
from model.snapshot import folder as snapshot

UNREADABLE = "\0"
"""The key under which a row keeps code, field and value of a line that is no JSON object."""

_FIRST_KEYS = re.compile(r'"(\w{1,40})"\s*:')
_OF_PROGRAMS = frozenset({"partner", "operator", "notice_on", "closes_on", "support", "role", "seats", "track"})
_OF_STARTUPS = frozenset({"founded_on", "region", "employees", "needs", "stage", "entity", "new_industry_field"})


def rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every line that is not blank, as an object or as what is wrong with it."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, _object(line)


def kind(text: str) -> str | None:
    """Tell startups from programs by the keys that only one of them has; None in doubt.

    >>> kind('{"id": "s-1", "needs": []}')
    'startups'
    """
    keys = set(_FIRST_KEYS.findall(text[:200_000]))
    votes = {"startups": len(keys & _OF_STARTUPS), "programs": len(keys & _OF_PROGRAMS)}
    best = max(votes, key=lambda name: votes[name])
    return best if votes[best] and list(votes.values()).count(votes[best]) == 1 else None


def _object(line: str) -> dict[str, Any]:
    try:
        return snapshot.json_object(line)
    except BadData as bad:
        fault = bad.faults[0]
        return {UNREADABLE: [fault.code, fault.field, shown(fault.value)]}
