"""Health: is the process alive, and can it answer."""

from __future__ import annotations

from flask import Response

from service.api import plain
from service.api.arguments import Resource
from service.api.schemas.model import LiveSchema, ReadySchema
from service.auth.policy import policy
from service.wired import wired

resource = Resource("health", __name__, description="상태 · Health")


@resource.route("/livez")
@resource.response(200, LiveSchema)
@policy("open")
def alive() -> Response:
    """Tell that the process answers."""
    return plain.sent({"status": "alive"})


@resource.route("/readyz")
@resource.response(200, ReadySchema)
@resource.alt_response(503, schema=ReadySchema)
@policy("open")
def ready() -> Response:
    """Tell whether database and model are in order."""
    return plain.sent(*plain.readiness(wired().health()))
