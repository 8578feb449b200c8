"""What a person may decide on a startup at a program, in which order, and which outcomes follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from model.domain import OutcomeKind


class DecisionAction(StrEnum):
    """What was decided on a startup at a program."""

    SHORTLISTED = "shortlisted"
    SELECTED = "selected"
    RESERVE = "reserve"
    DECLINED = "declined"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"


_A = DecisionAction
_FIRST = frozenset({_A.SHORTLISTED, _A.SELECTED, _A.RESERVE, _A.DECLINED, _A.REJECTED})
_LEAVING = frozenset({_A.DECLINED, _A.WITHDRAWN})

NEXT: Mapping[DecisionAction | None, frozenset[DecisionAction]] = {
    None: _FIRST,
    _A.SHORTLISTED: frozenset({_A.SELECTED, _A.RESERVE, _A.REJECTED, _A.REOPENED}) | _LEAVING,
    _A.RESERVE: frozenset({_A.SELECTED, _A.REJECTED, _A.REOPENED}) | _LEAVING,
    _A.SELECTED: frozenset({_A.REOPENED}) | _LEAVING,
    _A.DECLINED: frozenset({_A.REOPENED}),
    _A.REJECTED: frozenset({_A.REOPENED}),
    _A.WITHDRAWN: frozenset({_A.REOPENED}),
    _A.REOPENED: _FIRST,
}
"""What may follow each decision (None: nothing was decided yet). A correction is `reopened`, then the right one."""

OUTCOMES: Mapping[DecisionAction, OutcomeKind] = {
    _A.SHORTLISTED: OutcomeKind.SHORTLISTED,
    _A.SELECTED: OutcomeKind.SELECTED,
    _A.DECLINED: OutcomeKind.DECLINED,
    _A.REJECTED: OutcomeKind.REJECTED,
}
"""The outcome that a standing decision tells to training; a reserve place and a withdrawal tell none."""


def may_follow(previous: DecisionAction | None, action: DecisionAction) -> bool:
    """Tell whether a decision may come right after another.

    >>> may_follow(DecisionAction.REJECTED, DecisionAction.SELECTED)
    False
    """
    return action in NEXT[previous]


def standing(history: Iterable[DecisionAction]) -> tuple[DecisionAction, ...]:
    """The decisions of one pair that still hold, oldest first: those since it was last reopened.

    >>> standing([DecisionAction.REJECTED, DecisionAction.REOPENED, DecisionAction.SHORTLISTED])
    (<DecisionAction.SHORTLISTED: 'shortlisted'>,)
    """
    actions: list[DecisionAction] = []
    for action in history:
        actions = [] if action is DecisionAction.REOPENED else [*actions, action]
    return tuple(actions)
