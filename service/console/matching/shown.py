"""Matches as a page shows them: names instead of codes, sentences instead of facts, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.domain import Estimate, Match, Program, Share, Startup, Verdict
from model.matching.known_pairs import KnownMatch
from model.vocabulary import Vocabulary
from service.actions.matching.find_participants import Participant
from service.actions.matching.match import Run
from service.console.matching import waterfall
from service.console.matching.waterfall import Bar
from service.console.wire.language import language
from service.wording import eligibility, terms
from service.wording.eligibility import Audience, CheckLine
from service.wording.matching import known_pairs as known_words
from service.wording.matching.reasons import NamedEvidence, Reason, explained, in_words
from service.wording.pairs import said

BADGES: Mapping[str, str] = {"eligible": "success", "needs_check": "warning", "ineligible": "danger"}
"""The colour of each verdict's badge; the word in it says the same."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one block adds and why, with its bar."""

    reason: Reason
    bar: Bar

    @property
    def name(self) -> str:
        """What the block is called for this pair."""
        return self.reason.name

    @property
    def sentence(self) -> str:
        """Why it adds to the score."""
        return self.reason.sentence

    @property
    def facts(self) -> tuple[NamedEvidence, ...]:
        """The facts behind it, each with its name."""
        return self.reason.facts


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate of a list."""

    rank: int
    candidate: Startup | Program
    units: int
    verdict: str
    badge: str
    reasons: tuple[Drawn, ...]
    paragraph: str
    open_lines: tuple[CheckLine, ...]
    """What is not met or has to be checked."""

    chance: Estimate | None


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """A candidate of which something is known already, with what the rules say of applying again."""

    candidate: Startup | Program
    state: str
    when: str
    verdict: str
    badge: str
    open_lines: tuple[CheckLine, ...]


def known(run: Run, matches: Sequence[KnownMatch]) -> list[KnownEntry]:
    """What is known already, the latest first."""
    return [
        KnownEntry(
            run.programs[match.program_id] if isinstance(run.subject, Startup) else run.startups[match.startup_id],
            said(known_words.STATES, match.known.state, language()),
            known_words.when(match.known, language()),
            *verdict(match.verdict),
            tuple(line for line in lines(run, match) if line.result != "pass"),
        )
        for match in matches
    ]


def ranked(run: Run, matches: Sequence[Match]) -> list[Ranked]:
    """The candidates of a run, best first."""
    return [_ranked(run, match) for match in matches]


def reasons(vocabulary: Vocabulary, shares: Sequence[Share]) -> tuple[Drawn, ...]:
    """The reasons of one score in words, the largest first."""
    worded = in_words(vocabulary, shares, language())
    return tuple(Drawn(reason, bar) for reason, bar in zip(worded, waterfall.bars(shares), strict=True))


def paragraph(drawn: Sequence[Drawn], match: Match, checks: Sequence[CheckLine]) -> str:
    """A match as a person would put it."""
    results = [(line.title, line.result) for line in checks]
    return explained([each.reason for each in drawn], match.verdict, results, language())


def lines(run: Run, match: Match | KnownMatch) -> tuple[CheckLine, ...]:
    """The eligibility checks in words, for staff."""
    language_code = language()
    return eligibility.view(
        match.checks, run.vocabulary.codes, language_code, Audience.STAFF, run.families(language_code)
    )


def verdict(answer: Verdict) -> tuple[str, str]:
    """A verdict's name and the colour of its badge."""
    return eligibility.verdict_name(answer, language()), BADGES[answer.value]


def participant(vocabulary: Vocabulary, participant_of_program: Participant) -> tuple[Participant, list[str]]:
    """A past participant with what it shares in words, each once."""
    return participant_of_program, terms.labels(vocabulary, participant_of_program.shared, language())


def _ranked(run: Run, match: Match) -> Ranked:
    of_startup = isinstance(run.subject, Startup)
    candidate = run.programs[match.program_id] if of_startup else run.startups[match.startup_id]
    every_line = lines(run, match)
    open_lines = tuple(line for line in every_line if line.result != "pass")
    drawn = reasons(run.vocabulary, match.reasons)
    text = paragraph(drawn, match, every_line)
    return Ranked(match.rank, candidate, match.units, *verdict(match.verdict), drawn, text, open_lines, match.chance)
