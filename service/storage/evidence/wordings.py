"""How an erasure words the texts of records anew, without the startup that it takes out of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Wording: TypeAlias = Callable[[str, str, str, bool], str]
"""The text as it shall stand, from the record, its field, the text, and whether the record is about the startup."""


FREE = frozenset({"name", "name_en", "summary", "summary_en", "technologies", "demand", "partner", "operator", "sheet"})
"""What people write freely among the fields of profiles and the names of files; codes and ids are never reworded."""


def worded(values: Mapping[str, Any], record: str, said: Wording) -> dict[str, Any]:
    """JSON values of a record that is not about the startup, their free texts worded anew."""

    def text(name: str, value: Any) -> Any:
        if isinstance(value, list):
            return [text(name, item) for item in value]
        return said(record, name, value, False) if isinstance(value, str) else value

    return {name: text(name, value) if name in FREE else value for name, value in values.items()}
