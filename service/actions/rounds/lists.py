"""Lists of programs for a round's startups, spread over free seats, beside plain lists by score."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

from model.rounds import RoundOutcome
from model.rounds.lists import Congestion, Lists, by_matching, by_score, capped, congestion
from model.rounds.standing import RUNNING
from service.caches import Memo

MOST_REMEMBERED = 4_000_000
"""Places of lists, of all rounds together, that a process keeps at hand; each takes eight bytes."""


class Spread(StrEnum):
    """How lists of programs are made for startups."""

    SCORE = "score"
    CAPPED = "capped"
    PRICES = "prices"


@dataclass(frozen=True)
class Listed:
    """Lists for every startup of a round, and what they are worth beside lists by score."""

    lists: Lists
    these: Congestion
    plain: Congestion


_MADE = Memo[Hashable, Listed](MOST_REMEMBERED, weigh=lambda value: value.lists.columns.size, long=True)


def listed(outcome: RoundOutcome, by: Spread, length: int) -> Listed:
    """Make lists over the pairs in the running, and measure them; the outcome's digest holds scores and states."""
    programs = outcome.standing.slate.programs
    seats = tuple(outcome.terms.seats.get(program.id, program.seats) for program in programs)
    return _MADE((outcome.digest, seats, by, length), lambda: _listed(outcome, by, seats, length))


def _listed(outcome: RoundOutcome, by: Spread, seats: tuple[int, ...], length: int) -> Listed:
    slate = outcome.standing.slate
    plain = by_score(slate.units, outcome.standing.state == RUNNING, length)
    lists = plain if by is Spread.SCORE else _lists_by(outcome, by, seats, length)
    return Listed(lists, congestion(lists, slate.units, seats), congestion(plain, slate.units, seats))


def _lists_by(outcome: RoundOutcome, by: Spread, seats: tuple[int, ...], length: int) -> Lists:
    """A cap gives every program its part of all list places, by its seats."""
    units, allowed = outcome.standing.slate.units, outcome.standing.state == RUNNING
    if by is Spread.PRICES:
        return by_matching(units, allowed, seats, length)
    return capped(units, allowed, [-(-len(units) * length * own // max(1, sum(seats))) for own in seats], length)
