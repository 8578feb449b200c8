"""Health: is the process alive, and can it answer."""

from __future__ import annotations

from flask import Response

from service.api.operation.model_schema import LiveSchema, ReadySchema
from service.api.wire import plain
from service.api.wire.arguments import Resource
from service.auth import access
from service.auth.policy import policy
from service.identity import Scope
from service.telemetry import metrics
from service.wired import wired

resource = Resource("health", __name__, description="상태 · Health")


@resource.route("/livez")
@resource.response(200, LiveSchema)
@policy("open", probe=True)
def alive() -> Response:
    """Tell that the process answers."""
    return plain.sent({"status": "alive"})


@resource.route("/metrics")
@resource.response(200, content_type=metrics.MEDIA_TYPE)
@policy("open")
def counted() -> Response:
    """Tell Prometheus what was counted: to this machine and the configured peers, to others with the scope `model`."""
    access.ask_unless_peer(Scope.MODEL)
    return Response(wired().metrics.text(), content_type=metrics.MEDIA_TYPE)


@resource.route("/readyz")
@resource.response(200, ReadySchema)
@resource.alt_response(503, schema=ReadySchema)
@policy("open", probe=True)
def ready() -> Response:
    """Tell whether database and model are in order."""
    return plain.sent(*plain.readiness(wired().health()))
