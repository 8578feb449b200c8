"""Imports with their rows."""

import sqlalchemy as sa
from alembic import op

from service.storage.columns import Key, UtcMoment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "imports",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created_at", UtcMoment, nullable=False),
        sa.Column("created_by", Key, nullable=False),
        sa.Column("expires_at", UtcMoment, nullable=False),
        sa.Column("committed_at", UtcMoment),
        sa.Column("committed_by", Key),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("faults", sa.Text, nullable=False),
    )
    op.create_table(
        "import_rows",
        sa.Column("import_id", sa.String(32), sa.ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("side", sa.String(16), nullable=False),
        sa.Column("record_id", Key, nullable=False),
        sa.Column("change", sa.String(16), nullable=False),
        sa.Column("before", sa.String(64)),
        sa.Column("document", sa.Text),
        sa.Column("found", sa.Text),
    )
    op.create_index("ix_import_rows_record_id", "import_rows", ["side", "record_id"])
