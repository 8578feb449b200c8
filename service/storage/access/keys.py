"""API keys as stored: what each opens and until when; the key itself is never here, only its digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from service.identity import Scope, UserRole
from service.storage.access.access_tables import keys as table
from service.storage.access.users import listed, read
from service.storage.evidence import digests as evidence


@dataclass(frozen=True, slots=True)
class Key:
    """A key. A person's has `user_id` and takes role and programs from the user; a system's has its own."""

    id: str
    name: str
    digest: str
    scopes: frozenset[Scope]
    created_at: datetime
    created_by: str
    user_id: str | None = None
    role: UserRole | None = None
    programs: frozenset[str] | None = None
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None


class Keys:
    """The keys; every method works on the connection that it is handed."""

    def get(self, connection: Connection, identifier: str) -> Key | None:
        """One key, or None."""
        # PostgreSQL refuses a NUL in any text with an error; no key is called so.
        if "\0" in identifier:
            return None
        row = connection.execute(select(table).where(table.c.id == identifier)).first()
        return _key(row) if row else None

    def page(self, connection: Connection, *, after: str = "", limit: int | None) -> list[Key]:
        """Up to `limit` keys (None: all) behind an id, by id."""
        query = select(table).where(table.c.id > after).order_by(table.c.id).limit(limit)
        return [_key(row) for row in connection.execute(query)]

    def add(self, connection: Connection, key: Key) -> None:
        """Store a new key."""
        values = {name: getattr(key, name) for name in table.columns.keys()}  # noqa: SIM118 - columns, no dict
        plain = {"scopes": listed(frozenset(map(str, key.scopes))), "programs": listed(key.programs)}
        connection.execute(insert(table).values({**values, **plain}))
        evidence.note(connection, "keys", key.id)

    def revoke(self, connection: Connection, identifier: str, at: datetime) -> None:
        """Close a key for good; one that is closed already keeps its time."""
        open_still = (table.c.id == identifier) & table.c.revoked_at.is_(None)
        connection.execute(update(table).where(open_still).values(revoked_at=at))
        evidence.note(connection, "keys", identifier)

    def used(self, connection: Connection, identifier: str, at: datetime) -> None:
        """Note when a key was last used."""
        connection.execute(update(table).where(table.c.id == identifier).values(last_used_at=at))


def _key(row: Row[Any]) -> Key:
    values = dict(row._mapping)
    role = UserRole(values["role"]) if values["role"] else None
    scopes = frozenset(Scope(name) for name in read(values["scopes"]) or ())
    return Key(**{**values, "role": role, "scopes": scopes, "programs": read(values["programs"])})
