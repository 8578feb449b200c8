"""Matches: programs for a startup, startups for a program."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from flask import Response, request
from werkzeug.datastructures import Headers

import model
import service
from model.domain import Startup
from service.actions.matching.match import Options, Run
from service.api.catalogue.profiles_schema import ProfileSchema
from service.api.matching import batch, contrast_schema, participants_schema
from service.api.matching.answers import answers
from service.api.matching.batch_schema import BatchLine, BatchSchema
from service.api.matching.contrast_schema import Compared, ContrastQuery, ContrastSchema
from service.api.matching.match_schema import CandidatesSchema, MatchesSchema
from service.api.matching.participants_schema import ParticipantsQuery, ParticipantsSchema
from service.api.wire import plain
from service.api.wire.arguments import Resource
from service.api.wire.language import language
from service.api.wire.options import MatchOptions, audience
from service.auth.access import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.wired import wired

resource = Resource("matches", __name__, description="추천 · Matches")


@resource.route("/startups/<string:startup_id>/matches")
@resource.arguments(MatchOptions, location="query")
@resource.response(200, MatchesSchema)
@policy("match")
def of_startup(options: Options, startup_id: str) -> Response:
    """Rank programs for a stored startup."""
    return sent(wired().matching.for_startup(startup_id, options))


@resource.route("/matches", methods=["POST"])
@resource.arguments(MatchOptions, location="query")
@resource.arguments(ProfileSchema)
@resource.response(200, MatchesSchema)
@policy("match", work=Work.PROFILE)
def of_profile(options: Options, startup: Startup) -> Response:
    """Rank programs for the startup in the body; it does not enter the catalogue, the run keeps it."""
    return sent(wired().matching.for_profile(startup, options))


@resource.route("/matches/batch", methods=["POST"])
@resource.arguments(MatchOptions, location="query")
@resource.arguments(BatchSchema, limit="batch_limit")
@resource.response(200, BatchLine, content_type=batch.MEDIA_TYPE)
@policy("match", work=Work.BATCH, body="batch_limit")
def of_many(options: Options, entries: list[object]) -> Response:
    """Rank programs for up to 1,000 startups, 30 of them unsaved; one line each as it is ready, errors too."""
    return Response(batch.lines(wired(), entries, options, language()), content_type=batch.MEDIA_TYPE)


@resource.route("/programs/<string:program_id>/candidates")
@resource.arguments(MatchOptions, location="query")
@resource.response(200, CandidatesSchema)
@policy("match", program="program_id")
def of_program(options: Options, program_id: str) -> Response:
    """Rank startups for a program."""
    return sent(wired().matching.for_program(program_id, options))


@resource.route("/startups/<string:startup_id>/contrast")
@resource.arguments(ContrastQuery, location="query")
@resource.response(200, ContrastSchema)
@policy("match")
def of_two_programs(wanted: Compared, startup_id: str) -> Response:
    """Say why one program stands before another in a startup's list, block by block."""
    run = wired().matching.for_startup(startup_id, Options(on=wanted.get("on")))
    first, second = (wired().matching.pair(run, wanted[side]) for side in ("first", "second"))
    return plain.said(contrast_schema.answer(run, first, second, language()))


@resource.route("/startups/<string:startup_id>/participants")
@resource.arguments(ParticipantsQuery, location="query")
@resource.response(200, ParticipantsSchema)
@policy("match")
def of_participants(wanted: Mapping[str, Any], startup_id: str) -> Response:
    """Say which past participants of a program a startup is like, and what they share."""
    options = Options(on=wanted.get("on"), audience=audience(wanted))
    run = wired().matching.for_startup(startup_id, options)
    group = wired().participants.of_line(run, wanted["program"], actor(), wanted.get("limit", options.limit))
    return plain.said(participants_schema.answer(run, wanted, group, language()))


class CachedResponse(Response):
    """An answer that is sent as it was kept: its headers are whole, nothing is left to work out or to close."""

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Send it."""
        start_response(self.status, self.headers.to_wsgi_list())
        return () if environ["REQUEST_METHOD"] == "HEAD" else cast("list[bytes]", self.response)


def sent(run: Run) -> Response:
    """A run's answer in the language asked for, or word that the caller has it already (RFC 9110, 13.1.2)."""
    chosen = language()
    tag = entity_tag(run.id, chosen)
    is_asked = "HTTP_IF_NONE_MATCH" in request.environ and request.method in ("GET", "HEAD")
    if is_asked and request.if_none_match.contains_weak(tag):
        answers().record([answers().answer(run, chosen)])  # what somebody relies on is on record, as if sent
        return Response(status=304, headers=_about(chosen, None, tag))
    return stored_reply(answers().bytes_of(run, chosen), chosen, tag)


def stored_reply(body: bytes, chosen: str, tag: str) -> Response:
    """An answer's bytes with their headers."""
    return CachedResponse([body], headers=_about(chosen, len(body), tag))


def entity_tag(run_id: str, chosen: str) -> str:
    """Names an answer's bytes: all that they rest on, their language, and the code that wrote them."""
    return f"{run_id}-{chosen}-{_code()}"


@cache
def _code() -> str:
    whole = hashlib.sha256()
    for package in (model, service):
        for path in sorted(Path(str(package.__file__)).parent.rglob("*.py")):
            whole.update(path.read_bytes())
    return whole.hexdigest()[:12]


@lru_cache(maxsize=1_024)
def _about(chosen: str, size: int | None, tag: str) -> Headers:
    """Shared by all answers of one tag, so nothing may be added to them."""
    about = {
        "Content-Type": "application/json",
        "Content-Language": chosen,
        "ETag": f'"{tag}"',
        "Cache-Control": "private, no-cache",  # whose answer it is, and whether it still holds, only we can tell
        "Vary": "Accept-Language, Authorization, Cookie",
    }
    return Headers(about if size is None else {**about, "Content-Length": str(size)})
