"""Fits that persons ask for in the console, and the processes that take them."""

import sqlalchemy as sa
from alembic import op

from service.storage.columns import Key, UtcMoment

revision = "0017"
down_revision = "0016"
USABLE_FROM = "0015"
"""Two new tables, which a version before does not touch."""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "fits",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("actor_id", Key, nullable=False),
        sa.Column("actor_name", sa.Text, nullable=False),
        sa.Column("asked_at", UtcMoment, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("taker", sa.String(32)),
        *(sa.Column(name, UtcMoment) for name in ("taken_at", "seen_at", "ended_at")),
        *(sa.Column(name, sa.String(40), nullable=False) for name in ("stage", "progress")),
        sa.Column("model_version", Key),
        sa.Column("gate", sa.Text),
        sa.Column("failure", sa.String(16)),
    )
    is_open = sa.text("is_open")
    op.create_index("uq_fits_open", "fits", ["is_open"], unique=True, sqlite_where=is_open, postgresql_where=is_open)
    op.create_table("fit_takers", sa.Column("id", sa.String(32), primary_key=True), sa.Column("seen_at", UtcMoment))
