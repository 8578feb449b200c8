"""Plain values sent as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from flask import Response

from model.artifact.manifest import Manifest
from service.actions.operation.activate_model import Activated
from service.actions.operation.drift import Drifted
from service.actions.operation.health import Readiness
from service.api.wire import problems
from service.api.wire.fields import attributes
from service.api.wire.language import language
from service.errors import EXPLAINED, Problem, ServiceError
from service.storage.matching.fits import Fit
from service.storage.matching.registry import Version


def sent(value: Any, status: int = 200) -> Response:
    """The value as a JSON response."""
    return Response(orjson.dumps(value), status=status, content_type="application/json")


def said(value: Any, status: int = 200, location: str = "") -> Response:
    """The value as a JSON response in the language asked for, with the path of what was made, if any."""
    response = sent(value, status)
    response.headers["Content-Language"] = language()
    if location:
        response.headers["Location"] = f"/api/v1/{location}"
    return response


def model(manifest: Manifest, blocks: Sequence[str]) -> dict[str, Any]:
    """What a manifest says to the public; file lists stay inside."""
    return {
        **attributes(manifest, "model_version", "created_at", "format_version"),
        **attributes(manifest, "snapshot_digest", "rules_version", "vocabulary_digest"),
        "blocks": list(blocks),
        "libraries": dict(manifest.libraries),
        "metrics": dict(manifest.metrics),
        "reason": manifest.reason,
    }


def versions(published: Sequence[Version], language: str) -> dict[str, Any]:
    """Every published version, as the service and the command line show it."""
    return {"versions": [_version(version, language) for version in published]}


def changed(done: Activated) -> dict[str, Any]:
    """The version in use now, and the one before."""
    return {"model_version": done.name, "previous": done.before}


def drift(drifted: Drifted) -> dict[str, Any]:
    """The shift of each measure, as the service and the command line show it."""
    return attributes(drifted, "model_version", "snapshot_digest", "shifts", "is_noteworthy")


def _version(version: Version, language: str) -> dict[str, Any]:
    manifest = version.manifest
    return {
        "model_version": version.name,
        "state": version.state,
        "created_at": manifest and manifest.created_at,
        "snapshot_digest": manifest and manifest.snapshot_digest,
        "reason": manifest and manifest.reason,
        "refusal": version.refusal and version.refusal.sentence(language),
    }


def fit(fit: Fit) -> dict[str, Any]:
    """A fit, how far it is, and what came of it."""
    moments = attributes(fit, "asked_at", "taken_at", "ended_at")
    came_of_it = attributes(fit, "state", "stage", "progress", "model_version", "gate", "failure")
    return {"id": str(fit.id), "asked_by": fit.actor_name, "reason": fit.reason, **moments, **came_of_it}


def readiness(state: Readiness) -> tuple[dict[str, str], int]:
    """The service's state and its status: 503 while a part is missing."""
    status = "ready" if state.is_ready else "not_ready"
    return {"status": status, "database": state.database, "model": state.model}, 200 if state.is_ready else 503


def error_code(code: str, language: str) -> dict[str, Any]:
    """One code with its sentences; raises ServiceError `error_not_found`."""
    if code not in problems.codes():
        raise ServiceError(Problem.ERROR_NOT_FOUND, id=code)
    words = EXPLAINED[Problem(code)][language]
    about = {"title": words.what, "detail": words.why, "advice": words.advice}
    return {"code": code, "status": EXPLAINED.status(Problem(code)), **about}
