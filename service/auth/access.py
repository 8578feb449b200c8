"""Access to endpoints, checked before every view: who acts, and what the policy of the route lets them do."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from flask import Flask, Request, Response, g, request
from flask.ctx import RequestContext
from flask.globals import request_ctx

from service.actions.access.keep_access_log import Visit
from service.actions.access.recognise import Authentication, key_id
from service.auth import policy, sessions
from service.auth.controls import KEY, AccessControls, controls
from service.auth.peers import PASSED_ON, is_address, is_loopback, neighbourhood
from service.auth.policy import Policy
from service.auth.work import Work
from service.errors import Problem, ServiceError
from service.identity import Actor, Scope, UserRole
from service.telemetry import requests

BEARER = "bearer "
FAILED = ("key_unknown", "key_expired", "key_revoked", "key_unconfirmed", "session_ended")
"""What is said of a credential that opens nothing."""
READING = (Scope.READ, Scope.MATCH)
SUBJECTS = (
    *("startup_id", "program_id", "user_id", "key_id", "run_id"),
    *("decision_id", "objection_id", "import_id", "round_id"),
)
"""The arguments of an address that name whose record it is."""
LOOPBACK = ("127.0.0.1", "::1", "localhost")
HERE = Authentication(
    Actor("local", "이 컴퓨터 · this machine", UserRole.VIEWER, frozenset({Scope.READ, Scope.MATCH})), "open-reading"
)
"""Who acts when reading is open on this machine and nobody has said who they are."""


def actor() -> Actor:
    """Who acts in this request; raises ServiceError `unauthenticated` where nobody was asked."""
    return known().actor


def known() -> Authentication:
    """Who acts, and by which credential; raises ServiceError `unauthenticated`."""
    authentication: Authentication | None = g.get("known")
    if authentication is None:
        raise ServiceError(Problem.UNAUTHENTICATED)
    return authentication


def visitor() -> Actor | None:
    """Who acts in this request; on a page that is open to all, who has signed in, if the session still holds."""
    authentication: Authentication | None = g.get("known")
    if authentication is not None:
        return authentication.actor
    asked, app = itself()
    stated = policy.of(app.view_functions[asked.endpoint]) if asked.endpoint else None
    secret = sessions.token() if stated is not None and stated.scope is None else None
    if not secret:
        return None
    try:
        signed_in = controls().sign_in.recognise(secret)
    except ServiceError:
        return None
    g.session = secret
    return signed_in.actor


def check() -> None:
    """Let the request in, or raise ServiceError; a route without a policy stays shut for everybody."""
    asked, app = itself()
    if asked.endpoint is None:
        _count_stranger(Policy(None))  # who looks for what is not there
        return
    stated = policy.of(app.view_functions[asked.endpoint])
    # A view that forgot to say who may ask is closed, not open.
    if stated is None:
        raise ServiceError(Problem.FORBIDDEN, scope="-")
    asked.max_content_length = getattr(app.extensions[KEY].settings, stated.body)
    if stated.scope is None:
        _count_stranger(stated)
        _begin(asked, stated, app)
        return
    known = g.known = _recognised(asked, app.extensions[KEY])
    if not _is_here(asked):
        app.extensions[KEY].limits.of_credential(known.credential)
    if known is HERE and not known.actor.may(stated.scope):
        raise ServiceError(Problem.UNAUTHENTICATED)  # nobody has said who they are, so no right is missing yet
    permit(known.actor, stated, stated.scope)
    if stated.work is Work.PROFILE and not _is_here(asked):  # each leaves a run, of which anybody may make another
        app.extensions[KEY].limits.of_profiles(known.credential)
    _begin(asked, stated, app)


def _begin(asked: Request, stated: Policy, app: Flask) -> None:
    """Count long work against its bound until its answer is sent; raises ServiceError `too_busy`."""
    if stated.work is not None:
        asked.environ[requests.AFTER] = app.extensions[KEY].bounds.begin(stated.work)


def note(response: Response) -> Response:
    """Count what opened nothing, and write down who came to what; asked after every request."""
    asked, app = itself()
    if requests.AFTER in asked.environ and not response.is_streamed:  # all of it is worked out
        asked.environ[requests.AFTER]()
    stated = policy.of(app.view_functions[asked.endpoint]) if asked.endpoint else None
    if stated is None:
        return response
    access_controls: AccessControls = app.extensions[KEY]
    # Counted after the answer, so that those who get in don't use up the attempts of their neighbours.
    if stated.is_attempt and response.status_code == 403:
        access_controls.limits.failed(neighbourhood(asked.remote_addr or "-"))
    known: Authentication | None = g.get("known")
    if known is not None:
        rule = asked.url_rule.rule if asked.url_rule else "-"
        about = ((name, value) for name, value in (asked.view_args or {}).items() if name in SUBJECTS)
        # Cut, because the address is the caller's to choose and the log's columns are not.
        subject = next((f"{name}:{value}"[:300] for name, value in about), "-")
        task = f"{asked.method} {rule}"[:300]
        address = asked.remote_addr or "-"
        visit = Visit(known.actor.id, known.credential, address, task, subject, response.status_code)
        access_controls.accesses.note(visit, asked.environ[requests.KEY], at_once=stated.scope not in READING)
    return response


def itself() -> tuple[Request, Flask]:
    """The request and its application; each further look through Flask's `request` would cost a fifth of a µs."""
    context: RequestContext = request_ctx._get_current_object()  # type: ignore[attr-defined]  # the proxy's own
    return context.request, context.app


