"""Applications as stored, and the entries that named persons added to them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, insert, or_, select, update

from model.applications import DeskEntry, EntryKind, History
from model.domain import Application
from model.snapshot import rows
from model.text import names
from service.storage.applications.application_tables import applications as table
from service.storage.applications.application_tables import due, states
from service.storage.applications.application_tables import entries as entries_table
from service.storage.evidence import digests as evidence
from service.storage.evidence import guards
from service.storage.evidence.wordings import Wording

TOGETHER = 500
_NOW: Mapping[str, Any] = {name: bindparam(name) for name in ("state", "reviewer", "updated_at")}
RECEIVED = "received"
"""The state of an application on which no step was taken."""


@dataclass(frozen=True, slots=True)
class StoredApplication:
    """An application with its digest, the state that its entries come to, and who reviews it."""

    record: Application
    digest: str
    state: str
    reviewer: str | None
    updated_at: datetime


def digest_of(record: Application) -> str:
    """SHA-256 of what was handed in."""
    return hashlib.sha256(orjson.dumps(rows.plain(record), option=orjson.OPT_SORT_KEYS)).hexdigest()


class Applications:
    """The applications; every method works on the connection that it is handed."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    def put(self, connection: Connection, records: Iterable[Application], revision: int) -> None:
        """Store applications, new or not; their entries stay, and so does what they were before."""
        by_id = {record.id: record for record in records}
        stored = self.some(connection, by_id)
        new = [
            {"id": identifier, "state": RECEIVED, **self._columns(record, revision)}
            for identifier, record in by_id.items()
            if identifier not in stored
        ]
        if new:
            connection.execute(insert(table), new)
        for identifier in stored:
            self._keep(connection, identifier, revision)
            own = update(table).where(table.c.id == identifier)
            connection.execute(own.values(self._columns(by_id[identifier], revision)))
        evidence.note(connection, table.name, *by_id)

    def _columns(self, record: Application, revision: int) -> dict[str, Any]:
        return {
            "startup_id": record.startup_id,
            "program_id": record.program_id,
            "number": record.named or "",
            "document": orjson.dumps(rows.plain(record), option=orjson.OPT_SORT_KEYS).decode(),
            "digest": digest_of(record),
            "received_on": record.received_on,
            "updated_at": self._clock(),
            "revision": revision,
        }

    def _keep(self, connection: Connection, identifier: str, until: int) -> None:
        """Keep an application as it stands now, just before a revision replaces it."""
        own = select(table.c.document, table.c.revision).where(table.c.id == identifier)
        row = connection.execute(own).first()
        if row and (row.revision or 0) < until:
            before = {"revision": row.revision or 0, "until": until, "document": row.document}
            connection.execute(insert(states).values(application_id=identifier, **before))
            evidence.note(connection, states.name, identifier)

    def as_of(self, connection: Connection, revision: int) -> list[Application]:
        """Every application as a revision had it, by id."""
        present = select(table.c.document).where(func.coalesce(table.c.revision, 0) <= revision)
        past = select(states.c.document).where(states.c.revision <= revision, states.c.until > revision)
        documents = (*connection.scalars(present), *connection.scalars(past))
        return sorted((rows.application(orjson.loads(each)) for each in documents), key=lambda record: record.id)

    def some(self, connection: Connection, identifiers: Iterable[str]) -> dict[str, StoredApplication]:
        """Those of some ids that are there, by id."""
        wanted = sorted(set(identifiers))
        parts = (wanted[start : start + TOGETHER] for start in range(0, len(wanted), TOGETHER))
        stored = (row for part in parts for row in connection.execute(select(table).where(table.c.id.in_(part))))
        return {row.id: _stored(row) for row in stored}

    def of_firm(self, connection: Connection, startup_id: str) -> list[StoredApplication]:
        """A firm's applications, by id."""
        query = select(table).where(table.c.startup_id == startup_id).order_by(table.c.id)
        return [_stored(row) for row in connection.execute(query)]

    def numbered(self, connection: Connection, program_id: str) -> list[StoredApplication]:
        """A program's applications, by id."""
        query = select(table).where(table.c.program_id == program_id).order_by(table.c.id)
        return [_stored(row) for row in connection.execute(query)]

    def page(
        self,
        connection: Connection,
        *,
        after: str,
        limit: int | None,
        filters: Mapping[str, object],
        programs: Collection[str] | None,
    ) -> list[StoredApplication]:
        """Up to `limit` applications (None: all) with an id behind `after`, of `programs` alone unless None."""
        query = select(table).where(table.c.id > after, *_conditions(filters, programs))
        return [_stored(row) for row in connection.execute(query.order_by(table.c.id).limit(limit))]

    def counts(self, connection: Connection, programs: Collection[str] | None) -> list[tuple[str, str, int]]:
        """How many applications of each program are in which state."""
        query = select(table.c.program_id, table.c.state, func.count()).where(*_conditions({}, programs))
        grouped = query.group_by(table.c.program_id, table.c.state).order_by(table.c.program_id, table.c.state)
        return [(row[0], row[1], row[2]) for row in connection.execute(grouped)]

    def is_named(self, connection: Connection, column: str, identifier: str) -> bool:
        """Tell whether an application names a startup or program; `column` is `startup_id` or `program_id`."""
        return connection.scalar(select(table.c.id).where(table.c[column] == identifier).limit(1)) is not None

    def add(self, connection: Connection, added: Sequence[DeskEntry]) -> None:
        """Store new entries, and what they make of their applications' states."""
        values = [{**asdict(entry), "details": orjson.dumps(entry.details).decode()} for entry in added]
        connection.execute(insert(entries_table), values)
        touched = sorted({entry.application_id for entry in added})
        evidence.note(connection, entries_table.name, *touched)
        histories = self.histories(connection, touched)
        now = [
            {
                "own": own,
                "state": str(history.step or RECEIVED),
                "reviewer": history.reviewer,
                "updated_at": self._clock(),
            }
            for own, history in histories.items()
        ]
        connection.execute(update(table).where(table.c.id == bindparam("own")).values(_NOW), now)
        evidence.note(connection, table.name, *touched)
        self._note_due(connection, histories)

    def note_due(self, connection: Connection, identifiers: Iterable[str]) -> None:
        """Store anew by which days some applications wait for something, as their entries have it."""
        self._note_due(connection, self.histories(connection, identifiers))

    def _note_due(self, connection: Connection, histories: Mapping[str, History]) -> None:
        wanted = sorted(histories)
        for start in range(0, len(wanted), TOGETHER):
            connection.execute(delete(due).where(due.c.application_id.in_(wanted[start : start + TOGETHER])))
        values = [
            {"application_id": identifier, "place": place, **asdict(day)}
            for identifier, history in histories.items()
            for place, day in enumerate(history.due())
        ]
        if values:
            connection.execute(insert(due), values)

    def due_until(
        self,
        connection: Connection,
        last: date,
        programs: Collection[str] | None,
        reviewer: str | None,
        limit: int | None,
    ) -> tuple[Sequence[Any], int]:
        """What applications wait for up to a day, the earliest first and at most `limit`; and how much it is in all.

        Each with `due_on`, `code`, `application_id`, `program_id`, `reviewer`, `remark`, `startup_id`; `programs` and
        `reviewer` leave out others.
        """
        conditions = [due.c.due_on <= last, *_conditions({"reviewer": reviewer}, programs)]
        own = (due.c.application_id, table.c.program_id, table.c.reviewer, due.c.remark, table.c.startup_id)
        joined = due.join(table, table.c.id == due.c.application_id)
        query = select(due.c.due_on, due.c.code, *own).select_from(joined).where(*conditions)
        ordered = query.order_by(due.c.due_on, due.c.code, due.c.application_id, due.c.place).limit(limit)
        counted = select(func.count()).select_from(joined if len(conditions) > 1 else due).where(*conditions)
        return connection.execute(ordered).all(), connection.scalar(counted) or 0

    def of_firms(self, connection: Connection, startup_ids: Collection[str]) -> list[StoredApplication]:
        """The applications of some firms, by id."""
        wanted = sorted(startup_ids)
        parts = (wanted[start : start + TOGETHER] for start in range(0, len(wanted), TOGETHER))
        stored = (
            _stored(row)
            for part in parts
            for row in connection.execute(select(table).where(table.c.startup_id.in_(part)))
        )
        return sorted(stored, key=lambda each: each.record.id)

    def histories(
        self, connection: Connection, identifiers: Iterable[str], *, before: str | None = None
    ) -> dict[str, History]:
        """The entries of each of some applications, oldest first; one without any has an empty history.

        `before` leaves out what was recorded at that moment or later.
        """
        wanted = sorted(set(identifiers))
        grouped: dict[str, list[DeskEntry]] = {identifier: [] for identifier in wanted}
        for start in range(0, len(wanted), TOGETHER):
            own = entries_table.c.application_id.in_(wanted[start : start + TOGETHER])
            query = select(entries_table).where(own).order_by(entries_table.c.application_id, entries_table.c.number)
            for row in connection.execute(query):
                if before is None or row.at < before:
                    grouped[row.application_id].append(_entry(row))
        return {identifier: History(tuple(entries)) for identifier, entries in grouped.items()}

    def steps(self, connection: Connection) -> Iterator[tuple[Application, History]]:
        """Every application on which a step was taken, with its entries."""
        query = select(table).where(table.c.state != RECEIVED).order_by(table.c.id)
        taken = {row.id: _stored(row).record for row in connection.execute(query)}
        for identifier, history in self.histories(connection, taken).items():
            yield taken[identifier], history

    def erase(self, connection: Connection, startup_id: str, ref: str, said: Wording) -> int:
        """Empty what a firm handed in, put its pseudonym in its place, and word what was written about it anew."""
        own = self.of_firm(connection, startup_id)
        for stored in own:
            bare = Application(stored.record.id, ref, stored.record.program_id, received_on=stored.record.received_on)
            self.put(connection, [bare], self._first(connection, stored.record.id))
        self._forget_states(connection, startup_id)
        mine, reworded = {stored.record.id for stored in own}, set[str]()
        with guards.lifted(connection, entries_table):
            for row in connection.execute(select(entries_table)).all():
                details = orjson.loads(row.details)
                is_own = row.application_id in mine
                emptied = {k: v for k, v in details.items() if not is_own or k not in ("paper_number",)}
                record = f"applications/{row.application_id}.{row.number}"
                worded = {k: said(record, k, v, is_own) if isinstance(v, str) else v for k, v in emptied.items()}
                if worded != details:
                    key = (entries_table.c.application_id == row.application_id) & (
                        entries_table.c.number == row.number
                    )
                    connection.execute(update(entries_table).where(key).values(details=orjson.dumps(worded).decode()))
                    evidence.note(connection, entries_table.name, row.application_id)
                    reworded.add(row.application_id)
        self.note_due(connection, reworded)
        return len(own)

    def _first(self, connection: Connection, identifier: str) -> int:
        """The revision with which an application came: reports for days since then go on counting it."""
        past = select(states.c.revision).where(states.c.application_id == identifier)
        now = select(table.c.revision).where(table.c.id == identifier)
        return min(revision or 0 for query in (past, now) for revision in connection.scalars(query))

    def _forget_states(self, connection: Connection, startup_id: str) -> None:
        """Delete what a firm's applications were before, those among them that are another's by now."""
        all_states = connection.execute(select(states))
        named = [row for row in all_states if orjson.loads(row.document)["startup_id"] == startup_id]
        with guards.lifted(connection, states):
            for row in named:
                own = (states.c.application_id == row.application_id) & (states.c.revision == row.revision)
                connection.execute(delete(states).where(own))
        evidence.note(connection, states.name, *{row.application_id for row in named})


def _conditions(filters: Mapping[str, object], programs: Collection[str] | None) -> list[ColumnElement[bool]]:
    stated = {name: value for name, value in filters.items() if value is not None and name != "q"}
    conditions = [table.c[name] == value for name, value in stated.items()]
    text = names.folded(str(filters.get("q") or ""))
    if text:
        conditions.append(
            or_(table.c.number == str(filters["q"]), func.lower(table.c.document).contains(text, autoescape=True))
        )
    return conditions if programs is None else [*conditions, table.c.program_id.in_(programs)]


def _stored(row: Row[Any]) -> StoredApplication:
    record = rows.application(orjson.loads(row.document))
    return StoredApplication(record, row.digest, row.state, row.reviewer, row.updated_at)


def _entry(row: Row[Any]) -> DeskEntry:
    values = dict(row._mapping)
    return DeskEntry(**(values | {"kind": EntryKind(row.kind), "details": orjson.loads(row.details)}))
