"""What the rules do to many startups, in Korean and English, and the headings of its tables."""

from __future__ import annotations

from model.eligibility.overview import Exclusion
from model.vocabulary.codes import Codes
from service.wording.pairs import said, table

_TEXTS = table("overview.texts")
HEADINGS = table("overview.headings")


def exclusion(rule: Exclusion, language: str) -> str:
    """Say what a rule does and what relaxing it would do."""
    code = "admits" if rule.fails else "holds_up"
    counts = {"fails": rule.fails, "needs_check": rule.needs_check}
    return said(_TEXTS, code, language, **counts, admitted=len(rule.admitted), clear=rule.clear)


def region(code: str, codes: Codes, language: str) -> str:
    """Name a 시도; the empty code stands for a region that is not known."""
    return (codes.regions.name(code, language) or code) if code else said(_TEXTS, "unknown_region", language)
