"""What went wrong as a page: what happened, why, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug import Response as AnyResponse
from werkzeug.exceptions import HTTPException

from service.auth.policy import policy
from service.console.wire.language import language
from service.console.wire.pages import page
from service.errors import EXPLAINED, Problem, ServiceError
from service.telemetry import requests

_OF_FRAMEWORK = {404: Problem.NOT_FOUND, 405: Problem.METHOD_NOT_ALLOWED, 413: Problem.BODY_TOO_LARGE}
SIGN_IN, MISSING = 401, 404
Known = Callable[[Exception], ServiceError]


def shower(known: Known) -> Callable[[Exception], AnyResponse]:
    """Make the handler that shows any failure of a page."""

    def show(error: Exception) -> AnyResponse:
        problem = _of_framework(error) if isinstance(error, HTTPException) else known(error)
        status = EXPLAINED.status(problem.code) or 500
        if status == SIGN_IN and request.method == "GET":
            return redirect(url_for("console.session.sign_in", next=request.full_path.removesuffix("?")), 303)
        return _shown(problem, status)

    return show


def _shown(problem: ServiceError, status: int) -> Response:
    said = [(fault.field, fault.sentence(language())) for fault in problem.faults]
    facts: dict[str, Any] = {
        "request_id": request.environ.get(requests.KEY),
        "said": said,
        "is_missing": status == MISSING,
    }
    return page("wire/failure.html", status, words=problem.explained(language()), **facts)


@policy("open")
def nowhere(rest: str) -> Response:
    """Say that there is no such page."""
    raise ServiceError(Problem.NOT_FOUND, path=rest)


def _of_framework(error: HTTPException) -> ServiceError:
    code = _OF_FRAMEWORK.get(error.code or 500, Problem.BAD_REQUEST)
    return ServiceError(code, limit=request.max_content_length, allowed="text/html")
