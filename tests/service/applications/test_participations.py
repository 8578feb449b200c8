"""What the desk writes into a firm's history takes nothing back that others wrote, and never bars from itself."""

from __future__ import annotations

import pytest

from model.applications import AgreementStep, DeskEntry, EntryKind, History
from model.domain import Participation, ParticipationStatus, Startup
from service.actions.applications.participations import with_steps, without_own

CALL = ("majung", 2026)
APPLIED, NOT_SELECTED, NOT_ENTERED, SELECTED, PLEDGED, AGREED, RUNNING, COMPLETED, STOPPED, *_ = ParticipationStatus


def desk(*steps: AgreementStep) -> History:
    """An application on which these steps were recorded."""
    who = ("u-1", "김담당", "2026-07-20T09:00:00+00:00")
    return History([DeskEntry("a-1", at, EntryKind.STEP, step, "", {}, *who) for at, step in enumerate(steps, 1)])


def past(status: ParticipationStatus, year: int = 2026) -> Participation:
    return Participation(CALL[0], year, status)


def firm(*entries: Participation) -> Startup:
    return Startup("s", history=entries)


@pytest.mark.parametrize(
    ("before", "applications", "after"),
    [
        ([], [desk(AgreementStep.PLEDGED)], [PLEDGED]),
        ([APPLIED], [desk(AgreementStep.PLEDGED, AgreementStep.AGREED)], [AGREED]),
        ([STOPPED], [desk(AgreementStep.PLEDGED)], [STOPPED, PLEDGED]),
        ([AGREED], [desk(AgreementStep.AGREED), desk(AgreementStep.PLEDGED)], [AGREED, PLEDGED]),
        ([AGREED, AGREED], [desk(AgreementStep.AGREED), desk(AgreementStep.AGREED)], [AGREED, AGREED]),
        (
            [AGREED, AGREED],
            [desk(AgreementStep.AGREED), desk(AgreementStep.AGREED, AgreementStep.REVERTED)],
            [AGREED, SELECTED],
        ),
        ([AGREED], [desk(), desk(AgreementStep.AGREED)], [AGREED]),
    ],
    ids=["first", "next", "stopped elsewhere", "two tracks", "two agreed", "one reverted", "one only applied"],
)
def test_a_step_replaces_only_what_the_desk_wrote_before(
    before: list[ParticipationStatus], applications: list[History], after: list[ParticipationStatus]
) -> None:
    other, last_year = Participation("jungle", 2026, RUNNING), past(AGREED, 2025)
    known = firm(other, last_year, *map(past, before))

    assert with_steps(known, CALL, applications).history == (other, last_year, *map(past, after))


def test_an_application_is_not_judged_by_what_it_came_to_itself() -> None:
    agreed, twice = firm(past(AGREED)), firm(past(AGREED), past(AGREED))

    assert without_own(agreed, CALL, desk(AgreementStep.AGREED)) == firm()
    assert without_own(twice, CALL, desk(AgreementStep.AGREED)) == agreed
    assert without_own(agreed, CALL, desk()) == agreed
    assert without_own(firm(past(STOPPED)), CALL, desk(AgreementStep.PLEDGED)) == firm(past(STOPPED))
