"""What the addresses of signing in take."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import ValidationError, fields, post_load

from service.api.wire.fields import CODES, Strict, Text, text

_LOCAL = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*", re.ASCII)


class LocalPath(fields.String):
    """An address of this service: it begins with one stroke and names no host."""

    default_error_messages = CODES

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if len(value) > 2_000 or not _LOCAL.fullmatch(text(value)):
            raise ValidationError("not_local")
        return value


class ReturnOptions(Strict):
    """Where to go afterwards."""

    next = LocalPath(
        metadata={"description": "로그인한 뒤 갈 곳 · Where to go afterwards", "pattern": f"^{_LOCAL.pattern}$"}
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> str:
        """The address."""
        return str(data.get("next", "/"))


class CallbackOptions(Strict):
    """What the portal sends back with the browser."""

    class Meta:
        """The portal may say more."""

        unknown = "exclude"

    state = Text(longest=2_000)
    code = Text(longest=4_000)
    iss = Text(longest=500)
    error = Text(longest=200)


class LinkOptions(Strict):
    """A one-time link's secret."""

    token = Text(longest=200, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> str:
        """The secret."""
        return str(data["token"])
