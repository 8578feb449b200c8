"""Startups, programs and outcomes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")


def upgrade() -> None:
    """Apply."""
    counter = op.create_table(
        "catalogue", sa.Column("id", sa.Integer, primary_key=True), sa.Column("revision", sa.Integer, nullable=False)
    )
    # The one row that every write raises; taking it is how writers wait for each other.
    op.bulk_insert(counter, [{"id": 1, "revision": 0}])
    op.create_table(
        "startups",
        *_profile_columns(),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("stage", sa.String(32)),
        sa.Column("region", sa.Text),
    )
    op.create_table(
        "programs",
        *_profile_columns(),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("family", sa.Text),
        sa.Column("year", sa.Integer),
        sa.Column("closes_on", sa.Date),
    )
    op.create_table(
        "removed",
        sa.Column("side", sa.String(16), primary_key=True),
        sa.Column("id", KEY, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_table(
        "outcomes",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("startup_id", KEY, sa.ForeignKey("startups.id", ondelete="CASCADE"), nullable=False),
        sa.Column("program_id", KEY, sa.ForeignKey("programs.id"), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("on", sa.Date),
    )
    for table in ("startups", "programs", "removed"):
        op.create_index(f"ix_{table}_revision", table, ["revision"])
    for column in ("startup_id", "program_id"):
        op.create_index(f"ix_outcomes_{column}", "outcomes", [column])


def _profile_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("id", KEY, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("search", sa.Text, nullable=False),
    ]
