"""Bytes of a request made into JSON values; what JSON allows in doubt is refused here, once for every route."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import orjson

from service.errors import ServiceError

MOST_LEVELS = 32


def parsed(raw: bytes) -> Any:
    """Parse UTF-8 JSON strictly.

    Raises ServiceError `invalid_json` (other encodings, NaN, Infinity, 1e999, lone surrogates among them),
    `json_too_deep` and `duplicate_key`. The first parser checks form and depth without recursion in Python,
    so that the second, which sees doubled keys and keeps long integers exact, meets only what it can hold.

    >>> parsed(b'{"id": "s-1"}')
    {'id': 's-1'}
    """
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise _refusal(error) from None
    if _levels_exceed(value, MOST_LEVELS):
        raise ServiceError("json_too_deep", limit=MOST_LEVELS)
    try:
        return json.loads(raw, object_pairs_hook=_once)
    except ValueError:  # an integer of thousands of digits
        raise ServiceError("invalid_json") from None


def _refusal(error: orjson.JSONDecodeError) -> ServiceError:
    if "depth" in str(error):
        return ServiceError("json_too_deep", limit=MOST_LEVELS)
    return ServiceError("invalid_json")


def _levels_exceed(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit + 1):
        level = [inner for outer in level for inner in _held(outer)]
        if not level:
            return False
    return True


def _held(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ServiceError("duplicate_key", field=next(key for key in keys if keys.count(key) > 1)[:60])
    return found
