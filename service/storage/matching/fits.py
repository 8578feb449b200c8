"""Fits that persons asked for, how far each is, and when a process that takes them was last there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from service.errors import Problem, ServiceError
from service.identity import Actor
from service.storage.columns import Key, UtcMoment, metadata

_is_open: Column[bool] = Column("is_open", Boolean, nullable=False)
table = Table(
    "fits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("actor_id", Key, nullable=False),
    Column("actor_name", Text, nullable=False),
    Column("asked_at", UtcMoment, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", String(16), nullable=False),
    _is_open,
    Column("taker", String(32)),
    *(Column(name, UtcMoment) for name in ("taken_at", "seen_at", "ended_at")),
    *(Column(name, String(40), nullable=False, default="") for name in ("stage", "progress")),
    Column("model_version", Key),
    Column("gate", Text),
    Column("failure", String(16)),
    Index("uq_fits_open", "is_open", unique=True, sqlite_where=_is_open, postgresql_where=_is_open),
)
"""`is_open` is true while a fit is asked for or running, of which the index lets there be one."""

takers = Table("fit_takers", metadata, Column("id", String(32), primary_key=True), Column("seen_at", UtcMoment))


class FitState(StrEnum):
    """What has become of a fit."""

    ASKED = "asked"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Fit:
    """One fit: `gate` is the gate's decision, `failure` the code of why it came to no end."""

    id: int
    actor_name: str
    asked_at: datetime
    reason: str
    state: FitState
    is_open: bool
    taken_at: datetime | None
    ended_at: datetime | None
    stage: str
    progress: str
    model_version: str | None
    gate: Mapping[str, Any] | None
    failure: str | None


_COLUMNS = [table.c[field.name] for field in fields(Fit)]


class Fits:
    """The fits; every method works on the connection that it is handed."""

    def add(self, connection: Connection, actor: Actor, reason: str, at: datetime) -> Fit:
        """Ask for a fit; raises ServiceError `fit_under_way` where another is asked for or running."""
        who = {"actor_id": actor.id, "actor_name": actor.name, "asked_at": at, "reason": reason}
        asked = insert(table).values(**who, state=FitState.ASKED, is_open=True).returning(*_COLUMNS)
        try:
            return _fit(connection.execute(asked).one())
        except IntegrityError:
            raise ServiceError(Problem.FIT_UNDER_WAY) from None

    def latest(self, connection: Connection, limit: int) -> list[Fit]:
        """The fits that were asked for last, the newest first."""
        return [_fit(row) for row in connection.execute(select(*_COLUMNS).order_by(table.c.id.desc()).limit(limit))]

    def take(self, connection: Connection, taker: str, at: datetime) -> Fit | None:
        """The fit that is asked for, which is this taker's from now on; None without one, or where another took it."""
        # One statement with its condition: of two takers, the second changes nothing.
        values = {"state": FitState.RUNNING, "taker": taker, "taken_at": at, "seen_at": at}
        taken = update(table).where(table.c.state == FitState.ASKED).values(values).returning(*_COLUMNS)
        row = connection.execute(taken).first()
        return _fit(row) if row else None

    def move(self, connection: Connection, fit: Fit, at: datetime, by: str | None = None, **values: Any) -> bool:
        """Change a fit unless its state is another by now, or it is not that taker's; tells whether it was changed."""
        values["seen_at"] = at
        if values.get("state", fit.state) not in (FitState.ASKED, FitState.RUNNING):
            values |= {"is_open": False, "ended_at": at, "gate": orjson.dumps(values.get("gate")).decode()}
        own = [] if by is None else [table.c.taker == by]
        still = update(table).where(table.c.id == fit.id, table.c.state == fit.state, *own)
        return connection.execute(still.values(values)).rowcount == 1

    def silent(self, connection: Connection, since: datetime) -> Fit | None:
        """The running fit whose taker has not been there since a moment; None where there is none."""
        is_silent = (table.c.state == FitState.RUNNING) & (table.c.seen_at < since)
        row = connection.execute(select(*_COLUMNS).where(is_silent)).first()
        return _fit(row) if row else None

    def come(self, connection: Connection, taker: str, at: datetime, forget: datetime) -> None:
        """Note that a taker is there; those that were last there before `forget` are dropped."""
        connection.execute(delete(takers).where((takers.c.id == taker) | (takers.c.seen_at < forget)))
        connection.execute(insert(takers).values(id=taker, seen_at=at))

    def has_taker(self, connection: Connection, since: datetime) -> bool:
        """Tell whether a taker was there since a moment."""
        return connection.execute(select(takers.c.id).where(takers.c.seen_at >= since)).first() is not None


def _fit(row: Row[Any]) -> Fit:
    return Fit(**{**row._mapping, "state": FitState(row.state), "gate": orjson.loads(row.gate or "null")})
