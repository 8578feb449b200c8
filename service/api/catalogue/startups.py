"""Startups in the catalogue: read by page, written with an ETag."""

from __future__ import annotations

from typing import Any

from flask import Response

from model.domain import Startup
from service.api.catalogue.pages_schema import Startups
from service.api.catalogue.profiles_schema import StartupPatch, StartupSchema, WrittenStartup
from service.api.wire import arguments
from service.api.wire import profile_replies as records
from service.api.wire.arguments import Resource
from service.api.wire.options import PageOrder, StartupPage
from service.auth.access import actor
from service.auth.policy import policy
from service.wired import wired

resource = Resource("startups", __name__, description="창업기업 · Startups")


@resource.route("/startups")
@resource.arguments(StartupPage, location="query")
@resource.response(200, Startups)
@policy("read")
def listed(wanted: PageOrder) -> Response:
    """List startups by id, a page at a time."""
    return records.page(wired().startups.page(after=wanted.after, limit=wanted.limit, filters=wanted.filters))


@resource.route("/startups/<string:startup_id>")
@resource.response(200, StartupSchema)
@policy("read")
def one(startup_id: str) -> Response:
    """Show one startup; its ETag is what a later write must name."""
    return records.sent(wired().startups.one(startup_id))


@resource.route("/startups/<string:startup_id>", methods=["PUT"])
@resource.arguments(StartupSchema)
@resource.response(200, WrittenStartup)
@resource.alt_response(201, schema=WrittenStartup, success=True)
@policy("write")
def put(startup: Startup, startup_id: str) -> Response:
    """Store a startup whole; If-Match is required when it exists. A new id must differ from every other to the eye."""
    records.same_id(startup_id, startup.id)
    stored, is_new = wired().edit_startups.put(startup, records.precondition(), actor())
    return records.sent(stored, 201 if is_new else 200, wired().imports.notes(stored.record))


@resource.route("/startups/<string:startup_id>", methods=["PATCH"])
@resource.arguments(StartupPatch, content_type=arguments.MERGE_PATCH, media=arguments.MERGE_PATCH)
@resource.response(200, WrittenStartup)
@policy("write")
def change(patch: dict[str, Any], startup_id: str) -> Response:
    """Replace some fields of a startup (JSON merge patch); null removes one. If-Match is required."""
    stored = wired().edit_startups.change(startup_id, patch, records.precondition(), actor())
    return records.sent(stored, notes=wired().imports.notes(stored.record))


@resource.route("/startups/<string:startup_id>", methods=["DELETE"])
@resource.response(204)
@policy("write")
def delete(startup_id: str) -> Response:
    """Delete a startup. If-Match is required."""
    wired().edit_startups.delete(startup_id, records.precondition(), actor())
    return Response(status=204)
