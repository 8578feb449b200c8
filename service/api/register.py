"""Every resource of the API, put under its address and into the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from threading import Lock
from typing import Any

from flask import Flask
from flask_smorest import Api

from service.api.access import access_log, keys, sign_in, users
from service.api.applications import applications
from service.api.catalogue import eligibility, imports, programs, reference, startups
from service.api.matching import matches
from service.api.operation import health, model
from service.api.records import decisions, exports, objections, runs
from service.api.rounds import rounds
from service.api.wire import problems
from service.api.wire.problem_schema import ProblemSchema

PREFIX = "/api/v1"
RESOURCES = (
    matches,
    eligibility,
    startups,
    programs,
    applications,
    decisions,
    runs,
    rounds,
    objections,
    imports,
    exports,
    model,
    keys,
    users,
    access_log,
    reference,
)


class DocumentedApi(Api):  # type: ignore[misc]  # flask-smorest ships no types
    """flask-smorest's document, written when first asked for, with our problems as the answer to every failure."""

    ERROR_SCHEMA = ProblemSchema

    def __init__(self, app: Flask, **options: Any) -> None:
        self.unwritten: list[Callable[[], None]] = []
        self._writing = Lock()
        super().__init__(app, **options)

    def document(self) -> dict[str, Any]:
        """Write the document, once all resources are registered."""
        with self._writing:
            while self.unwritten:
                self.unwritten.pop(0)()
            written: dict[str, Any] = self.spec.to_dict()
        for (schema, *_), name in self.ma_plugin.converter.refs.items():
            written["components"]["schemas"][name] |= getattr(schema, "together", {})
        return written

    def _register_error_handlers(self) -> None:
        """Leave failures to `problems`."""

    def _register_responses(self) -> None:
        super()._register_responses()
        content = {problems.MEDIA_TYPE: {"schema": ProblemSchema}}
        self.spec.components.responses["DEFAULT_ERROR"] = {"description": "오류 · Problem", "content": content}


def resources(app: Flask) -> None:
    """Register all resources and their document."""
    app.config.update(API_TITLE="이음 API", API_VERSION=version("ieum"), OPENAPI_VERSION="3.1.0")
    api = DocumentedApi(app, spec_kwargs={"info": {"description": ABOUT}})
    for module in RESOURCES:
        api.register_blueprint(module.resource, url_prefix=PREFIX)
    api.register_blueprint(sign_in.resource)
    api.register_blueprint(health.resource)
    for name, scheme in SCHEMES.items():
        api.spec.components.security_scheme(name, scheme)
    app.extensions[reference.DOCUMENT] = api.document


SCHEMES: dict[str, dict[str, str]] = {
    "key": {"type": "http", "scheme": "bearer", "bearerFormat": "ieum_…", "description": "API 키 · API key"},
    "session": {"type": "apiKey", "in": "cookie", "name": "__Host-ieum", "description": "로그인 · Sign-in"},
}
"""How a request says who asks."""

ABOUT: Any = (
    "창업기업과 빅테크 협업 프로그램의 추천. 추천은 인공지능이 하고 결정은 담당자가 한다. · "
    "Matches of startups with collaboration programs: the machine recommends, a person decides."
)
