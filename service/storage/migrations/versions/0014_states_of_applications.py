"""When each revision was taken, and what an application was before it changed: reports for a past day read both."""

import sqlalchemy as sa
from alembic import op

from service.storage.columns import Key

revision = "0014"
down_revision = "0013"
USABLE_FROM = "0014"
"""A version before would change applications and take revisions without leaving either trace."""

LASTING = ("application_states", "revisions")


def upgrade() -> None:
    """Apply."""
    op.add_column("applications", sa.Column("revision", sa.Integer))
    op.create_table(
        "application_states",
        sa.Column("application_id", Key, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("until", sa.Integer, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "revisions",
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False, index=True),
    )
    for table in LASTING:
        for change in ("UPDATE", "DELETE"):
            op.execute(_guard(table, change))


def _guard(table: str, change: str) -> str:
    name = f"{table}_{change.lower()}_refused"
    if op.get_bind().dialect.name != "postgresql":
        refusal = f"BEGIN SELECT RAISE(ABORT, '{table} rows are never changed'); END"
        return f"CREATE TRIGGER {name} BEFORE {change} ON {table} {refusal}"
    return f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW EXECUTE FUNCTION records_refuse()"
