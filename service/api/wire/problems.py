"""Every failure as application/problem+json (RFC 9457): a stable code, and what, why and what to do in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from flask import Flask, Response, request
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Response as AnyResponse

from model.faults import BadData, Fault, sentences
from model.snapshot.rows import MAX_LIST
from service.api.wire.language import language
from service.errors import EXPLAINED, Problem, ServiceError
from service.telemetry import log, requests

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 5

_OF_FRAMEWORK = {
    404: Problem.NOT_FOUND,
    405: Problem.METHOD_NOT_ALLOWED,
    413: Problem.BODY_TOO_LARGE,
    415: Problem.UNSUPPORTED_MEDIA_TYPE,
}


def install(app: Flask) -> None:
    """Answer every failure of the application as a problem."""
    app.register_error_handler(HTTPException, of_framework)
    app.register_error_handler(Exception, lambda error: answered(known(error)))


def answered(error: ServiceError) -> Response:
    """The failure as a response."""
    problem = described(error, language())
    response = Response(orjson.dumps(problem), status=problem["status"], content_type=MEDIA_TYPE)
    response.headers["Content-Language"] = language()
    if problem["status"] == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    if problem["status"] == 429:
        response.headers["Retry-After"] = str(error.facts["seconds"])
    if problem["status"] == 401:
        # RFC 6750 asks for this header with every refusal of a token
        sent_none = error.code in (Problem.UNAUTHENTICATED, Problem.SESSION_ENDED)
        response.headers["WWW-Authenticate"] = 'Bearer realm="ieum"' + ("" if sent_none else ', error="invalid_token"')
    return response


def of_framework(error: HTTPException) -> AnyResponse:
    """A refusal by the framework, among them routes and methods that do not exist."""
    if error.code is None or error.code < 400:
        return error.get_response()
    code = _OF_FRAMEWORK.get(error.code, Problem.BAD_REQUEST if error.code < 500 else Problem.INTERNAL)
    response = answered(ServiceError(code, limit=request.max_content_length, allowed="application/json"))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def known(error: Exception) -> ServiceError:
    """A failure that the caller can act upon; a bug of ours is recorded and becomes the neutral `internal`."""
    if isinstance(error, ServiceError):
        return error
    if isinstance(error, BadData):
        return ServiceError(Problem.INVALID_FIELDS, faults=error.faults)
    if isinstance(error, ValidationError):
        return ServiceError(Problem.INVALID_FIELDS, faults=tuple(_faults(error.messages, "")))
    log.logger().error("bug", route=str(request.url_rule), request_id=request.environ.get(requests.KEY), exc_info=error)
    return ServiceError(Problem.INTERNAL)


def described(error: ServiceError, language_code: str) -> dict[str, Any]:
    """The members of the problem."""
    words = error.explained(language_code)
    problem: dict[str, Any] = {
        "type": f"/api/v1/errors/{error.code}",
        "title": words.what,
        "status": status_of(error),
        "detail": words.why,
        "advice": words.advice,
        "code": error.code,
        "instance": request.path,
        "request_id": request.environ.get(requests.KEY),
    }
    if error.faults:
        problem["errors"] = [_field(fault, language_code) for fault in error.faults[:MAX_LIST]]
    return problem


def _faults(messages: Any, path: str) -> Iterator[Fault]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _faults(inner, path if key == "_schema" else f"{path}.{key}".lstrip("."))
        return
    for message in messages:
        fault = message if isinstance(message, Fault) else Fault(str(message))
        yield Fault(fault.code if fault.code in sentences() else "invalid", field=path, allowed=fault.allowed)


def _field(fault: Fault, language_code: str) -> dict[str, Any]:
    named = {"field": fault.field, "code": fault.code, "message": fault.sentence(language_code)}
    return named if fault.line is None else {**named, "line": fault.line, "value": fault.value}


def codes() -> list[Problem]:
    """Every code that a request can meet."""
    return [code for code in EXPLAINED if EXPLAINED.status(code)]


def status_of(error: ServiceError) -> int:
    """The status by which a failure is answered."""
    return EXPLAINED.status(error.code) or 500
