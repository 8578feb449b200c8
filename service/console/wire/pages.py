"""A page made from its template: escaped throughout, in one language, under a policy without inline code."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from flask import Response, abort, g, request, url_for
from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup

from service.actions.access.recognise import Authentication
from service.actions.access.sign_in import SEEN_SECONDS
from service.auth import access, sessions
from service.caches import ONLY_AT_HAND, BackgroundMemo, NotAtHand, Value
from service.console.wire import local, mistakes, tasks, titles
from service.console.wire.facts import facts as record_facts
from service.console.wire.language import gettext, language, ngettext
from service.settings import LANGUAGES, now
from service.wired import settings, wired

STATIC = Path(__file__).parents[1] / "static"
MODES = ("light", "high-contrast")
FEW = 2_000
"""Startups of which a page works everything out itself."""
_READY = BackgroundMemo[Hashable, bool](2, seconds=5)  # later what is gone is worked out beside the page again
FILTERS = {
    local: (
        *("number", "percent", "points", "day", "moment", "when", "masked", "won"),
        *("action", "closing", "own_share", "name", "text_language", "spoken", "hit"),
    ),
    titles: ("role", "answered", "subject", "scope", "settled", "key_state", "credential"),
}
"""The functions by which templates write a value."""
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def page(template: str, status: int = 200, part: str | None = None, **facts: Any) -> Response:
    """Render a template; `part` names the template of the piece that a script may ask for alone."""
    is_whole = request.headers.get("HX-Target") == "main"  # a page that asks for itself again
    asked = part if part and "HX-Request" in request.headers and not is_whole else template
    text = environment().get_template(asked).render(facts, **_about(), is_part=asked == part)
    response = Response(text, status=status, content_type="text/html; charset=utf-8")
    response.headers["Content-Language"] = language()
    return response


def ask_for(heading: str, work_out: Callable[[], Value]) -> Value:
    """What `work_out` gives; of a large catalogue from what is at hand, until which the answer says so."""
    token = ONLY_AT_HAND.set(len(wired().matching.prepared().startups.side.records) > FEW)
    try:
        return work_out()
    except NotAtHand as missing:
        if not _READY(missing.args, None, lambda: work_out() is None, waits=False)[1]:
            abort(page("wire/waiting.html", part="wire/waiting_part.html", heading=heading))
    finally:
        ONLY_AT_HAND.reset(token)
    return work_out()  # too large to stay at hand


def signed(response: Response) -> Response:
    """Put the headers on that every page carries; what a page shows is not kept by the browser."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.add("Vary", "HX-Request, Cookie")
    return response


@cache
def environment() -> Environment:
    """The templates, in which nothing is shown that was not handed over."""
    i18n: type[Extension] | str = "jinja2.ext.i18n"
    templates = Environment(
        loader=PackageLoader("service.console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[i18n],
    )
    templates.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # by the extension
    templates.globals.update(
        url_for=url_for, link_to=link_to, asset=asset, label=local.label, record_facts=record_facts, LANGUAGES=LANGUAGES
    )
    templates.globals.update(is_barred=is_barred)
    templates.globals.update(typed=mistakes.typed, ticked=mistakes.ticked, mistake=mistakes.mistake)
    templates.filters.update({name: getattr(module, name) for module, names in FILTERS.items() for name in names})
    templates.filters["task"] = lambda noted: tasks.task(noted, language())
    return templates


def read() -> None:
    """Read every template and static file now, so that no first page waits for it."""
    for name in environment().list_templates():
        environment().get_template(name)
    for code in LANGUAGES:
        _ = Locale(code).decimal_formats  # the files of a language are read with its first number
    digest()


def is_barred(startup_id: str | None) -> bool:
    """Whether a firm is to be marked in red: it stands on a list that bars an agreement, and the reader decides."""
    reader = access.visitor()
    return reader is not None and startup_id is not None and wired().desk.is_barred(startup_id, reader)


def link_to(endpoint: str, **arguments: Any) -> Markup:
    """The `href` of a page, with a blank before it; nothing where the page is about a program that isn't the reader's.

    A name then stands without a link: nobody is led to a page that is shut to them.
    """
    reader, program = access.visitor(), arguments.get("program_id")
    if reader is not None and program is not None and reader.is_bound_away_from(program):
        return Markup()
    return Markup(' href="{}"').format(url_for(endpoint, **arguments))


def asset(path: str) -> str:
    """The address of a static file, which changes when any of them does."""
    return url_for("console_assets.file", digest=digest(), path=path)


@cache
def digest() -> str:
    """Name the static files by what they hold."""
    whole = hashlib.sha256()
    for path in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def mode() -> str:
    """The contrast that the reader chose."""
    chosen = request.cookies.get("contrast", MODES[0])
    return chosen if chosen in MODES else MODES[0]


def _about() -> dict[str, Any]:
    return {
        "language": language(),
        "mode": mode(),
        "here": address(),
        "in_language": address,
        "endpoint": _endpoint(),
        "refused": mistakes.present(),
        "contact": settings().contact,
        "is_official": settings().official,
        "printed_at": now(),
        "today": wired().clocks.today,
        "address": settings().origin + address(),
        "actor": access.visitor(),
        "csrf_token": sessions.csrf_token(),
        "session": session_left(),
        "progress": wired().matching.preparation.progress(),
    }


def session_left() -> dict[str, int] | None:
    """Seconds until the session ends: when nothing is asked for (`idle`), and whatever is done (`most`)."""
    known: Authentication | None = g.get("known")
    if known is None or known.until is None:
        return None
    most = int((known.until - now()).total_seconds())
    return {"idle": max(0, min(most, settings().session_minutes * 60 - SEEN_SECONDS)), "most": max(0, most)}


def _endpoint() -> str:
    """The page that is shown: of a refused form, the one that holds it."""
    return mistakes.page_of(request.endpoint or "") or request.endpoint or ""


def address(code: str | None = None) -> str:
    """This very page, in another language if one is named; of what a form was sent to, the page that holds the form."""
    endpoint = _endpoint()
    if endpoint == request.endpoint and code is None:
        return request.full_path.removesuffix("?")
    parts = mistakes.arguments(endpoint) if endpoint != request.endpoint else request.view_args or {}
    arguments = {**parts, **request.args.to_dict(flat=False)}
    return url_for(endpoint, **{**arguments, **({"language": code} if code else {})})
