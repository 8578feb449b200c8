"""The model in use: how good it is beside simpler methods, which versions there are, and changing between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from service.auth.access import actor
from service.auth.policy import policy
from service.console.wire.mistakes import returning
from service.console.wire.pages import page
from service.errors import Problem, ServiceError
from service.identity import Scope
from service.wired import wired

blueprint = Blueprint("model", __name__, url_prefix="/model")


@dataclass(frozen=True, slots=True)
class MethodFigure:
    """How well one method ranks in one direction: NDCG@10, 0-1, with its 95 % interval."""

    method: str
    direction: str
    regime: str
    mean: float
    low: float
    high: float


@blueprint.get("")
@policy("read")
def in_use() -> Response:
    """Show the model in use with its figures, and every published version."""
    manifest = wired().matching.prepared().in_use.manifest
    return page(
        "operation/model.html",
        manifest=manifest,
        figures=figures(manifest.metrics),
        versions=wired().activate_model.versions(),
        fits=wired().ask_fit.latest() if actor().may(Scope.MODEL) else None,
        has_taker=wired().ask_fit.has_taker(),
    )


@blueprint.post("/fits")
@policy("model")
@returning("model.in_use")
def fit() -> AnyResponse:
    """Ask for a fit."""
    wired().ask_fit.ask(request.form.get("reason", ""), actor())
    return redirect(url_for(".in_use", _anchor="fits"), 303)


@blueprint.post("/fits/<string:fit_id>/cancel")
@policy("model")
@returning("model.in_use")
def cancel_fit(fit_id: str) -> AnyResponse:
    """Take back a fit that has not begun."""
    wired().ask_fit.cancel(fit_id, actor())
    return redirect(url_for(".in_use", _anchor="fits"), 303)


@blueprint.get("/versions/<string:version>")
@policy("model")
def ask(version: str) -> Response:
    """Ask for a reason before a version is put in use."""
    known_versions = {known.name: known for known in wired().activate_model.versions()}
    if version not in known_versions:
        raise ServiceError(Problem.MODEL_VERSION_NOT_FOUND, version=version)
    return page("operation/model_change.html", version=known_versions[version])


@blueprint.post("/versions/<string:version>")
@policy("model")
@returning("model.ask")
def activate(version: str) -> AnyResponse:
    """Put a version in use."""
    wired().activate_model.activate(version, request.form.get("reason", ""), actor())
    return redirect(url_for(".in_use"), 303)


@blueprint.post("/rollback")
@policy("model")
@returning("model.ask")
def rollback() -> AnyResponse:
    """Put the version before in use again."""
    wired().activate_model.rollback(request.form.get("reason", ""), actor())
    return redirect(url_for(".in_use"), 303)


def figures(metrics: Mapping[str, Any]) -> list[MethodFigure]:
    """The measured quality of each method; none for a model that was not evaluated."""
    rows = metrics.get("evaluation", {}).get("figures", [])
    return [
        MethodFigure(
            row["method"], row["direction"], row["regime"], *(row["ndcg"][part] for part in ("mean", "low", "high"))
        )
        for row in rows
        if row.get("ndcg")
    ]
