"""Earlier states of the catalogue's records: what a change replaces is kept, so that any revision can be read."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Table, delete, insert, select

from service.storage.catalogue.tables import earlier as table
from service.storage.evidence import digests as evidence
from service.storage.evidence import guards

CHUNK = 500


def keep(connection: Connection, side: Table, identifiers: Sequence[str], until: int) -> None:
    """Keep records as they stand now, just before a revision replaces or removes them."""
    # SQLite takes 32,766 variables in a statement, older ones 999.
    for start in range(0, len(identifiers), CHUNK):
        some = identifiers[start : start + CHUNK]
        rows = connection.execute(select(side).where(side.c.id.in_(some), side.c.revision < until)).all()
        past_states = [
            {
                "side": side.name,
                "id": row.id,
                "revision": row.revision,
                "until": until,
                "digest": row.digest,
                "document": zlib.compress(row.document.encode()),
            }
            for row in rows
        ]
        if past_states:
            connection.execute(insert(table), past_states)


def as_of(connection: Connection, side: Table, revision: int) -> Iterator[tuple[str, str]]:
    """Every record of a side as a revision had it: its document and its digest."""
    # A record that has not changed since lies in the side's own table, all others with the earlier ones.
    present = select(side.c.document, side.c.digest).where(side.c.revision <= revision)
    yield from ((row.document, row.digest) for row in connection.execute(present))
    past = select(table.c.document, table.c.digest).where(
        table.c.side == side.name, table.c.revision <= revision, table.c.until > revision
    )
    yield from ((zlib.decompress(row.document).decode(), row.digest) for row in connection.execute(past))


def digests_of(connection: Connection, side: Table, identifier: str) -> set[str]:
    """The digest of every state that a record has been in."""
    now = connection.scalars(select(side.c.digest).where(side.c.id == identifier))
    before = connection.scalars(select(table.c.digest).where(table.c.side == side.name, table.c.id == identifier))
    return {*now, *before}


def states(connection: Connection, side: Table, identifier: str) -> list[str]:
    """The documents of every state that a record has been in."""
    now = connection.scalars(select(side.c.document).where(side.c.id == identifier))
    before = connection.scalars(select(table.c.document).where(table.c.side == side.name, table.c.id == identifier))
    return [*now, *(zlib.decompress(packed).decode() for packed in before)]


def forget(connection: Connection, side: Table, identifier: str) -> set[int]:
    """Delete every earlier state of a record; returns the revisions at which one began or ended, the last included."""
    own = (table.c.side == side.name) & (table.c.id == identifier)
    with guards.lifted(connection, table):
        gone = connection.execute(delete(table).where(own).returning(table.c.revision, table.c.until)).all()
    return {revision for row in gone for revision in row}


def forget_before(connection: Connection, revision: int) -> int:
    """Delete states that were replaced at or before a revision; returns how many there were."""
    with guards.lifted(connection, table):
        old = delete(table).where(table.c.until <= revision).returning(table.c.side, table.c.revision, table.c.until)
        gone = connection.execute(old).all()
    for row in gone:
        evidence.note(connection, row.side, row.revision, row.until)
    return len(gone)
