"""What a fact's code is called: technologies, support, fields, regions, stages and languages from the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from model.vocabulary import Vocabulary

Namer = Callable[[Vocabulary, str, str], str | None]

NEW_INDUSTRY, FREE = "new-industry-", "word:"
"""How the field block marks a new-industry field, and the technology block a word that is in no vocabulary."""


def label(vocabulary: Vocabulary, block: str, term: str, language: str) -> str:
    """Name a reason's term in `ko` or `en`; a word that is no code stands for itself."""
    namer = _NAMERS.get(block)
    return (namer(vocabulary, term, language) if namer else None) or term


def _technology(vocabulary: Vocabulary, term: str, language: str) -> str | None:
    concept = vocabulary.technologies.concepts.get(term)
    if concept is None:
        return term.removeprefix(FREE)
    return concept.ko if language == "ko" else concept.en


def _field(vocabulary: Vocabulary, term: str, language: str) -> str | None:
    number = term.removeprefix(NEW_INDUSTRY)
    codes = vocabulary.codes
    return codes.industries.name(term, language) if number == term else codes.new_industry.name(number, language)


def _of_participants(vocabulary: Vocabulary, term: str, language: str) -> str | None:
    """What past participants have in common: a new-industry field, a technology, or a word of theirs."""
    namer = _field if term.startswith(NEW_INDUSTRY) else _technology
    return namer(vocabulary, term, language)


_NAMERS: Mapping[str, Namer] = {
    "technology": _technology,
    "track_record": _of_participants,
    "field": _field,
    "needs": lambda vocabulary, term, language: vocabulary.codes.support.name(term, language),
    "region": lambda vocabulary, term, language: vocabulary.codes.regions.name(term, language),
    "stage": lambda vocabulary, term, language: vocabulary.codes.stages.name(term, language),
    "language": lambda vocabulary, term, language: vocabulary.codes.languages.name(term, language),
}
