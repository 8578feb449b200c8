"""What changes between two rounds over the same startups and programs, such as one and its what-if."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.rounds.outcome import STATUSES, RoundOutcome, Status


@dataclass(frozen=True, slots=True)
class Change:
    """A pair whose status differs."""

    startup: str
    program: str
    before: Status
    after: Status


@dataclass(frozen=True, slots=True)
class RoundDifference:
    """Pairs that changed, and by how much filled places, final score (units) and clashes did."""

    changes: tuple[Change, ...]
    filled: int
    total: int
    clashes: int


def difference(before: RoundOutcome, after: RoundOutcome) -> RoundDifference:
    """Compare two rounds; pairs in the order of programs, then startups."""
    old, new, slate = before.statuses, after.statuses, before.standing.slate
    changes = tuple(
        Change(
            slate.startups[row].id, slate.programs[column].id, STATUSES[old[row, column]], STATUSES[new[row, column]]
        )
        for column, row in zip(*np.nonzero((old != new).T), strict=True)
    )
    return RoundDifference(
        changes,
        after.filled - before.filled,
        after.total - before.total,
        len(after.placing.clashes) - len(before.placing.clashes),
    )
