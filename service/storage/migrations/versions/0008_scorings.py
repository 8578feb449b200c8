"""Reasons of the startups that a round lists; evaluators' scores, whose rows can't be changed."""

import sqlalchemy as sa
from alembic import op

from service.storage.columns import Key

revision = "0008"
down_revision = "0007"

ON_SQLITE = """
CREATE TRIGGER scorings_{deed}_refused BEFORE {deed} ON scorings
BEGIN SELECT RAISE(ABORT, 'scorings rows are never changed'); END
"""
ON_POSTGRESQL = """
CREATE TRIGGER scorings_refused BEFORE UPDATE OR DELETE OR TRUNCATE ON scorings
FOR EACH STATEMENT EXECUTE FUNCTION records_refuse()
"""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "round_reasons",
        sa.Column("round_id", sa.String(40), primary_key=True),
        sa.Column("program_id", Key, primary_key=True),
        sa.Column("startup_id", Key, primary_key=True),
        sa.Column("shares", sa.Text, nullable=False),
    )
    op.create_index("ix_round_reasons_startup_id", "round_reasons", ["startup_id"])
    op.create_table(
        "scorings",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("round_id", sa.String(40), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("actor_id", sa.Text, nullable=False),
        sa.Column("actor_name", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("file_digest", sa.String(64), nullable=False),
        sa.Column("machine", sa.Integer, nullable=False),
        sa.Column("trim", sa.Integer, nullable=False),
        sa.Column("scores", sa.Text, nullable=False),
        sa.UniqueConstraint("round_id", "file_digest", "machine", "trim", name="uq_scorings_file"),
    )
    op.create_index("ix_scorings_round_id", "scorings", ["round_id"])
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in [ON_POSTGRESQL] if on_postgresql else [ON_SQLITE.format(deed=d) for d in ("UPDATE", "DELETE")]:
        op.execute(statement)
