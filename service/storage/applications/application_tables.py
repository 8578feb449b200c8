"""The tables of applications: what was handed in, what persons recorded on it, merges of firms, lists from outside."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from service.storage.columns import Key, UtcMoment, metadata, signature


def numbered(identifier: str, letter: str) -> int:
    """The number in an id such as l-3; 0, which nothing has, for what is none."""
    digits = identifier.removeprefix(letter)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


applications = Table(
    "applications",
    metadata,
    Column("id", Key, primary_key=True),
    Column("startup_id", Key, nullable=False, index=True),
    Column("program_id", Key, ForeignKey("programs.id"), nullable=False),
    Column("number", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("state", String(32), nullable=False),
    Column("reviewer", Key),
    Column("received_on", Date),
    Column("updated_at", UtcMoment, nullable=False),
    Column("revision", Integer),
    Index("ix_applications_program_id", "program_id", "state", "id"),
    Index("ix_applications_reviewer", "reviewer"),
)
"""`document` is what was handed in; `state` and `reviewer` are what the entries come to, so that lists can ask for it.

`startup_id` is a pseudonym once the firm was erased; `revision` is the one that wrote the document (None: one before
revisions were noted here).
"""

states = Table(
    "application_states",
    metadata,
    Column("application_id", Key, primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("until", Integer, nullable=False),
    Column("document", Text, nullable=False),
)
"""What an application was from one revision until another, once it has changed."""

entries = Table(
    "application_entries",
    metadata,
    Column("application_id", Key, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("about", String(100), nullable=False),
    Column("state", String(16), nullable=False),
    Column("details", Text, nullable=False),
    *signature(),
)
"""What named persons recorded on applications; rows are added, never changed."""

due = Table(
    "application_due",
    metadata,
    Column("application_id", Key, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("due_on", Date, nullable=False),
    Column("code", String(16), nullable=False),
    Column("remark", Text, nullable=False),
    Index("ix_application_due_due_on", "due_on", "code", "application_id"),
)
"""What each application waits for and by when, as its entries have it; written with them."""

merges = Table(
    "firm_merges",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("remains", Key, nullable=False, index=True),
    Column("gone", Key, nullable=False, index=True),
    Column("firm_number", String(10), index=True),
    Column("body", Text, nullable=False),
    Column("reason", Text, nullable=False),
    *signature(),
    Column("undone", Integer),
)
"""Firms that a person found to be one; `body` holds what brings the one that went back, `undone` the row that did."""

listings = Table(
    "listings",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("source", Key, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_digest", String(64), nullable=False),
    Column("notes", Text, nullable=False),
    *signature(),
)
"""Lists from outside, as one file brought each; of a kind and source the last one counts."""

listed = Table(
    "listing_rows",
    metadata,
    Column("listing", Integer, primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("firm_number", String(10), index=True),
    Column("name", Text, nullable=False),
    Column("folded", String(200), nullable=False, index=True),
    Column("remark", Text, nullable=False),
)
"""Who stands on a list: business number in bare digits, name, and the name as names are compared."""

answers = Table(
    "listing_answers",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("listing", Integer, nullable=False, index=True),
    Column("line", Integer, nullable=False),
    Column("startup_ref", String(40), nullable=False),
    Column("is_same", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    *signature(),
)
"""A person's word on whether a firm is the one of that name on a list."""

papers = Table(
    "round_papers", metadata, Column("round_id", String(40), primary_key=True), Column("body", Text, nullable=False)
)
"""For each pair of a round over applications, what each requirement rested on when the round was run."""
