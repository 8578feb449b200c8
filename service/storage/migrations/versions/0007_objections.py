"""Objections with their answers; runs that can't be deleted before five years."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

KEY = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")

ON_SQLITE = """
CREATE TRIGGER runs_kept BEFORE DELETE ON runs WHEN OLD.at > strftime('%Y-%m-%dT%H:%M:%f', 'now', '-5 years')
BEGIN SELECT RAISE(ABORT, 'runs are evidence for five years'); END
"""
ON_POSTGRESQL = """
CREATE TRIGGER runs_kept BEFORE DELETE ON runs FOR EACH ROW
WHEN (OLD.at > to_char(now() AT TIME ZONE 'utc' - interval '5 years', 'YYYY-MM-DD"T"HH24:MI:SS'))
EXECUTE FUNCTION records_refuse()
"""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "objections",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("run_id", sa.String(64)),
        sa.Column("decision", sa.Integer),
        sa.Column("program_id", KEY),
        sa.Column("startup_ref", sa.String(40)),
        sa.Column("sender", sa.Text),
        sa.Column("text", sa.Text),
        *_person(),
    )
    for column in ("program_id", "startup_ref"):
        op.create_index(f"ix_objections_{column}", "objections", [column])
    op.create_table(
        "objection_answers",
        sa.Column("objection", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        *_person(),
    )
    op.execute(ON_POSTGRESQL if op.get_bind().dialect.name == "postgresql" else ON_SQLITE)


def _person() -> list[sa.Column[str]]:
    return [
        sa.Column("actor_id", sa.Text, nullable=False),
        sa.Column("actor_name", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    ]
