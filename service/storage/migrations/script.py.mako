"""${message}."""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
USABLE_FROM = ${repr(up_revision)}  # the version before, where this only adds: replicas of it then go on answering


def upgrade() -> None:
    """Apply."""
    ${upgrades if upgrades else "pass"}
