"""Evidence: digests of lasting rows, which the audit trail holds, so that a row that was changed anywhere is found.

Whoever writes such rows notes their keys; the audit row of the same block then holds what each of them came to. A key
names one row, or all rows that belong together, such as the rows of one import.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Connection, Integer, Select, bindparam, or_, select, text

from service.storage.columns import metadata
from service.storage.database import NOTES

CHUNK, MOST_IN_STATEMENT, KEYS = 5_000, 500, "keys"
ABSENT: None = None
"""The digest of a key whose rows are gone."""

Digests = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lasting:
    """A table whose rows are evidence, by the column that tells which belong together.

    `leave_out` names columns that move without an audited act; `only` are the rows that count, when not all do.
    `added` names nullable columns of a migration that only adds (`USABLE_FROM`): where one is empty it is not part of
    the digest, so that the version before, which does not know the column, proves a row by the same digest.
    """

    name: str
    key: str
    leave_out: frozenset[str] = frozenset()
    only: str | None = None
    added: frozenset[str] = frozenset()

    def digests(self, connection: Connection, keys: Collection[str] | None = None) -> Digests:
        """The digest of every key, or of some: those without rows are absent."""
        table, (whole, some) = metadata.tables[self.name], _statements(self)
        rows: dict[str, list[bytes]] = defaultdict(list)
        read = int if isinstance(table.c[self.key].type, Integer) else str
        for part in [None] if keys is None else _parts(map(read, keys)):
            query, wanted = (whole, {}) if part is None else (some, {KEYS: part})
            for row in connection.execute(query, wanted, execution_options={"yield_per": CHUNK}).mappings():
                stated = {name: value for name, value in row.items() if value is not None or name not in self.added}
                rows[str(row[self.key])].append(_digest(stated))
        is_one_row = table.primary_key.columns.keys() == [self.key]
        return {key: digests[0].hex() if is_one_row else _together(digests) for key, digests in rows.items()}


@dataclass(frozen=True, slots=True)
class SideDigests:
    """A side of the catalogue by revision: what was written then and what ended then, wherever it lies now."""

    name: str

    def digests(self, connection: Connection, keys: Collection[str] | None = None) -> Digests:
        """The digest of every revision that has left a trace, or of some of them."""
        side, earlier = metadata.tables[self.name], metadata.tables["earlier"]
        digests: dict[str, list[bytes]] = defaultdict(list)
        present = select(side.c.id, side.c.digest, side.c.document, side.c.revision)
        past = select(earlier).where(earlier.c.side == self.name)
        wanted = None if keys is None else set(keys)
        # Keys come as text from the trail; an index on whole numbers is used only if they are compared as numbers.
        for part in [None] if keys is None else _parts(map(int, keys)):
            written = [] if part is None else [side.c.revision.in_(part)]
            for row in connection.execute(present.where(*written), execution_options={"yield_per": CHUNK}):
                digests[str(row.revision)].append(_written(row.id, row.digest, row.document.encode()))
            either = [] if part is None else [or_(earlier.c.revision.in_(part), earlier.c.until.in_(part))]
            for row in connection.execute(past.where(*either), execution_options={"yield_per": CHUNK}):
                if wanted is None or str(row.revision) in wanted:
                    document = zlib.decompress(row.document)
                    digests[str(row.revision)].append(_written(row.id, row.digest, document))
                if wanted is None or str(row.until) in wanted:
                    digests[str(row.until)].append(_digest({"id": row.id, "ended": row.revision}))
        return {key: _together(rows) for key, rows in digests.items()}


@dataclass(frozen=True, slots=True)
class Stretches:
    """The access log in stretches, each from a first to a last number: reading is logged too often for a row each."""

    name: str

    def digests(self, connection: Connection, keys: Collection[str] | None = None) -> Digests:
        """The digest of some stretches by `first-last`; only those that the trail tells of can be asked for."""
        table = metadata.tables[self.name]
        digests_by_stretch: dict[str, str] = {}
        for key in keys or ():
            first, last = map(int, key.split("-"))
            rows = connection.execute(select(table).where(table.c.id.between(first, last))).mappings()
            digests = [_digest(dict(row)) for row in rows]
            if digests:
                digests_by_stretch[key] = _together(digests)
        return digests_by_stretch


TABLES: Mapping[str, Lasting | SideDigests | Stretches] = {
    "accesses": Stretches("accesses"),
    "catalogue": Lasting("catalogue", "id"),
    "startups": SideDigests("startups"),
    "programs": SideDigests("programs"),
    "removed": Lasting("removed", "revision"),
    "outcomes": Lasting("outcomes", "program_id"),
    "startup_refs": Lasting("startup_refs", "ref"),
    "decisions": Lasting("decisions", "seq"),
    "objections": Lasting("objections", "seq"),
    "objection_answers": Lasting("objection_answers", "objection"),
    "runs": Lasting("runs", "id"),
    "shown": Lasting("shown", "run_id"),
    "answers": Lasting("answers", "digest"),
    "rounds": Lasting("rounds", "id"),
    "round_reasons": Lasting("round_reasons", "round_id"),
    "scorings": Lasting("scorings", "seq"),
    "users": Lasting("users", "id"),
    "keys": Lasting("keys", "id", frozenset({"last_used_at"})),
    "imports": Lasting("imports", "id", only="state = 'committed'"),
    "applications": Lasting("applications", "id", added=frozenset({"revision"})),
    "application_states": Lasting("application_states", "application_id"),
    "revisions": Lasting("revisions", "revision"),
    "application_entries": Lasting("application_entries", "application_id"),
    "firm_merges": Lasting("firm_merges", "seq"),
    "listings": Lasting("listings", "seq"),
    "listing_rows": Lasting("listing_rows", "listing"),
    "listing_answers": Lasting("listing_answers", "seq"),
    "round_papers": Lasting("round_papers", "round_id"),
    "import_rows": Lasting(
        "import_rows", "import_id", only="import_id IN (SELECT id FROM imports WHERE state = 'committed')"
    ),
}
"""Every table whose rows the trail proves, by name; tables are found by name, so that any room may note its rows."""

UNPROVED: Mapping[str, str] = {
    "audit": "the trail itself, proved by its chain",
    "audit_head": "the trail's head, proved by its chain",
    "earlier": "proved with the side whose past it is, by revision",
    "application_due": "what entries come to, which are proved; made again of them",
    "fits": "how far a fit is; who asked for it and what came of it stand in the trail",
    "fit_takers": "which processes were there within the last minute",
    "heading_maps": "how headings of files are read; an import keeps what its rows were made from",
    "replies": "retries of a day; what came of them is proved",
    "links": "secrets of a day that open a session once",
    "sign_ins": "sign-ins under way, for minutes",
    "sessions": "sign-ins of hours; the access log says what was done in them",
}
"""Why the rows of every other table are not in `TABLES`."""


def note(connection: Connection, table: str, *keys: object) -> None:
    """Note what this block has written or deleted; its audit row will hold what that came to."""
    connection.info.setdefault(NOTES, set()).update((table, str(key)) for key in keys)


def digests_of_noted(connection: Connection) -> dict[str, str | None]:
    """What every noted key came to by `table/key` (None: its rows are gone); the notes are taken."""
    # Popped from the connection, which the pool hands to somebody else afterwards.
    noted: dict[str, set[str]] = defaultdict(set)
    for table, key in connection.info.pop(NOTES, ()):
        noted[table].add(key)
    digests_by_row: dict[str, str | None] = {}
    for table, keys in sorted(noted.items()):
        digests = TABLES[table].digests(connection, keys)
        digests_by_row |= {f"{table}/{key}": digests.get(key, ABSENT) for key in sorted(keys)}
    return digests_by_row


@cache
def _statements(table: Lasting) -> tuple[Select[Any], Select[Any]]:
    """All rows of a table that count, and those of some `KEYS`: made once, since every answer asks for some."""
    columns = metadata.tables[table.name].c
    stated = select(*(column for column in columns if column.name not in table.leave_out))
    whole = stated if table.only is None else stated.where(text(table.only))
    return whole, whole.where(columns[table.key].in_(bindparam(KEYS, expanding=True)))


def _parts(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """Keys in parts that fit into one statement."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), MOST_IN_STATEMENT):
        yield ordered[start : start + MOST_IN_STATEMENT]


def _written(identifier: str, digest: str, document: bytes) -> bytes:
    """A record as one revision wrote it, wherever it lies now."""
    return _digest({"id": identifier, "digest": digest, "document": document})


def _digest(row: Mapping[str, Any]) -> bytes:
    plain = {str(name): _plain(value) for name, value in row.items()}
    return hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).digest()


def _plain(value: Any) -> Any:
    """A value as both databases give it: bytes by their digest, moments in UTC."""
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def _together(digests: list[bytes]) -> str:
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest()
