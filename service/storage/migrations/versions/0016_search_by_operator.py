"""The operator of a program among the texts that a search looks through."""

import orjson
import sqlalchemy as sa
from alembic import op

from model.text import names

revision = "0016"
down_revision = "0015"
USABLE_FROM = "0015"
"""A version before writes programs without their operator, which then are not found by it, and nothing else."""


def upgrade() -> None:
    """Apply."""
    connection = op.get_bind()
    own = sa.text("UPDATE programs SET search = search || :operator WHERE id = :id")
    for row in connection.execute(sa.text("SELECT id, document FROM programs")).all():
        operator = names.folded(orjson.loads(row.document).get("operator") or "")
        if operator:
            connection.execute(own, {"id": row.id, "operator": f"\n{operator}"})
