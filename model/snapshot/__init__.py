"""The frozen folder in: startups, programs and outcomes as files and rows, read whole or refused."""

from __future__ import annotations

from model.snapshot.folder import (
    INDEX,
    OUTCOMES,
    PROGRAMS,
    STARTUPS,
    has_index,
    json_object,
    read,
    read_programs,
    read_startups,
    write,
)

__all__ = [
    "INDEX",
    "OUTCOMES",
    "PROGRAMS",
    "STARTUPS",
    "has_index",
    "json_object",
    "read",
    "read_programs",
    "read_startups",
    "write",
]
