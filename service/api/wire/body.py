"""Bytes of a request made into JSON values; what JSON allows in doubt is refused here, once for every route."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

import orjson

from service.errors import Problem, ServiceError

MOST_LEVELS = 32
MOST_VALUES = 400_000
"""Commas, brackets and braces in one body, those in texts among them: a round over 20,000 startups has half of it.

What 31 MB of empty objects would cost is memory and minutes, so they are counted before anybody parses them.
"""
_MARKS = (b",", b"[", b"{")
CHUNK = 65_536
MOST_DISCARDED = 16_000_000


def read(stream: IO[bytes], announced: int | None, limit: int) -> bytes:
    """Read a body of up to `limit` bytes, whether its length was announced or not; raises `body_too_large`.

    The framework's own limit cuts a body of unknown length short without a word, so the bytes are counted here.
    """
    if announced is not None and announced > limit:
        # Read to the end, or the connection is reset before the client has read why it was refused.
        _discard(stream, announced)
        raise ServiceError(Problem.BODY_TOO_LARGE, limit=limit)
    content = bytearray()
    # Chunked requests announce no length, so each piece is counted as it comes.
    while piece := stream.read(CHUNK if announced is None else min(CHUNK, announced - len(content))):
        content += piece
        if len(content) > limit:
            _discard(stream, MOST_DISCARDED)
            raise ServiceError(Problem.BODY_TOO_LARGE, limit=limit)
    return bytes(content)


def _discard(stream: IO[bytes], length: int) -> None:
    """Read on for a while, so that a client that sends before it listens gets to hear the refusal."""
    left = min(length, MOST_DISCARDED)
    while left > 0 and (piece := stream.read(min(CHUNK, left))):
        left -= len(piece)


def parsed(raw: bytes) -> Any:
    """Parse UTF-8 JSON strictly.

    Raises ServiceError `invalid_json` (other encodings, NaN, Infinity, 1e999, lone surrogates among them),
    `json_too_deep` and `duplicate_key`. The first parser checks form and depth without recursion in Python,
    so that the second, which sees doubled keys and keeps long integers exact, meets only what it can hold.

    >>> parsed(b'{"id": "s-1"}')
    {'id': 's-1'}
    """
    if sum(map(raw.count, _MARKS)) > MOST_VALUES:
        raise ServiceError(Problem.JSON_TOO_LONG, limit=MOST_VALUES)
    try:
        # Read twice: orjson is quick to refuse what is broken or deep, but tells nothing of keys that stand twice.
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise (
            ServiceError(Problem.JSON_TOO_DEEP, limit=MOST_LEVELS)
            if "depth" in str(error)
            else ServiceError(Problem.INVALID_JSON)
        ) from None
    if _levels_exceed(value, MOST_LEVELS):
        raise ServiceError(Problem.JSON_TOO_DEEP, limit=MOST_LEVELS)
    try:
        return json.loads(raw, object_pairs_hook=_once)
    except ValueError:  # an integer of thousands of digits
        raise ServiceError(Problem.INVALID_JSON) from None


def _levels_exceed(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit + 1):
        # Level by level and without recursion, which is what deep values would break.
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
    unique: dict[str, Any] = {}
    for key, value in pairs:  # one pass: to count a key among all others would cost the square of an object's keys
        if key in unique:
            raise ServiceError(Problem.DUPLICATE_KEY, field=key[:60])
        unique[key] = value
    return unique
