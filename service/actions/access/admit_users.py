"""Admit users: people are named, given a role and programs, changed, disabled."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.actions.access.issue_keys import within_rights
from service.errors import Problem, ServiceError
from service.identity import PERMITTED, Actor, UserRole
from service.storage.access.sessions import Sessions
from service.storage.access.users import User, Users
from service.storage.database import Connection, Database
from service.storage.records.audit import Audit, AuditSubject


@dataclass(frozen=True, slots=True)
class Admission:
    """Who shall be admitted."""

    name: str
    role: UserRole
    email: str | None = None
    programs: frozenset[str] | None = None


class AdmitUsers:
    """Keeps the list of users; nobody gives a role that may do more than they themselves."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock
        self._users, self._sessions, self._audit = Users(), Sessions(), Audit(clock)

    def admit(self, person: Admission, actor: Actor) -> User:
        """Store a new user; raises ServiceError `email_taken`."""
        within_rights(PERMITTED[person.role], actor)
        user = User(
            id=f"u-{secrets.token_hex(6)}",
            name=person.name,
            role=person.role,
            created_at=self._clock(),
            created_by=actor.id,
            email=person.email and person.email.lower(),
            programs=person.programs,
        )
        with self._database.writing() as connection:
            self._users.add(connection, user)
            self._audit.record(connection, actor, "admit", AuditSubject("user", user.id), user.rights)
        return user

    def page(self, *, after: str = "", limit: int = 50) -> tuple[list[User], str | None]:
        """Some users by id, and the id behind which the next page starts."""
        with self._database.reading() as connection:
            users = self._users.page(connection, after=after, limit=limit + 1)
        return users[:limit], users[limit - 1].id if len(users) > limit else None

    def all(self) -> list[User]:
        """Every user, by id."""
        with self._database.reading() as connection:
            return self._users.page(connection, limit=None)

    def one(self, identifier: str) -> User:
        """One user; raises ServiceError `user_not_found`."""
        with self._database.reading() as connection:
            return self._present(connection, identifier)

    def change(self, identifier: str, values: Mapping[str, Any], actor: Actor) -> User:
        """Replace some of name, email, role, programs and `disabled` (true or false).

        Whoever is disabled has no session and no link any more, also once they are enabled again.
        """
        changed = dict(values)
        if "role" in changed:
            within_rights(PERMITTED[changed["role"]], actor)
        if "disabled" in changed:
            is_disabled = changed.pop("disabled")
            changed |= {"disabled_at": self._clock()} if is_disabled else {"disabled_at": None, "suspended_at": None}
        with self._database.writing() as connection:
            within_rights(PERMITTED[self._present(connection, identifier).role], actor)
            if changed:
                self._users.change(connection, identifier, changed)
                if changed.get("disabled_at"):
                    self._sessions.close_all(connection, identifier)
                about = {"fields": sorted(changed), **self._present(connection, identifier).rights}
                self._audit.record(connection, actor, "change_user", AuditSubject("user", identifier), about)
            return self._present(connection, identifier)

    def _present(self, connection: Connection, identifier: str) -> User:
        user = self._users.get(connection, identifier)
        if user is None:
            raise ServiceError(Problem.USER_NOT_FOUND, id=identifier)
        return user
