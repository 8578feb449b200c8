"""Lists in one cell: written so that a person reads them and the importer gets the same list back."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from model.domain import Conflict, Participation
from model.snapshot import rows
from model.text import names

_PLAIN_ITEM = re.compile(r"[^\s;,/|@#\[\]\n·ㆍ・、]([^;,/|@#\[\]\n\r·ㆍ・、]*[^\s;,/|@#\[\]\n·ㆍ・、])?")
_PLAIN_FAMILY = re.compile(r"[^\W\d_][\w-]*")


UNKNOWN_WORDS = frozenset(
    {"-", "–", "—", "미상", "모름", "알수없음", "n/a", "na", "unknown", "null", "none", "nan", "nat", "<na>"}
)
"""How people write that they don't know."""


def says_nothing(cell: str) -> bool:
    """Tell whether a cell says that its value is unknown.

    >>> says_nothing(" N/A "), says_nothing("없음")
    (True, False)
    """
    return names.folded(cell[:40]) in UNKNOWN_WORDS


def joined(items: Sequence[str]) -> str:
    """Write a list of texts: `a; b`, or JSON where an item itself holds a separator.

    >>> joined(("LLM", "문서 이해")), joined(("a;b",))
    ('LLM; 문서 이해', '["a;b"]')
    """
    if all(_PLAIN_ITEM.fullmatch(item) for item in items) and not says_nothing("; ".join(items)):
        return "; ".join(items)
    return json.dumps(list(items), ensure_ascii=False)


def participations(history: Sequence[Participation]) -> str:
    """Write a support history: `early-package 2025 completed; dips 2026 running`."""
    if all(_PLAIN_FAMILY.fullmatch(past.program_family) and past.pledged_at is None for past in history):
        return "; ".join(f"{past.program_family} {past.year} {past.status}" for past in history)
    return written(history)


def conflicts(entries: Sequence[Conflict]) -> str:
    """Write what may not be carried out together: `open-innovation (agreed); linkup (agreed)`."""
    if all(c == Conflict(c.family, c.from_stage) and _PLAIN_FAMILY.fullmatch(c.family or "") for c in entries):
        return "; ".join(f"{conflict.family} ({conflict.from_stage})" for conflict in entries)
    return written(entries)


def written(value: object) -> str:
    """Write a value as JSON, as the snapshot contract has it."""
    return json.dumps(rows.written(value), ensure_ascii=False)
