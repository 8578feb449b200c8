"""Both databases for the tests: SQLite files, and PostgreSQL on the server that IEUM_TEST_POSTGRES names or on our own.

Our own server is started by whichever process needs it first, serves all of them, and is stopped at the very end.
"""

from __future__ import annotations

import fcntl
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

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
    server, name = make_url(_server()).set(drivername="postgresql+psycopg"), "ieum_" + uuid.uuid4().hex
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield server.set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


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
