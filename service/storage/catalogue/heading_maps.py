"""Heading maps as stored: which field each heading of an institution's form names, kept until somebody changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import orjson
from sqlalchemy import Column, Connection, String, Table, Text, UniqueConstraint, delete, insert, select, update

from service.storage.columns import Key, UtcMoment, metadata
from service.storage.evidence.wordings import Wording

heading_maps = Table(
    "heading_maps",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("institution", Key, nullable=False),
    Column("form", Key, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("columns", Text, nullable=False),
    Column("updated_at", UtcMoment, nullable=False),
    Column("updated_by", Key, nullable=False),
    UniqueConstraint("institution", "form", "kind", name="uq_heading_maps_form"),
)


@dataclass(frozen=True, slots=True)
class HeadingMap:
    """How an institution heads one of its forms; `columns` are fields by heading, empty where one is not read."""

    id: str
    institution: str
    form: str
    kind: str
    columns: Mapping[str, str]
    updated_at: datetime
    updated_by: str


class HeadingMaps:
    """The heading maps; every method works on the connection that it is handed."""

    def every(self, connection: Connection) -> Sequence[HeadingMap]:
        """All of them, by institution, form and kind."""
        table = heading_maps.c
        rows = connection.execute(select(heading_maps).order_by(table.institution, table.form, table.kind)).mappings()
        return [HeadingMap(**{**row, "columns": orjson.loads(row["columns"])}) for row in rows]

    def put(self, connection: Connection, heading_map: HeadingMap) -> None:
        """Keep a map under its id, in the place of what had that id."""
        values = {**asdict(heading_map), "columns": orjson.dumps(dict(heading_map.columns)).decode()}
        # Update first: an upsert is written differently in SQLite and PostgreSQL.
        if (
            connection.execute(update(heading_maps).where(heading_maps.c.id == heading_map.id).values(values)).rowcount
            == 0
        ):
            connection.execute(insert(heading_maps).values(values))

    def reword(self, connection: Connection, wording: Wording) -> None:
        """Word the names of institutions and forms, and the headings, of all maps anew: any of them may name a firm."""
        for row in connection.execute(select(heading_maps)).mappings().all():
            record = f"heading_maps/{row['id']}"
            columns = orjson.loads(row["columns"])
            names = {name: wording(record, name, row[name], False) for name in ("institution", "form")}
            headings = {wording(record, "heading", heading, False): field for heading, field in columns.items()}
            if headings != columns or any(names[name] != row[name] for name in names):
                values = {**names, "columns": orjson.dumps(headings).decode()}
                connection.execute(update(heading_maps).where(heading_maps.c.id == row["id"]).values(values))

    def remove(self, connection: Connection, identifier: str) -> None:
        """Forget a map."""
        connection.execute(delete(heading_maps).where(heading_maps.c.id == identifier))
