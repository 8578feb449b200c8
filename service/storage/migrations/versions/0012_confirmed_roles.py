"""Since when the portal gives somebody no role, and when it last gave one."""

import sqlalchemy as sa
from alembic import op

from service.storage.columns import UtcMoment

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Apply."""
    op.add_column("users", sa.Column("suspended_at", UtcMoment))
    op.add_column("users", sa.Column("confirmed_at", UtcMoment))
