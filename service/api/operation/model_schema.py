"""The model in use and the service's state, as they are shown."""

from __future__ import annotations

from marshmallow import fields

from service.api.wire.fields import Code, Identifier, Many, Strict, Text
from service.storage.matching.registry import State


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


class VersionSchema(Strict):
    """A published version: what it is at present, and why it can't be used if that is so."""

    model_version = Text(required=True)
    state = Code(State, required=True)
    created_at = fields.AwareDateTime(required=True, allow_none=True)
    snapshot_digest = Text(required=True, allow_none=True)
    reason = Text(required=True, allow_none=True, metadata={"description": "기준 미달 모델을 쓴 사유 · Why forced"})
    refusal = Text(required=True, allow_none=True, metadata={"description": "쓸 수 없는 까닭 · Why it can't be used"})


class VersionsSchema(Strict):
    """Every published version, the newest first."""

    versions = Many(fields.Nested(VersionSchema), required=True)


class DriftSchema(Strict):
    """The shift of each measure, 0 (as before) to 1 (nothing in common), and whether retraining is due."""

    model_version = Text(required=True)
    snapshot_digest = Text(required=True)
    shifts = fields.Dict(keys=fields.String(), values=fields.Float(), required=True)
    is_noteworthy = fields.Boolean(required=True)


class RollbackSchema(Strict):
    """Why the version before shall answer again."""

    reason = Identifier(required=True, metadata={"description": "바꾸는 사유, 기록에 남는다 · Why; it stays on record"})


class ActivationSchema(RollbackSchema):
    """Which version shall answer, and why."""

    version = Identifier(required=True)


class ChangedSchema(Strict):
    """The version in use now, and the one before."""

    model_version = Text(required=True)
    previous = Text(required=True, allow_none=True)


class LiveSchema(Strict):
    """The process answers."""

    status = Text(required=True)


class ReadySchema(Strict):
    """Each part by name: `ok`, or the code of what is wrong."""

    status = Text(required=True)
    database = Text(required=True)
    model = Text(required=True)
