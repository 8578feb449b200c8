"""The Idempotency-Key header: one value for one request, however often it is sent."""

from __future__ import annotations

import re
from typing import Any

from flask import request

from service.errors import Problem, ServiceError

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
_FORM = re.compile(r"[\x21-\x7e]{8,200}")
PARAMETER: dict[str, Any] = {
    "in": "header",
    "name": HEADER,
    "required": True,
    "schema": {"type": "string", "minLength": 8, "maxLength": 200, "pattern": "^[\\x21-\\x7e]+$"},
    "description": "요청마다 고유한 값, 다시 보낼 때에는 같은 값 · One value for each request, the same on a retry",
}


def key() -> str:
    """The request's key; raises ServiceError `idempotency_key_missing`."""
    header = request.headers.get(HEADER, "").strip()
    if not _FORM.fullmatch(header):
        raise ServiceError(Problem.IDEMPOTENCY_KEY_MISSING)
    return header
