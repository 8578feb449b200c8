"""What a person records on an application: checks, requests, and the steps from the pledge to five years of results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from model.domain import OutcomeKind, ParticipationStatus


class EntryKind(StrEnum):
    """What an entry records: a requirement's check, a request for completion, who reviews, a step, an override."""

    CHECK = "check"
    REQUEST = "request"
    ASSIGNMENT = "assignment"
    STEP = "step"
    OVERRIDE = "override"


class CheckState(StrEnum):
    """What a person found of one requirement; `undone` takes the person's last word on it back."""

    CONFIRMED = "confirmed"
    FAILED = "failed"
    WAIVED = "waived"
    UNDONE = "undone"


class AgreementStep(StrEnum):
    """What came after the selection; `reverted` takes the last step back, `result` is one year's outcome."""

    PLEDGED = "pledged"
    AGREED = "agreed"
    CHANGED = "changed"
    MILESTONE = "milestone"
    STOPPED = "stopped"
    COMPLETED = "completed"
    FAILED = "failed"
    RESULT = "result"
    REVERTED = "reverted"


_S = AgreementStep
_CARRIED_OUT = frozenset({_S.CHANGED, _S.MILESTONE, _S.STOPPED, _S.COMPLETED, _S.FAILED, _S.REVERTED})

NEXT: Mapping[AgreementStep | None, frozenset[AgreementStep]] = {
    None: frozenset({_S.PLEDGED, _S.AGREED}),
    _S.PLEDGED: frozenset({_S.AGREED, _S.REVERTED}),
    _S.AGREED: _CARRIED_OUT,
    _S.CHANGED: _CARRIED_OUT,
    _S.MILESTONE: _CARRIED_OUT,
    _S.STOPPED: frozenset({_S.REVERTED}),
    _S.FAILED: frozenset({_S.REVERTED}),
    _S.COMPLETED: frozenset({_S.RESULT, _S.REVERTED}),
    _S.RESULT: frozenset({_S.RESULT, _S.REVERTED}),
}
"""What may follow each step (None: selected, and no step yet)."""

STATES: Mapping[AgreementStep, ParticipationStatus] = {
    _S.PLEDGED: ParticipationStatus.PLEDGED,
    _S.AGREED: ParticipationStatus.AGREED,
    _S.CHANGED: ParticipationStatus.RUNNING,
    _S.MILESTONE: ParticipationStatus.RUNNING,
    _S.STOPPED: ParticipationStatus.STOPPED,
    _S.COMPLETED: ParticipationStatus.COMPLETED,
    _S.FAILED: ParticipationStatus.FAILED,
    _S.RESULT: ParticipationStatus.COMPLETED,
}
"""What a firm's history says of it once the step was taken."""

BINDING = frozenset({ParticipationStatus.AGREED, ParticipationStatus.RUNNING})
"""What no firm on a list of those barred may reach without a person's override."""

MANUAL = "manual_check"
"""The rule under which each of a program's conditions for a person stands as a requirement of its own."""


