"""What is known already of a startup at a program, in words."""

from __future__ import annotations

from model.matching.known_pairs import KnownOutcome
from service.wording.pairs import table

STATES = table("known_pairs.states")


def when(known: KnownOutcome, language: str) -> str:
    """Say when, as exactly as it is known; empty where it is not.

    >>> from model.matching.known_pairs import KnownState
    >>> when(KnownOutcome("dips", KnownState.COMPLETED, year=2024), "ko")
    '2024년'
    """
    if known.on:
        return known.on.isoformat()
    if known.year is None:
        return ""
    return f"{known.year}년" if language == "ko" else str(known.year)
