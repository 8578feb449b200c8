"""Selection rounds as stored: run once, never changed, reproduced from their own rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Row, insert, or_, select, update

from model.rounds import Terms
from model.rounds.written import plain, terms_of
from service.storage.applications.application_tables import papers as papers_table
from service.storage.evidence import digests as evidence
from service.storage.evidence import guards
from service.storage.rounds.round_tables import reasons as reasons_table
from service.storage.rounds.round_tables import rounds as table

_ID = re.compile(r"r-[0-9a-f]{32}", re.ASCII)
OF_ROUND = ("programs", "settled_later", "open_checks", "erasures", "applications", "four_eyes")
_LISTED = [column for column in table.c if column.name != "slate"]


@dataclass(frozen=True, slots=True)
class Erasure:
    """A startup that was erased from a round: its pseudonym there, since when, and the outcome's digest from then on.

    The digest is None where the round could not be reproduced before either.
    """

    startup: str
    at: str
    outcome: str | None


@dataclass(frozen=True, slots=True)
class StoredRound:
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
    erasures: tuple[Erasure, ...] = ()
    applications: bool = False
    """Whether it is over applications, whose papers count."""
    four_eyes: bool = False

    @property
    def present(self) -> str | None:
        """The digest that the outcome must have now."""
        return self.erasures[-1].outcome if self.erasures else self.outcome


@dataclass(frozen=True, slots=True)
class StoredReason:
    """What one block added to a base score, in units; `facts` names what it rests on, by language."""

    block: str
    units: int
    facts: Mapping[str, Sequence[str]]


Reasons = Mapping[tuple[str, str], Sequence[StoredReason]]
"""Reasons by program and startup."""


class Rounds:
    """The rounds; every method works on the connection that it is handed."""

    def add(self, connection: Connection, stored: StoredRound, slate: bytes, reasons: Reasons) -> None:
        """Store a new round with its packed slate, and why its startups are listed."""
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
                about=_about(stored),
                slate=slate,
            )
        )
        rows = [
            {"round_id": stored.id, "program_id": program, "startup_id": startup, "shares": _written(shares)}
            for (program, startup), shares in reasons.items()
        ]
        if rows:
            connection.execute(insert(reasons_table), rows)
            evidence.note(connection, "round_reasons", stored.id)
        evidence.note(connection, "rounds", stored.id)

    def add_papers(self, connection: Connection, identifier: str, papers: Sequence[Mapping[str, object]]) -> None:
        """Store what each requirement of the round's applications rested on."""
        connection.execute(insert(papers_table).values(round_id=identifier, body=orjson.dumps(papers).decode()))
        evidence.note(connection, papers_table.name, identifier)

    def papers(self, connection: Connection, identifier: str) -> list[dict[str, Any]]:
        """What each requirement of a round's applications rested on; empty for a round over profiles."""
        body = connection.scalar(select(papers_table.c.body).where(papers_table.c.round_id == identifier))
        rested: list[dict[str, Any]] = orjson.loads(body or "[]")
        return rested

    def reasons(self, connection: Connection, identifier: str) -> Reasons:
        """Why a round's startups have their base scores."""
        rows = connection.execute(select(reasons_table).where(reasons_table.c.round_id == identifier))
        return {
            (row.program_id, row.startup_id): [StoredReason(*reason) for reason in orjson.loads(row.shares)]
            for row in rows
        }

    def all(self, connection: Connection) -> Iterator[tuple[StoredRound, bytes]]:
        """Every round with its packed slate."""
        for identifier in connection.scalars(select(table.c.id)).all():
            row = connection.execute(select(table).where(table.c.id == identifier)).one()
            yield _read(row), row.slate

    def erase(self, connection: Connection, stored: StoredRound, slate: bytes, startup_id: str, ref: str) -> None:
        """Put a round that knows a startup by its pseudonym alone in the place of the one with it."""
        values = {"name": stored.name, "about": _about(stored), "slate": slate}
        own = (reasons_table.c.round_id == stored.id) & (reasons_table.c.startup_id == startup_id)
        with guards.lifted(connection, table, reasons_table):
            connection.execute(update(table).where(table.c.id == stored.id).values(values))
            for row in connection.execute(select(reasons_table).where(own)).all():
                bare = [replace(StoredReason(*share), facts={}) for share in orjson.loads(row.shares)]
                values = {"startup_id": ref, "shares": _written(bare)}
                one_program = reasons_table.c.program_id == row.program_id
                connection.execute(update(reasons_table).where(own, one_program).values(values))
        evidence.note(connection, "rounds", stored.id)
        evidence.note(connection, "round_reasons", stored.id)

    def get(self, connection: Connection, identifier: str) -> StoredRound | None:
        """One round's heading, or None."""
        if not _ID.fullmatch(identifier):
            return None
        row = connection.execute(select(*_LISTED).where(table.c.id == identifier)).one_or_none()
        return None if row is None else _read(row)

    def block(self, connection: Connection, identifier: str) -> bytes:
        """What a stored round was run on, as it is written."""
        slate: bytes = connection.execute(select(table.c.slate).where(table.c.id == identifier)).scalar_one()
        return slate

    def page(self, connection: Connection, *, after: str, limit: int) -> Sequence[StoredRound]:
        """Up to `limit` rounds, newest first, behind the round that `after` names."""
        query = select(*_LISTED).order_by(table.c.created_at.desc(), table.c.id).limit(limit)
        last = self.get(connection, after) if after else None
        if last is not None:
            at = table.c.created_at
            query = query.where(or_(at < last.created_at, (at == last.created_at) & (table.c.id > last.id)))
        return [_read(row) for row in connection.execute(query)]


def _about(stored: StoredRound) -> str:
    about = {name: getattr(stored, name) for name in OF_ROUND}
    return orjson.dumps({**about, "terms": plain(stored.terms)}).decode()


def _written(reasons: Sequence[StoredReason]) -> str:
    return orjson.dumps([[reason.block, reason.units, reason.facts] for reason in reasons]).decode()


def _read(row: Row[Any]) -> StoredRound:
    about = orjson.loads(row.about)
    return StoredRound(
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
        tuple(Erasure(**erasure) for erasure in about.get("erasures", ())),
        about.get("applications", False),
        about.get("four_eyes", False),
    )
