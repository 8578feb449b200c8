"""The model in use and the service's state, as they are shown."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas.fields import Many, Strict, Text


class ModelSchema(Strict):
    """The artifact in use, from its manifest."""

    model_version = Text(required=True)
    created_at = fields.AwareDateTime(required=True)
    format_version = fields.Raw(required=True)
    snapshot_digest = Text(required=True, metadata={"description": "학습한 스냅샷의 SHA-256 · What it was fitted on"})
    rules_version = Text(required=True)
    vocabulary_digest = Text(required=True)
    blocks = Many(Text(), required=True)
    libraries = fields.Raw(required=True)
    metrics = fields.Raw(required=True)
    reason = Text(required=True, allow_none=True, metadata={"description": "기준 미달 모델을 쓴 사유 · Why forced"})


class LiveSchema(Strict):
    """The process answers."""

    status = Text(required=True)


class ReadySchema(Strict):
    """Each part by name: `ok`, or the code of what is wrong."""

    status = Text(required=True)
    database = Text(required=True)
    model = Text(required=True)
