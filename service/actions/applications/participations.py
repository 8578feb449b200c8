"""What the steps of a firm's applications come to in its own history, which every rule reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from model.applications import STATES, AgreementStep, EntryKind, History
from model.domain import Participation, ParticipationStatus, Program, Startup
from model.faults import BadData, Fault, shown
from service.settings import KOREA

OUTCOME_YEARS = 5
"""Years after the completion in which outcomes are asked for."""

BEFORE_STEPS = {ParticipationStatus.APPLIED, ParticipationStatus.SELECTED}


def call_of(program: Program, today: date) -> tuple[str, int]:
    """The family and year under which a history names a call; several tracks of a family may be one call."""
    return program.family or program.id, program.year or today.year


def with_steps(startup: Startup, call: tuple[str, int], histories: Sequence[History]) -> Startup:
    """A firm whose history says of one call what the steps of each of its applications to it come to.

    What is known of the call from elsewhere stays: a round in which the firm stopped isn't taken back by another.
    """
    stepped = [history for history in histories if _steps_ever(history)]
    written = BEFORE_STEPS.union(*(_steps_ever(history) for history in stepped))
    others = (p for p in startup.history if (p.program_family, p.year) != call or p.status not in written)
    return replace(startup, history=(*others, *(_came_to(call, history) for history in stepped)))


def without_own(startup: Startup, call: tuple[str, int], history: History) -> Startup:
    """A firm without what its own application came to, which doesn't bar from that application itself."""
    if not _steps_ever(history):
        return startup
    entries, own = list(startup.history), _came_to(call, history)
    if own in entries:
        entries.remove(own)  # once: another application to the same call may have come as far
    return replace(startup, history=tuple(entries))


def _came_to(call: tuple[str, int], history: History) -> Participation:
    status = STATES[history.step] if history.step else ParticipationStatus.SELECTED
    pledge = next((e.details.get("pledged_at") for e in history.steps if e.about == AgreementStep.PLEDGED), None)
    return Participation(*call, status, datetime.fromisoformat(pledge) if pledge else None)


def _steps_ever(history: History) -> set[ParticipationStatus]:
    """The statuses of every step that was ever taken, those taken back included; empty where there was none."""
    taken = [e for e in history.entries if e.kind is EntryKind.STEP and e.about != AgreementStep.REVERTED]
    return {STATES[AgreementStep(entry.about)] for entry in taken}


def check_year(history: History, year: int | None) -> None:
    """Raise BadData for an outcome of a year but that of the completion and the five after it."""
    completed = next(entry for entry in reversed(history.steps) if entry.about == AgreementStep.COMPLETED)
    first = datetime.fromisoformat(completed.at).astimezone(KOREA).year
    last = first + OUTCOME_YEARS
    if year is None or not first <= year <= last:
        raise BadData([Fault("out_of_range", field="details.year", value=shown(year), allowed=f"{first}-{last}")])
