"""Every page of the console, put under its address, one for each language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, g

from service.console.access import accesses, keys, session, users
from service.console.applications import desk, reports
from service.console.catalogue import edits, imports, profile, programs, startups
from service.console.matching import comparison, pairs, recording
from service.console.operation import criteria, guide, model, overview
from service.console.records import audit, decisions, objections, retention
from service.console.rounds import register as rounds
from service.console.rounds import together
from service.console.wire import assets, display, failures, pages
from service.errors import ServiceError
from service.settings import LANGUAGES

PREFIX = f"/console/<any({', '.join(LANGUAGES)}):language>"
PAGES = (
    *(
        overview,
        startups,
        edits,
        pairs,
        programs,
        comparison,
        profile,
        desk,
        reports,
        together,
        decisions,
        objections,
        rounds,
        imports,
        model,
    ),
    *(users, keys, audit, accesses, retention),
    *(guide, criteria, session, display),
)


def install(app: Flask, known: Callable[[Exception], ServiceError], record: recording.Record) -> None:
    """Register all pages.

    `known` says what a failure is called; `record` records a run.
    """
    recording.install(app, record)
    console = Blueprint("console", __name__, url_prefix=PREFIX)
    console.url_value_preprocessor(_take_language)
    console.url_defaults(_keep_language)
    console.after_request(pages.signed)
    console.register_error_handler(Exception, failures.shower(known))
    for module in PAGES:
        console.register_blueprint(module.blueprint)
    console.add_url_rule("/<path:rest>", view_func=failures.nowhere)
    app.register_blueprint(console)
    app.register_blueprint(assets.blueprint)
    app.register_blueprint(display.entrance)


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.language = (values or {}).pop("language", LANGUAGES[0])


def _keep_language(_endpoint: str, values: dict[str, Any]) -> None:
    values.setdefault("language", g.get("language", LANGUAGES[0]))
