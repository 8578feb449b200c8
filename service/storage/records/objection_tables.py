"""The tables of objections: each with what it is about, and the answer that a person gave."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from service.storage.columns import Key, metadata, signature

objections = Table(
    "objections",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("run_id", String(64)),
    Column("decision", Integer),
    Column("program_id", Key, index=True),
    Column("startup_ref", String(40), index=True),
    Column("sender", Text),
    Column("text", Text),
    *signature(),
)
"""`seq` is the objection's row of the audit trail; sender and text are emptied when the startup is erased."""

answers = Table(
    "objection_answers",
    metadata,
    Column("objection", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("text", Text, nullable=False),
    *signature(),
)
"""One for each objection that a person has answered."""
