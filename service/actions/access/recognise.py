"""Recognise: who stands behind a key."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Generic, TypeVar

from service.actions.access.issue_keys import MARK, digest
from service.caches import Memo
from service.errors import Problem, ServiceError
from service.identity import PERMITTED, Actor, UserRole
from service.storage.access.keys import Key, Keys
from service.storage.access.users import User, Users
from service.storage.database import Database

FRESH_SECONDS = 1.0
"""How long a process trusts what it has looked up: the longest that a revoked key goes on opening."""
CONFIRMED_FOR = timedelta(days=30)
"""How long a person's key opens after the portal last gave them a role, where the portal decides roles."""
MOST_REMEMBERED = 10_000
_FORM = re.compile(rf"{MARK}_([0-9a-f]{{12}})_[A-Za-z0-9_-]{{43}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Authentication:
    """Who acts, and by which credential; `until` is when a session ends whatever they do."""

    actor: Actor
    credential: str
    until: datetime | None = None


Value = TypeVar("Value")


class LookedUp(Generic[Value]):
    """What was looked up a moment ago, by the digest of what was shown: no secret stays in memory."""

    def __init__(self, seconds: float = FRESH_SECONDS, most: int = MOST_REMEMBERED) -> None:
        self._fresh: Memo[bytes, Value] = Memo(most, seconds=seconds)

    def get(self, shown: str, look_up: Callable[[str], Value]) -> Value:
        """The value as it was at most a second ago; what `look_up` refuses is not remembered."""
        return self._fresh(_name(shown), lambda: look_up(shown))

    def forget(self, shown: str) -> None:
        """Look anew next time."""
        self._fresh.forget(_name(shown))

    def __len__(self) -> int:
        """How many are remembered."""
        return len(self._fresh)


def _name(shown: str) -> bytes:
    return sha256(shown.encode("utf-8", "surrogatepass")).digest()


class Recognise:
    """Looks keys up; raises ServiceError `key_unknown`, and to who holds the whole key also why it opens no more."""

    def __init__(self, database: Database, clock: Callable[[], datetime], *, portal_decides: bool = False) -> None:
        self._database, self._clock, self._portal_decides = database, clock, portal_decides
        self._keys, self._users = Keys(), Users()
        self._remembered: LookedUp[Authentication] = LookedUp()

    def __call__(self, raw: str) -> Authentication:
        """Who stands behind this key."""
        return self._remembered.get(raw, self._looked_up)

    def _looked_up(self, raw: str) -> Authentication:
        form = _FORM.fullmatch(raw)
        if form is None:
            raise ServiceError(Problem.KEY_UNKNOWN)
        with self._database.reading() as connection:
            key = self._keys.get(connection, form[1])
            user = self._users.get(connection, key.user_id) if key and key.user_id else None
        if key is None or not hmac.compare_digest(key.digest, digest(raw)):
            raise ServiceError(Problem.KEY_UNKNOWN)
        if user and user.issuer and self._portal_decides:
            confirmed = max(user.confirmed_at or user.created_at, key.created_at)
            if self._clock() - confirmed >= CONFIRMED_FOR:
                raise ServiceError(Problem.KEY_UNCONFIRMED, days=CONFIRMED_FOR.days)
        if key.revoked_at or (user and user.shut_out_at):
            raise ServiceError(Problem.KEY_REVOKED)
        if key.expires_at and key.expires_at <= self._clock():
            raise ServiceError(
                Problem.KEY_EXPIRED, day=key.expires_at.astimezone(self._clock().tzinfo).date().isoformat()
            )
        return Authentication(of_person(user, key) if user else of_system(key), f"key:{key.id}")


def key_id(shown: str) -> str | None:
    """The id of the key that somebody shows, right or wrong; None for what has no key's form."""
    form = _FORM.search(shown)
    return form[1] if form else None


def of_system(key: Key) -> Actor:
    """A program that holds a key of its own."""
    return Actor(f"key:{key.id}", key.name, key.role or UserRole.VIEWER, key.scopes, key.programs)


def of_person(user: User, key: Key | None = None) -> Actor:
    """A user who has signed in, or who holds a key: by a key, limited to its scopes and its programs."""
    scopes = key.scopes if key else PERMITTED[user.role]
    return Actor(user.id, user.name, user.role, scopes, _both(user.programs, key), is_person=True)


def _both(programs: frozenset[str] | None, key: Key | None) -> frozenset[str] | None:
    if key is None or key.programs is None:
        return programs
    return key.programs if programs is None else programs & key.programs