def requirement(rule: str, condition: object) -> str:
    """Name a requirement: the rule, or the one condition that a person must look at.

    >>> requirement("window", None), requirement("manual_check", "tax_arrears")
    ('window', 'manual_check:tax_arrears')
    """
    return f"{MANUAL}:{condition}" if rule == MANUAL else rule


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """What a named person recorded on an application, never changed; `number` counts its entries from 1.

    `about` is the requirement, the reviewer's id or the step; `state` a `CheckState`; `details` hold paper, number,
    days (YYYY-MM-DD), remark, amounts in won and the figures of a year.
    """

    application_id: str
    number: int
    kind: EntryKind
    about: str
    state: str
    details: Mapping[str, Any]
    actor_id: str
    actor_name: str
    at: str

    @property
    def id(self) -> str:
        """The id by which people and programs name it."""
        return f"{self.application_id}.{self.number}"


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day by which an application waits for something: `completion`, `paper`, `milestone`; `remark` says of what."""

    due_on: date
    code: str
    remark: str = ""


@dataclass(frozen=True)
class History:
    """All entries of one application, oldest first, and what follows from them."""

    entries: Sequence[DeskEntry] = field(default_factory=tuple)

    @property
    def steps(self) -> tuple[DeskEntry, ...]:
        """The steps that hold: each `reverted` has taken one back."""
        standing: list[DeskEntry] = []
        for entry in self.entries:
            if entry.kind is EntryKind.STEP and entry.about == AgreementStep.REVERTED:
                standing.pop()
            elif entry.kind is EntryKind.STEP:
                standing.append(entry)
        return tuple(standing)

    @property
    def step(self) -> AgreementStep | None:
        """The last step that holds."""
        return AgreementStep(self.steps[-1].about) if self.steps else None

    @property
    def ended_agreement(self) -> bool:
        """Whether the last step has ended an agreement, so that taking it back makes the agreement hold again."""
        held = [STATES[AgreementStep(entry.about)] in BINDING for entry in self.steps[-2:]]
        return held == [True, False]

    @property
    def reviewer(self) -> str | None:
        """Whom the application was last assigned to."""
        assigned = [entry.about for entry in self.entries if entry.kind is EntryKind.ASSIGNMENT]
        return assigned[-1] or None if assigned else None

    @property
    def requests(self) -> tuple[DeskEntry, ...]:
        """The requests for completion."""
        return tuple(entry for entry in self.entries if entry.kind is EntryKind.REQUEST)

    def due(self) -> Iterator[DueDay]:
        """The requests that wait, the papers that expire, and the day that the last step has set."""
        last_check = max((e.number for e in self.entries if e.kind is EntryKind.CHECK), default=0)
        for entry in self.requests:
            if entry.number > last_check:
                yield DueDay(date.fromisoformat(entry.details["due_on"]), "completion")
        for code, words in self._words.items():
            expires = words[-1].details.get("expires_on") if words else None
            if expires:
                yield DueDay(date.fromisoformat(expires), "paper", code)
        for entry in self.steps[-1:]:
            due = entry.details.get("due_on") or entry.details.get("until")
            if due and entry.about in (AgreementStep.AGREED, AgreementStep.CHANGED, AgreementStep.MILESTONE):
                yield DueDay(date.fromisoformat(due), "milestone", str(entry.details.get("milestone", "")))

    def checks(self, about: str) -> tuple[DeskEntry, ...]:
        """Persons' words on a requirement since the last of them was taken back, oldest first."""
        return self._words.get(about, ())

    @cached_property
    def _words(self) -> Mapping[str, tuple[DeskEntry, ...]]:
        words: dict[str, tuple[DeskEntry, ...]] = {}
        for entry in self.entries:
            if entry.kind is EntryKind.CHECK:
                is_undone = entry.state == CheckState.UNDONE
                words[entry.about] = () if is_undone else (*words.get(entry.about, ()), entry)
        return words

    def settled(self, about: str, on: date, *, four_eyes: bool = False) -> DeskEntry | None:
        """The word that holds on a requirement, unless its paper has expired on a day; None leaves it open.

        With `four_eyes`, two different persons must have come to the same state one after the other.
        """
        words = self.checks(about)
        if not words or ((expires := words[-1].details.get("expires_on")) and date.fromisoformat(expires) < on):
            return None
        last = words[-1]
        others = {word.actor_id for word in words if word.state == last.state} - {last.actor_id}
        return None if four_eyes and last.state != CheckState.FAILED and not others else last


def outcomes(steps: Iterable[DeskEntry], korea: Any) -> list[tuple[OutcomeKind, date]]:
    """What the steps tell to training, each with its day in the zone `korea`."""
    told_by = {
        AgreementStep.COMPLETED: OutcomeKind.COMPLETED,
        AgreementStep.STOPPED: OutcomeKind.STOPPED,
        AgreementStep.FAILED: OutcomeKind.STOPPED,
    }
    graded: list[tuple[OutcomeKind, date]] = []
    for entry in steps:
        kind = told_by.get(AgreementStep(entry.about))
        if entry.about == AgreementStep.RESULT and entry.details.get("contract"):
            kind = OutcomeKind.CONTRACTED
        if kind:
            graded.append((kind, datetime.fromisoformat(entry.at).astimezone(korea).date()))
    return graded
