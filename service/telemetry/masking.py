"""Personal identifiers and secrets kept out of the log: by the field's name, and by their form wherever they stand."""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import MutableMapping
from typing import Any

MASK = "•••"
NAMES = frozenset(
    {
        *("name", "name_en", "representative", "email", "phone", "address", "business_number", "corporate_number"),
        *("key", "token", "secret", "password", "authorization", "cookie", "summary", "summary_en"),
        *("query", "body", "path"),
    }
)
"""Fields that are never written, whatever they hold."""
FORMS = re.compile(
    r"ieum_[0-9a-f]{12}_[\w-]+|(?i:bearer|basic)\s+\S+|eyJ[\w-]+\.[\w-]+\.[\w-]*"  # keys and tokens
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail
    r"|\b\d{3}[- ]?\d{2}[- ]?\d{5}\b|\b\d{6}[- ]?\d{7}\b|\b0\d{1,2}[- ]?\d{3,4}[- ]?\d{4}\b"  # numbers of firms, people
    r"|[A-Za-z0-9_-]{43,}"  # sessions, links, states
)
BREAKS = str.maketrans({code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)})


def masked(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mask every value of an event.

    >>> masked(None, "info", {"event": "x", "email": "a", "note": "call 010-1234-5678"})
    {'event': 'x', 'email': '•••', 'note': 'call •••'}
    """
    return {name: MASK if name in NAMES else _value(value) for name, value in event.items()}


def places(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Tell an exception by its type and the places it came through; its message may hold what a caller sent."""
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        # Places only: the message of an error may hold what somebody has written.
        frames = traceback.extract_tb(error.__traceback__)
        event["exception"] = type(error).__name__
        event["places"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def on_one_line(event: Any, **options: Any) -> str:
    """Write an event as JSON, with what some readers take for the end of a line escaped."""
    return json.dumps(event, **options).translate(BREAKS)


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return FORMS.sub(MASK, value)
    if isinstance(value, dict):
        return {name: MASK if name in NAMES else _value(inner) for name, inner in value.items()}
    return [_value(inner) for inner in value] if isinstance(value, (list, tuple)) else value
