"""Decisions as stored: one row each, never changed, numbered within its pair of startup and program."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Row, exists, func, insert, select, update

from model.decisions import DecisionAction, standing
from service.storage.evidence import digests as evidence
from service.storage.evidence import guards
from service.storage.evidence.wordings import Wording
from service.storage.records.record_tables import decisions as table
from service.storage.records.startup_refs import StartupRefs

CHUNK = 5_000
EVENT = "decide"
"""How the audit trail names a decision."""

_later = table.alias("later")
# NOT EXISTS and not a window function: the index of the pair answers it row by row.
_IS_LAST = ~exists().where(
    _later.c.program_id == table.c.program_id,
    _later.c.startup_ref == table.c.startup_ref,
    _later.c.number > table.c.number,
)
"""No decision on the same pair came after this one."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A named person's decision on a startup at a program.

    `seq` is its row of the audit trail, `number` its place in the pair's history. `startup_id` is None once the startup
    was erased; `startup_ref`, its pseudonym, stays.
    """

    seq: int
    program_id: str
    startup_ref: str
    number: int
    action: DecisionAction
    reason: str
    run_id: str | None
    actor_id: str
    actor_name: str
    at: str
    startup_id: str | None = None

    @property
    def id(self) -> str:
        """The id by which people and programs name it."""
        return f"d-{self.seq}"

    @property
    def digest(self) -> str:
        """SHA-256 of all that is stored of it; the audit trail holds the same."""
        return hashlib.sha256(orjson.dumps(_stored(self), option=orjson.OPT_SORT_KEYS)).hexdigest()


class Decisions:
    """The decisions; every method works on the connection that it is handed."""

    def __init__(self) -> None:
        self._refs = StartupRefs()

    def add(self, connection: Connection, decision: Decision) -> None:
        """Store a new decision."""
        connection.execute(insert(table).values(_stored(decision)))
        evidence.note(connection, "decisions", decision.seq)

    def one(self, connection: Connection, seq: int) -> Decision | None:
        """The decision of an audit row, or None."""
        return next(iter(self._rows(connection, [table.c.seq == seq], limit=1)), None)

    def of_pair(self, connection: Connection, program_id: str, startup_ref: str) -> Sequence[Decision]:
        """Every decision on a pair, oldest first."""
        return self._rows(connection, [table.c.program_id == program_id, table.c.startup_ref == startup_ref])

    def page(
        self,
        connection: Connection,
        *,
        after: int,
        limit: int | None,
        filters: Mapping[str, object],
        programs: Collection[str] | None = None,
    ) -> Sequence[Decision]:
        """Up to `limit` decisions (None: all) behind an audit row, oldest first; of `programs` alone unless None."""
        wanted = {name: value for name, value in filters.items() if value is not None}
        if "startup_id" in wanted:
            startup = str(wanted.pop("startup_id"))
            wanted["startup_ref"] = self._refs.known(connection, startup) or startup
        conditions = [table.c.seq > after, *(table.c[name] == value for name, value in wanted.items())]
        if programs is not None:
            conditions.append(table.c.program_id.in_(programs))
        return self._rows(connection, conditions, limit=limit)

    def latest(
        self, connection: Connection, program_id: str, actions: Collection[DecisionAction]
    ) -> Sequence[Decision]:
        """The last decision on each startup at a program, where it is one of some actions, oldest first."""
        return self._rows(connection, [table.c.program_id == program_id, _IS_LAST, table.c.action.in_(actions)])

    def last_before(self, connection: Connection, at: str) -> int | None:
        """The audit row of the last decision before a moment."""
        last: int | None = connection.scalar(select(func.max(table.c.seq)).where(table.c.at < at))
        return last

    def waiting(self, connection: Connection, actions: Collection[DecisionAction]) -> Mapping[str, int]:
        """By program, how many startups' last decision is one of some actions."""
        query = select(table.c.program_id, func.count()).where(table.c.action.in_(actions), _IS_LAST)
        return {row[0]: row[1] for row in connection.execute(query.group_by(table.c.program_id))}

    def runs(self, connection: Connection) -> set[str]:
        """Every run that a decision was made on."""
        return set(connection.scalars(select(table.c.run_id).where(table.c.run_id.is_not(None)).distinct()))

    def seqs(self, connection: Connection, startup_ref: str) -> set[int]:
        """The audit rows of every decision on a startup."""
        return set(connection.scalars(select(table.c.seq).where(table.c.startup_ref == startup_ref)))

    def reworded(self, connection: Connection, startup_ref: str, said: Wording) -> int:
        """Word reasons anew, for an erasure alone; returns how many were."""
        worded = {
            decision: said(f"decisions/{decision.id}", "reason", decision.reason, decision.startup_ref == startup_ref)
            for decision in self.all(connection)
        }
        changed = [replace(decision, reason=reason) for decision, reason in worded.items() if reason != decision.reason]
        if changed:
            with guards.lifted(connection, table):
                for decision in changed:
                    connection.execute(update(table).where(table.c.seq == decision.seq).values(reason=decision.reason))
        evidence.note(connection, "decisions", *(decision.seq for decision in changed))
        return len(changed)

    def all(self, connection: Connection) -> Iterator[Decision]:
        """Every decision in the order of the trail, read piece by piece, without startup ids."""
        rows = connection.execute(select(table).order_by(table.c.seq), execution_options={"yield_per": CHUNK})
        return (_read(row) for row in rows)

    def _rows(
        self, connection: Connection, conditions: Sequence[ColumnElement[bool]], limit: int | None = None
    ) -> Sequence[Decision]:
        query = select(table).where(*conditions).order_by(table.c.seq).limit(limit)
        decisions = [_read(row) for row in connection.execute(query)]
        ids = self._refs.ids(connection, {decision.startup_ref for decision in decisions})
        return [replace(decision, startup_id=ids.get(decision.startup_ref)) for decision in decisions]


def that_stand(decisions: Iterable[Decision]) -> Iterator[Decision]:
    """The decisions that still stand, pair by pair: those since the pair was last open. They come in their order."""
    histories: dict[tuple[str, str], list[Decision]] = {}
    for decision in decisions:
        histories.setdefault((decision.startup_ref, decision.program_id), []).append(decision)
    for history in histories.values():
        holding = len(standing([decision.action for decision in history]))
        yield from history[len(history) - holding :]


def _read(row: Row[Any]) -> Decision:
    values = dict(row._mapping)
    return Decision(**(values | {"action": DecisionAction(row.action)}))


def _stored(decision: Decision) -> dict[str, Any]:
    return {name: value for name, value in asdict(decision).items() if name != "startup_id"}
