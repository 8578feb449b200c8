"""Ways in as stored: sessions, one-time links and sign-ins under way, each known by a digest of its secret only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from service.storage.access.access_tables import links, sessions, sign_ins


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who has signed in: since when, last seen when, and when it ends whatever they do."""

    digest: str
    user_id: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link for a user."""

    digest: str
    user_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that has gone to the portal: `digest` of the state, `browser` of the cookie beside it."""

    digest: str
    browser: str
    nonce: str
    verifier: str
    return_to: str
    expires_at: datetime


class Sessions:
    """The ways in; every method works on the connection that it is handed."""

    def open(self, connection: Connection, session: Session) -> None:
        """Store a new session."""
        connection.execute(insert(sessions).values(asdict(session)))

    def get(self, connection: Connection, digest: str) -> Session | None:
        """One session, or None."""
        row = connection.execute(select(sessions).where(sessions.c.digest == digest)).first()
        return Session(**row._mapping) if row else None

    def touch(self, connection: Connection, digest: str, at: datetime) -> None:
        """Note that somebody is still there."""
        connection.execute(update(sessions).where(sessions.c.digest == digest).values(seen_at=at))

    def close(self, connection: Connection, digest: str) -> None:
        """End a session."""
        connection.execute(delete(sessions).where(sessions.c.digest == digest))

    def close_all(self, connection: Connection, user_id: str) -> None:
        """End every session of a user, and take their links back."""
        connection.execute(delete(sessions).where(sessions.c.user_id == user_id))
        connection.execute(delete(links).where(links.c.user_id == user_id))

    def sweep(self, connection: Connection, now: datetime, idle: timedelta) -> None:
        """Forget what has ended."""
        connection.execute(delete(sessions).where((sessions.c.expires_at <= now) | (sessions.c.seen_at <= now - idle)))
        connection.execute(delete(links).where(links.c.expires_at <= now))
        connection.execute(delete(sign_ins).where(sign_ins.c.expires_at <= now))

    def forget_returning(self, connection: Connection, is_meant: Callable[[str], bool]) -> None:
        """Forget sign-ins under way that would return to a page that is meant."""
        for row in connection.execute(select(sign_ins.c.digest, sign_ins.c.return_to)).all():
            if is_meant(row.return_to):
                connection.execute(delete(sign_ins).where(sign_ins.c.digest == row.digest))

    def invite(self, connection: Connection, link: Link) -> None:
        """Store a new link."""
        connection.execute(insert(links).values(asdict(link)))

    def take_link(self, connection: Connection, digest: str) -> Link | None:
        """Take a link out of the store: whoever comes second finds none."""
        row = _taken(connection, links, digest)
        return Link(**row) if row else None

    def begin(self, connection: Connection, begun: Begun) -> None:
        """Store a sign-in under way."""
        connection.execute(insert(sign_ins).values(asdict(begun)))

    def take_begun(self, connection: Connection, digest: str) -> Begun | None:
        """Take a sign-in under way out of the store: a state counts once."""
        row = _taken(connection, sign_ins, digest)
        return Begun(**row) if row else None


def _taken(connection: Connection, table: Table, digest: str) -> dict[str, Any] | None:
    # Deleted and read in one statement: of two who show the same link one gets it.
    row = connection.execute(delete(table).where(table.c.digest == digest).returning(*table.columns)).first()
    return dict(row._mapping) if row else None
