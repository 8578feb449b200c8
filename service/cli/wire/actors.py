"""Who acts on the command line."""

from __future__ import annotations

import getpass

from service.identity import PERMITTED, Actor, UserRole


def operator() -> Actor:
    """Whoever is signed in to this machine; the machine's own accounts vouch for the name."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container's account without a name
        name = "unnamed"
    return Actor(f"local:{name}", name, UserRole.ADMIN, PERMITTED[UserRole.ADMIN], is_person=True)
