"""The one score of a pair, the order of a list by it, and the chance that it stands for."""

from __future__ import annotations

from model.scoring.score import (
    BLOCK_OF,
    BLOCKS,
    DEFAULT,
    LIMITS,
    PAST,
    TAGS,
    Scored,
    Scoring,
    Units,
    Weights,
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
    "Scored",
    "Scoring",
    "Units",
    "Weights",
    "apportioned",
    "fitted",
    "trusted",
]
