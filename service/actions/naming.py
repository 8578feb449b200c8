"""What a startup is called, found in what people wrote and taken out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from model.domain import Startup

LEAST = 3
"""Shorter names are left: they stand in too many other words."""


class Naming:
    """Every id, name and number by which a startup was known, to be replaced by its pseudonym.

    >>> Naming("s-1", [], "startup-ab").without("s-1은 되고 s-10은 남는다")
    'startup-ab은 되고 s-10은 남는다'
    """

    def __init__(self, startup_id: str, states: Iterable[Startup], pseudonym: str) -> None:
        found = {_code(startup_id), *(form for state in states for form in _forms(state))}
        self._found = re.compile("|".join(sorted(found, key=len, reverse=True)), re.IGNORECASE)
        self._pseudonym = pseudonym

    def without(self, text: str) -> str:
        """The text with the pseudonym wherever the startup is named."""
        return self._found.sub(self._pseudonym, text)

    def is_in(self, text: str) -> bool:
        """The text names the startup."""
        return self._found.search(text) is not None


def _forms(startup: Startup) -> Iterator[str]:
    for name in (startup.name, startup.name_en, startup.summary, startup.summary_en):
        bare = (name or "").strip()
        if len(bare) >= LEAST:
            yield _code(bare) if bare.isascii() else re.escape(bare)
    for number in (startup.business_number, startup.corporate_number):
        digits = re.sub(r"\D", "", number or "")
        if digits:
            yield rf"(?<!\d){'[- ]?'.join(digits)}(?!\d)"


def _code(text: str) -> str:
    """An id stands apart from other letters and digits of its alphabet; a Korean particle may follow it."""
    return rf"(?<![A-Za-z0-9_-]){re.escape(text)}(?![A-Za-z0-9_-])"
