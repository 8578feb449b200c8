"""The counter of erasures: what was read before one and is written after it would bring back what was erased."""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache

from sqlalchemy import Connection, Select, select, update

from service.errors import Problem, ServiceError
from service.storage.columns import metadata
from service.storage.evidence import digests

BEGUN: ContextVar[int | None] = ContextVar("erasures", default=None)
"""The counter when the present request began, where somebody has noted it."""


def number(connection: Connection) -> int:
    """The counter as a block sees it."""
    return int(connection.scalar(select(metadata.tables["catalogue"].c.erasures)) or 0)


def rise(connection: Connection) -> None:
    """Count one erasure."""
    table = metadata.tables["catalogue"]
    digests.note(connection, table.name, 1)
    connection.execute(update(table).values(erasures=table.c.erasures + 1))


def held(connection: Connection) -> int:
    """The counter, which no erasure moves on before this block has ended."""
    # A shared lock: writers don't wait for each other, but an erasure waits for all of them.
    return int(connection.scalar(_held()) or 0)


@cache
def _held() -> Select[tuple[int]]:
    return select(metadata.tables["catalogue"].c.erasures).with_for_update(read=True)


def check(connection: Connection, *known: int | None) -> None:
    """Compare the counter, within the block that writes, with what it was when its content was read.

    An erasure waits until the block has ended, and then finds what it wrote. Raises ServiceError `erased_meanwhile`.
    """
    read = {count for count in (*known, BEGUN.get()) if count is not None}
    if read and read != {held(connection)}:
        raise ServiceError(Problem.ERASED_MEANWHILE)
