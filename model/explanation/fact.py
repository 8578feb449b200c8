"""What may be shown of a component, before its units are divided: words, phrases and names of codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from model.domain import EvidenceKind
from model.explanation import shown
from model.explanation.source import Span


class Fact(NamedTuple):
    """One thing that may be shown: how it is written, how much of its component rests on it, and where it stands.

    A tuple, since an answer has some five hundred.
    """

    term: str
    weight: float
    kind: EvidenceKind
    spans: tuple[Span, ...] = ()
    counterpart: str | None = None
    counterpart_spans: tuple[Span, ...] = ()
    table: str | None = None


def largest(facts: Iterable[Fact]) -> list[Fact]:
    """The weightiest first, equal ones by term."""
    return sorted(facts, key=lambda fact: (-fact.weight, fact.term))


def leading(facts: Iterable[Fact]) -> list[Fact]:
    """The facts that are shown, the weightiest first."""
    ordered = largest(facts)
    return ordered[: shown.enough([fact.weight for fact in ordered], shown.MOST_WORDS)]


def merged(facts: Sequence[Fact]) -> Sequence[Fact]:
    """Facts of which each term stands once, with all that rests on it."""
    by_term: dict[str, Fact] = {}
    for fact in facts:
        same = by_term.get(fact.term)
        by_term[fact.term] = same._replace(weight=same.weight + fact.weight) if same else fact
    return facts if len(by_term) == len(facts) else list(by_term.values())
