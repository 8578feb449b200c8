"""What the events of the audit trail are called, and what is wrong with a row that is not as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.wording.pairs import said, table

NAMES = table("audit_events.names")
"""By code, then by language."""


DETAILS = table("audit_events.details")
"""What an event's details are called; digests and what is not here are proof for the check, not for a reader."""


def in_words(details: Mapping[str, Any], language: str) -> str:
    """The details of an event that say something to a reader.

    >>> in_words({"reason": "평가", "rows": 3, "digest": "9f…"}, "ko")
    '사유 평가, 건수 3'
    """
    named = ((said(DETAILS, name, language), value) for name, value in details.items() if name in DETAILS)
    return ", ".join(f"{name} {_value(value)}" for name, value in named if value not in (None, "", [], {}))


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


BREAKS = table("audit_events.breaks")
"""Why a row is bad, in Korean and English, by code."""
