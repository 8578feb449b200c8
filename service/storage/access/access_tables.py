"""Tables of access: who may sign in, with what, and who came to see what."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from service.storage.columns import Key, UtcMoment, metadata

users = Table(
    "users",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", String(320), unique=True),
    Column("role", String(32), nullable=False),
    Column("programs", Text),
    Column("issuer", String(500)),
    Column("subject", String(500)),
    Column("created_at", UtcMoment, nullable=False),
    Column("created_by", Key, nullable=False),
    Column("disabled_at", UtcMoment),
    Column("suspended_at", UtcMoment),
    Column("confirmed_at", UtcMoment),
    UniqueConstraint("issuer", "subject", name="uq_users_issuer_subject"),
)
"""`programs` is a JSON list of ids, null for bound to none; issuer and subject name the portal's account.

`suspended_at` is since when the portal has given no role, `confirmed_at` when it last gave one.
"""

keys = Table(
    "keys",
    metadata,
    Column("id", Key, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("user_id", Key, ForeignKey("users.id")),
    Column("role", String(32)),
    Column("scopes", Text, nullable=False),
    Column("programs", Text),
    Column("created_at", UtcMoment, nullable=False),
    Column("created_by", Key, nullable=False),
    Column("expires_at", UtcMoment),
    Column("revoked_at", UtcMoment),
    Column("last_used_at", UtcMoment),
)
"""A person's key takes role and programs from its user; a system's key has its own. Only a digest is kept."""

links = Table(
    "links",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user_id", Key, ForeignKey("users.id"), nullable=False),
    Column("expires_at", UtcMoment, nullable=False),
)
"""One-time sign-in links; a row goes when its link is used."""

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("browser", String(64), nullable=False),
    Column("nonce", String(64), nullable=False),
    Column("verifier", String(128), nullable=False),
    Column("return_to", Text, nullable=False),
    Column("expires_at", UtcMoment, nullable=False),
)
"""Sign-ins under way at the portal, by digest of their state; a row goes when the browser comes back."""

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user_id", Key, ForeignKey("users.id"), nullable=False, index=True),
    Column("created_at", UtcMoment, nullable=False),
    Column("seen_at", UtcMoment, nullable=False),
    Column("expires_at", UtcMoment, nullable=False),
)

accesses = Table(
    "accesses",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcMoment, nullable=False, index=True),
    Column("actor", Key, nullable=False),
    Column("credential", Key, nullable=False),
    Column("address", String(64), nullable=False),
    Column("task", String(300), nullable=False),
    Column("subject", String(300), nullable=False),
    Column("status", Integer, nullable=False),
    Column("times", Integer, nullable=False),
    Column("request_id", String(64), nullable=False),
    Index("ix_accesses_subject", "subject", "id"),
    Index("ix_accesses_actor", "actor", "id"),
    sqlite_autoincrement=True,
)
"""Who came, from where, to whose record, for which task, with which result; like requests of one second share a row."""
