"""The model in use and the service's state, as they are shown."""

from __future__ import annotations

from marshmallow import fields

from service.api.wire.fields import Code, Identifier, Many, Strict, Text
from service.storage.matching.fits import FitState
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

    reason = Identifier(required=True, metadata={"description": "사유, 기록에 남는다 · Why; it stays on record"})


class FitOrderSchema(RollbackSchema):
    """Why a new model shall be fitted."""


class ActivationSchema(RollbackSchema):
    """Which version shall answer, and why."""

    version = Identifier(required=True)


class FitSchema(Strict):
    """A fit that was asked for, how far it is, and what came of it."""

    id = Text(required=True)
    state = Code(FitState, required=True)
    asked_by = Text(required=True)
    reason = Text(required=True)
    asked_at = fields.AwareDateTime(required=True)
    taken_at = fields.AwareDateTime(required=True, allow_none=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    stage = Text(required=True)
    progress = Text(required=True)
    model_version = Text(required=True, allow_none=True)
    gate = fields.Raw(required=True, allow_none=True, metadata={"description": "관문의 판단 · The gate's decision"})
    failure = Text(required=True, allow_none=True, metadata={"description": "실패한 까닭 · Why it has failed"})


class FitsSchema(Strict):
    """The fits that were asked for last, the newest first."""

    fits = Many(fields.Nested(FitSchema), required=True)
    has_taker = fields.Boolean(
        required=True, metadata={"description": "학습을 맡은 프로세스가 있음 · Somebody takes them"}
    )


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
