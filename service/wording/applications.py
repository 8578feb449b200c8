"""Applications in words: states, entries, requirements for a person, lists from outside, and what falls due."""

from __future__ import annotations

from service.wording.pairs import Pairs, table

STATES = table("applications.states")
CHECKS = table("applications.checks")
KINDS = table("applications.kinds")
BY: Pairs = {"machine": ("자료", "Data"), "person": ("담당자", "Person"), "terms": ("회차 조건", "Terms")}
RESULTS: tuple[tuple[str, str], ...] = (("충족", "Met"), ("확인 전", "Open"), ("미충족", "Not met"))
LISTS = table("applications.lists")
TIERS = table("applications.tiers")
STOPPERS = table("applications.stoppers")
DUE = table("applications.due")
CONDITIONS = table("applications.conditions")
"""Short names of the conditions that a person must look at; the vocabulary has each in a sentence."""

ANYWHERE: Pairs = {**CONDITIONS, **LISTS}


def result(place: int, language: str) -> str:
    """Name what a requirement comes to: 0 met, 1 open, 2 not met."""
    return RESULTS[place][0 if language == "ko" else 1]
