"""The API's own document: OpenAPI, its rendered page, and the error codes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from flask import Response, current_app, render_template, send_from_directory

from service.api.wire import plain, problems
from service.api.wire.arguments import Resource
from service.api.wire.language import language
from service.api.wire.problem_schema import ErrorCode, ErrorCodes
from service.auth.policy import policy

resource = Resource("reference", __name__, description="문서 · Reference")
DOCUMENT = "ieum-openapi"


@resource.route("/openapi.json")
@resource.response(200, {"type": "object"}, description="OpenAPI 3.1")
@policy("open")
def openapi() -> Response:
    """Give the OpenAPI document."""
    return Response(_document()[0], content_type="application/json")


@resource.route("/docs")
@resource.response(200, {"type": "string"}, content_type="text/html", description="HTML")
@policy("open")
def docs() -> Response:
    """Show the OpenAPI document as a page."""
    return Response(render_template("docs.html", spec=_document()[1], language=language()), content_type="text/html")


@resource.route("/docs/style.css")
@resource.response(200, {"type": "string"}, content_type="text/css", description="CSS")
@policy("open")
def style() -> Response:
    """Give the page's style sheet."""
    return send_from_directory(Path(current_app.root_path) / "api" / "static", "docs.css")


@resource.route("/errors")
@resource.response(200, ErrorCodes)
@policy("open")
def errors() -> Response:
    """List every error code with its meaning."""
    return plain.sent({"items": [plain.error_code(code, language()) for code in problems.codes()]})


@resource.route("/errors/<string:code>")
@resource.response(200, ErrorCode)
@policy("open")
def error(code: str) -> Response:
    """Explain one error code."""
    return plain.sent(plain.error_code(code, language()))


def _document() -> tuple[bytes, dict[str, Any]]:
    return _rendered(current_app.extensions[DOCUMENT])


@lru_cache(maxsize=4)
def _rendered(written: Callable[[], dict[str, Any]]) -> tuple[bytes, dict[str, Any]]:
    document = written()
    for response in document["components"]["responses"].values():  # each is a problem, whatever the library calls it
        response["content"] = {problems.MEDIA_TYPE: next(iter(response["content"].values()))}
    return orjson.dumps(document, option=orjson.OPT_NON_STR_KEYS), document
