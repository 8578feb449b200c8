"""Users and keys as administrators send and receive them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from marshmallow import fields, post_load

from service.actions.access.admit_users import Admission
from service.actions.access.issue_keys import DAYS, KeyOrder
from service.api.wire.fields import (
    CODES,
    Code,
    Codes,
    Identifier,
    Many,
    Strict,
    Text,
    TrueOrFalse,
    Whole,
    attributes,
    just_one,
)
from service.api.wire.options import Paged
from service.identity import Scope, UserRole
from service.settings import KOREA
from service.storage.access import keys, users

MOST_DAYS = 1_825
PROGRAMS = {
    "description": "담당 프로그램 id. null이면 모든 프로그램 · Programs that it is bound to; null binds to none"
}
SCOPES = {"description": "비우면 역할의 모든 권한 · Empty: all that the role may do"}
EMAIL_CODES: Codes = {**CODES, "invalid": "not_email"}


class Email(fields.Email):
    """An e-mail address of up to 320 characters."""

    default_error_messages = EMAIL_CODES

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        address = Text(longest=320).deserialize(value)
        self._validate(address)
        return address


class Name(Identifier):
    """A name: not empty, up to 200 characters."""


class PeoplePage(Paged):
    """Which page of users or keys."""


class NewUserSchema(Strict):
    """Somebody to admit."""

    name = Name(required=True)
    role = Code(UserRole, required=True)
    email = Email(allow_none=True)
    programs = Many(Identifier(), allow_none=True, metadata=PROGRAMS)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Admission:
        """Turn the body into a person."""
        return Admission(**{**data, "programs": _set(data.get("programs"))})


class UserPatch(Strict):
    """What of a user is replaced."""

    name = Name()
    role = Code(UserRole)
    email = Email(allow_none=True)
    programs = Many(Identifier(), allow_none=True, metadata=PROGRAMS)
    disabled = TrueOrFalse()

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """Turn the body into values."""
        changes = {**data, "role": UserRole(data["role"])} if "role" in data else dict(data)
        return {**changes, "programs": _set(data["programs"])} if "programs" in data else changes


class UserSchema(Strict):
    """A user."""

    id = Text(required=True)
    name = Text(required=True)
    role = Code(UserRole, required=True)
    email = Text(required=True, allow_none=True)
    programs = Many(Text(), required=True, allow_none=True, metadata=PROGRAMS)
    created_at = Text(required=True, metadata={"format": "date-time"})
    created_by = Text(required=True)
    disabled_at = Text(required=True, allow_none=True, metadata={"format": "date-time"})
    signs_in_by_portal = TrueOrFalse(required=True)


class LinkSchema(Strict):
    """A sign-in link."""

    url = Text(required=True, metadata={"description": "다시 볼 수 없음 · Shown only now"})


class UsersSchema(Strict):
    """Some users by id."""

    items = Many(fields.Nested(UserSchema), required=True)
    next = Text(required=True, allow_none=True)


class NewKeySchema(Strict):
    """A key to make: `role` for a system, `user_id` for a person."""

    together = just_one("role", "user_id")
    name = Name(required=True)
    role = Code(UserRole)
    user_id = Identifier()
    scopes = Many(Code(Scope), metadata=SCOPES)
    programs = Many(Identifier(), allow_none=True, metadata=PROGRAMS)
    days = Whole(1, MOST_DAYS, metadata={"description": f"유효 일수(기본 {DAYS}) · Days until it expires"})

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> KeyOrder:
        """Turn the body into what is wanted."""
        role = UserRole(data["role"]) if "role" in data else None
        scopes = frozenset(map(Scope, data.get("scopes", ())))
        return KeyOrder(**{**data, "role": role, "scopes": scopes, "programs": _set(data.get("programs"))})


class KeySchema(Strict):
    """A key; the key itself is shown only once, when it is made."""

    id = Text(required=True)
    name = Text(required=True)
    user_id = Text(required=True, allow_none=True)
    role = Code(UserRole, required=True, allow_none=True)
    scopes = Many(Code(Scope), required=True)
    programs = Many(Text(), required=True, allow_none=True, metadata=PROGRAMS)
    created_at = Text(required=True, metadata={"format": "date-time"})
    created_by = Text(required=True)
    expires_at = Text(required=True, allow_none=True, metadata={"format": "date-time"})
    revoked_at = Text(required=True, allow_none=True, metadata={"format": "date-time"})
    last_used_at = Text(required=True, allow_none=True, metadata={"format": "date-time"})


class MadeKeySchema(KeySchema):
    """A new key, with the key itself."""

    key = Text(required=True, metadata={"description": "다시 볼 수 없음 · Shown only now"})


class KeysSchema(Strict):
    """Some keys by id."""

    items = Many(fields.Nested(KeySchema), required=True)
    next = Text(required=True, allow_none=True)


def user(person: users.User) -> dict[str, Any]:
    """A user as it is sent."""
    return {
        **attributes(person, "id", "name", "role", "email"),
        "programs": _list(person.programs),
        "created_at": moment(person.created_at),
        "created_by": person.created_by,
        "disabled_at": moment(person.shut_out_at),
        "signs_in_by_portal": person.subject is not None,
    }


def key(issued_key: keys.Key) -> dict[str, Any]:
    """A key as it is sent; nothing of the key itself."""
    return {
        **attributes(issued_key, "id", "name", "user_id", "role"),
        "scopes": sorted(issued_key.scopes),
        "programs": _list(issued_key.programs),
        "created_at": moment(issued_key.created_at),
        "created_by": issued_key.created_by,
        "expires_at": moment(issued_key.expires_at),
        "revoked_at": moment(issued_key.revoked_at),
        "last_used_at": moment(issued_key.last_used_at),
    }


def moment(at: datetime | None) -> str | None:
    """A point in time in Korea's offset."""
    return at.astimezone(KOREA).isoformat(timespec="seconds") if at else None


def _set(names: Iterable[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)


def _list(names: frozenset[str] | None) -> list[str] | None:
    return None if names is None else sorted(names)
