"""Selection rounds: seats, shortlists, quotas and allocation over many startups and programs at once."""

from __future__ import annotations

from model.rounds.outcome import Effect, Move, Pair, RoundOutcome, Shortfall, Status
from model.rounds.placing import QuotasOverlapError
from model.rounds.running import run
from model.rounds.slate import Entrant, Offer, Slate
from model.rounds.terms import Ban, Bonus, Interest, Lock, Method, ProposingSide, Quota, Terms, TieBreak, Where

__all__ = [
    "Ban",
    "Bonus",
    "Effect",
    "Entrant",
    "Interest",
    "Lock",
    "Method",
    "Move",
    "Offer",
    "Pair",
    "ProposingSide",
    "Quota",
    "QuotasOverlapError",
    "RoundOutcome",
    "Shortfall",
    "Slate",
    "Status",
    "Terms",
    "TieBreak",
    "Where",
    "run",
]
