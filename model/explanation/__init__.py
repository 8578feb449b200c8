"""Why a pair has its score: the shares of its blocks and the evidence behind each."""

from __future__ import annotations

from model.explanation.contrast import Difference, contrast
from model.explanation.evidence import in_common, shares
from model.explanation.sides import ProgramSide, Side, StartupSide

__all__ = ["Difference", "ProgramSide", "Side", "StartupSide", "contrast", "in_common", "shares"]
