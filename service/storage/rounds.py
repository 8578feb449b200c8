"""Selection rounds as stored: run once, never changed, reproduced from their own rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Row, insert, or_, select

from model.rounds import Slate, Terms
from model.rounds.written import plain, slate_of, terms_of
from service.storage.round_tables import rounds as table

_ID = re.compile(r"r-[0-9a-f]{32}", re.ASCII)
_LISTED = [column for column in table.c if column.name != "slate"]


@dataclass(frozen=True, slots=True)
class Stored:
    """A round's heading: who ran it when, on what, by which terms; `settled_later` names the rules left for later."""

    id: str
    created_at: datetime
    actor_id: str
    actor_name: str
    name: str
    on: date
    model_version: str
    rules_version: str
    inputs: str
    outcome: str
    terms: Terms
    programs: tuple[str, ...]
    settled_later: tuple[str, ...]
    open_checks: Mapping[str, int]
    """For each rule, the pairs that its open check kept out."""


class Rounds:
    """The rounds; every method works on the connection that it is handed."""

    def add(self, connection: Connection, stored: Stored, slate: bytes) -> None:
        """Store a new round with its packed slate."""
        about = {name: getattr(stored, name) for name in ("programs", "settled_later", "open_checks")}
        connection.execute(
            insert(table).values(
                id=stored.id,
                created_at=stored.created_at,
                actor_id=stored.actor_id,
                actor_name=stored.actor_name,
                name=stored.name,
                as_of=stored.on.isoformat(),
                model_version=stored.model_version,
                rules_version=stored.rules_version,
                inputs=stored.inputs,
                outcome=stored.outcome,
                about=orjson.dumps({**about, "terms": plain(stored.terms)}).decode(),
                slate=slate,
            )
        )

    def get(self, connection: Connection, identifier: str) -> Stored | None:
        """One round's heading, or None."""
        if not _ID.fullmatch(identifier):
            return None
        row = connection.execute(select(*_LISTED).where(table.c.id == identifier)).one_or_none()
        return None if row is None else _read(row)

    def slate(self, connection: Connection, identifier: str) -> Slate:
        """What a stored round was run on."""
        return slate_of(connection.execute(select(table.c.slate).where(table.c.id == identifier)).scalar_one())

    def page(self, connection: Connection, *, after: str, limit: int) -> Sequence[Stored]:
        """Up to `limit` rounds, newest first, behind the round that `after` names."""
        query = select(*_LISTED).order_by(table.c.created_at.desc(), table.c.id).limit(limit)
        last = self.get(connection, after) if after else None
        if last is not None:
            at = table.c.created_at
            query = query.where(or_(at < last.created_at, (at == last.created_at) & (table.c.id > last.id)))
        return [_read(row) for row in connection.execute(query)]


def _read(row: Row[Any]) -> Stored:
    about = orjson.loads(row.about)
    return Stored(
        row.id,
        row.created_at,
        row.actor_id,
        row.actor_name,
        row.name,
        date.fromisoformat(row.as_of),
        row.model_version,
        row.rules_version,
        row.inputs,
        row.outcome,
        terms_of(about["terms"]),
        tuple(about["programs"]),
        tuple(about["settled_later"]),
        about["open_checks"],
    )
