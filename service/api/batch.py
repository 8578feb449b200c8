"""A batch's lines as NDJSON, each sent when it is ready; what goes wrong with one entry is that entry's line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from flask import stream_with_context
from marshmallow import ValidationError

from model.domain import Startup
from service.actions.match import Options, Run
from service.api import problems
from service.api.answers import answers
from service.api.schemas.profiles import ProfileSchema
from service.wired import Wired

MEDIA_TYPE = "application/x-ndjson"
_PROFILE = ProfileSchema()


def lines(wired: Wired, entries: Sequence[object], options: Options, language: str) -> Iterator[bytes]:
    """One line for each entry, in the request's order."""

    def made() -> Iterator[bytes]:
        for index, entry in enumerate(entries):
            yield _line(wired, index, entry, options, language)

    return stream_with_context(made())


def _line(wired: Wired, index: int, entry: object, options: Options, language: str) -> bytes:
    head = orjson.dumps({"index": index, "id": _id(entry)})[:-1]
    try:
        return head + b',"answer":' + answers().bytes_of(_run(wired, entry, options), language) + b"}\n"
    except Exception as error:  # the stream has begun: whatever happens must become a line
        return head + b',"problem":' + orjson.dumps(problems.described(problems.known(error), language)) + b"}\n"


def _run(wired: Wired, entry: object, options: Options) -> Run:
    if isinstance(entry, str):
        return wired.matching.for_startup(entry, options)
    if not isinstance(entry, dict):
        raise ValidationError("not_object")
    startup: Startup = _PROFILE.load(entry)
    return wired.matching.for_profile(startup, options)


def _id(entry: object) -> Any:
    found = entry.get("id") if isinstance(entry, dict) else entry
    return found if isinstance(found, str) else None
