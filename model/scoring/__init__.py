"""The one score of a pair, the order of a list by it, and the chance that it stands for."""

from __future__ import annotations

from model.scoring.score import (
    BLOCK_OF,
    BLOCKS,
    DEFAULT,
    LIMITS,
    PAST,
    TAGS,
    BlockWeights,
    FittedSum,
    ScoreParts,
    Units,
    apportioned,
    fitted,
    trusted,
)

__all__ = [
    "BLOCKS",
    "BLOCK_OF",
    "DEFAULT",
    "LIMITS",
    "PAST",
    "TAGS",
    "BlockWeights",
    "FittedSum",
    "ScoreParts",
    "Units",
    "apportioned",
    "fitted",
    "trusted",
]
