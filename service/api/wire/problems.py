"""Every failure as application/problem+json (RFC 9457): a stable code, and what, why and what to do in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from flask import Flask, Response, request
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Response as AnyResponse

from model.faults import BadData, Fault
from model.snapshot.rows import MAX_LIST
from service.api.wire.language import language
from service.errors import EXPLANATIONS, ServiceError
from service.telemetry import log, requests
from service.wording import faults

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 5

STATUS: dict[str, int] = {
    "invalid_json": 400,
    "json_too_deep": 400,
    "json_too_long": 413,
    "duplicate_key": 400,
    "bad_request": 400,
    "idempotency_key_missing": 400,
    "unauthenticated": 401,
    "key_unknown": 401,
    "key_expired": 401,
    "key_unconfirmed": 401,
    "key_revoked": 401,
    "session_ended": 401,
    "csrf": 403,
    "link_used": 403,
    "sign_in_stale": 403,
    "portal_refused": 403,
    "not_admitted": 403,
    "user_disabled": 403,
    "bad_form": 400,
    "forbidden": 403,
    "not_your_program": 403,
    "beyond_own_rights": 403,
    "person_required": 403,
    "not_found": 404,
    "startup_not_found": 404,
    "import_not_found": 404,
    "heading_map_not_found": 404,
    "export_form_unknown": 404,
    "program_not_found": 404,
    "decision_not_found": 404,
    "run_not_found": 404,
    "round_not_found": 404,
    "scoring_not_found": 404,
    "objection_not_found": 404,
    "error_not_found": 404,
    "model_version_not_found": 404,
    "key_not_found": 404,
    "user_not_found": 404,
    "no_portal": 404,
    "method_not_allowed": 405,
    "in_use": 409,
    "import_expired": 409,
    "catalogue_changed": 409,
    "program_not_ranked": 409,
    "round_differs": 409,
    "artifact_refused": 409,
    "model_change_running": 409,
    "no_previous_model": 409,
    "email_taken": 409,
    "idempotency_key_in_flight": 409,
    "transition_not_allowed": 409,
    "objection_answered": 409,
    "run_not_reproducible": 410,
    "body_too_slow": 408,
    "precondition_failed": 412,
    "body_too_large": 413,
    "too_many_rows": 413,
    "too_many_columns": 413,
    "too_many_cells": 413,
    "too_much_text": 413,
    "too_demanding": 413,
    "unpacks_too_large": 413,
    "unpacks_too_far": 413,
    "too_many_entries": 413,
    "cell_too_long": 422,
    "unsupported_media_type": 415,
    "file_unknown": 415,
    "file_old_office": 415,
    "file_hwp": 415,
    "file_encrypted": 415,
    "file_protected": 415,
    "only_hidden_sheets": 422,
    "html_without_table": 422,
    "service_error": 422,
    "invalid_fields": 422,
    "rule_unknown": 422,
    "export_too_long": 422,
    "round_too_large": 422,
    "too_many_rounds": 422,
    "seats_unknown": 422,
    "not_in_round": 422,
    "quotas_overlap": 422,
    "no_scores": 422,
    "no_interests": 422,
    "score_not_a_number": 422,
    "import_has_faults": 422,
    "import_kind_unknown": 422,
    "no_headings": 422,
    "duplicate_heading": 422,
    "file_empty": 422,
    "csv_broken": 422,
    "mixed_encodings": 422,
    "unknown_encoding": 422,
    "nul_in_text": 422,
    "file_broken": 422,
    "answer_unknown": 422,
    "archive_unsafe": 422,
    "xml_entities": 422,
    "sheet_not_found": 422,
    "id_differs": 422,
    "key_needs_role": 422,
    "idempotency_key_reused": 422,
    "run_unknown": 422,
    "objection_about_nothing": 422,
    "precondition_required": 428,
    "too_many_requests": 429,
    "internal": 500,
    "artifacts_not_writable": 503,
    "too_busy": 503,
    "erased_meanwhile": 503,
    "catalogue_preparing": 503,
    "no_model": 503,
    "database_unavailable": 503,
    "portal_unavailable": 503,
}
"""The status of each code that a request can meet; the other codes belong to the command line."""

FIELD_SENTENCES: dict[str, dict[str, str]] = {
    "invalid": {
        "ko": "규격에 맞지 않는 값입니다. API 문서(/api/v1/docs)에서 형식을 확인하십시오.",
        "en": "This value does not fit the contract. Look its form up at /api/v1/docs.",
    },
    "bad_cursor": {
        "ko": "cursor 값이 올바르지 않습니다. 앞 쪽에서 받은 next 값을 그대로 쓰십시오.",
        "en": "This is no cursor. Use `next` of the page before as it is.",
    },
    "not_local": {
        "ko": "이 서비스 안의 주소가 아닙니다. '/'로 시작하는 주소를 쓰십시오.",
        "en": "This is no address of this service. Begin it with a single stroke.",
    },
    "too_many": {
        "ko": "1건 이상 1,000건 이하여야 합니다. 나누어 보내십시오.",
        "en": "Send between 1 and 1,000, in several requests if need be.",
    },
}

_OF_FRAMEWORK = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large", 415: "unsupported_media_type"}


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
        response.headers["WWW-Authenticate"] = _challenge(error.code)
    return response


def _challenge(code: str) -> str:
    """How to authenticate (RFC 6750)."""
    return 'Bearer realm="ieum"' + ("" if code in ("unauthenticated", "session_ended") else ', error="invalid_token"')


def of_framework(error: HTTPException) -> AnyResponse:
    """A refusal by the framework, among them routes and methods that do not exist."""
    if error.code is None or error.code < 400:
        return error.get_response()
    code = _OF_FRAMEWORK.get(error.code, "bad_request" if error.code < 500 else "internal")
    response = answered(ServiceError(code, limit=request.max_content_length, allowed="application/json"))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def known(error: Exception) -> ServiceError:
    """A failure that the caller can act upon; a bug of ours is recorded and becomes the neutral `internal`."""
    if isinstance(error, ServiceError):
        return error
    if isinstance(error, BadData):
        return ServiceError("invalid_fields", faults=error.faults)
    if isinstance(error, ValidationError):
        return ServiceError("invalid_fields", faults=tuple(_faults(error.messages, "")))
    log.logger().error("bug", route=str(request.url_rule), request_id=request.environ.get(requests.KEY), exc_info=error)
    return ServiceError("internal")


def described(error: ServiceError, tongue: str) -> dict[str, Any]:
    """The members of the problem."""
    words = error.explained(tongue)
    problem: dict[str, Any] = {
        "type": f"/api/v1/errors/{error.code}",
        "title": words.what,
        "status": STATUS.get(error.code, 500),
        "detail": words.why,
        "advice": words.advice,
        "code": error.code,
        "instance": request.path,
        "request_id": request.environ.get(requests.KEY),
    }
    if error.faults:
        problem["errors"] = [_field(fault, tongue) for fault in error.faults[:MAX_LIST]]
    return problem


def _faults(messages: Any, path: str) -> Iterator[Fault]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _faults(inner, path if key == "_schema" else f"{path}.{key}".lstrip("."))
        return
    for message in messages:
        fault = message if isinstance(message, Fault) else Fault(str(message))
        known = faults.is_known(fault.code) or fault.code in FIELD_SENTENCES
        yield Fault(fault.code if known else "invalid", field=path, allowed=fault.allowed)


def _field(fault: Fault, tongue: str) -> dict[str, Any]:
    own = FIELD_SENTENCES.get(fault.code)
    message = own[tongue] if own else faults.sentence(fault, tongue)
    named = {"field": fault.field, "code": fault.code, "message": message}
    return named if fault.line is None else {**named, "line": fault.line, "value": fault.value}


def codes() -> list[str]:
    """Every code that a request can meet."""
    return [code for code in EXPLANATIONS if code in STATUS]
