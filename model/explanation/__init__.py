"""Why a pair has its score: the shares of its blocks and the evidence behind each."""

from __future__ import annotations

from model.explanation.contrast import BlockDifference, contrast
from model.explanation.evidence import in_common, shares
from model.explanation.sides import PairSide, ProgramSide, StartupSide

__all__ = ["BlockDifference", "PairSide", "ProgramSide", "StartupSide", "contrast", "in_common", "shares"]
