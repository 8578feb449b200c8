"""Selection rounds."""

import sqlalchemy as sa
from alembic import op

from service.storage.columns import Key, UtcMoment

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "rounds",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("created_at", UtcMoment, nullable=False),
        sa.Column("actor_id", Key, nullable=False),
        sa.Column("actor_name", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("as_of", sa.String(10), nullable=False),
        sa.Column("model_version", sa.String(200), nullable=False),
        sa.Column("rules_version", sa.String(40), nullable=False),
        sa.Column("inputs", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(64), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("slate", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_rounds_created_at", "rounds", ["created_at"])
