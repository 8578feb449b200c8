"""Connections: SQLite set up so that what was acknowledged stays, or PostgreSQL; reading and writing scopes."""

from __future__ import annotations

import mmap
import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.pool import QueuePool

from service.errors import Problem, ServiceError
from service.storage import claims, statements
from service.storage.claims import FileClaims
from service.storage.columns import metadata
from service.telemetry.spans import OpenSpan

__all__ = ["Connection", "Database"]

BUSY_MS = 10_000
NOTES = "evidence"
"""Where a connection keeps the rows that the present block has written and that its audit row shall prove."""
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # without it INSERT OR REPLACE slips past triggers that forbid deletes
    f"busy_timeout={BUSY_MS}",
    "secure_delete=ON",  # what is erased on request does not stay in free pages
)


class Database:
    """One database; `reading` and `writing` hand out a connection for the length of a block."""

    def __init__(self, address: str) -> None:
        self.engine = _sqlite(address) if address.startswith("sqlite") else _postgresql(address)
        self._reader = self.engine.execution_options(writing=False)
        # A writer on PostgreSQL first waits for the revision's row, then must see what was committed before it.
        level = {"isolation_level": "READ COMMITTED"} if self.engine.dialect.name == "postgresql" else {}
        self._writer = self.engine.execution_options(writing=True, **level)
        self._local = threading.local()
        # An anonymous map is shared with forked workers: one write is seen by all, without a query.
        self._mark, self._writes = memoryview(mmap.mmap(-1, 8)).cast("Q"), count(1)
        file = self.engine.url.database
        beside = Path(f"{file}-claims") if file and file != ":memory:" else None
        # Where a SQLite file's names are held; PostgreSQL holds them itself.
        self._claims = FileClaims(beside) if self.engine.dialect.name == "sqlite" else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read from one state of the database; raises ServiceError `database_unavailable`."""
        with _translated(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write all that happens in the block, or nothing of it; raises ServiceError `database_unavailable`."""
        # The transaction ends before the mark is set: whoever sees the mark sees the rows.
        with _translated(), self._writer.begin() as connection:
            connection.info.pop(NOTES, None)  # what a block that failed has noted on this connection
            yield connection
            if connection.info.get(NOTES):
                raise RuntimeError(f"evidence without an audit row: {sorted(connection.info[NOTES])[:5]}")
        self._mark[0] = os.getpid() << 32 | next(self._writes)  # unlike every mark before

    def last_write(self) -> int:
        """A mark of the last writing block of this process and of those forked from it; it costs no look anywhere."""
        return self._mark[0]

    @contextmanager
    def writing_alone(self, name: str) -> Iterator[Connection]:
        """Write as in `writing`, unless a block of this name is open in whatever process: raises ClaimedError."""
        with self._claims.held(name) if self._claims else nullcontext(), self.writing() as connection:
            if self._claims is None:
                claims.hold(connection, name)
            yield connection

    @contextmanager
    def undone(self) -> Iterator[Connection]:
        """Write in the block only to see what would come of it: nothing of it stays."""
        with _translated(), self._writer.connect() as connection:
            connection.info.pop(NOTES, None)
            yield connection
            connection.rollback()

    def scrub(self) -> None:
        """Leave nothing of what was deleted in the database's own files; may wait for readers, and for PostgreSQL's
        tables to be written anew.
        """
        if self.engine.dialect.name == "sqlite":  # free pages are overwritten as they come free; the log remains
            end = time.monotonic() + BUSY_MS / 1_000
            while self.scalar("PRAGMA wal_checkpoint(TRUNCATE)"):
                if time.monotonic() > end:
                    raise ServiceError(Problem.DATABASE_UNAVAILABLE)
                time.sleep(0.05)
            return
        with _translated(), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in metadata.sorted_tables:
                connection.exec_driver_sql(f'VACUUM FULL "{table.name}"')

    def scalar(self, statement: str) -> Any:
        """Read one value, as `row` reads one row."""
        return self.row(statement)[0]

    def row(self, statement: str, *values: object) -> Any:
        """Read one row, or None, outside any block, on a connection kept for this thread: 30 times quicker than one.

        The values stand where the statement has a question mark.
        """
        try:
            return self._quick(statement, values)
        except self.engine.dialect.loaded_dbapi.Error:  # the kept connection may have outlived its server: once more
            self._local.connection = None
        with _translated():
            return self._quick(statement, values)

    def watch(self, open_span: OpenSpan) -> None:
        """Open a span of the request for each statement from now on."""
        statements.watch(self.engine, open_span)

    def close(self) -> None:
        """Close idle connections, this thread's kept one too; call before a fork."""
        self._local.connection = None
        self.engine.dispose()
        if self._claims is not None:
            self._claims.close()

    def _quick(self, statement: str, values: Sequence[object]) -> Any:
        if getattr(self._local, "connection", None) is None:
            pooled = self.engine.raw_connection()
            self._local.connection = pooled.driver_connection
            pooled.detach()
            if self.engine.dialect.name == "postgresql":
                self._local.connection.autocommit = True
        written = statement.replace("?", "%s") if self.engine.dialect.name == "postgresql" else statement
        return self._local.connection.execute(written, values).fetchone()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, sqlite3.OperationalError, psycopg.OperationalError) as error:
        raise ServiceError(Problem.DATABASE_UNAVAILABLE) from error
    except DBAPIError as error:
        # The server went away in the middle of a statement; the pool opens a new connection next time.
        if error.connection_invalidated:
            raise ServiceError(Problem.DATABASE_UNAVAILABLE) from error
        raise


def _sqlite(address: str) -> Engine:
    file = make_url(address).database
    if file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        address, poolclass=QueuePool, pool_size=32, hide_parameters=True, connect_args={"check_same_thread": False}
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late and is never IMMEDIATE
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgresql(address: str) -> Engine:
    url = make_url(address)
    # Hosting services hand out `postgres://`, which SQLAlchemy no longer knows.
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_size=16,
        isolation_level="REPEATABLE READ",
        hide_parameters=True,
        connect_args={"connect_timeout": 5},
    )
