"""What went wrong as a page: what happened, why, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response, request
from werkzeug.exceptions import HTTPException

from service.auth.policy import policy
from service.console.language import language
from service.console.pages import page
from service.errors import ServiceError
from service.telemetry import requests

_OF_FRAMEWORK = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}
Known = Callable[[Exception], ServiceError]


def shower(known: Known, statuses: Mapping[str, int]) -> Callable[[Exception], Response]:
    """Make the handler that shows any failure of a page."""

    def show(error: Exception) -> Response:
        found = _of_framework(error) if isinstance(error, HTTPException) else known(error)
        status = statuses.get(found.code, 500)
        words, number = found.explained(language()), request.environ.get(requests.KEY)
        return page("failure.html", status, words=words, request_id=number, faults=found.faults)

    return show


@policy("open")
def nowhere(rest: str) -> Response:
    """Say that there is no such page."""
    raise ServiceError("not_found", path=rest)


def _of_framework(error: HTTPException) -> ServiceError:
    code = _OF_FRAMEWORK.get(error.code or 500, "bad_request")
    return ServiceError(code, limit=request.max_content_length, allowed="text/html")
