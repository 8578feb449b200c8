"""Users as stored: people who sign in or hold a key, each with one role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from service.errors import Problem, ServiceError
from service.identity import UserRole
from service.storage.access.access_tables import users as table
from service.storage.evidence import digests as evidence


@dataclass(frozen=True, slots=True)
class User:
    """A person. `programs` binds a manager by id; None binds to none."""

    id: str
    name: str
    role: UserRole
    created_at: datetime
    created_by: str
    email: str | None = None
    programs: frozenset[str] | None = None
    issuer: str | None = None
    subject: str | None = None
    disabled_at: datetime | None = None
    suspended_at: datetime | None = None
    confirmed_at: datetime | None = None

    @property
    def shut_out_at(self) -> datetime | None:
        """Since when they may not enter: an administrator has disabled them, or the portal gives them no role."""
        return self.disabled_at or self.suspended_at

    @property
    def rights(self) -> dict[str, object]:
        """What the audit trail keeps of what they may do."""
        programs = None if self.programs is None else sorted(self.programs)
        suspended = {"suspended": True} if self.suspended_at else {}
        return {"role": self.role, "programs": programs, "disabled": self.disabled_at is not None, **suspended}


class Users:
    """The users; every method works on the connection that it is handed."""

    def get(self, connection: Connection, identifier: str) -> User | None:
        """One user, or None."""
        # PostgreSQL refuses a NUL in any text with an error; no user is called so.
        if "\0" in identifier:
            return None
        row = connection.execute(select(table).where(table.c.id == identifier)).first()
        return _user(row) if row else None

    def of_portal(self, connection: Connection, issuer: str, subject: str) -> User | None:
        """The user whom the portal knows by this subject."""
        query = select(table).where(table.c.issuer == issuer, table.c.subject == subject)
        row = connection.execute(query).first()
        return _user(row) if row else None

    def with_email(self, connection: Connection, email: str) -> User | None:
        """The user with an e-mail address, however it is capitalised."""
        row = connection.execute(select(table).where(table.c.email == email.lower())).first()
        return _user(row) if row else None

    def page(self, connection: Connection, *, after: str = "", limit: int | None) -> list[User]:
        """Up to `limit` users (None: all) behind an id, by id."""
        query = select(table).where(table.c.id > after).order_by(table.c.id).limit(limit)
        return [_user(row) for row in connection.execute(query)]

    def count(self, connection: Connection) -> int:
        """How many there are."""
        return connection.scalar(select(func.count()).select_from(table)) or 0

    def add(self, connection: Connection, user: User) -> None:
        """Store a new user; raises ServiceError `email_taken`."""
        values = {name: getattr(user, name) for name in table.columns.keys()}  # noqa: SIM118 - columns, no dict
        _written(lambda: connection.execute(insert(table).values(_plain(values))), user.email)
        evidence.note(connection, "users", user.id)

    def change(self, connection: Connection, identifier: str, values: Mapping[str, Any]) -> None:
        """Replace some of a user's values; raises ServiceError `email_taken`."""
        query = update(table).where(table.c.id == identifier).values(_plain(values))
        _written(lambda: connection.execute(query), values.get("email"))
        evidence.note(connection, "users", identifier)


def _written(write: Any, email: str | None) -> None:
    try:
        write()
    except IntegrityError:
        # The unique index decides and not a query before it: two may be admitted at the same time.
        raise ServiceError(Problem.EMAIL_TAKEN, email=email) from None


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    plain = dict(values)
    if "programs" in plain:
        plain["programs"] = listed(plain["programs"])
    if plain.get("email"):
        plain["email"] = plain["email"].lower()
    return plain


def _user(row: Row[Any]) -> User:
    values = dict(row._mapping)
    return User(**{**values, "role": UserRole(values["role"]), "programs": read(values["programs"])})


def listed(names: frozenset[str] | None) -> str | None:
    """A set of names as a column holds it."""
    return None if names is None else orjson.dumps(sorted(names)).decode()


def read(text: str | None) -> frozenset[str] | None:
    """What `listed` wrote."""
    return None if text is None else frozenset(orjson.loads(text))
