"""Issue keys: made once and shown once, listed, revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.errors import Problem, ServiceError
from service.identity import PERMITTED, Actor, Scope, UserRole
from service.storage.access.keys import Key, Keys
from service.storage.access.users import Users
from service.storage.database import Connection, Database
from service.storage.records.audit import Audit, AuditSubject

MARK = "ieum"
SECRET_BYTES = 32
DAYS = 365
"""How long a key is good for unless told."""


@dataclass(frozen=True, slots=True)
class KeyOrder:
    """What a new key shall open: for a system by its own role, or for a person. Without scopes, all of the role's."""

    name: str
    role: UserRole | None = None
    user_id: str | None = None
    scopes: frozenset[Scope] = frozenset()
    programs: frozenset[str] | None = None
    days: int = DAYS


class IssueKeys:
    """Makes keys of 256 random bits; only the SHA-256 of one is stored, which random bits make enough."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock
        self._keys, self._users, self._audit = Keys(), Users(), Audit(clock)

    def issue(self, wanted: KeyOrder, actor: Actor) -> tuple[Key, str]:
        """Make a key; the second value is the key itself, which can't be had again."""
        identifier = secrets.token_hex(6)
        raw = f"{MARK}_{identifier}_{secrets.token_urlsafe(SECRET_BYTES)}"
        with self._database.writing() as connection:
            # Read and checked in the writing transaction: a person's role may be taken away at this very moment.
            role = self._role(connection, wanted)
            scopes = wanted.scopes or PERMITTED[role]
            within_rights(scopes, actor)
            now = self._clock()
            key = Key(
                id=identifier,
                name=wanted.name,
                digest=digest(raw),
                scopes=scopes,
                created_at=now,
                created_by=actor.id,
                user_id=wanted.user_id,
                role=wanted.role,
                programs=wanted.programs,
                expires_at=now + timedelta(days=wanted.days),
            )
            self._keys.add(connection, key)
            until = key.expires_at and key.expires_at.isoformat(timespec="seconds")
            about = {
                "role": role,
                "scopes": sorted(scopes),
                "user": wanted.user_id,
                "programs": None if key.programs is None else sorted(key.programs),
                "until": until,
            }
            self._audit.record(connection, actor, "issue_key", AuditSubject("key", identifier), about)
        return key, raw

    def page(self, *, after: str = "", limit: int = 50) -> tuple[list[Key], str | None]:
        """Some keys by id, and the id behind which the next page starts."""
        with self._database.reading() as connection:
            keys = self._keys.page(connection, after=after, limit=limit + 1)
        return keys[:limit], keys[limit - 1].id if len(keys) > limit else None

    def all(self) -> list[Key]:
        """Every key, by id."""
        with self._database.reading() as connection:
            return self._keys.page(connection, limit=None)

    def one(self, identifier: str) -> Key:
        """One key; raises ServiceError `key_not_found`."""
        with self._database.reading() as connection:
            return self._present(connection, identifier)

    def state(self, key: Key) -> str:
        """`valid`, `expired` or `revoked` now."""
        if key.revoked_at is not None:
            return "revoked"
        return "expired" if key.expires_at is not None and key.expires_at <= self._clock() else "valid"

    def revoke(self, identifier: str, actor: Actor) -> None:
        """Close a key for good; raises ServiceError `key_not_found`. Every process heeds it within a second."""
        with self._database.writing() as connection:
            self._keys.revoke(connection, self._present(connection, identifier).id, self._clock())
            self._audit.record(connection, actor, "revoke_key", AuditSubject("key", identifier), {})

    def _present(self, connection: Connection, identifier: str) -> Key:
        key = self._keys.get(connection, identifier)
        if key is None:
            raise ServiceError(Problem.KEY_NOT_FOUND, id=identifier)
        return key

    def _role(self, connection: Connection, wanted: KeyOrder) -> UserRole:
        if (wanted.role is None) == (wanted.user_id is None):
            raise ServiceError(Problem.KEY_NEEDS_ROLE)
        if wanted.role is not None:
            return wanted.role
        user = self._users.get(connection, wanted.user_id or "")
        if user is None:
            raise ServiceError(Problem.USER_NOT_FOUND, id=wanted.user_id)
        return user.role


def digest(raw: str) -> str:
    """What is kept of a key, a link or a session."""
    return hashlib.sha256(raw.encode()).hexdigest()


def within_rights(scopes: frozenset[Scope], actor: Actor) -> None:
    """Refuse to give away what the giver does not have; raises ServiceError `beyond_own_rights`."""
    beyond = sorted(scope for scope in scopes if not actor.may(scope))
    if beyond:
        raise ServiceError(Problem.BEYOND_OWN_RIGHTS, scopes=", ".join(beyond))
