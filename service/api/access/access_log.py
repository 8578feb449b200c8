"""The access log, for who audits the service."""

from __future__ import annotations

from flask import Response

from service.api.access import access_log_schema as accesses
from service.api.access.access_log_schema import AccessesSchema, AccessOptions
from service.api.wire import options, plain
from service.api.wire.arguments import Resource
from service.auth.policy import policy
from service.wired import wired

resource = Resource("access-log", __name__, description="접속 기록 · Access log")


@resource.route("/access-log")
@resource.arguments(AccessOptions, location="query")
@resource.response(200, AccessesSchema)
@policy("audit")
def listed(wanted: options.PageOrder) -> Response:
    """List who came when, from where, to whose record, for which task, with which result; oldest first."""
    entries, after = wired().accesses.page(after=int(wanted.after or 0), limit=wanted.limit, filters=wanted.filters)
    items = [accesses.entry(number, access) for number, access in entries]
    return plain.sent({"items": items, "next": options.place(after)})
