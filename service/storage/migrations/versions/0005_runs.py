"""Runs, what was shown of them, and earlier states of the catalogue's records."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

KEY = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "earlier",
        sa.Column("side", sa.String(16), primary_key=True),
        sa.Column("id", KEY, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("until", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
    )
    # A past state is asked for by when it ended; the primary key begins with the record.
    op.create_index("ix_earlier_until", "earlier", ["side", "until"])
    op.create_table(
        "runs",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("asks", sa.String(16), nullable=False),
        sa.Column("subject_id", KEY),
        sa.Column("subject_digest", sa.String(64), nullable=False),
        sa.Column("subject", sa.LargeBinary),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("startups", sa.String(64)),
        sa.Column("programs", sa.String(64), nullable=False),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("limit", sa.Integer, nullable=False),
        sa.Column("include_ineligible", sa.Boolean, nullable=False),
        sa.Column("audience", sa.String(16), nullable=False),
        sa.Column("artifact", sa.String(200), nullable=False),
        sa.Column("model_version", sa.String(200), nullable=False),
        sa.Column("rules_version", sa.String(64), nullable=False),
    )
    for column in ("at", "subject_id", "subject_digest"):
        op.create_index(f"ix_runs_{column}", "runs", [column])
    op.create_table(
        "shown",
        sa.Column("run_id", sa.String(64), primary_key=True),
        sa.Column("language", sa.String(8), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
    )
