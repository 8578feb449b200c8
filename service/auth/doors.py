"""The doors: asked before every view; they recognise who acts and keep to the policy that the route states."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from flask import Flask, current_app, g, request

from service.actions.recognise import Known
from service.auth import policy, sessions
from service.auth.keeper import KEY, Keeper, keeper
from service.auth.policy import Policy
from service.errors import ServiceError
from service.identity import Actor, Role, Scope

BEARER = "bearer "
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_VIA")
HERE = Known(
    Actor("local", "이 컴퓨터 · this machine", Role.VIEWER, frozenset({Scope.READ, Scope.MATCH})), "open-reading"
)
"""Who acts when reading is open on this machine and nobody has said who they are."""


def install(app: Flask, asked: Keeper) -> None:
    """Ask the doors before every request that has found its route."""
    app.extensions[KEY] = asked
    app.before_request(check)


def actor() -> Actor:
    """Who acts in this request; raises ServiceError `unauthenticated` where nobody was asked."""
    return known().actor


def known() -> Known:
    """Who acts, and by which credential; raises ServiceError `unauthenticated`."""
    found: Known | None = g.get("known")
    if found is None:
        raise ServiceError("unauthenticated")
    return found


def check() -> None:
    """Let the request in, or raise ServiceError; a route without a policy stays shut for everybody."""
    endpoint = request.endpoint
    if endpoint is None:
        return
    stated = policy.of(current_app.view_functions[endpoint])
    if stated is None:
        raise ServiceError("forbidden", scope="-")
    if stated.scope is not None:
        g.known = _recognised()
        permit(g.known.actor, stated, stated.scope)


def permit(actor: Actor, stated: Policy, scope: Scope) -> None:
    """Raise ServiceError unless the actor holds the scope and is bound to the program that the address names."""
    if not actor.may(scope):
        raise ServiceError("forbidden", scope=scope)
    if stated.program is not None:
        to_program(actor, (request.view_args or {})[stated.program])


def to_program(actor: Actor, program_id: str) -> None:
    """Raise ServiceError `not_your_program` for an actor who is bound to others."""
    if actor.is_bound_away_from(program_id):
        raise ServiceError("not_your_program", id=program_id)


def ask_unless_peer(scope: Scope) -> None:
    """Let this machine and the configured peers in, such as the one that reads metrics; others need the scope."""
    if is_here() or _is_peer(request.remote_addr or ""):
        return
    g.known = _recognised()
    permit(g.known.actor, Policy(scope), scope)


def _is_peer(address: str) -> bool:
    try:
        return any(ip_address(address) in ip_network(peer) for peer in keeper().settings.metrics_peers)
    except ValueError:  # a socket file, or nothing at all
        return False


def _recognised() -> Known:
    header = request.environ.get("HTTP_AUTHORIZATION")
    if header is not None:
        return keeper().recognise(_key(header))
    secret = sessions.token()
    if secret:
        return _signed_in(secret)
    if keeper().settings.open_reading and is_here():
        return HERE
    raise ServiceError("unauthenticated")


def _signed_in(secret: str) -> Known:
    found = keeper().sign_in.recognise(secret)
    g.session = secret
    sessions.check_csrf(secret)
    return found


def _key(header: str) -> str:
    if header[: len(BEARER)].lower() != BEARER:
        raise ServiceError("key_unknown")
    return header[len(BEARER) :].strip()


def is_here() -> bool:
    """Tell whether the request comes from this machine itself and was not passed on for somebody else."""
    passed_on = any(name in request.environ for name in FORWARDED)
    return not passed_on and _is_loopback(request.remote_addr or "")


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:  # a socket file, or nothing at all
        return False
