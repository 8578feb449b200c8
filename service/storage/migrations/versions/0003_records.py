"""Decisions, the audit trail with its head, pseudonyms of startups, idempotency keys; rows that can't be changed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEY = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")
LASTING = ("audit", "decisions")

ON_SQLITE = """
CREATE TRIGGER {table}_{deed}_refused BEFORE {deed} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} rows are never changed'); END
"""
NOT_AGAIN = """
CREATE TRIGGER {table}_again_refused BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, '{table} rows are never changed'); END
"""
HEAD_ON_SQLITE = """
CREATE TRIGGER audit_head_{deed}_refused BEFORE {deed} ON audit_head {when}
BEGIN SELECT RAISE(ABORT, 'the head only moves on'); END
"""
REFUSE = """
CREATE FUNCTION records_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% rows are never changed', TG_TABLE_NAME; END $$
"""
ON_POSTGRESQL = """
CREATE TRIGGER {table}_refused BEFORE {deeds} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION records_refuse()
"""
HEAD_ON_POSTGRESQL = """
CREATE TRIGGER audit_head_moves_on BEFORE UPDATE ON audit_head FOR EACH ROW WHEN (NEW.count <= OLD.count)
EXECUTE FUNCTION records_refuse()
"""


def upgrade() -> None:
    """Apply."""
    _trail()
    op.create_table(
        "startup_refs",
        sa.Column("ref", sa.String(40), primary_key=True),
        sa.Column("startup_id", KEY, nullable=False, unique=True),
    )
    op.create_table(
        "decisions",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("program_id", KEY, nullable=False),
        sa.Column("startup_ref", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("run_id", sa.String(64)),
        sa.Column("actor_id", sa.Text, nullable=False),
        sa.Column("actor_name", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.UniqueConstraint("program_id", "startup_ref", "number", name="uq_decisions_pair"),
    )
    # The unique key begins with the program; erasing asks by startup.
    op.create_index("ix_decisions_startup_ref", "decisions", ["startup_ref"])
    op.create_table(
        "replies",
        sa.Column("actor_id", KEY, primary_key=True),
        sa.Column("key", KEY, primary_key=True),
        sa.Column("request", sa.String(64), nullable=False),
        sa.Column("result", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_replies_at", "replies", ["at"])
    _guard()


def _trail() -> None:
    texts = ("actor_id", "actor_name", "subject", "details")
    names = {"at": 40, "actor_role": 32, "deed": 64, "kind": 32, "previous": 64, "hash": 64}
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in names.items()),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "count": 0, "hash": "0" * 64}])


def _guard() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(REFUSE)
        for table in LASTING:
            op.execute(ON_POSTGRESQL.format(table=table, deeds="UPDATE OR DELETE OR TRUNCATE"))
        op.execute(ON_POSTGRESQL.format(table="audit_head", deeds="INSERT OR DELETE OR TRUNCATE"))
        op.execute(HEAD_ON_POSTGRESQL)
        return
    for table in LASTING:
        for event in ("UPDATE", "DELETE"):
            op.execute(ON_SQLITE.format(table=table, deed=event))
        op.execute(NOT_AGAIN.format(table=table))
    for event, when in (("INSERT", ""), ("DELETE", ""), ("UPDATE", "WHEN NEW.count <= OLD.count")):
        op.execute(HEAD_ON_SQLITE.format(deed=event, when=when))
