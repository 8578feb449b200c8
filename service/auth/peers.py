"""From where a request comes: the peer of the connection, or what a proxy that we trust says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from service.telemetry import log

PASSED_ON = "ieum.passed_on"
"""Set in the environment of a request that somebody has passed on, whether we trust them or not."""
FORWARDING = {
    "x-forwarded": ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST"),
    "forwarded": ("HTTP_FORWARDED",),
}
ALL = (*FORWARDING["x-forwarded"], *FORWARDING["forwarded"], "HTTP_X_REAL_IP", "HTTP_VIA", "HTTP_X_FORWARDED_PORT")
WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Peers:
    """Takes a trusted proxy's word for address, scheme and host; nobody else's, and none by default.

    Only a peer with an address can be trusted: a socket file has none. The address is the last in the list that is
    no trusted proxy's own, so whatever a caller has put before it says nothing.
    """

    def __init__(self, app: WsgiApp, trusted: Sequence[str], header: str) -> None:
        self._app, self._header, self._warned = app, header, False
        self._trusted = tuple(ip_network(name, strict=False) for name in trusted)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Settle from where the request comes before anybody reads it."""
        said = [name for name in ALL if name in environ]
        if said:
            # Whoever wrote the header, the request may have come through a proxy and doesn't count as local.
            environ[PASSED_ON] = True
            # Taken out, so that no code behind this can believe a header that was not checked.
            taken = {name: environ.pop(name) for name in said}
            if self._trusts(environ.get("REMOTE_ADDR", "")):
                self._believe(environ, taken)
            elif not self._warned:  # once: whoever sends the header writes it as often as they like
                self._warned = True
                log.logger().warning("proxy_not_trusted", setting="IEUM_TRUSTED_PROXIES")
        return self._app(environ, start_response)

    def _believe(self, environ: dict[str, Any], said: dict[str, str]) -> None:
        hops, proto, host = _forwarded(said) if self._header == "forwarded" else _x_forwarded(said)
        # The last hop was written by the proxy that is trusted; what stands further left, anybody may have written.
        for hop in reversed(hops):
            if not is_address(hop):
                break
            environ["REMOTE_ADDR"] = hop
            if not self._trusts(hop):
                break
        if proto in ("http", "https"):
            environ["wsgi.url_scheme"] = proto
        if host:
            environ["HTTP_HOST"] = host

    def _trusts(self, address: str) -> bool:
        return bool(self._trusted) and is_address(address) and any(ip_address(address) in net for net in self._trusted)


def _x_forwarded(said: dict[str, str]) -> tuple[list[str], str, str]:
    addresses, proto, host = (said.get(name, "") for name in FORWARDING["x-forwarded"])
    return [_bare(hop) for hop in addresses.split(",")], _last(proto).lower(), _last(host)


def _forwarded(said: dict[str, str]) -> tuple[list[str], str, str]:
    """RFC 7239; its name has no hyphen, so no underscore can imitate it."""
    hops: list[dict[str, str]] = []
    for hop in said.get("HTTP_FORWARDED", "").split(","):
        pairs = (part.partition("=") for part in hop.split(";"))
        hops.append({name.strip().lower(): value.strip().strip('"') for name, _, value in pairs})
    last = hops[-1]
    return [_bare(hop.get("for", "")) for hop in hops], last.get("proto", "").lower(), last.get("host", "")


def _last(text: str) -> str:
    return text.rpartition(",")[2].strip()


def _bare(hop: str) -> str:
    """An address without brackets and port.

    >>> _bare(" [2001:db8::1]:443 "), _bare("192.0.2.1:80"), _bare("2001:db8::1")
    ('2001:db8::1', '192.0.2.1', '2001:db8::1')
    """
    text = hop.strip()
    if text.startswith("["):
        return text[1:].partition("]")[0]
    # One colon is a port; more are an IPv6 address without brackets.
    return text.partition(":")[0] if text.count(":") == 1 else text


@lru_cache(maxsize=4_096)
def is_address(text: str) -> bool:
    """It is an IP address."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4_096)
def is_loopback(text: str) -> bool:
    """It is an address of this machine itself."""
    return is_address(text) and ip_address(text).is_loopback


@lru_cache(maxsize=4_096)
def neighbourhood(text: str) -> str:
    """What is counted together: an IPv4 address, or the 64 bits of an IPv6 address that one subscriber has.

    >>> neighbourhood("2001:db8::1:2"), neighbourhood("192.0.2.1"), neighbourhood("")
    ('2001:db8::/64', '192.0.2.1', '')
    """
    if is_address(text) and isinstance(ip_address(text), IPv6Address):
        # A household gets a whole /64 of IPv6: counted one by one, its addresses would never reach a limit.
        return str(ip_network(f"{text.partition('%')[0]}/64", strict=False))
    return text
