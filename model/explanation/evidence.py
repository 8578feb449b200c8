"""Shares → reasons: which words, phrases and concepts stand behind each block's points; facts, no sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from model.domain import Evidence, Share
from model.explanation import codes, phrases, shown, words
from model.explanation.fact import Fact, leading, merged
from model.explanation.sides import ProgramSide, StartupSide
from model.scoring.score import BLOCK_OF, BLOCKS, apportioned

ACROSS = "cross_language"
PLACE = {block: place for place, block in enumerate(BLOCKS)}

FACTS: Mapping[str, Callable[[StartupSide, ProgramSide], Sequence[Fact]]] = {
    "words": words.in_both_texts,
    "meaning": words.of_topic,
    "sentence": phrases.of_meaning,
    "learned_words": words.learned,
    "learned_tags": codes.learned,
    "past_meaning": words.of_past_topic,
    "past_sentence": phrases.of_past_meaning,
}
"""How each component of the sum is shown; the others are codes that both sides carry."""


def shares(startup: StartupSide, program: ProgramSide, parts: Mapping[str, float], units: int) -> tuple[Share, ...]:
    """Divide a pair's units among its blocks in proportion to the parts of its raw score, largest first.

    Each block's units are divided among its evidence in turn, so that evidence adds up to its block exactly.
    """
    by_block: dict[str, dict[str, int]] = {}
    for component, part in apportioned(parts, units).items():
        if part:
            by_block.setdefault(BLOCK_OF[component], {})[component] = part
    reasons = []
    for block, components in by_block.items():
        total = sum(components.values())
        facts = facts_of_block(startup, program, components)
        across = block == ACROSS and in_other_languages(startup, program)
        reasons.append(Share(block, total, evidence(startup, program, facts, total), across))
    return tuple(sorted(reasons, key=lambda share: (-share.units, PLACE[share.block])))


def facts_of_block(startup: StartupSide, program: ProgramSide, components: Mapping[str, int]) -> Sequence[Fact]:
    """The facts that are shown of a block, each with its part of the block's units, as far as its facts have any."""
    by_component = []
    for component, units in components.items():
        kind = FACTS.get(component)
        facts = kind(startup, program) if kind else codes.of_both(startup, program, component)
        if len(components) > 1:
            total = sum(fact.weight for fact in facts)
            facts = [fact._replace(weight=units * fact.weight / total) for fact in facts]
        by_component.append(facts)
    return leading(merged(list(chain(*by_component))))


def in_other_languages(startup: StartupSide, program: ProgramSide) -> bool:
    """Whether most of one text is in a language that the other hardly uses."""
    hangul = startup.vectors.hangul_share[startup.row], program.vectors.hangul_share[program.row]
    return bool(abs(hangul[0] - hangul[1]) > shown.OTHER_LANGUAGE)


def in_common(startup: StartupSide, other: StartupSide) -> tuple[tuple[str, str], ...]:
    """What a startup shares with another startup, as (table, term): technologies, fields, then words.

    Words stand as the first one writes them, with `words` for their table. The weightiest comes first.
    """
    tags = chain(*(codes.of_both(startup, other, kind) for kind in ("technology", "field")))
    return (
        *((fact.table or "words", fact.term) for fact in tags),
        *(("words", w) for w in words.shared(startup, other)),
    )


def evidence(startup: StartupSide, program: ProgramSide, facts: Sequence[Fact], units: int) -> tuple[Evidence, ...]:
    """Divide a block's units among its facts, the largest first; a fact that gets none is not shown."""
    divided = apportioned({fact.term: fact.weight for fact in facts}, units)
    ours, theirs = startup.source, program.source
    divisions = [
        Evidence(
            fact.term,
            divided[fact.term],
            fact.counterpart,
            fact.kind,
            fact.table,
            ours.places(fact.spans),
            theirs.places(fact.counterpart_spans),
        )
        for fact in facts
        if divided[fact.term]
    ]
    return tuple(sorted(divisions, key=lambda part: (-part.units, part.term)))
