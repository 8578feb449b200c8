"""What startups and programs have in common on the wire: ETags, pages, bodies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, request

from model.faults import Fault
from model.snapshot import rows
from service.actions.catalogue.browse import Page
from service.actions.catalogue.edit import Precondition
from service.api.wire import plain
from service.api.wire.language import language
from service.api.wire.options import cursor
from service.errors import Problem, ServiceError
from service.storage.catalogue.profiles import StoredProfile


def sent(stored: StoredProfile[Any], status: int = 200, notes: Sequence[Fault] = ()) -> Response:
    """One record with its ETag, and what is to be noted of a write; 304 when the caller has it already."""
    body = {**rows.plain(stored.record), **({"notes": [_note(note) for note in notes]} if notes else {})}
    response = plain.sent(body, status)
    response.set_etag(str(stored.revision))
    response.last_modified = stored.updated_at
    response.headers["Cache-Control"] = "no-cache"
    if request.method in ("GET", "HEAD"):
        response.make_conditional(request)
    return response


def _note(note: Fault) -> dict[str, str]:
    message, advice = note.sentences(language())
    return {"field": note.field, "value": note.value, "code": note.code, "message": message, "advice": advice}


def page(profiles: Page[Any]) -> Response:
    """One page of records."""
    items = [rows.plain(stored.record) for stored in profiles.items]
    return plain.sent({"items": items, "next": cursor(profiles.after)})


def precondition() -> Precondition:
    """What the request says of the record's present state, by If-Match or If-None-Match."""
    tags = request.if_match
    # Werkzeug hands an empty tag, `""`, out as None.
    revisions = tuple(int(tag) for tag in tags.as_set() if tag and tag.isascii() and tag.isdigit() and len(tag) < 19)
    stated = "If-Match" in request.headers
    if stated and not (revisions or tags.star_tag):
        return Precondition(revisions=(-1,))
    return Precondition(revisions, any=stated and tags.star_tag, absent=request.if_none_match.star_tag)


def same_id(path: str, body: str) -> None:
    """Refuse a body that names another record than the address."""
    if path.strip() != body:
        raise ServiceError(Problem.ID_DIFFERS, path=path, body=body)
