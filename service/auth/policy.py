"""The policy of a route, stated on its view: which scope it takes, and which program of the address it concerns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from service.auth.work import Work
from service.identity import Scope

OPEN = "open"
POLICIES = (OPEN, *map(str, Scope))
"""`open`: nobody is asked (health, documents, signing in); else the scope of `service.identity.Scope` that it takes."""

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may use a view: `scope` is None for everybody; `program` names the argument with a program's id, if any.

    `work` is the kind of long work that it does, if any; `body` the setting with the most bytes that it is sent.
    """

    scope: Scope | None
    program: str | None = None
    is_probe: bool = False
    is_attempt: bool = False
    work: Work | None = None
    body: str = "body_limit"


def policy(
    name: str,
    *,
    program: str | None = None,
    probe: bool = False,
    attempt: bool = False,
    work: Work | None = None,
    body: str = "body_limit",
) -> Callable[[View], View]:
    """State who may use a view; `name` is one of POLICIES.

    With `program`, whoever is bound to programs must be bound to the one that this argument of the address names.
    Of the open ones, a probe is never counted, and an attempt to sign in is, more strictly, when it fails.
    `work` names the bound that it counts against, `body` the setting that limits what it is sent.
    """
    stated = Policy(None if name == OPEN else Scope(name), program, probe, attempt, work, body)

    def state(view: View) -> View:
        view.policy = stated  # type: ignore[attr-defined]  # functions carry attributes
        return view

    return state


def of(view: Callable[..., Any]) -> Policy | None:
    """The policy that a view states, or None."""
    stated: Policy | None = getattr(view, "policy", None)
    return stated
