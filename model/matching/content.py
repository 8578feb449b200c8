"""What a profile says, in short: the name under which its vectors are found again."""

from __future__ import annotations

import hashlib
import json

from model.domain import Program, Startup
from model.snapshot import rows

UNREAD = ("id", "name", "name_en", "reasons_shown")
"""Fields that no block reads: profiles that differ in them alone have the same vectors."""


def content(profile: Startup | Program) -> str:
    """Name a profile by what it says: the same content has the same vectors, whatever its id."""
    values = {key: value for key, value in rows.plain(profile).items() if key not in UNREAD}
    if isinstance(profile, Program):
        # A row without a family is one of its own, and the past it meets belongs to its vectors.
        values["family"] = profile.family or f"program:{profile.id}"
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
