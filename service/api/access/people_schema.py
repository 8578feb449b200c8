"""Users and keys as administrators send and receive them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from marshmallow import fields, post_load

from service.actions.access.admit_users import Person
from service.actions.access.issue_keys import DAYS, Wanted
from service.api.wire.fields import CODES, Code, Codes, Flag, Key, Many, Strict, Text, Whole, just_one
from service.api.wire.options import Cursor, Number
from service.api.wire.options import Wanted as Page
from service.identity import Role, Scope
from service.settings import KOREA
from service.storage.access import keys, users

MOST_DAYS = 1_825
MOST_PEOPLE = 200
PROGRAMS = {
    "description": "담당 프로그램 id. null이면 모든 프로그램 · Programs that it is bound to; null binds to none"
}
SCOPES = {"description": "비우면 역할의 모든 권한 · Empty: all that the role may do"}
EMAIL_CODES: Codes = {**CODES, "invalid": "not_email"}


class Email(fields.Email):
    """An e-mail address of up to 320 characters."""

    default_error_messages = EMAIL_CODES

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        found = Text(longest=320).deserialize(value)
        self._validate(found)
        return found


class Name(Key):
    """A name: not empty, up to 200 characters."""


class PeoplePage(Strict):
    """Which page of users or keys."""

    limit = Number(1, MOST_PEOPLE, metadata={"description": "한 쪽의 건수(기본 50) · Items a page, 50 unless told"})
    cursor = Cursor(metadata={"description": "앞 쪽의 next 값 · `next` of the page before"})

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Page:
        """Turn the parameters into a page that is wanted."""
        return Page(data.get("limit", 50), data.get("cursor", ""))


class NewUserSchema(Strict):
    """Somebody to admit."""

    name = Name(required=True)
    role = Code(Role, required=True)
    email = Email(allow_none=True)
    programs = Many(Key(), allow_none=True, metadata=PROGRAMS)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Person:
        """Turn the body into a person."""
        return Person(**{**data, "programs": _set(data.get("programs"))})


class UserPatch(Strict):
    """What of a user is replaced."""

    name = Name()
    role = Code(Role)
    email = Email(allow_none=True)
    programs = Many(Key(), allow_none=True, metadata=PROGRAMS)
    disabled = Flag()

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """Turn the body into values."""
        found = {**data, "role": Role(data["role"])} if "role" in data else dict(data)
        return {**found, "programs": _set(data["programs"])} if "programs" in data else found


class UserSchema(Strict):
    """A user."""

    id = Text(required=True)
    name = Text(required=True)
    role = Code(Role, required=True)
    email = Text(required=True, allow_none=True)
    programs = Many(Text(), required=True, allow_none=True, metadata=PROGRAMS)
    created_at = Text(required=True, metadata={"format": "date-time"})
    created_by = Text(required=True)
    disabled_at = Text(required=True, allow_none=True, metadata={"format": "date-time"})
    signs_in_by_portal = Flag(required=True)


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
    role = Code(Role)
    user_id = Key()
    scopes = Many(Code(Scope), metadata=SCOPES)
    programs = Many(Key(), allow_none=True, metadata=PROGRAMS)
    days = Whole(1, MOST_DAYS, metadata={"description": f"유효 일수(기본 {DAYS}) · Days until it expires"})

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Wanted:
        """Turn the body into what is wanted."""
        role = Role(data["role"]) if "role" in data else None
        scopes = frozenset(map(Scope, data.get("scopes", ())))
        return Wanted(**{**data, "role": role, "scopes": scopes, "programs": _set(data.get("programs"))})


class KeySchema(Strict):
    """A key; the key itself is shown only once, when it is made."""

    id = Text(required=True)
    name = Text(required=True)
    user_id = Text(required=True, allow_none=True)
    role = Code(Role, required=True, allow_none=True)
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


def user(found: users.User) -> dict[str, Any]:
    """A user as it is sent."""
    return {
        "id": found.id,
        "name": found.name,
        "role": found.role,
        "email": found.email,
        "programs": _list(found.programs),
        "created_at": moment(found.created_at),
        "created_by": found.created_by,
        "disabled_at": moment(found.shut_out_at),
        "signs_in_by_portal": found.subject is not None,
    }


def key(found: keys.Key) -> dict[str, Any]:
    """A key as it is sent; nothing of the key itself."""
    return {
        "id": found.id,
        "name": found.name,
        "user_id": found.user_id,
        "role": found.role,
        "scopes": sorted(found.scopes),
        "programs": _list(found.programs),
        "created_at": moment(found.created_at),
        "created_by": found.created_by,
        "expires_at": moment(found.expires_at),
        "revoked_at": moment(found.revoked_at),
        "last_used_at": moment(found.last_used_at),
    }


def moment(at: datetime | None) -> str | None:
    """A point in time in Korea's offset."""
    return at.astimezone(KOREA).isoformat(timespec="seconds") if at else None


def _set(names: Iterable[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)


def _list(names: frozenset[str] | None) -> list[str] | None:
    return None if names is None else sorted(names)
