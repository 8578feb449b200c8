"""What a request waits for, as a trace shows it; where no collector is named, a span is nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TypeAlias

OpenSpan: TypeAlias = Callable[[str, Mapping[str, str]], AbstractContextManager[object]]
"""Opens a span by its name and the facts that are told with it, none of which may come from a caller."""


def untold(_name: str, _facts: Mapping[str, str]) -> AbstractContextManager[object]:
    """Tell nobody."""
    return nullcontext()
