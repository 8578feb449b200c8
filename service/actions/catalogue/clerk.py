"""Have a large piece of work done by another process, the clerk, so that it keeps no request of this one waiting."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, TypeVar

Result = TypeVar("Result")


class Served:
    """Actions of which some are done by a clerk, once there is one."""

    def __init__(self) -> None:
        self._clerk: Callable[..., Any] | None = None

    def done_by(self, clerk: Callable[..., Any]) -> None:
        """Have what is marked `by_clerk` done by another process from now on; it is asked by a method's name."""
        self._clerk = clerk


def by_clerk(method: Callable[..., Result]) -> Callable[..., Result]:
    """Mark a method of `Served`; where the clerk has ended, it is done here."""

    @wraps(method)
    def done(self: Any, *arguments: Any, **options: Any) -> Result:
        if self._clerk is not None:
            with suppress(ConnectionError, EOFError, FileNotFoundError):
                answer: Result = self._clerk(method.__name__, *arguments, **options)
                return answer
        return method(self, *arguments, **options)

    return done
