"""Startups and programs as stored: read, searched, written under a revision that only ever rises."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Generic, TypeVar

import orjson
from sqlalchemy import ColumnElement, Connection, Row, Table, case, delete, func, insert, or_, select, update

from model.domain import Program, Stage, Startup
from model.faults import BadData
from model.snapshot import rows
from model.text import names
from model.vocabulary.numbers import bare_number
from service.storage.catalogue import documents, earlier, tables
from service.storage.columns import metadata
from service.storage.evidence import digests as evidence

Record = TypeVar("Record", Startup, Program)
Clock = Callable[[], datetime]
MOST_IN_STATEMENT = 500
NAMELESS = ""
"""Stands among the removed for those that were erased: not even their id is remembered."""
ORDERS: Mapping[str, Mapping[str, ColumnElement[Any]]] = {
    "startups": {
        "name": tables.startups.c.folded,
        "region": tables.startups.c.region,
        "stage": case({stage: place for place, stage in enumerate(Stage)}, value=tables.startups.c.stage),
    },
    "programs": {"closes_on": tables.programs.c.closes_on, "year": tables.programs.c.year},
}
"""By what a list of each side may be put in order."""


@dataclass(frozen=True, slots=True)
class StoredProfile(Generic[Record]):
    """A record with its digest, the revision at which it last changed, and when that was."""

    record: Record
    digest: str
    revision: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as it will be stored: every column but the revision. Many are made before others are kept waiting."""

    id: str
    digest: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """How many records were new, changed or the same as before."""

    added: int = 0
    changed: int = 0
    same: int = 0


