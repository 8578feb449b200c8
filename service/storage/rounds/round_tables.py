"""The tables of selection rounds: what each was run on and gave, why the listed are listed, evaluators' scores."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from service.storage.columns import Key, UtcMoment, metadata

rounds = Table(
    "rounds",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("created_at", UtcMoment, nullable=False, index=True),
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

reasons = Table(
    "round_reasons",
    metadata,
    Column("round_id", String(40), primary_key=True),
    Column("program_id", Key, primary_key=True),
    Column("startup_id", Key, primary_key=True, index=True),
    Column("shares", Text, nullable=False),
)
"""Why a listed startup has its base score, as the matcher said when the round was run."""

scorings = Table(
    "scorings",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("round_id", String(40), nullable=False, index=True),
    Column("at", String(40), nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("actor_name", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_digest", String(64), nullable=False),
    Column("machine", Integer, nullable=False),
    Column("trim", Integer, nullable=False),
    Column("scores", Text, nullable=False),
    Column("left_out", Text),
    UniqueConstraint("round_id", "file_digest", "machine", "trim", name="uq_scorings_file"),
)
"""Evaluators' scores of a round as one file brought them, never changed; `seq` is the row of the audit trail.

`scores` names startups by pseudonym, so erasing a startup cuts the tie here too.
"""
