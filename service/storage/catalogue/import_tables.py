"""The tables of imports: what was previewed or committed, and its rows beside what they were made from."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from service.storage.columns import Key, UtcMoment, metadata

imports = Table(
    "imports",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("created_at", UtcMoment, nullable=False),
    Column("created_by", Key, nullable=False),
    Column("expires_at", UtcMoment, nullable=False),
    Column("committed_at", UtcMoment),
    Column("committed_by", Key),
    Column("about", Text, nullable=False),
    Column("faults", Text, nullable=False),
    Column("file", LargeBinary),
)

import_rows = Table(
    "import_rows",
    metadata,
    Column("import_id", String(32), ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("line", Integer, nullable=False),
    Column("side", String(16), nullable=False),
    Column("record_id", Key, nullable=False),
    Column("change", String(16), nullable=False),
    Column("before", String(64)),
    Column("document", Text),
    Column("found", Text),
    Index("ix_import_rows_record_id", "side", "record_id"),
)
"""`document` is what would be stored, kept until it is; `found` is the row as the file had it."""
