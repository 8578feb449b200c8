"""Matches as a page shows them: names instead of codes, sentences instead of facts, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.domain import Estimate, Match, Program, Share, Startup, Verdict
from model.vocabulary import Vocabulary
from service.actions.matching.find_participants import Participant
from service.actions.matching.match import Run
from service.console.matching import waterfall
from service.console.matching.waterfall import Bar
from service.console.wire.language import language
from service.wording import blocks, eligibility, terms
from service.wording.eligibility import Audience, Line

BADGES: Mapping[str, str] = {"eligible": "success", "needs_check": "warning", "ineligible": "danger"}
"""The colour of each verdict's badge; the word in it says the same."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact behind a reason."""

    label: str
    counterpart: str | None
    units: int


@dataclass(frozen=True, slots=True)
class Reason:
    """What one block adds, and why."""

    name: str
    sentence: str
    bar: Bar
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate of a list."""

    rank: int
    candidate: Startup | Program
    units: int
    verdict: str
    badge: str
    reasons: tuple[Reason, ...]
    open_lines: tuple[Line, ...]
    """What is not met or has to be checked."""

    chance: Estimate | None


def ranked(run: Run, matches: Sequence[Match]) -> list[Ranked]:
    """The candidates of a run, best first."""
    return [_ranked(run, match) for match in matches]


def reasons(vocabulary: Vocabulary, shares: Sequence[Share]) -> tuple[Reason, ...]:
    """The reasons of one score in words, the largest first."""
    return tuple(_reason(vocabulary, share, bar) for share, bar in zip(shares, waterfall.bars(shares), strict=True))


def lines(run: Run, match: Match) -> tuple[Line, ...]:
    """The eligibility checks in words, for staff."""
    tongue = language()
    return eligibility.view(match.checks, run.vocabulary.codes, tongue, Audience.STAFF, run.families(tongue))


def verdict(found: Verdict) -> tuple[str, str]:
    """A verdict's name and the colour of its badge."""
    return eligibility.verdict_name(found, language()), BADGES[found.value]


def participant(vocabulary: Vocabulary, found: Participant) -> tuple[Participant, list[str]]:
    """A past participant with what it shares in words, each once."""
    words = [terms.label(vocabulary, block, term, language()) for block, term in found.shared]
    return found, list(dict.fromkeys(words))


def _ranked(run: Run, match: Match) -> Ranked:
    of_startup = isinstance(run.subject, Startup)
    candidate = run.programs[match.program_id] if of_startup else run.startups[match.startup_id]
    open_lines = tuple(line for line in lines(run, match) if line.result != "pass")
    found = reasons(run.vocabulary, match.reasons)
    return Ranked(match.rank, candidate, match.units, *verdict(match.verdict), found, open_lines, match.chance)


def _reason(vocabulary: Vocabulary, share: Share, bar: Bar) -> Reason:
    tongue = language()
    facts = tuple(
        Fact(terms.label(vocabulary, share.block, fact.term, tongue), fact.counterpart, fact.units)
        for fact in share.evidence
    )
    said = blocks.sentence(share.block, [fact.label for fact in facts], tongue)
    return Reason(blocks.name(share.block, tongue), said, bar, facts)
