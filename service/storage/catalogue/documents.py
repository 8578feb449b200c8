"""A profile as the text that is stored, and its digest: the same facts give the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import orjson

from model.domain import Program, Startup
from model.snapshot import rows


def written(record: Startup | Program) -> bytes:
    """Write the record as JSON with sorted keys, unknown values left out."""
    return orjson.dumps(rows.plain(record), option=orjson.OPT_SORT_KEYS)


def digest(record: Startup | Program) -> str:
    """SHA-256 of the written record."""
    return digest_of(written(record))


def digest_of(document: bytes) -> str:
    """SHA-256 of a record that is written already."""
    return hashlib.sha256(document).hexdigest()


def digest_of_all(digests: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over pairs of id and digest, whatever order they come in."""
    whole = hashlib.sha256()
    for identifier, digest_of_record in sorted(digests):
        # JSON and not plain joining: where one id ends and the next begins must be part of what is hashed.
        whole.update(orjson.dumps([identifier, digest_of_record]))
    return whole.hexdigest()
