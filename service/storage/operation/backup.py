"""A whole database in one portable file, and back into an empty database of either kind.

The file is a SQLite database with our tables and a manifest: each table's row count and SHA-256, the schema's version.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
from sqlalchemy import Connection, Engine, Table, create_engine, func, insert, select, update
from sqlalchemy.exc import DatabaseError

from service.errors import Problem, ServiceError
from service.storage import schema
from service.storage.columns import metadata
from service.storage.database import Database
from service.storage.records import record_tables

CHUNK = 5_000
STANDING = frozenset({"catalogue", "audit_head"})
"""Tables that hold one row from the first day; it is moved on, not added."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds."""

    rows: int
    digest: str


Manifest = dict[str, Content]
"""The content of each table, by name."""


def write(database: Database, file: Path) -> Manifest:
    """Write everything, as of one moment, into a new file; the service may go on writing meanwhile."""
    if database.engine.dialect.name == "sqlite":
        # Copy a SQLite database while others write to it: readers and writers do not wait for each other.
        pooled = database.engine.raw_connection()
        try:
            with closing(sqlite3.connect(file)) as target:
                # SQLite's own copying: consistent while others write, and page by page.
                pooled.driver_connection.backup(target)  # type: ignore[union-attr]  # sqlite3's, unknown to SQLAlchemy
                # One file and no log beside it, which somebody would forget to copy.
                target.execute("PRAGMA journal_mode=DELETE")
        finally:
            pooled.close()
    else:
        _copy_out(database, file)
    with _writable(file) as engine, engine.begin() as connection:
        contents = manifest(connection)
        connection.exec_driver_sql("CREATE TABLE backup (name TEXT PRIMARY KEY, rows INTEGER, digest TEXT)")
        values = [(name, content.rows, content.digest) for name, content in contents.items()]
        connection.exec_driver_sql("INSERT INTO backup VALUES (?, ?, ?)", [*values, ("schema", 0, schema.wanted())])
    return contents


def read(file: Path, connection: Connection) -> Manifest:
    """Copy a backup's rows into an empty database within a writing block, proved before and after.

    Raises ServiceError `backup_unreadable`, `backup_of_other_version` or `database_not_empty`.
    """
    with _readable(file) as source:
        rows = source.exec_driver_sql("SELECT name, rows, digest FROM backup")
        written = {name: (count, digest) for name, count, digest in rows}
        _, version = written.pop("schema")
        if version != schema.wanted():
            raise ServiceError(Problem.BACKUP_OF_OTHER_VERSION, found=version, wanted=schema.wanted())
        stated = {name: Content(*content) for name, content in written.items()}
        if manifest(source) != stated:
            raise ServiceError(Problem.BACKUP_UNREADABLE, name=file.name)
        others = [table for table in metadata.sorted_tables if table.name not in STANDING]
        filled = [table.name for table in others if connection.execute(select(table).limit(1)).first()]
        if filled or connection.scalar(select(record_tables.audit_head.c.count)):
            raise ServiceError(Problem.DATABASE_NOT_EMPTY, tables=", ".join(filled) or "audit_head")
        for table in metadata.sorted_tables:
            _copy_rows(source, connection, table)
    if manifest(connection) != stated:
        raise ServiceError(Problem.BACKUP_UNREADABLE, name=file.name)
    return stated


def manifest(connection: Connection) -> Manifest:
    """The content of each table as a block sees it."""
    return {table.name: _content(connection, table) for table in metadata.sorted_tables}


def _content(connection: Connection, table: Table) -> Content:
    """Count and digest the rows, whatever order they come in: databases sort texts differently."""
    rows = (row for part in _parts(connection, table) for row in part)
    digests = [hashlib.sha256(orjson.dumps([_plain(value) for value in row.values()])).digest() for row in rows]
    return Content(len(digests), hashlib.sha256(b"".join(sorted(digests))).hexdigest())


def _parts(source: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    rows = source.execute(select(table), execution_options={"yield_per": CHUNK})
    for part in rows.mappings().partitions(CHUNK):
        yield [dict(row) for row in part]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _copy_rows(source: Connection, target: Connection, table: Table) -> None:
    for some in _parts(source, table):
        if table.name not in STANDING:
            target.execute(insert(table), some)
        elif some[0] != dict(target.execute(select(table)).mappings().one()):
            target.execute(update(table).values(some[0]))
    if target.dialect.name == "postgresql" and table.autoincrement_column is not None:
        _move_on(target, table)


def _move_on(target: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows behind those that were brought."""
    column = table.autoincrement_column
    assert column is not None
    # Rows that bring their own numbers don't move PostgreSQL's sequence on.
    sequence = target.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
    if sequence is not None:
        last = target.scalar(select(func.max(column))) or 0
        target.execute(select(func.setval(sequence, last + 1, False)))


def _copy_out(database: Database, file: Path) -> None:
    """Copy the rows of one snapshot of PostgreSQL into a SQLite database of the same schema."""
    target = Database(f"sqlite:///{file}")
    schema.migrate(target)
    with database.reading() as source, target.writing() as connection:
        for table in metadata.sorted_tables:
            _copy_rows(source, connection, table)
    target.close()
    with closing(sqlite3.connect(file)) as plain:
        plain.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _writable(file: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@contextmanager
def _readable(file: Path) -> Iterator[Connection]:
    # Read only, so that a look at a backup leaves it byte for byte as it was.
    address = f"file:{quote(str(file.absolute()))}?mode=ro"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True))
    try:
        with engine.connect() as connection:
            yield connection
    except (sqlite3.DatabaseError, DatabaseError, KeyError) as error:
        raise ServiceError(Problem.BACKUP_UNREADABLE, name=file.name) from error
    finally:
        engine.dispose()
