"""By which day each application waits for something, and firms' names as they are compared: lists need not read all."""

from itertools import groupby

import orjson
import sqlalchemy as sa
from alembic import op

from model.applications import DeskEntry, EntryKind, History
from model.text import names
from service.storage.columns import Key

revision = "0015"
down_revision = "0014"
USABLE_FROM = "0015"
"""A version before would change entries and names without these copies, by which they are then looked for."""

COLUMNS = {"folded": "name", "folded_en": "name_en"}
ENTRY = "application_id, number, kind, about, state, details, actor_id, actor_name, at"


def upgrade() -> None:
    """Apply."""
    for column in COLUMNS:
        op.add_column("startups", sa.Column(column, sa.String(200), nullable=False, server_default=""))
        op.create_index(f"ix_startups_{column}", "startups", [column])
    op.create_table(
        "application_due",
        sa.Column("application_id", Key, primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("remark", sa.Text, nullable=False),
    )
    op.create_index("ix_application_due_due_on", "application_due", ["due_on", "code", "application_id"])
    connection = op.get_bind()
    _name_firms(connection)
    _note_due(connection)


def _note_due(connection: sa.Connection) -> None:
    rows = connection.execute(
        sa.text(f"SELECT {ENTRY} FROM application_entries ORDER BY application_id, number")  # noqa: S608 - a constant
    ).all()
    own = sa.text("INSERT INTO application_due VALUES (:id, :place, :due_on, :code, :remark)")
    own = own.bindparams(sa.bindparam("due_on", type_=sa.Date))
    for identifier, entries in groupby(rows, lambda row: row.application_id):
        history = History(tuple(_entry(row) for row in entries))
        for place, day in enumerate(history.due()):
            about = {"due_on": day.due_on, "code": day.code, "remark": day.remark}
            connection.execute(own, {"id": identifier, "place": place, **about})


def _entry(row: sa.Row[tuple[object, ...]]) -> DeskEntry:
    values = dict(row._mapping)
    return DeskEntry(**(values | {"kind": EntryKind(row.kind), "details": orjson.loads(row.details)}))


def _name_firms(connection: sa.Connection) -> None:
    rows = connection.execute(sa.text("SELECT id, document FROM startups")).all()
    own = sa.text("UPDATE startups SET folded = :folded, folded_en = :folded_en WHERE id = :id")
    for row in rows:
        document = orjson.loads(row.document)
        folded = {column: names.firm(document.get(name) or "")[:200] for column, name in COLUMNS.items()}
        connection.execute(own, {"id": row.id, **folded})
