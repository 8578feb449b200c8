"""Why a round's startups have their base scores: the matcher's reasons, taken down when the round is run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from model.domain import Share
from model.rounds import Pair, RoundOutcome
from model.vocabulary import Vocabulary
from service.actions.matching.prepare import Prepared
from service.storage.rounds.rounds import Reasons, StoredReason
from service.wording.matching import blocks
from service.wording.matching.reasons import cited, in_words

MOST = 1_000
"""Pairs of one round whose reasons are taken down, an equal part at each program, the shortlist first."""

LANGUAGES = ("ko", "en")


def of_outcome(prepared: Prepared, outcome: RoundOutcome, on: date) -> Reasons:
    """The reasons of every shortlist and of as many reserves, as of the round's day."""
    startups, programs = prepared.startups.side.records, prepared.programs.side.records
    reasons: dict[tuple[str, str], Sequence[StoredReason]] = {}
    for pair in _first(outcome):
        shares = prepared.matcher.shares(startups[pair.startup], programs[pair.program], on=on)
        reasons[pair.program, pair.startup] = [_reason(prepared.matcher.vocabulary, share) for share in shares]
    return reasons


def sentences(reasons: Reasons, pair: Pair, language: str) -> list[tuple[str, int]]:
    """Each reason of a pair in words with its points in units, the largest first; none where none were taken down."""
    return [
        (blocks.sentence(reason.block, reason.facts[language], language), reason.units)
        for reason in reasons.get((pair.program, pair.startup), ())
    ]


def _first(outcome: RoundOutcome) -> Iterator[Pair]:
    offers = outcome.standing.slate.programs
    for program, places in zip(offers, outcome.room, strict=True):
        yield from outcome.listed(program.id)[: min(2 * places, MOST // len(offers))]


def _reason(vocabulary: Vocabulary, share: Share) -> StoredReason:
    facts = {}
    for language in LANGUAGES:
        (reason,) = in_words(vocabulary, [share], language)
        facts[language] = cited(reason.facts)[: blocks.MOST_TERMS]
    return StoredReason(share.block, share.units, facts)
