"""The terms of a round: seats, minimum score, bonus points, quotas, locks, bans, interests and how places are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LEAST_FACTOR, MOST_FACTOR = 15, 30
"""A shortlist holds 1.5 to 3 times the seats, in tenths; a factor of 10 gives the seats themselves."""

SINGLE = 10


class Method(StrEnum):
    """How places are given: each program by itself, a stable matching, or the highest total score."""

    EACH_PROGRAM = "each_program"
    DEFERRED_ACCEPTANCE = "deferred_acceptance"
    TOTAL_FIT = "total_fit"


class ProposingSide(StrEnum):
    """Who proposes in deferred acceptance; that side gets its best stable matching."""

    STARTUPS = "startups"
    PROGRAMS = "programs"


class TieBreak(StrEnum):
    """What sets startups of the same final score in order; what is unknown comes last."""

    LARGEST_ITEM = "largest_item"
    YOUNGER = "younger"
    FEWER_SELECTIONS = "fewer_selections"
    WITHOUT_BONUS = "without_bonus"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Where:
    """Startups whose field has one of these values; an unknown value is never among them."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points on top of the base score for some startups, at some programs or at all (`programs` empty)."""

    name: str
    units: int
    where: Where
    programs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quota:
    """How many places of a program go to some startups at least and at most.

    The numbers count seats and grow with the shortlist, or are percent of its places where `percent` is true.
    `back_fill` None: the minimum must be met. Otherwise places that can't be filled so go to the next in order of
    these values of the same field, then to anyone.
    """

    name: str
    where: Where
    at_least: int = 0
    at_most: int | None = None
    percent: bool = False
    back_fill: tuple[str, ...] | None = None
    programs: tuple[str, ...] = ()

    @property
    def must(self) -> bool:
        """Tell whether the minimum has to be met."""
        return self.at_least > 0 and self.back_fill is None


@dataclass(frozen=True, slots=True)
class Lock:
    """A place that a person gave; it never overrides eligibility or the minimum score."""

    startup: str
    program: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ban:
    """A startup that a person kept out of a program, or of all."""

    startup: str
    reason: str
    program: str | None = None


@dataclass(frozen=True, slots=True)
class Interest:
    """An evaluator who may not judge a startup, at one program or at all."""

    evaluator: str
    startup: str
    reason: str
    program: str | None = None


@dataclass(frozen=True)
class Terms:
    """All that a round is run by; units are 0.0001 point, the factor is in tenths.

    `seats` overrides what the programs state. `preferences` lists, for a startup, the programs that it would take,
    best first, and no other; where it lists none, the base score stands in.
    """

    factor: int = 20
    minimum: int = 0
    minimum_with_bonus: bool = False
    seats: Mapping[str, int] = field(default_factory=dict)
    tie_break: tuple[TieBreak, ...] = tuple(TieBreak)
    bonuses: tuple[Bonus, ...] = ()
    bonus_limit: int | None = None
    quotas: tuple[Quota, ...] = ()
    locks: tuple[Lock, ...] = ()
    bans: tuple[Ban, ...] = ()
    interests: tuple[Interest, ...] = ()
    method: Method = Method.EACH_PROGRAM
    one_group: bool = False
    """A startup gets one place in the whole round, not just one in each exclusive group."""
    proposing: ProposingSide = ProposingSide.STARTUPS
    preferences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def places(seats: int, factor: int) -> int:
    """Give the length of a shortlist: seats times the factor in tenths, rounded up.

    >>> places(5, 15), places(5, 30), places(5, 10)
    (8, 15, 5)
    """
    return -(-seats * factor // 10)


def least(quota: Quota, total: int, factor: int) -> int:
    """Give a quota's minimum among `total` places: percent rounded up, seats times the factor rounded down.

    >>> least(Quota("women", Where("gender", ("f",)), 30, percent=True), 5, 10)
    2
    """
    return -(-total * quota.at_least // 100) if quota.percent else quota.at_least * factor // 10


def most(quota: Quota, total: int, factor: int) -> int | None:
    """Give a quota's maximum among `total` places: percent rounded down, seats times the factor rounded up."""
    if quota.at_most is None:
        return None
    return total * quota.at_most // 100 if quota.percent else places(quota.at_most, factor)
