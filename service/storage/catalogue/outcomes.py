"""What became of startups at programs, as stored: each outcome once, however often it is brought."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, Select, func, insert, select

from model.domain import Outcome, OutcomeKind
from model.snapshot import rows
from service.storage.catalogue.tables import outcomes as table
from service.storage.evidence import digests as evidence


class Outcomes:
    """The outcomes; every method works on the connection that it is handed."""

    def all(self, connection: Connection) -> tuple[Outcome, ...]:
        """Every outcome, by startup, program, day and kind."""
        # A database promises no order, and the snapshot's digest depends on it.
        order = (table.c.startup_id, table.c.program_id, table.c.on, table.c.outcome)
        return _read(connection, select(table).order_by(*order))

    def of_programs(
        self, connection: Connection, program_ids: Iterable[str], kinds: Collection[OutcomeKind]
    ) -> tuple[Outcome, ...]:
        """The outcomes of some kinds at some programs, by day."""
        where = table.c.program_id.in_(sorted(program_ids)) & table.c.outcome.in_([kind.value for kind in kinds])
        return _read(connection, select(table).where(where).order_by(table.c.on, table.c.key))

    def count_for(self, connection: Connection, program_id: str) -> int:
        """How many outcomes refer to a program."""
        return connection.scalar(select(func.count()).where(table.c.program_id == program_id)) or 0

    def known(self, connection: Connection) -> set[str]:
        """The keys of those that are stored."""
        return set(connection.scalars(select(table.c.key)))

    def add_all(self, connection: Connection, outcomes: Sequence[Outcome]) -> int:
        """Store those that are new; returns how many were. Startups and programs must be stored already."""
        # The key is a digest of the outcome itself: a file that is imported twice adds nothing.
        known = self.known(connection)
        values = {key(outcome): outcome for outcome in outcomes}
        new = [
            {
                "key": name,
                "startup_id": outcome.startup_id,
                "program_id": outcome.program_id,
                "outcome": outcome.outcome.value,
                "on": outcome.on,
            }
            for name, outcome in values.items()
            if name not in known
        ]
        if new:
            connection.execute(insert(table), new)
            evidence.note(connection, "outcomes", *{str(value["program_id"]) for value in new})
        return len(new)


def _read(connection: Connection, query: Select[Any]) -> tuple[Outcome, ...]:
    rows = connection.execute(query)
    return tuple(Outcome(row.startup_id, row.program_id, OutcomeKind(row.outcome), row.on) for row in rows)


def key(outcome: Outcome) -> str:
    """What tells one outcome from every other: SHA-256 of its facts."""
    return hashlib.sha256(orjson.dumps(rows.plain(outcome), option=orjson.OPT_SORT_KEYS)).hexdigest()
