"""Why one match stands before another: what each block makes between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.domain import Share
from model.scoring.score import BLOCKS


@dataclass(frozen=True, slots=True)
class BlockDifference:
    """What one block adds to the first match more than to the second, in units; negative where it adds less."""

    block: str
    units: int


def contrast(first: Sequence[Share], second: Sequence[Share]) -> tuple[BlockDifference, ...]:
    """Differences by block, the largest first whichever way; together they are the difference of the two scores.

    >>> contrast([Share("words", 9), Share("needs", 2)], [Share("needs", 5)])
    (BlockDifference(block='words', units=9), BlockDifference(block='needs', units=-3))
    """
    # A block that adds nothing to a match has no share in it, so the union of both is walked.
    ours, theirs = ({share.block: share.units for share in shares} for shares in (first, second))
    differences = [BlockDifference(block, ours.get(block, 0) - theirs.get(block, 0)) for block in BLOCKS]
    return tuple(
        sorted(
            (difference for difference in differences if difference.units),
            key=lambda difference: -abs(difference.units),
        )
    )
