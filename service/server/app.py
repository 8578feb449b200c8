"""The application: one named line for each thing that is wired."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import NullSession, SessionInterface
from werkzeug.exceptions import HTTPException

from service.actions.access.recognise import Recognise
from service.api import register
from service.api.matching import answers
from service.api.wire import addresses, problems
from service.auth import access, controls, policy
from service.auth.controls import AccessControls
from service.auth.limits import RateLimits
from service.auth.peers import Peers
from service.auth.work import WorkBounds
from service.console import register as console
from service.errors import ServiceError
from service.settings import Settings, now
from service.storage.evidence import erasures
from service.storage.matching.registry import Registry
from service.telemetry import log, requests
from service.wired import KEY, Clock, Wired, wire

if TYPE_CHECKING:
    pass


def create_app(settings: Settings, clock: Clock = now, registry: Registry | None = None) -> Flask:
    """Make the application; the database and the model are opened when first needed."""
    app = IeumFlask("service", static_folder=None, template_folder="api/templates")
    app.url_map.merge_slashes = False  # an address that is not there is a 404, not a redirect to a guess
    app.config["MAX_CONTENT_LENGTH"] = settings.body_limit
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.import_limit  # a preview of scores sends its file along
    app.extensions[KEY] = wire(settings, clock, registry or Registry(settings.artifacts, settings.verify_key))
    log.set_up()
    peers = Peers(app.wsgi_app, settings.trusted_proxies, settings.proxy_header)
    app.wsgi_app = requests.Signed(peers, app.extensions[KEY].metrics)  # type: ignore[method-assign]  # Flask's own way to wrap
    app.extensions[controls.KEY] = controls_of(app.extensions[KEY], clock)
    app.before_request(admitted)
    app.after_request(noted)
    problems.install(app)
    answers.install(app)
    register.resources(app)
    console.install(app, problems.known, app.extensions[answers.KEY].bytes_of)
    return app


def admitted() -> None:
    """Ask before every view whether the request may be answered; Flask pays for each hook, so all of it is one."""
    addresses.check()
    erasures.BEGUN.set(None)
    access.check()
    if g.get("known") is not None:  # whatever this request will write is compared with the counter as it is now
        with suppress(ServiceError):  # no database: whoever needs it is told there
            erasures.BEGUN.set(current_app.extensions[KEY].catalogue.revisions.erasures())
    addresses.check_form()


def noted(response: Response) -> Response:
    """Write down after every view who came to what; what is written from now on belongs to no request."""
    erasures.BEGUN.set(None)
    return access.note(response)


def body_limit(app: Flask, method: str, path: str) -> int:
    """How many bytes the view behind an address takes; what leads nowhere takes as much as most views."""
    settings: Settings = app.extensions[KEY].settings
    try:
        endpoint, _ = app.url_map.bind("").match(path, method)
    except HTTPException:
        return settings.body_limit
    stated = policy.of(app.view_functions[endpoint])
    limit: int = getattr(settings, stated.body if stated else "body_limit")
    return limit


class Sessionless(SessionInterface):
    """Flask's own sessions, of which there are none: ours are in the database."""

    _none = NullSession()

    def open_session(self, app: Flask, request: Request) -> NullSession:  # noqa: ARG002 - Flask names them
        """Open none."""
        return self._none


class IeumFlask(Flask):
    """Flask without sessions of its own, and more exact about OPTIONS."""

    session_interface = Sessionless()

    def make_default_options_response(self) -> Response:
        """Name what the address itself takes, not what a wider pattern of it takes."""
        address = str(request.url_rule)
        rules = [rule for rule in self.url_map.iter_rules() if rule.rule == address]
        response = self.response_class()
        response.allow.update(method for rule in rules for method in rule.methods or ())
        return response


def controls_of(wired: Wired, clock: Clock) -> AccessControls:
    """Make what access to the endpoints depends on."""
    portal_decides = bool(wired.settings.oidc_role_claim)
    recognise = Recognise(wired.catalogue.database, clock, portal_decides=portal_decides)
    return AccessControls(
        wired.settings, recognise, wired.sign_in, RateLimits(wired.settings), wired.accesses, WorkBounds()
    )
