"""Heading maps; files of previews; what was left out of scorings; names searched for however they are typed."""

import orjson
import sqlalchemy as sa
from alembic import op

from model.text import names
from service.storage.columns import Key, UtcMoment

revision = "0010"
down_revision = "0009"

TEXTS = ("id", "name", "name_en", "summary", "summary_en", "partner", "family", "track")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "heading_maps",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("institution", Key, nullable=False),
        sa.Column("form", Key, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("columns", sa.Text, nullable=False),
        sa.Column("updated_at", UtcMoment, nullable=False),
        sa.Column("updated_by", Key, nullable=False),
        sa.UniqueConstraint("institution", "form", "kind", name="uq_heading_maps_form"),
    )
    op.add_column("imports", sa.Column("file", sa.LargeBinary))
    op.add_column("scorings", sa.Column("left_out", sa.Text))
    connection = op.get_bind()
    for name in ("startups", "programs"):
        table = sa.table(name, sa.column("id"), sa.column("document"), sa.column("search"))
        for row in connection.execute(sa.select(table.c.id, table.c.document)).all():
            value = orjson.loads(row.document)
            texts = [*(value.get(key) for key in TEXTS), *value.get("technologies", ())]
            search = "\n".join(names.folded(text) for text in texts if text)
            connection.execute(sa.update(table).where(table.c.id == row.id).values(search=search))
