"""A form that was refused comes back: what was typed, and each mistake in words, at its field and in the summary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import current_app, g, make_response, request
from werkzeug import Response
from werkzeug.datastructures import MultiDict

from model.faults import Fault
from service.auth import policy
from service.auth.access import actor
from service.console.wire.language import gettext, language
from service.errors import Problem, ServiceError
from service.wording.matching.paragraph import particle

View = TypeVar("View", bound=Callable[..., Any])

ELSEWHERE = frozenset({Problem.INTERNAL, Problem.CSRF, Problem.FORBIDDEN, Problem.NOT_YOUR_PROGRAM, Problem.NOT_FOUND})
"""What no form can mend: these are pages of their own, as is a session that has ended."""

FIELDS: Mapping[Problem, str] = {
    Problem.EMAIL_TAKEN: "email",
    Problem.KEY_NEEDS_ROLE: "role",
    Problem.BEYOND_OWN_RIGHTS: "role",
    Problem.TRANSITION_NOT_ALLOWED: "action",
    Problem.PRECONDITION_FAILED: "action",
    Problem.RULES_UNMET: "despite",
    Problem.OBJECTION_ABOUT_NOTHING: "run_id",
    Problem.RUN_NOT_FOUND: "run_id",
    Problem.RUN_UNKNOWN: "run_id",
    Problem.DECISION_NOT_FOUND: "decision_id",
    Problem.STARTUP_NOT_FOUND: "candidate_id",
    Problem.PROGRAM_NOT_FOUND: "candidate_id",
    Problem.NOT_IN_ROUND: "startups",
    Problem.SHEET_NOT_FOUND: "sheet",
    Problem.ONLY_HIDDEN_SHEETS: "sheet",
    Problem.IMPORT_KIND_UNKNOWN: "kind",
    **dict.fromkeys((Problem.STEP_NOT_ALLOWED, Problem.NOT_SELECTED, Problem.FIRM_LISTED), "next_step"),
    Problem.USER_NOT_FOUND: "reviewer",
    Problem.NO_LISTING: "file",
}
"""The field that a problem without faults is about; any other is about the form as a whole, or its file."""

UNTYPED = ("csrf_token", "key", "number", "step", "version", "run_id", "user_id", "on", "rows")
"""What forms send that nobody has typed."""


@dataclass
class Mistakes:
    """One refused form. While its page is drawn, `listed` grows by each mistake's id and words, `shown` by each field.

    `by_field` holds the faults of each field by its name, `whole` what is said of the form as a whole.
    """

    sent: MultiDict[str, str]
    by_field: Mapping[str, Fault | str]
    whole: tuple[str, ...]
    listed: list[tuple[str, str]] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)

    @property
    def unplaced(self) -> list[str]:
        """Words for mistakes whose field is not on the page."""
        ids = {identifier for identifier, _ in self.listed}
        return [_words(fault, "", "") for name, fault in self.by_field.items() if name not in ids]

    @property
    def unshown(self) -> list[str]:
        """Texts that were typed into fields that the page has no more, such as an answer to what is answered now."""
        names = (name for name in self.sent if name not in self.shown and name not in UNTYPED)
        return [text for name in names for text in self.sent.getlist(name) if text.strip()]


def returning(endpoint: str) -> Callable[[View], View]:
    """State on which page the form stands that a view takes: an endpoint of the console, such as `users.listed`."""

    def state(view: View) -> View:
        view.returning = f"console.{endpoint}"  # type: ignore[attr-defined]  # functions carry attributes
        return view

    return state


def page_of(endpoint: str) -> str | None:
    """The endpoint of the page that holds the form of a view; None where it has stated none."""
    stated: str | None = getattr(current_app.view_functions.get(endpoint), "returning", None)
    return stated


def present() -> Mistakes | None:
    """The refused form whose page is drawn, if any."""
    mistakes: Mistakes | None = g.get("mistakes")
    return mistakes


def returned(error: ServiceError, status: int, words: tuple[str, ...]) -> Response | None:
    """The page of the form that was refused, with the mistakes; None where that page can't be shown.

    `words` say the error where it has no faults.
    """
    endpoint = page_of(request.endpoint or "")
    if endpoint is None or error.code in ELSEWHERE or status in (401, 405, 413, 500) or g.get("known") is None:
        return None
    view = current_app.view_functions[endpoint]
    stated = policy.of(view)
    if stated is None or (stated.scope is not None and not actor().may(stated.scope)):
        return None
    g.mistakes = _mistakes(error, words)
    try:
        response = make_response(view(**arguments(endpoint)))
    except ServiceError:
        g.mistakes = None
        return None
    response.status_code = status
    return response


def arguments(endpoint: str) -> dict[str, str]:
    """What the address of a form's page is made of: the parts of this address, else fields of the form."""
    rule = next(current_app.url_map.iter_rules(endpoint))
    known = request.view_args or {}
    return {name: known.get(name) or request.form.get(name, "") for name in rule.arguments if name != "language"}


def everything() -> MultiDict[str, str] | None:
    """All that the refused form held, for a page that fills its fields in from it; None without one."""
    mistakes = present()
    if mistakes is None:
        return None
    mistakes.shown.update(mistakes.sent)
    return mistakes.sent


def typed(name: str, default: object = "") -> str:
    """What was typed into a field of the refused form, else the page's own value."""
    mistakes = present()
    if mistakes is None:
        return str(default)
    mistakes.shown.add(name)
    return str(mistakes.sent.get(name, ""))


def ticked(name: str, value: object, default: bool = False) -> bool:
    """Whether a box was ticked in the refused form, else as the page has it."""
    mistakes = present()
    if mistakes is None:
        return default
    mistakes.shown.add(name)
    return str(value) in mistakes.sent.getlist(name)


def mistake(name: str, label: str, way: str = "type") -> str:
    """What is wrong with a field, in words that name it; nothing for one that is right.

    `way` is how the field is filled in: `type`, `pick` or `file`.
    """
    mistakes = present()
    fault = mistakes.by_field.get(name) if mistakes else None
    if mistakes is None or fault is None:
        return ""
    words = _words(fault, label, way)
    if (name, words) not in mistakes.listed:
        mistakes.listed.append((name, words))
    return words


def _mistakes(error: ServiceError, words: tuple[str, ...]) -> Mistakes:
    by_field: dict[str, Fault | str] = {}
    for fault in error.faults:
        by_field.setdefault(fault.field.split("[")[0], fault)
    said = " ".join(words)
    if by_field:
        return Mistakes(request.form, by_field, ())
    place = FIELDS.get(error.code, "file" if "file" in request.files else "")
    return Mistakes(request.form, {place: said} if place else {}, () if place else (said,))


def _words(fault: Fault | str, label: str, way: str) -> str:
    """A fault as the sentence for its field: an order where nothing was given, else what is wrong and what to do."""
    if isinstance(fault, str):
        return fault
    if not label:
        return fault.sentence(language())
    if fault.code == "missing" or (fault.code == "not_allowed" and way == "pick"):
        named = f"{label}{particle(label, '을', '를')}" if language() == "ko" else label
        if way == "type":
            return gettext("%(field)s 입력하십시오.") % {"field": named}
        return gettext("%(field)s 고르십시오.") % {"field": named}
    value = f" ({fault.value})" if fault.value and fault.code in ("unknown_program", "unknown_startup") else ""
    return f"{label}: {fault.sentence(language())}{value}"
