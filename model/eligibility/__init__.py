"""May this startup apply to this program? Three-valued rules with what they read, asked for and would unlock."""

from __future__ import annotations

from model.eligibility.founding import contradicting_field
from model.eligibility.ledger import RULES, RULES_VERSION, VERDICTS, Ledger, excludes, verdict
from model.eligibility.rule import Rule, Setting
from model.eligibility.sweep import JudgedSide

__all__ = [
    "RULES",
    "RULES_VERSION",
    "VERDICTS",
    "JudgedSide",
    "Ledger",
    "Rule",
    "Setting",
    "contradicting_field",
    "excludes",
    "verdict",
]
