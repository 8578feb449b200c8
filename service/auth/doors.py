"""The doors: asked before every view; a route without a policy stays shut."""

from __future__ import annotations

from ipaddress import ip_address

from flask import Flask, current_app, request

from service.auth import policy
from service.errors import ServiceError


def install(app: Flask) -> None:
    """Ask the doors before every request that has found its route."""
    app.before_request(check)


def check() -> None:
    """Let the request in, or raise ServiceError `forbidden`.

    Until keys and sign-in exist, reading and matching are open and writing is kept to this machine.
    """
    endpoint = request.endpoint
    if endpoint is None:
        return
    stated = policy.of(current_app.view_functions[endpoint])
    if stated is None or (stated == "write" and not _is_here(request.remote_addr)):
        raise ServiceError("forbidden")


def _is_here(address: str | None) -> bool:
    return address is not None and ip_address(address).is_loopback
