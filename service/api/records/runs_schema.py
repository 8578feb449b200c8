"""A past run as it is shown."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from service.actions.records.replay_run import PastRun, Recomputation, Recomputed
from service.api.wire.fields import Code, Day, Many, Strict, Text, TrueOrFalse, Whole, attributes


class ShownSchema(Strict):
    """One answer of a run: the language, and SHA-256 of the bytes that were sent."""

    language = Text(required=True)
    sha256 = Text(required=True)


class RecomputationSchema(Strict):
    """Whether today's program makes the same answer; where it can't, what of its grounds is gone."""

    run_id = Text(required=True)
    language = Text(required=True)
    result = Code(Recomputed, required=True)
    first_sent_sha256 = Text(required=True, allow_none=True)
    made_again_sha256 = Text(required=True, allow_none=True)
    reason = Text(required=True, allow_none=True)


class RunSchema(Strict):
    """What an answer that was shown rests on."""

    run_id = Text(required=True)
    first_shown_at = fields.AwareDateTime(required=True)
    asks = Code(("programs", "startups"), required=True)
    subject_id = Text(
        required=True,
        allow_none=True,
        metadata={"description": "물은 창업기업이나 프로그램. 지워졌으면 null · Whom it was about; null once erased"},
    )
    subject_sha256 = Text(required=True)
    revision = Whole(required=True, metadata={"description": "자료의 개정 번호 · State of the catalogue"})
    startups_sha256 = Text(required=True, allow_none=True)
    programs_sha256 = Text(required=True)
    on = Day(required=True)
    limit = Whole(1, required=True)
    include_ineligible = TrueOrFalse(required=True)
    audience = Text(required=True)
    artifact = Text(required=True)
    model_version = Text(required=True)
    rules_version = Text(required=True)
    shown = Many(fields.Nested(ShownSchema), required=True)


def recomputed(past: PastRun, done: Recomputation, language: str) -> dict[str, Any]:
    """The values of RecomputationSchema."""
    return {
        "run_id": past.record.id,
        "language": done.language,
        "result": done.result,
        "first_sent_sha256": past.digests.get(done.language),
        "made_again_sha256": done.digest,
        "reason": done.refusal and done.refusal.explained(language).why,
    }


def values(past: PastRun) -> dict[str, Any]:
    """The values of RunSchema."""
    record = past.record
    same = ("on", "limit", "include_ineligible", "audience", "artifact", "model_version", "rules_version")
    return {
        "run_id": record.id,
        "first_shown_at": record.at,
        "asks": record.asks,
        "subject_id": record.subject_id,
        "subject_sha256": record.subject_digest,
        "revision": record.revision,
        "startups_sha256": record.startups,
        "programs_sha256": record.programs,
        **attributes(record, *same),
        "shown": [{"language": language, "sha256": digest} for language, digest in past.digests.items()],
    }
