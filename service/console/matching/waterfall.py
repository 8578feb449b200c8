"""A score as a waterfall: each reason's bar begins where the one before it ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from model.domain import FULL_SCORE_UNITS, Share
from service.wording.matching.reasons import tenths


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


def _percent(units: int) -> str:
    return f"{units * 100 / FULL_SCORE_UNITS:.2f}".rstrip("0").rstrip(".") + "%"
