"""Is a group fairly met at every prefix of a list? The ranked group fairness test of FA*IR.

Zehlike, Bonchi, Castillo, Hajian, Megahed and Baeza-Yates, "FA*IR: A Fair Top-k Ranking Algorithm", CIKM 2017:
definition 3 (a prefix is fair if the binomial distribution function of its protected members exceeds the significance)
and section 4.2 (the significance is lowered so that a list drawn by fair coins passes all prefixes with 1 - alpha).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ALPHA = 0.1
HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Prefix:
    """The first prefix of a list at which too few of a group stand."""

    length: int
    members: int
    needed: int


def first_unfair(members: Sequence[bool], share: float, alpha: float = ALPHA) -> Prefix | None:
    """Find the first prefix with fewer of a group than coins of its share would leave; None if all pass."""
    member_count = 0
    for length, (is_member, needed) in enumerate(zip(members, minima(len(members), share, alpha), strict=True), 1):
        member_count += is_member
        if member_count < needed:
            return Prefix(length, member_count, needed)
    return None


def minima(length: int, share: float, alpha: float = ALPHA) -> list[int]:
    """Give the least number of members in each prefix of 1 to `length`, at the adjusted significance."""
    return unadjusted(length, share, adjusted(length, share, alpha))


def unadjusted(length: int, share: float, alpha: float) -> list[int]:
    """Give, for each prefix k, the least m for which the binomial distribution function of (k, share) exceeds alpha.

    >>> unadjusted(12, 0.5, 0.1)
    [0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 4]
    """
    least_counts, chances = [], [1.0]
    for _ in range(length):
        chances = _tossed(chances, share)
        # The distribution is built up coin by coin, which needs no binomial coefficients that would overflow.
        least, below = 0, chances[0]
        while below <= alpha:
            least += 1
            below += chances[least]
        least_counts.append(least)
    return least_counts


def adjusted(length: int, share: float, alpha: float) -> float:
    """Lower the significance until a list drawn by coins fails somewhere with a chance of at most alpha."""
    low, high = 0.0, alpha
    for _ in range(HALVINGS):
        # The chance of failing only grows with the significance, so halving finds where it crosses alpha.
        middle = (low + high) / 2
        fails = failing(unadjusted(length, share, middle), share)
        low, high = (middle, high) if fails <= alpha else (low, middle)
    return low


def failing(needed: Sequence[int], share: float) -> float:
    """Give the chance that a list drawn by coins has too few members at some prefix."""
    chances = [1.0]
    for least in needed:
        chances = _tossed(chances, share)
        chances[:least] = [0.0] * min(least, len(chances))
    return 1.0 - sum(chances)


def _tossed(chances: Sequence[float], share: float) -> list[float]:
    """Toss one coin more: chances by number of members."""
    stay, rise = [*chances, 0.0], [0.0, *chances]
    return [a * (1 - share) + b * share for a, b in zip(stay, rise, strict=True)]