def signed_in(secret: str) -> str:
    """Let the access log know who has just signed in; hands the session on."""
    g.known = controls().sign_in.recognise(secret)
    return secret


def _count_stranger(stated: Policy) -> None:
    """Open routes are counted by address, but for health and this machine itself; signing in has its own limit."""
    address = neighbourhood(request.remote_addr or "-")
    if stated.is_attempt:
        controls().limits.check_attempts(address)
    elif not (stated.is_probe or is_here()):
        controls().limits.of_address(address)


def permit(actor: Actor, stated: Policy, scope: Scope) -> None:
    """Raise ServiceError unless the actor holds the scope and is bound to the program that the address names."""
    if not actor.may(scope):
        raise ServiceError(Problem.FORBIDDEN, scope=scope)
    if stated.program is not None:
        to_program(actor, (request.view_args or {})[stated.program])


def to_program(actor: Actor, program_id: str) -> None:
    """Raise ServiceError `not_your_program` for an actor who is bound to others."""
    if actor.is_bound_away_from(program_id):
        raise ServiceError(Problem.NOT_YOUR_PROGRAM, id=program_id)


def ask_unless_peer(scope: Scope) -> None:
    """Let this machine and the configured peers in, such as the one that reads metrics; others need the scope."""
    address = request.remote_addr or ""
    peers = controls().settings.metrics_peers if is_address(address) else ()  # a socket file has none
    if is_here() or any(ip_address(address) in ip_network(peer) for peer in peers):
        return
    asked, app = itself()
    g.known = _recognised(asked, app.extensions[KEY])
    permit(g.known.actor, Policy(scope), scope)


def _recognised(asked: Request, access_controls: AccessControls) -> Authentication:
    header = asked.environ.get("HTTP_AUTHORIZATION")
    try:
        # A key that was sent decides, even a wrong one: falling back to the session would hide the mistake.
        if header is not None:
            # The scheme's name is case-insensitive (RFC 9110, 11.1).
            if header[: len(BEARER)].lower() != BEARER:
                raise ServiceError(Problem.KEY_UNKNOWN)
            return access_controls.recognise(header[len(BEARER) :].strip())
        if secret := sessions.token():
            authentication = access_controls.sign_in.recognise(secret)
            g.session = secret
            sessions.check_csrf(secret)
            return authentication
    except ServiceError as error:
        if error.code in FAILED:
            access_controls.limits.attempt(neighbourhood(asked.remote_addr or "-"), key_id(header) if header else None)
        raise
    if (
        access_controls.settings.open_reading
        and _is_here(asked)
        and is_own_name(asked.host, access_controls.settings.origin)
    ):
        return HERE
    if not _is_here(asked):
        access_controls.limits.of_address(neighbourhood(asked.remote_addr or "-"))
    raise ServiceError(Problem.UNAUTHENTICATED)


def is_own_name(host: str, origin: str) -> bool:
    """Tell whether a Host header names this machine to itself, or the service to the public.

    A page of another site can make a browser ask 127.0.0.1 under that site's name, and read the answer.

    >>> is_own_name("localhost:8000", ""), is_own_name("[::1]", ""), is_own_name("a.example", "https://b.example")
    (True, True, False)
    """
    name = urlsplit(f"//{host}").hostname
    return name in LOOPBACK or (name is not None and name == urlsplit(origin).hostname)


def is_here() -> bool:
    """Tell whether the request comes from this machine itself and was not passed on for somebody else."""
    return _is_here(request)


def _is_here(asked: Request) -> bool:
    environ = asked.environ
    return PASSED_ON not in environ and is_loopback(environ.get("REMOTE_ADDR", ""))
