"""Applications apart from firms, what persons record on them, merges of firms, lists from outside, papers of rounds."""

import orjson
import sqlalchemy as sa
from alembic import op

from model.vocabulary.numbers import bare_number
from service.storage.columns import Key, UtcMoment

revision = "0013"
down_revision = "0012"
USABLE_FROM = "0013"
"""A version before would store firms without their number, by which nobody could find them."""

LASTING = ("application_entries", "listings", "listing_rows", "listing_answers", "round_papers")
WHO = ("actor_id", "actor_name")


def upgrade() -> None:
    """Apply."""
    op.add_column("startups", sa.Column("firm_number", sa.String(10)))
    op.create_index("ix_startups_firm_number", "startups", ["firm_number"])
    _number_firms(op.get_bind())
    op.create_table(
        "applications",
        sa.Column("id", Key, primary_key=True),
        sa.Column("startup_id", Key, nullable=False, index=True),
        sa.Column("program_id", Key, sa.ForeignKey("programs.id"), nullable=False),
        *_texts("number", "document"),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("reviewer", Key, index=True),
        sa.Column("received_on", sa.Date),
        sa.Column("updated_at", UtcMoment, nullable=False),
    )
    # Pages of a program's list go by state and id; without the index each would sort all of its applications.
    op.create_index("ix_applications_program_id", "applications", ["program_id", "state", "id"])
    op.create_table(
        "application_entries",
        sa.Column("application_id", Key, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("about", sa.String(100), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        *_texts("details", *WHO),
        sa.Column("at", sa.String(40), nullable=False),
    )
    _merges_and_papers()
    _lists_from_outside()
    for table in LASTING:
        for change in ("UPDATE", "DELETE"):
            op.execute(_guard(table, change))


def _merges_and_papers() -> None:
    op.create_table(
        "firm_merges",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("remains", Key, nullable=False, index=True),
        sa.Column("gone", Key, nullable=False, index=True),
        sa.Column("firm_number", sa.String(10), index=True),
        *_texts("body", "reason", *WHO),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("undone", sa.Integer),
    )
    op.create_table("round_papers", sa.Column("round_id", sa.String(40), primary_key=True), *_texts("body"))


def _lists_from_outside() -> None:
    op.create_table(
        "listings",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("source", Key, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("file_digest", sa.String(64), nullable=False),
        *_texts("file_name", "notes", *WHO),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "listing_rows",
        sa.Column("listing", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("line", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("firm_number", sa.String(10), index=True),
        sa.Column("folded", sa.String(200), nullable=False, index=True),
        *_texts("name", "remark"),
    )
    op.create_table(
        "listing_answers",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("listing", sa.Integer, nullable=False, index=True),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("startup_ref", sa.String(40), nullable=False),
        sa.Column("is_same", sa.Integer, nullable=False),
        *_texts("reason", *WHO),
        sa.Column("at", sa.String(40), nullable=False),
    )


def _number_firms(connection: sa.Connection) -> None:
    """Write the number of every stored firm beside it; its id stays, whatever list it once came from."""
    table = sa.table("startups", sa.column("id"), sa.column("document"), sa.column("firm_number"))
    for row in connection.execute(sa.select(table.c.id, table.c.document)).all():
        number = bare_number(orjson.loads(row.document).get("business_number"))
        if number:
            connection.execute(sa.update(table).where(table.c.id == row.id).values(firm_number=number))


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _guard(table: str, change: str) -> str:
    name = f"{table}_{change.lower()}_refused"
    if op.get_bind().dialect.name != "postgresql":
        refusal = f"BEGIN SELECT RAISE(ABORT, '{table} rows are never changed'); END"
        return f"CREATE TRIGGER {name} BEFORE {change} ON {table} {refusal}"
    return f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW EXECUTE FUNCTION records_refuse()"
