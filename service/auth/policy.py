"""The policy of a route, stated on its view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

POLICIES = ("open", "read", "match", "write")
"""`open`: nobody is asked (health, documents); `read`: the catalogue; `match`: ask for matches; `write`: change it."""

View = TypeVar("View", bound=Callable[..., Any])


def policy(name: str) -> Callable[[View], View]:
    """State who may use a view; `name` is one of POLICIES."""
    if name not in POLICIES:
        raise ValueError(name)

    def state(view: View) -> View:
        view.policy = name  # type: ignore[attr-defined]  # functions carry attributes
        return view

    return state


def of(view: Callable[..., Any]) -> str | None:
    """The policy that a view states, or None."""
    return getattr(view, "policy", None)
