"""The model in use."""

from __future__ import annotations

from flask import Response

from service.api import plain
from service.api.arguments import Resource
from service.api.schemas.model import ModelSchema
from service.auth.policy import policy
from service.wired import wired

resource = Resource("model", __name__, description="모델 · Model")


@resource.route("/model")
@resource.response(200, ModelSchema)
@policy("read")
def in_use() -> Response:
    """Show the artifact in use: version, what it was fitted on, its measured quality."""
    prepared = wired().matching.prepared()
    return plain.sent(plain.model(prepared.in_use.manifest, prepared.matcher.blocks))
