"""A score as a waterfall: each reason's bar begins where the one before it ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from model.domain import FULL_SCORE_UNITS, Share


@dataclass(frozen=True, slots=True)
class Bar:
    """One reason's bar: the block and its units, and where it stands on a scale of 0-100 points, in percent."""

    block: str
    units: int
    start: str
    width: str


def bars(shares: Iterable[Share]) -> list[Bar]:
    """Lay out the bars of a score, in the shares' order.

    >>> [(bar.start, bar.width) for bar in bars([Share("words", 250_000), Share("needs", 50_000)])]
    [('0%', '25%'), ('25%', '5%')]
    """
    steps, reached = [], 0
    for share in shares:
        steps.append(Bar(share.block, share.units, _percent(reached), _percent(share.units)))
        reached += share.units
    return steps


def _percent(units: int) -> str:
    return f"{units * 100 / FULL_SCORE_UNITS:.4f}".rstrip("0").rstrip(".") + "%"
