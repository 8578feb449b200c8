"""A score's reasons in words: each block by its name, its sentence and the names of its facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from model.domain import UNITS_PER_POINT, Evidence, EvidenceKind, Result, Share, Verdict
from model.vocabulary import Vocabulary
from service.wording import terms
from service.wording.matching import blocks, paragraph
from service.wording.matching.generic import says_something

NamedEvidence = tuple[Evidence, str]
TENTH = UNITS_PER_POINT // 10

DECIDES = {"needs_check": Result.NEEDS_CHECK, "ineligible": Result.FAIL}
"""The result of the rules that a verdict rests on."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What one block adds and why, in one language; `facts` come with their names, none where they aren't shown."""

    block: str
    name: str
    units: int
    sentence: str
    facts: tuple[NamedEvidence, ...]
    across: bool
    fields: tuple[bool, ...] = ()
    """Of each fact, whether it names no more than a field of technologies."""


def in_words(
    vocabulary: Vocabulary, shares: Sequence[Share], language: str, *, whole: bool = True
) -> tuple[Reason, ...]:
    """The reasons of one score, the largest first; `whole`: with their facts."""
    return tuple(_reason(vocabulary, share, language, whole=whole) for share in shares)


def explained(
    reasons: Sequence[Reason], verdict: Verdict, checks: Iterable[tuple[str, str]], language: str, *, whole: bool = True
) -> str:
    """The same as a paragraph, with what to check first; `checks`: titles and results of the rules, in their order.

    A rule that is merely unknown is never said not to be met.
    """
    titles = [title for title, result in checks if result == DECIDES.get(verdict.value)]
    grounds = [
        paragraph.BlockBasis(
            reason.block,
            [
                paragraph.NamedFact(
                    label,
                    fact.counterpart,
                    fact.kind,
                    is_answered=bool(fact.counterpart_places),
                    is_technology=fact.table == "technology",
                    is_field=is_field,
                )
                for (fact, label), is_field in zip(reason.facts, reason.fields, strict=True)
            ],
            reason.across,
        )
        for reason in reasons
    ]
    return paragraph.paragraph(grounds, verdict, titles, language, whole=whole)


def cited(facts: Sequence[NamedEvidence]) -> list[str]:
    """The names of facts that a block's sentence cites: words before phrases, of which one is enough."""
    words = [label for fact, label in facts if fact.kind is not EvidenceKind.PHRASE]
    return [word for word in words if says_something(word)] or words or [label for _, label in facts][:1]


def _reason(vocabulary: Vocabulary, share: Share, language: str, *, whole: bool) -> Reason:
    evidence = share.evidence if whole else ()
    facts = tuple((fact, terms.label(vocabulary, fact.table, fact.term, language)) for fact in evidence)
    name = blocks.name(share.block, language, across=share.across)
    is_vague = whole and share.block == "cross_language" and not any(fact.counterpart for fact in evidence)
    concepts = vocabulary.technologies.concepts
    fields = tuple(f.table == "technology" and f.term in concepts and not concepts[f.term].parent for f in evidence)
    stated = [fact for fact, is_field in zip(facts, fields, strict=True) if not is_field]
    kind = "technology_field" if facts and not stated else share.block
    sentence = blocks.VAGUE[language] if is_vague else blocks.sentence(kind, cited(stated or facts), language)
    return Reason(share.block, name, share.units, sentence, facts, share.across, fields)


def tenths(units: Sequence[int]) -> list[int]:
    """Units (≥ 0) to a tenth of a point, by the method of largest remainders: they add up to their rounded sum.

    >>> tenths([25_400, 25_400, 25_400])
    [26000, 25000, 25000]
    """
    whole = [each // TENTH for each in units]
    missing = (sum(units) + TENTH // 2) // TENTH - sum(whole)
    by_remainder = sorted(range(len(units)), key=lambda place: (-(units[place] % TENTH), place))
    raised = set(by_remainder[:missing])
    return [(count + (place in raised)) * TENTH for place, count in enumerate(whole)]
