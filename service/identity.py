"""Who acts: a signed-in person or a program with a key, with the role and the scopes that were granted."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class UserRole(StrEnum):
    """What somebody is trusted with; each role may do what `PERMITTED` lists."""

    VIEWER = "viewer"
    MANAGER = "manager"
    OPERATOR = "operator"
    ADMIN = "admin"


class Scope(StrEnum):
    """One kind of action; a key may be limited to some of its role's."""

    READ = "read"
    MATCH = "match"
    WRITE = "write"
    IMPORT = "import"
    EXPORT = "export"
    DECIDE = "decide"
    ROUNDS = "rounds"
    MODEL = "model"
    AUDIT = "audit"
    ADMIN = "admin"


_VIEWER = frozenset({Scope.READ, Scope.MATCH})
_MANAGER = _VIEWER | {Scope.EXPORT, Scope.DECIDE, Scope.ROUNDS}
_OPERATOR = _VIEWER | {Scope.WRITE, Scope.IMPORT, Scope.EXPORT, Scope.MODEL}

PERMITTED: dict[UserRole, frozenset[Scope]] = {
    UserRole.VIEWER: _VIEWER,
    UserRole.MANAGER: _MANAGER,
    UserRole.OPERATOR: _OPERATOR,
    UserRole.ADMIN: frozenset(Scope),
}
"""The scopes of each role."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. `programs` binds a manager to some programs by id; None binds to none, all are open.

    `is_person` is true for somebody who has signed in, or whose key was issued to them by name: only a person decides.
    """

    id: str
    name: str
    role: UserRole
    scopes: frozenset[Scope]
    programs: frozenset[str] | None = None
    is_person: bool = False

    def may(self, scope: Scope) -> bool:
        """Tell whether the role permits the action and the key was not limited to others."""
        return scope in PERMITTED[self.role] and scope in self.scopes

    def is_bound_away_from(self, program_id: str) -> bool:
        """Tell whether the actor is bound to programs of which this is none."""
        return self.programs is not None and program_id not in self.programs


SERVICE = Actor("service", "서비스 · service", UserRole.ADMIN, frozenset())
"""The service itself, in rows of the audit trail that nobody asked for: what was shown, hourly digests, repairs."""

SHELL = Actor("shell", "명령줄 · command line", UserRole.ADMIN, frozenset(Scope))
"""Whoever may run `ieum` on the machine itself."""


NEVER_STORED = ("Cc", "Cs")
"""Control characters and lone surrogates: no id has one, and databases refuse some of them."""


def is_storable(text: str) -> bool:
    """Tell whether a text can be an id.

    >>> is_storable("s-0001"), is_storable("s\\0"), is_storable("\\ud800")
    (True, False, False)
    """
    return text.isprintable() or not any(unicodedata.category(character) in NEVER_STORED for character in text)
