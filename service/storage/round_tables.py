"""The table of selection rounds: what each was run on and by, and what it gave."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, String, Table, Text

from service.storage.columns import Key, Moment, metadata

rounds = Table(
    "rounds",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("created_at", Moment, nullable=False, index=True),
    Column("actor_id", Key, nullable=False),
    Column("actor_name", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("as_of", String(10), nullable=False),
    Column("model_version", String(200), nullable=False),
    Column("rules_version", String(40), nullable=False),
    Column("inputs", String(64), nullable=False),
    Column("outcome", String(64), nullable=False),
    Column("about", Text, nullable=False),
    Column("slate", LargeBinary, nullable=False),
)
"""`about` holds the terms and the programs' ids; `inputs` and `outcome` are SHA-256 digests."""
