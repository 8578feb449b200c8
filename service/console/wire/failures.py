"""What went wrong: a refused form on its own page, anything else as a page that says what, why, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug import Response as AnyResponse
from werkzeug.exceptions import HTTPException

from service.auth.policy import policy
from service.console.wire import local, mistakes, titles
from service.console.wire.language import language
from service.console.wire.pages import address, page
from service.errors import EXPLAINED, Explanation, Problem, ServiceError
from service.telemetry import requests
from service.wording import eligibility

_OF_FRAMEWORK = {404: Problem.NOT_FOUND, 405: Problem.METHOD_NOT_ALLOWED, 413: Problem.BODY_TOO_LARGE}
SIGN_IN, MISSING = 401, 404
Known = Callable[[Exception], ServiceError]
NAMED: Mapping[str, Callable[[str], str]] = {
    "scope": titles.scope,
    "action": local.action,
    "last": local.action,
    "scopes": lambda codes: ", ".join(titles.scope(code) for code in codes.split(", ")),
    "rules": lambda codes: ", ".join(eligibility.rule_name(code, language()) for code in codes.split(", ")),
    "allowed": lambda codes: ", ".join(local.action(code) for code in codes.split(", ")),
}
"""How a page names the codes among an error's facts."""


def shower(known: Known) -> Callable[[Exception], AnyResponse]:
    """Make the handler that shows any failure of a page."""

    def show(error: Exception) -> AnyResponse:
        failure = _of_framework(error) if isinstance(error, HTTPException) else known(error)
        status = EXPLAINED.status(failure.code) or 500
        if status == SIGN_IN and request.method == "GET":
            return redirect(url_for("console.session.sign_in", next=request.full_path.removesuffix("?")), 303)
        # As a page says it: no word of the API, codes by their names.
        facts = {name: _named(name, value) for name, value in failure.facts.items()}
        words = failure.on_page(language(), facts)
        if request.method == "POST" and (response := mistakes.returned(failure, status, (words.what, words.advice))):
            return response
        return _shown(failure, words, status)

    return show


def _named(name: str, value: object) -> object:
    try:
        return NAMED[name](str(value)) if name in NAMED else value
    except KeyError:  # such as the formats that are allowed, which are no decisions
        return value


def _shown(failure: ServiceError, words: Explanation, status: int) -> Response:
    sent = request.form if request.method == "POST" and status == SIGN_IN else {}
    facts: dict[str, Any] = {
        "request_id": request.environ.get(requests.KEY),
        "said": [fault.sentence(language()) for fault in failure.faults],
        "is_missing": status == MISSING,
        "back": address() if status == SIGN_IN else "",
        "typed_texts": [text for name, text in sent.items() if name not in mistakes.UNTYPED and text.strip()],
    }
    return page("wire/failure.html", status, words=words, **facts)


@policy("open")
def nowhere(rest: str) -> Response:
    """Say that there is no such page."""
    raise ServiceError(Problem.NOT_FOUND, path=rest)


def _of_framework(error: HTTPException) -> ServiceError:
    code = _OF_FRAMEWORK.get(error.code or 500, Problem.BAD_REQUEST)
    return ServiceError(code, limit=request.max_content_length, allowed="text/html")
