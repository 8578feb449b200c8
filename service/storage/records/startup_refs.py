"""Pseudonyms of startups: lasting records name a startup by one, and erasing the startup cuts the tie."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, insert, select

from service.storage.evidence import digests as evidence
from service.storage.evidence import guards
from service.storage.records.record_tables import startup_refs as table

MOST_IN_STATEMENT = 500


class StartupRefs:
    """The pseudonyms; every method works on the connection that it is handed."""

    def known(self, connection: Connection, startup_id: str) -> str | None:
        """The pseudonym of a startup that lasting records have named, else None."""
        ref: str | None = connection.scalar(select(table.c.ref).where(table.c.startup_id == startup_id))
        return ref

    def of(self, connection: Connection, startup_id: str) -> str:
        """The pseudonym of a startup, made at random when it is first named."""
        ref = self.known(connection, startup_id)
        if ref is None:
            ref = "startup-" + secrets.token_hex(8)
            connection.execute(insert(table).values(ref=ref, startup_id=startup_id, salt=secrets.token_hex(16)))
            evidence.note(connection, "startup_refs", ref)
        return ref

    def ids(self, connection: Connection, refs: Collection[str]) -> Mapping[str, str]:
        """The startups behind pseudonyms; one that was erased is absent."""
        if len(refs) > MOST_IN_STATEMENT:
            known = self.all(connection)
            return {ref: known[ref] for ref in refs if ref in known}
        rows = connection.execute(select(table.c.ref, table.c.startup_id).where(table.c.ref.in_(refs)))
        return {row.ref: row.startup_id for row in rows}

    def all(self, connection: Connection) -> Mapping[str, str]:
        """Every startup that has a pseudonym, by pseudonym."""
        return {row.ref: row.startup_id for row in connection.execute(select(table.c.ref, table.c.startup_id))}

    def forget(self, connection: Connection, startup_id: str) -> None:
        """Cut the tie between a startup and its pseudonym."""
        with guards.lifted(connection, table):
            gone = delete(table).where(table.c.startup_id == startup_id).returning(table.c.ref)
            evidence.note(connection, "startup_refs", *connection.scalars(gone))
