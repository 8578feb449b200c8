"""Why a pair has its score: the shares of its blocks and the evidence behind each."""

from __future__ import annotations

from model.explanation.evidence import Pair, in_common, shares

__all__ = ["Pair", "in_common", "shares"]
