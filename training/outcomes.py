"""What an outcome is worth, and which pairs of a snapshot are known to be good or bad."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from model.blocks.pasts import WORTH, worth_of
from model.domain import Outcome, OutcomeKind, Program, Startup

Pair = tuple[str, str]

__all__ = ["WORTH", "Pair", "first_day", "gains", "pair_worths", "positives"]


def pair_worths(outcomes: Iterable[Outcome]) -> dict[Pair, float]:
    """Worth of each pair (startup id, program id): that of its furthest outcome; 0 once it was refused.

    A pair that was selected keeps its worth even if it ended early: the match itself was good.

    >>> pair_worths([Outcome("s", "p", OutcomeKind.APPLIED), Outcome("s", "p", OutcomeKind.REJECTED)])
    {('s', 'p'): 0.0}
    """
    kinds: dict[Pair, set[OutcomeKind]] = {}
    for outcome in outcomes:
        kinds.setdefault((outcome.startup_id, outcome.program_id), set()).add(outcome.outcome)
    return {pair: worth_of(of_pair) for pair, of_pair in kinds.items()}


def positives(outcomes: Iterable[Outcome]) -> dict[Pair, float]:
    """Keep the pairs that are known to be good, with their worth above 0."""
    return {pair: worth for pair, worth in pair_worths(outcomes).items() if worth > 0}


def first_day(outcomes: Iterable[Outcome]) -> dict[Pair, date]:
    """The day on which each pair first became known, for pairs with a date."""
    days: dict[Pair, date] = {}
    for outcome in outcomes:
        if outcome.on is not None:
            pair = (outcome.startup_id, outcome.program_id)
            days[pair] = min(days.get(pair, outcome.on), outcome.on)
    return days


def gains(
    startups: Sequence[Startup], programs: Sequence[Program], worths: Mapping[Pair, float]
) -> NDArray[np.float64]:
    """Lay the worths of pairs out as a table, (n, m), 0 where nothing good is known; other pairs are ignored."""
    rows = {startup.id: row for row, startup in enumerate(startups)}
    columns = {program.id: column for column, program in enumerate(programs)}
    table = np.zeros((len(startups), len(programs)))
    for (startup_id, program_id), worth in worths.items():
        if startup_id in rows and program_id in columns:
            table[rows[startup_id], columns[program_id]] = worth
    return table
