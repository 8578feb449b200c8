"""Merges of firms as stored: which firm stayed, which went into it, and what brings the other back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from model.domain import Outcome
from service.storage.applications.application_tables import merges as table
from service.storage.applications.application_tables import numbered
from service.storage.catalogue import outcomes as stored_outcomes
from service.storage.catalogue.tables import outcomes
from service.storage.evidence import digests as evidence


@dataclass(frozen=True, slots=True)
class Merge:
    """Two firms that a person found to be one; `undone` is the audit row that parted them again."""

    seq: int
    remains: str
    gone: str
    firm_number: str | None
    body: str
    reason: str
    actor_id: str
    actor_name: str
    at: str
    undone: int | None = None

    @property
    def id(self) -> str:
        """The id by which people and programs name it."""
        return f"m-{self.seq}"


class Merges:
    """The merges; every method works on the connection that it is handed."""

    def add(self, connection: Connection, merge: Merge) -> None:
        """Store a merge."""
        connection.execute(insert(table).values(asdict(merge)))
        evidence.note(connection, table.name, merge.seq)

    def one(self, connection: Connection, identifier: str) -> Merge | None:
        """One merge by its id, or None."""
        own = table.c.seq == numbered(identifier, "m-")
        row = connection.execute(select(table).where(own)).mappings().first()
        return Merge(**row) if row else None

    def of(self, connection: Connection, startup_id: str) -> list[Merge]:
        """The merges into a firm that hold, oldest first."""
        query = select(table).where(table.c.remains == startup_id, table.c.undone.is_(None)).order_by(table.c.seq)
        return [Merge(**row) for row in connection.execute(query).mappings()]

    def part(self, connection: Connection, seq: int, undone: int) -> None:
        """Note that a merge was taken back."""
        connection.execute(update(table).where(table.c.seq == seq).values(undone=undone))
        evidence.note(connection, table.name, seq)

    def take_outcomes(self, connection: Connection, moved: list[Outcome]) -> None:
        """Delete outcomes that a merge had brought to a firm."""
        keys = [stored_outcomes.key(outcome) for outcome in moved]
        connection.execute(delete(outcomes).where(outcomes.c.key.in_(keys)))
        evidence.note(connection, outcomes.name, *{outcome.program_id for outcome in moved})

    def erase(self, connection: Connection, startup_id: str, ref: str, said: Any) -> None:
        """Put an erased firm's pseudonym in its place; what would bring it back goes."""
        for row in connection.execute(select(table)).mappings().all():
            is_own = startup_id in (row["remains"], row["gone"])
            reason = said(f"merges/m-{row['seq']}", "reason", row["reason"], is_own)
            values: dict[str, Any] = {"reason": reason} if reason != row["reason"] else {}
            if is_own:
                values |= {name: ref for name in ("remains", "gone") if row[name] == startup_id}
                values |= {"body": "{}", "firm_number": None}
            if values:
                connection.execute(update(table).where(table.c.seq == row["seq"]).values(values))
                evidence.note(connection, table.name, row["seq"])
