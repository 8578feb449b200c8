"""The catalogue's tables: each profile is one JSON document, with the columns beside it that searching needs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from service.storage.columns import Key, UtcMoment, metadata

catalogue = Table(
    "catalogue",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("erasures", Integer, nullable=False, server_default="0"),
)
"""The state of the whole in one row; `erasures` counts the startups that were erased."""

revisions = Table(
    "revisions",
    metadata,
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False, index=True),
)
"""When each revision was taken, in UTC as the trail writes it."""


def _profiles(name: str, *facts: Column[Any]) -> Table:
    """A side's records: the document, and the facts of it by which lists are searched."""
    document = (
        Column("id", Key, primary_key=True),
        Column("document", Text, nullable=False),
        Column("digest", String(64), nullable=False),
        Column("revision", Integer, nullable=False, index=True),
        Column("updated_at", UtcMoment, nullable=False),
        Column("search", Text, nullable=False),
    )
    return Table(name, metadata, *document, *facts)


startups = _profiles(
    "startups",
    Column("kind", String(32), nullable=False),
    Column("stage", String(32)),
    Column("region", Text),
    Column("firm_number", String(10), index=True),
    Column("folded", String(200), nullable=False, index=True, server_default=""),
    Column("folded_en", String(200), nullable=False, index=True, server_default=""),
)
"""`firm_number` is the business number in bare digits, by which a firm is known; `folded` and `folded_en` are its names
as names are compared."""

programs = _profiles(
    "programs",
    Column("role", String(32), nullable=False),
    Column("family", Text),
    Column("year", Integer),
    Column("closes_on", Date),
)

removed = Table(
    "removed",
    metadata,
    Column("side", String(16), primary_key=True),
    Column("id", Key, primary_key=True),
    Column("revision", Integer, nullable=False, index=True),
)
"""Which ids are gone since which revision, so that a process can follow without reading everything again."""

outcomes = Table(
    "outcomes",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("startup_id", Key, ForeignKey("startups.id", ondelete="CASCADE"), nullable=False),
    Column("program_id", Key, ForeignKey("programs.id"), nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("on", Date),
    Index("ix_outcomes_startup_id", "startup_id"),
    Index("ix_outcomes_program_id", "program_id"),
)

earlier = Table(
    "earlier",
    metadata,
    Column("side", String(16), primary_key=True),
    Column("id", Key, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("until", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("document", LargeBinary, nullable=False),
    Index("ix_earlier_until", "side", "until"),
)
"""Each record as it stood from one revision until another; what stands now is in the catalogue's own tables."""
