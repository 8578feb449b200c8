"""The model in use, the versions that could be, and changing from one to another."""

from __future__ import annotations

from flask import Response

from service.api.operation import model_schema
from service.api.wire import plain
from service.api.wire.arguments import Resource
from service.api.wire.language import language
from service.auth.access import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.wired import wired

resource = Resource("model", __name__, description="모델 · Model")


@resource.route("/model")
@resource.response(200, model_schema.ModelSchema)
@policy("read")
def in_use() -> Response:
    """Show the artifact in use: version, what it was fitted on, its measured quality."""
    prepared = wired().matching.prepared()
    return plain.sent(plain.model(prepared.in_use.manifest, prepared.matcher.blocks))


@resource.route("/model/versions")
@resource.response(200, model_schema.VersionsSchema)
@policy("read")
def versions() -> Response:
    """List every published version, the newest first, with the one in use and the one before."""
    return plain.said(plain.versions(wired().activate_model.versions(), language()))


@resource.route("/model/drift")
@resource.response(200, model_schema.DriftSchema)
@policy("model", work=Work.CHECK)
def drift() -> Response:
    """Measure how far the catalogue has moved from what the model in use was fitted on."""
    return plain.sent(plain.drift(wired().drift()))


@resource.route("/model/fits")
@resource.response(200, model_schema.FitsSchema)
@policy("model")
def fits() -> Response:
    """List the fits that were asked for last, the newest first, and tell whether a process takes them."""
    latest, has_taker = wired().ask_fit.latest(), wired().ask_fit.has_taker()
    return plain.sent({"fits": [plain.fit(fit) for fit in latest], "has_taker": has_taker})


@resource.route("/model/fits", methods=["POST"])
@resource.arguments(model_schema.FitOrderSchema)
@resource.response(201, model_schema.FitSchema)
@policy("model")
def ask_fit(wish: dict[str, str]) -> Response:
    """Have a new model fitted by the process that takes fits (`ieum fits`); it answers once it is activated."""
    return plain.sent(plain.fit(wired().ask_fit.ask(wish["reason"], actor())), 201)


@resource.route("/model/fits/<string:fit_id>/cancel", methods=["POST"])
@resource.response(200, model_schema.FitSchema)
@policy("model")
def cancel_fit(fit_id: str) -> Response:
    """Take back a fit that has not begun."""
    return plain.sent(plain.fit(wired().ask_fit.cancel(fit_id, actor())))


@resource.route("/model/activate", methods=["POST"])
@resource.arguments(model_schema.ActivationSchema)
@resource.response(200, model_schema.ChangedSchema)
@policy("model", work=Work.CHECK)
def activate(wish: dict[str, str]) -> Response:
    """Let a version answer from now on; it is verified first, and every worker follows within 5 seconds."""
    return plain.sent(plain.changed(wired().activate_model.activate(wish["version"], wish["reason"], actor())))


@resource.route("/model/rollback", methods=["POST"])
@resource.arguments(model_schema.RollbackSchema)
@resource.response(200, model_schema.ChangedSchema)
@policy("model", work=Work.CHECK)
def rollback(wish: dict[str, str]) -> Response:
    """Let the version before answer again."""
    return plain.sent(plain.changed(wired().activate_model.rollback(wish["reason"], actor())))
