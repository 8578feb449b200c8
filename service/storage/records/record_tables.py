"""The tables of what was decided and shown: rows are added, never changed; the audit trail holds them together."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint

from service.storage.columns import Key, UtcMoment, metadata, signature

startup_refs = Table(
    "startup_refs",
    metadata,
    Column("ref", String(40), primary_key=True),
    Column("startup_id", Key, nullable=False, unique=True),
    Column("salt", String(32), nullable=False, server_default=""),
)
"""The pseudonym by which lasting records name a startup; erasing a startup removes its row here.

The trail holds a digest of the tie; `salt` keeps anybody from finding the startup by trying ids once the row is gone.
"""

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("actor_name", Text, nullable=False),
    Column("actor_role", String(32), nullable=False),
    Column("deed", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
"""How long the trail is and how it ends: rows cut off at the end are missed here."""

decisions = Table(
    "decisions",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("program_id", Key, nullable=False),
    Column("startup_ref", String(40), nullable=False),
    Column("number", Integer, nullable=False),
    Column("action", String(32), nullable=False),
    Column("reason", Text, nullable=False),
    Column("run_id", String(64)),
    *signature(),
    UniqueConstraint("program_id", "startup_ref", "number", name="uq_decisions_pair"),
    Index("ix_decisions_startup_ref", "startup_ref"),
)
"""`seq` is the decision's row of the audit trail; `number` counts the decisions on one pair from 1."""

replies = Table(
    "replies",
    metadata,
    Column("actor_id", Key, primary_key=True),
    Column("key", Key, primary_key=True),
    Column("request", String(64), nullable=False),
    Column("result", Integer, nullable=False),
    Column("at", UtcMoment, nullable=False, index=True),
)
"""Which request an idempotency key stood for, and what came of it."""
