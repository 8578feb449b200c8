"""A batch's lines as NDJSON, each sent when it is ready; what goes wrong with one entry is that entry's line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import orjson
from flask import stream_with_context
from marshmallow import ValidationError

from model.domain import Startup
from service.actions.matching.match import Options, Run
from service.actions.records.record_runs import RunAnswer
from service.api.catalogue.profiles_schema import ProfileSchema
from service.api.matching.answers import answers
from service.api.wire import problems
from service.wired import Wired

MEDIA_TYPE = "application/x-ndjson"
TOGETHER = 32
"""How many answers are recorded in one transaction, and then sent."""
_PROFILE = ProfileSchema()


def lines(wired: Wired, entries: Sequence[object], options: Options, language: str) -> Iterator[bytes]:
    """One line for each entry, in the request's order."""

    def answer_lines() -> Iterator[bytes]:
        for start in range(0, len(entries), TOGETHER):
            some = entries[start : start + TOGETHER]
            answers_of_chunk = _recorded([_answer(wired, entry, options, language) for entry in some])
            for index, (entry, answer) in enumerate(zip(some, answers_of_chunk, strict=True), start):
                identifier = entry.get("id") if isinstance(entry, dict) else entry
                head = orjson.dumps({"index": index, "id": (identifier if isinstance(identifier, str) else None)})[:-1]
                yield (
                    head + b',"answer":' + answer.body + b"}\n"
                    if isinstance(answer, RunAnswer)
                    else head
                    + b',"problem":'
                    + orjson.dumps(problems.described(problems.known(answer), language))
                    + b"}\n"
                )

    return stream_with_context(answer_lines())


def _answer(wired: Wired, entry: object, options: Options, language: str) -> RunAnswer | Exception:
    """The answer, or what it failed with: the stream has begun, so whatever happens must become a line."""
    try:
        return answers().answer(_run(wired, entry, options), language)
    except Exception as error:
        return error


def _recorded(results: Sequence[RunAnswer | Exception]) -> Sequence[RunAnswer | Exception]:
    """The same once the answers among them are recorded, else what that failed with."""
    try:
        answers().record([result for result in results if isinstance(result, RunAnswer)])
    except Exception as error:
        return [error] * len(results)
    return results


def _run(wired: Wired, entry: object, options: Options) -> Run:
    if isinstance(entry, str):
        return wired.matching.for_startup(entry, options)
    if not isinstance(entry, dict):
        raise ValidationError("not_object")
    startup: Startup = _PROFILE.load(entry)
    return wired.matching.for_profile(startup, options)
