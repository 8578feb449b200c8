"""A score as a chance: how often pairs of such a score were shortlisted in the past, with an interval, or nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass

from model.domain import FULL_SCORE_UNITS, Estimate

NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True)
class Chance:
    """Platt's two numbers over a score's log-odds: chance = 1 / (1 + exp(-(slope x + offset))), x = ln(s / (100 - s)).

    `variances`: of slope, of slope with offset, and of offset, from the fit's curvature. `outcomes`: the held-out
    good outcomes that it was fitted on. It describes past rounds and promises nothing about the next.
    """

    slope: float
    offset: float
    variances: tuple[float, float, float]
    outcomes: int

    def of(self, units: int) -> Estimate:
        """Estimate the chance of a score in units of 0.0001 point, with a 95 % interval.

        >>> Chance(1.0, 0.0, (0.0, 0.0, 0.01), 200).of(500_000)
        Estimate(low=0.451, middle=0.5, high=0.549)
        """
        x = log_odds(units)
        middle = self.slope * x + self.offset
        # The variance of slope·x + offset, of which the two numbers were estimated together.
        slope, both, offset = self.variances
        margin = NORMAL_95 * math.sqrt(max(0.0, slope * x * x + 2 * both * x + offset))
        # Where the odds are so long, exp would overflow.
        bounds = (1.0 / (1.0 + math.exp(-v)) if v > -700 else 0.0 for v in (middle - margin, middle, middle + margin))
        return Estimate(*(round(bound, 3) for bound in bounds))


def log_odds(units: int) -> float:
    """ln(s / (100 - s)) of a score, kept half a unit away from both ends.

    >>> log_odds(500_000)
    0.0
    """
    # ln(0) has no value; half a unit is less than any two scores differ by.
    inside = min(max(units, 0.5), FULL_SCORE_UNITS - 0.5)
    return math.log(inside / (FULL_SCORE_UNITS - inside))
