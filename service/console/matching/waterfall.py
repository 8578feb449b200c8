"""A score as a waterfall: each reason's bar begins where the one before it ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from model.domain import FULL_SCORE_UNITS, UNITS_PER_POINT, Share

TENTH = UNITS_PER_POINT // 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One reason's bar: the block and its units, and where it stands on a scale of 0-100 points, in percent.

    `shown` are its units to a tenth of a point, such that those of all bars add up to the score as it is shown.
    """

    block: str
    units: int
    start: str
    width: str
    shown: int


def bars(shares: Iterable[Share]) -> list[Bar]:
    """Lay out the bars of a score, in the shares' order.

    >>> [(bar.start, bar.width) for bar in bars([Share("words", 250_000), Share("needs", 50_000)])]
    [('0%', '25%'), ('25%', '5%')]
    """
    listed = list(shares)
    begins = [0, *accumulate(share.units for share in listed)]
    return [
        Bar(share.block, share.units, _percent(begin), _percent(share.units), shown)
        for share, begin, shown in zip(listed, begins, tenths([share.units for share in listed]), strict=False)
    ]


def tenths(units: Sequence[int]) -> list[int]:
    """Units (≥ 0) to a tenth of a point, by the method of largest remainders: they add up to their rounded sum.

    >>> tenths([25_400, 25_400, 25_400])
    [26000, 25000, 25000]
    """
    whole = [each // TENTH for each in units]
    missing = (sum(units) + TENTH // 2) // TENTH - sum(whole)
    by_remainder = sorted(range(len(units)), key=lambda place: (-(units[place] % TENTH), place))
    raised = set(by_remainder[:missing])
    return [(count + (place in raised)) * TENTH for place, count in enumerate(whole)]


def _percent(units: int) -> str:
    return f"{units * 100 / FULL_SCORE_UNITS:.4f}".rstrip("0").rstrip(".") + "%"