class Profiles(Generic[Record]):
    """The startups or the programs; every method works on the connection that it is handed."""

    def __init__(
        self, table: Table, kind: type[Record], reader: Callable[[Mapping[str, object]], Record], clock: Clock
    ) -> None:
        self._table = table
        self._kind: type[Record] = kind
        self._reader: Callable[[Mapping[str, object]], Record] = reader
        self._clock = clock
        self._columns = [table.c.document, table.c.digest, table.c.revision, table.c.updated_at]

    def get(self, connection: Connection, identifier: str) -> StoredProfile[Record] | None:
        """One record, or None."""
        if "\0" in identifier:
            return None
        row = connection.execute(select(*self._columns).where(self._table.c.id == identifier)).first()
        return self._stored(row) if row else None

    def page(
        self,
        connection: Connection,
        *,
        after: str = "",
        limit: int | None,
        filters: Mapping[str, object],
        skip: int = 0,
        order: str = "",
    ) -> list[StoredProfile[Record]]:
        """Up to `limit` records (None: all) with an id behind `after` that fit every filter, without `skip`.

        They come by id, or by one of ORDERS first, with a hyphen before it from the end; what is unknown is last.
        """
        query = select(*self._columns).where(self._table.c.id > after, *self._conditions(filters))
        if order.removeprefix("-") in ORDERS[self._table.name]:
            key = ORDERS[self._table.name][order.removeprefix("-")]
            query = query.order_by((key.desc() if order.startswith("-") else key.asc()).nulls_last())
        ordered = query.order_by(self._table.c.id).limit(limit).offset(skip)
        return [self._stored(row) for row in connection.execute(ordered)]

    def since(
        self, connection: Connection, revision: int, pause: Callable[[], None] = lambda: None
    ) -> list[StoredProfile[Record]]:
        """Every record that changed after a revision, by id; 0 asks for all. `pause` is called after each."""
        # Asked for in order, SQLite would walk through all records instead of the index of revisions.
        query = select(*self._columns).where(self._table.c.revision > revision)
        stored: list[StoredProfile[Record]] = []
        for row in connection.execute(query).all():
            stored.append(self._stored(row))
            pause()
        return sorted(stored, key=lambda each: each.record.id)

    def closing(self, connection: Connection, first: date, last: date) -> list[Record]:
        """The programs that close within some days."""
        query = select(*self._columns).where(self._table.c.closes_on.between(first, last))
        return [self._stored(row).record for row in connection.execute(query.order_by(self._table.c.id))]

    def count_since(self, connection: Connection, revision: int) -> int:
        """How many records changed after a revision."""
        query = select(func.count()).select_from(self._table).where(self._table.c.revision > revision)
        return connection.scalar(query) or 0

    def as_of(self, connection: Connection, revision: int) -> list[tuple[Record, str]]:
        """Every record as a revision had it, with its digest, by id."""
        states = earlier.as_of(connection, self._table, revision)
        records = [(self._reader(orjson.loads(document)), digest) for document, digest in states]
        return sorted(records, key=lambda pair: pair[0].id)

    def digests_of(self, connection: Connection, identifier: str) -> set[str]:
        """The digest of every state that a record has been in, present and earlier."""
        return earlier.digests_of(connection, self._table, identifier)

    def states(self, connection: Connection, identifier: str) -> list[Record]:
        """A record in every state that it has been in, present and earlier."""
        return [
            self._reader(orjson.loads(document)) for document in earlier.states(connection, self._table, identifier)
        ]

    def naming(self, connection: Connection, is_in: Callable[[str], bool], but: str) -> Iterator[tuple[str, str, str]]:
        """Id, field and text of whatever the present records but one say that `is_in` recognises."""
        query = select(self._table.c.id, self._table.c.document).where(self._table.c.id != but)
        for row in connection.execute(query.order_by(self._table.c.id), execution_options={"yield_per": 500}):
            if is_in(row.document):
                for name, value in orjson.loads(row.document).items():
                    texts = value if isinstance(value, list) else [value]
                    yield from ((row.id, name, text) for text in texts if isinstance(text, str) and is_in(text))

    def misfiled(self, connection: Connection) -> Iterator[int]:
        """The revisions of records whose columns for filters are not what their documents say."""
        names = sorted({field.name for field in fields(Startup) + fields(Program)} & set(self._table.c.keys()))
        records = connection.execute(select(self._table), execution_options={"yield_per": MOST_IN_STATEMENT})
        for row in records.mappings():
            try:
                record = self._reader(orjson.loads(row["document"]))
                # Columns are copies for filters; whoever changed only one of the two would change what lists show.
                filed = {name: getattr(record, name) for name in names} | _compared(record)
                is_filed = all(row[name] == value for name, value in filed.items())
            except (ValueError, TypeError, BadData):  # somebody's forgery may be no document at all
                is_filed = False
            if not is_filed:
                yield row["revision"]

    def erase(self, connection: Connection, identifier: str, revision: int) -> None:
        """Delete every earlier state of a record, and its id where it is remembered that it went."""
        evidence.note(connection, self._table.name, *earlier.forget(connection, self._table, identifier))
        evidence.note(connection, "removed", revision)
        # A removal that names the startup would outlive it; a nameless one tells every process to look for itself.
        self._forget_removal(connection, [identifier, NAMELESS])
        gone = {"side": self._table.name, "id": NAMELESS, "revision": revision}
        connection.execute(insert(tables.removed), [gone])

    def erased_since(self, connection: Connection, revision: int) -> bool:
        """Tell whether a record was erased after a revision."""
        return NAMELESS in self._removed_since(connection, revision)

    def removed_since(self, connection: Connection, revision: int, held: Collection[str]) -> set[str]:
        """Of the ids that somebody holds since a revision, those that have gone and not come back."""
        gone = self._removed_since(connection, revision)
        # After a nameless removal only the list of all ids tells what is gone.
        return set(held) - self.ids(connection) if NAMELESS in gone else gone & set(held)

    def _removed_since(self, connection: Connection, revision: int) -> set[str]:
        gone = tables.removed
        query = select(gone.c.id).where(gone.c.side == self._table.name, gone.c.revision > revision)
        return set(connection.scalars(query))

    def ids(self, connection: Connection) -> set[str]:
        """Every id."""
        return set(connection.scalars(select(self._table.c.id)))

    def count(self, connection: Connection, filters: Mapping[str, object] | None = None) -> int:
        """How many there are that fit every filter."""
        query = select(func.count()).select_from(self._table).where(*self._conditions(filters or {}))
        return connection.scalar(query) or 0

    def some(self, connection: Connection, identifiers: Iterable[str]) -> dict[str, StoredProfile[Record]]:
        """Those of some ids that are there, by id."""
        query, id_ = select(*self._columns), self._table.c.id
        records = (row for part in _parts(identifiers) for row in connection.execute(query.where(id_.in_(part))))
        return {stored.record.id: stored for stored in map(self._stored, records)}

    def digests(self, connection: Connection, identifiers: Iterable[str]) -> dict[str, str]:
        """The digests of those of some ids that are there."""
        query, id_ = select(self._table.c.id, self._table.c.digest), self._table.c.id
        records = (row for part in _parts(identifiers) for row in connection.execute(query.where(id_.in_(part))))
        return {row.id: row.digest for row in records}

    def put_all(self, connection: Connection, drafts: Sequence[Draft], next_revision: Callable[[], int]) -> Written:
        """Store records by id; one with the facts that it had before is left alone, and costs no revision."""
        # One query for all digests is quicker than one for each record, and an import names most of them.
        old = {row.id: row.digest for row in connection.execute(select(self._table.c.id, self._table.c.digest))}
        added = [draft for draft in drafts if draft.id not in old]
        changed = [draft for draft in drafts if old.get(draft.id, "") not in ("", draft.digest)]
        if added or changed:
            revision = next_revision()
            evidence.note(connection, self._table.name, revision)
            self._insert(connection, [{**draft.values, "revision": revision} for draft in added])
            earlier.keep(connection, self._table, [draft.id for draft in changed], revision)
            for draft in changed:
                own = update(self._table).where(self._table.c.id == draft.id)
                connection.execute(own.values({**draft.values, "revision": revision}))
        return Written(len(added), len(changed), len(drafts) - len(added) - len(changed))

    def drafted(self, records: Iterable[Record]) -> list[Draft]:
        """Records ready for `put_all`; call it before the block that writes them."""
        names = {f.name for f in fields(self._kind)} & set(self._table.c.keys())
        drafts: list[Draft] = []
        for record in records:
            document = documents.written(record)
            digest = documents.digest_of(document)
            about: dict[str, Any] = {"document": document.decode(), "digest": digest, "search": _searchable(record)}
            about |= _compared(record)
            values = {name: getattr(record, name) for name in names} | about | {"updated_at": self._clock()}
            drafts.append(Draft(record.id, digest, values))
        return drafts

    def put(self, connection: Connection, record: Record, revision: int) -> StoredProfile[Record]:
        """Store one record, new or not."""
        (draft,) = self.drafted([record])
        value = {**draft.values, "revision": revision}
        evidence.note(connection, self._table.name, revision)
        earlier.keep(connection, self._table, [record.id], revision)
        # Updated in place: a delete would take the outcomes along by their foreign key.
        changed = connection.execute(update(self._table).where(self._table.c.id == record.id).values(value))
        if changed.rowcount == 0:
            self._insert(connection, [value])
        return StoredProfile(record, value["digest"], revision, value["updated_at"])

    def remove(self, connection: Connection, identifier: str, revision: int) -> None:
        """Delete one record and remember that it went."""
        self._forget_removal(connection, [identifier])
        earlier.keep(connection, self._table, [identifier], revision)
        evidence.note(connection, self._table.name, revision)
        evidence.note(connection, "removed", revision)
        if self._table is tables.startups:  # its outcomes go with it
            # Noted before the delete, whose cascade leaves no rows to ask for.
            own = tables.outcomes.c.startup_id == identifier
            evidence.note(connection, "outcomes", *connection.scalars(select(tables.outcomes.c.program_id).where(own)))
        connection.execute(delete(self._table).where(self._table.c.id == identifier))
        gone = {"side": self._table.name, "id": identifier, "revision": revision}
        connection.execute(insert(tables.removed), [gone])

    def _insert(self, connection: Connection, values: list[dict[str, Any]]) -> None:
        if values:
            self._forget_removal(connection, [value["id"] for value in values])
            connection.execute(insert(self._table), values)

    def _forget_removal(self, connection: Connection, identifiers: Iterable[str]) -> None:
        gone = tables.removed
        side = select(gone.c.id).where(gone.c.side == self._table.name)
        for identifier in set(connection.scalars(side)) & set(identifiers):
            own = (gone.c.side == self._table.name) & (gone.c.id == identifier)
            back = delete(gone).where(own).returning(gone.c.revision)
            evidence.note(connection, "removed", *connection.scalars(back))

    def _conditions(self, filters: Mapping[str, object]) -> list[ColumnElement[bool]]:
        asked = str(filters.get("q") or "")
        stated = {key: value for key, value in filters.items() if key not in ("q", "q_regions") and value is not None}
        conditions = [or_(*self._hits(asked, filters.get("q_regions")))] if names.folded(asked) else []
        for key, value in stated.items():
            column = self._table.c[key]
            if isinstance(value, frozenset):  # any of some; of a 시도 also what lies in it
                within = [column.startswith(c, autoescape=True) for c in value if key == "region" and len(c) == 2]
                conditions.append(or_(column.in_(value), *within))
            else:
                conditions.append(column == value)
        return conditions

    def _hits(self, asked: str, regions: object) -> Iterator[ColumnElement[bool]]:
        """What a search may mean: a part of a name or text, a business number, a place, a name's initials."""
        # A per cent sign or underscore in the question stands for itself, hence autoescape.
        yield self._table.c.search.contains(names.folded(asked), autoescape=True)
        if isinstance(regions, frozenset) and regions:
            yield self._table.c.region.in_(regions)
        if "firm_number" in self._table.c and (number := bare_number(asked)):
            yield self._table.c.firm_number == number
        if pattern := names.initials(asked):
            yield self._table.c.search.regexp_match(f"^[^\n]*\n[^\n]*{pattern}")  # the name follows the id

    def of_number(self, connection: Connection, number: str) -> set[str]:
        """The ids of the firms with a business number, however written; of one merged away, the one that stayed."""
        return self.of_numbers(connection, [number]).get(bare_number(number) or "", set())

    def of_numbers(self, connection: Connection, numbers: Iterable[str]) -> dict[str, set[str]]:
        """The same for many numbers in few queries, by the bare number."""
        own, merges = tables.startups.c, metadata.tables["firm_merges"].c
        ids: dict[str, set[str]] = {}
        for part in _parts(filter(None, map(bare_number, numbers))):
            merged = select(merges.firm_number, own.id).where(own.id == merges.remains, merges.firm_number.in_(part))
            queries = (
                select(own.firm_number, own.id).where(own.firm_number.in_(part)),
                merged.where(merges.undone.is_(None)),
            )
            for number, identifier in (row for query in queries for row in connection.execute(query)):
                ids.setdefault(number, set()).add(identifier)
        return ids

    def _stored(self, row: Row[Any]) -> StoredProfile[Record]:
        return StoredProfile(self._reader(orjson.loads(row.document)), row.digest, row.revision, row.updated_at)


def startups(clock: Clock) -> Profiles[Startup]:
    """The startups' repository."""
    return Profiles(tables.startups, Startup, rows.startup, clock)


def programs(clock: Clock) -> Profiles[Program]:
    """The programs' repository."""
    return Profiles(tables.programs, Program, rows.program, clock)


def _parts(identifiers: Iterable[str]) -> Iterator[list[str]]:
    """Ids in parts that fit into one statement."""
    left = sorted(set(identifiers))
    for start in range(0, len(left), MOST_IN_STATEMENT):
        yield left[start : start + MOST_IN_STATEMENT]


def _compared(record: Startup | Program) -> dict[str, str | None]:
    """The columns by which lists from outside find a firm."""
    if isinstance(record, Program):
        return {}
    folded = {"folded": record.name, "folded_en": record.name_en}
    named = {column: names.firm(name or "")[:200] for column, name in folded.items()}
    return {"firm_number": bare_number(record.business_number), **named}


def _searchable(record: Startup | Program) -> str:
    texts = [record.id, record.name, record.name_en, record.summary, record.summary_en, *record.technologies]
    if isinstance(record, Program):
        texts += [record.partner, record.family, record.track, record.operator]
    return "\n".join(names.folded(text) for text in texts if text)
