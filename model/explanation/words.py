"""Facts that are words: those of both texts, those of the topic, and those that past participants used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from model.blocks.exact import DENSE_STEPS, SPARSE_STEPS, Dense
from model.blocks.track_record import teacher
from model.domain import EvidenceKind
from model.explanation import shown
from model.explanation.fact import Fact, largest, merged
from model.explanation.sides import AnySide, ProgramSide, StartupSide, past_of, products
from model.text.analysis import PAIR_MARK, VERB_MARK

JOINTS = frozenset({"", " ", "-", "·", "/"})
"""What may stand between two words that are shown as one term."""


def in_both_texts(startup: StartupSide, program: AnySide) -> Sequence[Fact]:
    """Words of both texts, neighbours that stand together in both as one term; syllable pairs go to their words."""
    terms = startup.vectoriser.words.terms.terms
    parts = {terms[column]: part for column, part in products(startup, "words", program.vectors.words, program.row)}
    facts = []
    for term, part in parts.items():
        ours, theirs = startup.spans(term), program.spans(term)
        if ours and theirs:
            mine, yours = startup.source.shown[slice(*ours[0])], program.source.shown[slice(*theirs[0])]
            # A number is the same only with the same unit.
            if not mine[0].isdigit() or mine.lower() in program.source.lower:
                other = None if mine.lower() == yours.lower() else yours
                facts.append(Fact(mine, part, EvidenceKind.WORD, tuple(ours), other, tuple(theirs)))
    named = with_pairs(merged(joined(startup, program, facts)), parts)
    return named or phrases_in_common(startup, program, parts)


def joined(startup: StartupSide, program: AnySide, facts: Sequence[Fact]) -> Sequence[Fact]:
    """Neighbouring words that the program has side by side too become one term, the longest that both texts hold."""
    terms: list[Fact] = []
    for fact in sorted(facts, key=lambda fact: fact.spans[0]):
        last = terms[-1] if terms else None
        begin, end = fact.spans[0]
        if last and last.spans[0][1] <= begin and startup.source.shown[last.spans[0][1] : begin] in JOINTS:
            span = last.spans[0][0], end
            together = startup.source.lower[slice(*span)]
            at = program.source.lower.find(together)
            if at >= 0:
                spans, others = (span, *last.spans[1:], *fact.spans[1:]), ((at, at + len(together)),)
                written, weight = startup.source.shown[slice(*span)], last.weight + fact.weight
                terms[-1] = Fact(written, weight, EvidenceKind.WORD, spans, None, others)
                continue
        terms.append(fact)
    return terms


def phrases_in_common(startup: StartupSide, program: AnySide, parts: Mapping[str, float]) -> Sequence[Fact]:
    """Phrases with what they share, where no shared word says anything by itself: verbs, endings and numbers."""
    left = {term.strip(PAIR_MARK + VERB_MARK): part for term, part in parts.items()}
    facts = []
    for span, phrase in zip(startup.phrases, startup.lower_phrases, strict=True):
        terms = [term for term in left if term in phrase]
        if terms and span[0] < span[1]:
            weights = {term: left.pop(term) for term in terms}
            held = [sum(weights[t] for t in terms if t in other) for other in program.lower_phrases]
            theirs = program.phrases[held.index(max(held))]
            ours, other = startup.source.shown[slice(*span)], program.source.shown[slice(*theirs)]
            facts.append(Fact(ours, sum(weights.values()), EvidenceKind.PHRASE, (span,), other, (theirs,)))
    return largest(facts)[: shown.MOST_PHRASES]


def of_topic(startup: StartupSide, program: ProgramSide) -> Sequence[Fact]:
    """Words without which the startup's topic would be less near; beside each stands only the same of the program."""
    facts = []
    for term, fact in near(startup, program.vectors.meaning[program.row]):
        spans = program.spans(term)
        written = program.source.shown[slice(*spans[0])] if spans else fact.term
        other = None if written.lower() == fact.term.lower() else written
        facts.append(fact._replace(counterpart=other, counterpart_spans=tuple(spans)))
    return facts


def of_past_topic(startup: StartupSide, program: ProgramSide) -> Sequence[Fact]:
    """Words without which the startup's topic would be less near to that of past participants."""
    return [fact for _, fact in near(startup, past_of(startup, program)[0])]


def near(startup: StartupSide, towards: Dense) -> list[tuple[str, Fact]]:
    """Words of the startup whose loss takes its topic farthest from a topic vector, with what is lost without them."""
    lost = startup.word_changes @ towards.astype(np.float64) / float(SPARSE_STEPS * DENSE_STEPS)
    terms = startup.words[0]
    order = np.argsort(-lost, kind="stable")[: shown.MOST_NEAR_WORDS].tolist()
    return [(terms[k], written(startup, terms[k], float(lost[k]))) for k in order if lost[k] > 0]


def learned(startup: StartupSide, program: ProgramSide) -> Sequence[Fact]:
    """Words of the startup that tell past participants from others."""
    terms = startup.vectoriser.words.terms.terms
    rows = program.vectors.learned_words[teacher(int(startup.vectors.fold[startup.row]))]
    parts = {terms[column]: part for column, part in products(startup, "words", rows, program.row)}
    by_part = sorted(parts.items(), key=lambda item: (-item[1], item[0]))
    facts = [written(startup, term, part) for term, part in by_part if part > 0 and startup.spans(term)]
    return with_pairs(merged(facts), parts)


def written(startup: StartupSide, term: str, part: float) -> Fact:
    """A word as it stands in the startup's text."""
    spans = startup.spans(term)
    return Fact(startup.source.shown[slice(*spans[0])], part, EvidenceKind.WORD, tuple(spans))


def with_pairs(facts: Sequence[Fact], parts: Mapping[str, float]) -> Sequence[Fact]:
    """Give the part of each syllable pair to the longest word that holds it; one that none holds has no name."""
    if not facts:
        return facts
    by_length = sorted(facts, key=lambda fact: -len(fact.term))
    more = dict.fromkeys((fact.term for fact in facts), 0.0)
    for term, part in parts.items():
        if term.startswith(PAIR_MARK):
            pair = term.removeprefix(PAIR_MARK)
            holder = next((fact.term for fact in by_length if pair in fact.term), None)
            if holder is not None:
                more[holder] += part
    return [fact._replace(weight=fact.weight + more[fact.term]) if more[fact.term] else fact for fact in facts]


def shared(startup: StartupSide, other: StartupSide) -> Iterable[str]:
    """Words that a startup shares with another, as the first writes them, the weightiest first."""
    return [fact.term for fact in largest(in_both_texts(startup, other))]
