"""What a startup is called: found in what people wrote, and replaced there by its pseudonym."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import orjson

from model.domain import Startup

LEAST = 3
"""Shorter names and ids stand in too many other words to be replaced without a person's word."""


class StartupNames:
    """Every id, name and number by which a startup was known, to be replaced by its pseudonym.

    >>> StartupNames("s-1", [], "startup-ab").without("s-1은 되고 s-10은 남는다")
    'startup-ab은 되고 s-10은 남는다'
    >>> names = StartupNames("1", [], "startup-ab")
    >>> names.without("1차 서면 심사 1위"), names.is_in("1위")
    ('1차 서면 심사 1위', True)
    """

    def __init__(self, startup_id: str, states: Iterable[Startup], pseudonym: str) -> None:
        forms = {form for state in states for form in _forms(state)}
        every = forms | {_code(startup_id)}
        self._any = re.compile("|".join(sorted(every, key=len, reverse=True)), re.IGNORECASE)
        own = every if len(startup_id) >= LEAST else forms
        self._own = re.compile("|".join(sorted(own, key=len, reverse=True)), re.IGNORECASE) if own else None
        self._pseudonym = pseudonym

    def without(self, text: str) -> str:
        """A text about the startup with the pseudonym wherever it is named; an id of one or two letters stays."""
        return text if self._own is None else self._own.sub(self._pseudonym, text)

    def everywhere(self, text: str) -> str:
        """The text with the pseudonym wherever the startup may be meant, be it within another word."""
        return self._any.sub(self._pseudonym, text)

    def is_in(self, text: str) -> bool:
        """The text may name the startup."""
        return self._any.search(text) is not None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A text that may name the startup and that only a person may have changed: where it is, before and after."""

    record: str
    field: str
    before: str
    after: str

    @property
    def code(self) -> str:
        """What a person confirms it by: the same as long as the text is."""
        return hashlib.sha256(orjson.dumps([self.record, self.field, self.before])).hexdigest()[:10]


class Rewording:
    """Words texts anew for one erasure: by itself in records about the startup, elsewhere where a person said so."""

    def __init__(self, naming: StartupNames, confirmed: Collection[str] | None) -> None:
        self._naming, self._confirmed = naming, confirmed
        self.confirmed: list[Occurrence] = []
        self.left: list[Occurrence] = []

    def __call__(self, record: str, field: str, text: str, is_about: bool) -> str:
        """The text of a record's field as it shall stand."""
        own = self._naming.without(text) if is_about else text
        if not self._naming.is_in(own):
            return own
        occurrence = Occurrence(record, field, own, self._naming.everywhere(own))
        is_confirmed = self._confirmed is None or occurrence.code in self._confirmed
        (self.confirmed if is_confirmed else self.left).append(occurrence)
        return occurrence.after if is_confirmed else own


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
