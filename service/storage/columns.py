"""What every table is made of: the schema, points in time, keys that sort alike in both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, MetaData, String, Text, TypeDecorator

metadata = MetaData()


class UtcMoment(TypeDecorator[datetime]):
    """A point in time, kept in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Convert to UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Name the zone again."""
        # SQLite stores no zone; all that is written is UTC, so it may be put back.
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC))


Key = String(200).with_variant(String(200, collation="C"), "postgresql")
"""Ids sort by their bytes in both databases, so that pages are the same in both."""


def signature() -> tuple[Column[str], ...]:
    """Who recorded a row and when: id, name and moment as the audit trail has them."""
    who = (Column(name, Text, nullable=False) for name in ("actor_id", "actor_name"))
    return *who, Column("at", String(40), nullable=False)
