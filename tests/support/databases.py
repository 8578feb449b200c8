"""Both databases for the tests: SQLite files, and PostgreSQL on the server that IEUM_TEST_POSTGRES names or on our own.

Our own server is started by whichever process needs it first, serves all of them, and is stopped at the very end.
"""

from __future__ import annotations

import fcntl
import os
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, inspect, make_url, text

from service.storage.database import Database
from tests.support.postgres import Server, folder

NAMED = "IEUM_TEST_POSTGRES"
FOLDER = "IEUM_TEST_POSTGRES_FOLDER"
KINDS = ("sqlite", "postgresql")


def prepare() -> None:
    """Choose where our own server will stand; call once, in the process that the others come from."""
    if not os.environ.get(NAMED):
        os.environ[FOLDER] = str(folder())


def finish() -> None:
    """Stop our own server, if anybody started it; call once, when all tests are done."""
    where = os.environ.pop(FOLDER, None)
    if where is None:
        return
    server = Server(Path(where) / "server")
    if server.is_running:
        server.stop("immediate")
    Server(Path(where)).remove()


@contextmanager
def empty(kind: str, home: Path) -> Iterator[str]:
    """The address of an empty database of a kind; gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{home}/ieum.db"
        return
    with _asking() as connection, _made(connection) as name:
        yield _address(name)


@contextmanager
def copied(fill: Callable[[str], object]) -> Iterator[str]:
    """The address of a PostgreSQL database as `fill` fills one, which it does once in each process; gone afterwards."""
    with _asking() as connection, _made(connection, like=_filled(fill)) as name:
        yield _address(name)


def forget() -> None:
    """Drop what this process's copies were made from; call once, when its tests are done."""
    while _patterns:
        with _asking() as connection:
            connection.execute(text(f"DROP DATABASE {_patterns.pop()} WITH (FORCE)"))


_patterns: list[str] = []


@cache
def _filled(fill: Callable[[str], object]) -> str:
    name = _name()
    _patterns.append(name)
    with _asking() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    fill(_address(name))
    return name


@contextmanager
def _asking() -> Iterator[Connection]:
    engine = create_engine(_url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@contextmanager
def _made(connection: Connection, like: str = "template1") -> Iterator[str]:
    name = _name()
    connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {like}"))
    yield name
    connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def _name() -> str:
    return "ieum_" + uuid.uuid4().hex


def _url() -> URL:
    return make_url(_server()).set(drivername="postgresql+psycopg")


def _address(name: str) -> str:
    return _url().set(database=name).render_as_string(hide_password=False)


def content(database: Database) -> str:
    """Every value of every table as text, what is compressed unpacked."""
    with database.engine.connect() as connection:
        tables = [f'SELECT * FROM "{table}"' for table in inspect(database.engine).get_table_names()]
        values = [value for query in tables for row in connection.execute(text(query)) for value in row]
    unpacked = (zlib.decompress(v).decode("utf-8", "replace") if isinstance(v, bytes) else str(v) for v in values)
    return "\n".join(unpacked)


def unguard(connection: Connection) -> None:
    """Take the triggers away, as somebody who owns the database can."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        return
    for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
        connection.execute(text(f"DROP TRIGGER {name}"))


def _server() -> str:
    return os.environ.get(NAMED) or _our_own()


def _our_own() -> str:
    where = Path(os.environ[FOLDER])
    server = Server(where / "server")
    with (where / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not server.is_running:
            server.make()
            server.start()
    return server.address
