"""Programs in the catalogue: read by page, written with an ETag."""

from __future__ import annotations

from typing import Any

from flask import Response

from model.domain import Program
from service.api.catalogue.pages_schema import Programs
from service.api.catalogue.profiles_schema import ProgramPatch, ProgramSchema
from service.api.wire import arguments
from service.api.wire import profile_replies as records
from service.api.wire.arguments import Resource
from service.api.wire.options import PageOrder, ProgramPage
from service.auth.access import actor
from service.auth.policy import policy
from service.wired import wired

resource = Resource("programs", __name__, description="프로그램 · Programs")


@resource.route("/programs")
@resource.arguments(ProgramPage, location="query")
@resource.response(200, Programs)
@policy("read")
def listed(wanted: PageOrder) -> Response:
    """List programs by id, a page at a time."""
    return records.page(wired().programs.page(after=wanted.after, limit=wanted.limit, filters=wanted.filters))


@resource.route("/programs/<string:program_id>")
@resource.response(200, ProgramSchema)
@policy("read")
def one(program_id: str) -> Response:
    """Show one program; its ETag is what a later write must name."""
    return records.sent(wired().programs.one(program_id))


@resource.route("/programs/<string:program_id>", methods=["PUT"])
@resource.arguments(ProgramSchema)
@resource.response(200, ProgramSchema)
@resource.alt_response(201, schema=ProgramSchema, success=True)
@policy("write")
def put(program: Program, program_id: str) -> Response:
    """Store a program whole; If-Match is required when it exists. A new id must differ from every other to the eye."""
    records.same_id(program_id, program.id)
    stored, is_new = wired().edit_programs.put(program, records.precondition(), actor())
    return records.sent(stored, 201 if is_new else 200)


@resource.route("/programs/<string:program_id>", methods=["PATCH"])
@resource.arguments(ProgramPatch, content_type=arguments.MERGE_PATCH, media=arguments.MERGE_PATCH)
@resource.response(200, ProgramSchema)
@policy("write")
def change(patch: dict[str, Any], program_id: str) -> Response:
    """Replace some fields of a program (JSON merge patch); null removes one. If-Match is required."""
    return records.sent(wired().edit_programs.change(program_id, patch, records.precondition(), actor()))


@resource.route("/programs/<string:program_id>", methods=["DELETE"])
@resource.response(204)
@policy("write")
def delete(program_id: str) -> Response:
    """Delete a program. If-Match is required."""
    wired().edit_programs.delete(program_id, records.precondition(), actor())
    return Response(status=204)
