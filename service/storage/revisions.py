"""The catalogue's revision: one number that rises with every change and tells every process to look again."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from service.storage.database import Database
from service.storage.tables import catalogue


class Revisions:
    """Reads the revision cheaply, and takes the next one inside a writing block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def now(self) -> int:
        """The revision of the last committed change."""
        return int(self._database.scalar("SELECT revision FROM catalogue"))

    def seen_by(self, connection: Connection) -> int:
        """The revision that a reading block sees."""
        return int(connection.exec_driver_sql("SELECT revision FROM catalogue").scalar_one())

    def hold(self, connection: Connection) -> None:
        """Keep every other writer waiting until this block ends; call before reading what is to be compared."""
        connection.execute(select(catalogue.c.revision).with_for_update())

    def next(self, connection: Connection) -> int:
        """Take the next revision for what this block writes."""
        rise = update(catalogue).values(revision=catalogue.c.revision + 1).returning(catalogue.c.revision)
        return int(connection.execute(rise).scalar_one())
