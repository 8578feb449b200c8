"""A counter of erasures; answers as they were first sent, which nobody can change."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Apply."""
    op.add_column("catalogue", sa.Column("erasures", sa.Integer, nullable=False, server_default="0"))
    op.add_column("runs", sa.Column("erasures", sa.Integer, nullable=False, server_default="0"))
    op.add_column("shown", sa.Column("kept", sa.String(64)))
    op.create_index("ix_shown_kept", "shown", ["kept"])
    op.create_table(
        "answers",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.execute(_guard("UPDATE", ""))
    op.execute(_guard("DELETE", "EXISTS (SELECT 1 FROM shown WHERE kept = OLD.digest)"))


def _guard(event: str, when: str) -> str:
    name, refusal = f"answers_{event.lower()}_refused", "answers rows are never changed"
    if op.get_bind().dialect.name != "postgresql":
        condition = f"WHEN {when} " if when else ""
        return f"CREATE TRIGGER {name} BEFORE {event} ON answers {condition}BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    body = f"RAISE EXCEPTION '{refusal}';"
    if when:  # PostgreSQL takes no query in WHEN
        body = f"IF {when} THEN {body} END IF; RETURN OLD;"
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
    return f"CREATE TRIGGER {name} BEFORE {event} ON answers FOR EACH ROW EXECUTE FUNCTION {name}()"
