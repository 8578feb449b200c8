"""Shares → reasons: which words, phrases and concepts stand behind each block's points; facts, no sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from model.blocks.exact import Float
from model.blocks.reading import FREE, free_word
from model.blocks.track_record import TEACHING_TAGS, teacher
from model.domain import Evidence, EvidenceKind, Share
from model.explanation import shown
from model.explanation.sides import AnySide, ProgramSide, StartupSide, losses, past_of, products, word_losses
from model.explanation.source import Span, is_korean
from model.scoring import BLOCK_OF, BLOCKS, apportioned
from model.text import PAIR_MARK, VERB_MARK

ACROSS = "cross_language"
_JOINTS = frozenset({"", " ", "-", "·", "/"})
"""What may stand between two words that are shown as one term."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that may be shown: how it is written, how much of its component rests on it, and where it stands."""

    term: str
    weight: float
    kind: EvidenceKind
    spans: tuple[Span, ...] = ()
    counterpart: str | None = None
    counterpart_spans: tuple[Span, ...] = ()
    table: str | None = None


def shares(startup: StartupSide, program: ProgramSide, parts: Mapping[str, float], units: int) -> tuple[Share, ...]:
    """Divide a pair's units among its blocks in proportion to the parts of its raw score, largest first.

    Each block's units are divided among its evidence in turn, so that evidence adds up to its block exactly.
    """
    by_component = apportioned(parts, units)
    all_shares = []
    for block in BLOCKS:
        components = {c: n for c, n in by_component.items() if BLOCK_OF[c] == block and n}
        if components:
            facts = _kept(_once(chain(*(_of_component(startup, program, c, n) for c, n in components.items()))))
            total = sum(components.values())
            across = block == ACROSS and _languages_differ(startup, program)
            all_shares.append(Share(block, total, _evidence(startup, program, facts, total), across))
    return tuple(sorted(all_shares, key=lambda share: (-share.units, BLOCKS.index(share.block))))


def _languages_differ(startup: StartupSide, program: ProgramSide) -> bool:
    """Whether most of one text is in a language that the other hardly uses."""
    shares = startup.vectors.hangul_share[startup.row], program.vectors.hangul_share[program.row]
    return bool(abs(shares[0] - shares[1]) > shown.OTHER_LANGUAGE)


def in_common(startup: StartupSide, other: StartupSide) -> tuple[tuple[str, str], ...]:
    """What a startup shares with another startup, as (table, term): technologies, fields, then words.

    Words are told as the first one writes them, with `words` for their table. The weightiest comes first.
    """
    tags = [*_tags(startup, other, "technology"), *_tags(startup, other, "field")]
    return tuple((fact.table or "words", fact.term) for fact in (*tags, *_shared_words(startup, other)))


def _of_component(startup: StartupSide, program: ProgramSide, component: str, units: int) -> list[Fact]:
    """Facts of one component, whose weights add up to its units."""
    facts = FACTS[component](startup, program) if component in FACTS else _tags(startup, program, component)
    largest = _kept(facts)
    total = sum(fact.weight for fact in largest)
    return [replace(fact, weight=units * fact.weight / total) for fact in largest]


def _evidence(startup: StartupSide, program: ProgramSide, facts: Sequence[Fact], units: int) -> tuple[Evidence, ...]:
    divided = apportioned({fact.term: fact.weight for fact in facts}, units)
    evidence = [
        Evidence(
            fact.term,
            divided[fact.term],
            fact.counterpart,
            fact.kind,
            fact.table,
            startup.source.places(fact.spans),
            program.source.places(fact.counterpart_spans),
        )
        for fact in facts
        if divided[fact.term]
    ]
    return tuple(sorted(evidence, key=lambda item: (-item.units, item.term)))


def _shared_words(startup: StartupSide, program: AnySide) -> list[Fact]:
    """Words of both texts, neighbours that stand together in both as one term; syllable pairs go to their words."""
    terms = startup.vectoriser.words.terms.terms
    parts = {
        terms[k]: part for k, part in products(startup.vectors.words, startup.row, program.vectors.words, program.row)
    }
    facts = []
    for term, part in parts.items():
        ours, theirs = startup.spans(term), program.spans(term)
        if ours and theirs:
            facts.append(_word(startup, program, ours, theirs, part))
    joined = _joined(startup, program, [fact for fact in facts if fact])
    pairs = ((term.removeprefix(PAIR_MARK), part) for term, part in parts.items() if term.startswith(PAIR_MARK))
    return _largest(_with_pairs(joined, pairs)) or _phrases_in_common(startup, program, parts)


def _phrases_in_common(startup: StartupSide, program: AnySide, parts: Mapping[str, float]) -> list[Fact]:
    """Phrases with what they share, where no shared word says anything by itself: verbs, endings and numbers."""
    left = {term.strip(PAIR_MARK + VERB_MARK): part for term, part in parts.items()}
    x, y = startup.source, program.source
    facts = []
    for span in startup.phrases:
        held = [term for term in left if term in x.lower[slice(*span)]]
        if held and span[0] < span[1]:
            weights = {term: left.pop(term) for term in held}
            theirs = max(program.phrases, key=lambda s: sum(weights[t] for t in held if t in y.lower[slice(*s)]))
            written, kind = (side.shown[slice(*at)] for side, at in ((x, span), (y, theirs))), EvidenceKind.PHRASE
            ours, other = written
            facts.append(Fact(ours, sum(weights.values()), kind, (span,), other, (theirs,)))
    return _largest(facts)[: shown.MOST_PHRASES]


def _word(startup: StartupSide, program: AnySide, ours: list[Span], theirs: list[Span], part: float) -> Fact | None:
    """A word as the startup writes it, and as the program does where that differs; a number only if its unit agrees."""
    x, y = startup.source, program.source
    mine, yours = x.shown[slice(*ours[0])], y.shown[slice(*theirs[0])]
    if mine[0].isdigit() and mine.lower() not in y.lower:
        return None
    other = None if mine.lower() == yours.lower() else yours
    return Fact(mine, part, EvidenceKind.WORD, tuple(ours), other, tuple(theirs))


def _joined(startup: StartupSide, program: AnySide, facts: list[Fact]) -> list[Fact]:
    """Neighbouring words that the program has side by side too become one term, the longest that both texts hold."""
    facts.sort(key=lambda fact: fact.spans[0])
    joined: list[Fact] = []
    for fact in facts:
        last = joined[-1] if joined else None
        if (
            last
            and last.spans[0][1] <= fact.spans[0][0]
            and startup.source.shown[last.spans[0][1] : fact.spans[0][0]] in _JOINTS
        ):
            span = last.spans[0][0], fact.spans[0][1]
            together = startup.source.lower[slice(*span)]
            at = program.source.lower.find(together)
            if at >= 0:
                spans, others = (span, *last.spans[1:], *fact.spans[1:]), ((at, at + len(together)),)
                both = last.weight + fact.weight
                joined[-1] = Fact(startup.source.shown[slice(*span)], both, EvidenceKind.WORD, spans, None, others)
                continue
        joined.append(fact)
    return _once(joined)


def _once(facts: Iterable[Fact]) -> list[Fact]:
    """Facts of which each term is told once, with all that rests on it."""
    by_term: dict[str, Fact] = {}
    for fact in facts:
        known = by_term.get(fact.term)
        by_term[fact.term] = replace(known, weight=known.weight + fact.weight) if known else fact
    return list(by_term.values())


def _with_pairs(facts: list[Fact], pairs: Iterable[tuple[str, float]]) -> list[Fact]:
    """Give the part of each syllable pair to the longest word that holds it; one that none holds has no name."""
    by_length = sorted(range(len(facts)), key=lambda k: -len(facts[k].term))
    for pair, part in pairs:
        holder = next((k for k in by_length if pair in facts[k].term), None)
        if holder is not None:
            facts[holder] = replace(facts[holder], weight=facts[holder].weight + part)
    return facts


def _topic(startup: StartupSide, program: ProgramSide) -> list[Fact]:
    """Words without which the startup's topic would be less near; beside one stands only the same of the program."""
    lost = word_losses(startup, program.vectors.meaning[program.row])
    weighed = []
    for term, fact in _of_words(startup, lost, shown.MOST_NEAR_WORDS):
        spans = program.spans(term)
        written = program.source.shown[slice(*spans[0])] if spans else fact.term
        other = None if written.lower() == fact.term.lower() else written
        weighed.append(replace(fact, counterpart=other, counterpart_spans=tuple(spans)))
    return weighed


def _past_topic(startup: StartupSide, program: ProgramSide) -> list[Fact]:
    lost = word_losses(startup, past_of(startup, program)[0])
    return [fact for _, fact in _of_words(startup, lost, shown.MOST_NEAR_WORDS)]


def _learned_words(startup: StartupSide, program: ProgramSide) -> list[Fact]:
    """Words of the startup that tell past participants from others."""
    terms = startup.vectoriser.words.terms.terms
    learned = program.vectors.learned_words[teacher(int(startup.vectors.fold[startup.row]))]
    rows = products(startup.vectors.words, startup.row, learned, program.row)
    parts = {terms[k]: part for k, part in rows}
    facts = _once(fact for _, fact in _of_words(startup, parts))
    pairs = ((term.removeprefix(PAIR_MARK), part) for term, part in parts.items() if term.startswith(PAIR_MARK))
    return _largest(_with_pairs(facts, pairs))


def _of_words(startup: StartupSide, parts: Mapping[str, float], most: int | None = None) -> list[tuple[str, Fact]]:
    """Words of the startup's text with their parts, the largest first."""
    facts: list[tuple[str, Fact]] = []
    for term, part in sorted(parts.items(), key=lambda item: (-item[1], item[0])):
        if len(facts) == most:
            break
        spans = startup.spans(term)
        if spans and part > 0:
            facts.append((term, Fact(startup.source.shown[slice(*spans[0])], part, EvidenceKind.WORD, tuple(spans))))
    return facts


def _meaning(startup: StartupSide, program: ProgramSide) -> list[Fact]:
    """Phrases without which the text would mean less of what the program's does, each with the one that it answers.

    What two phrases mean to each other is what the nearness loses without both beyond what it loses without each.
    """
    lost = losses(startup, program.vectors.sentence[program.row])
    together = startup.changes @ program.changes.T
    facts = []
    for k in np.argsort(-lost, kind="stable")[: shown.MOST_PHRASES].tolist():
        other = _answer(startup, k, program, together[k])
        facts += _phrase(startup, k, lost[k], program if other is not None else None, other)
    return facts


def _answer(startup: StartupSide, k: int, program: ProgramSide, together: Float) -> int | None:
    """The program's phrase that a phrase clearly goes with, if any: among those nearly as good, in the same script.

    What a program says of how to apply answers nothing.
    """
    phrase, texts = startup.source.shown[slice(*startup.phrases[k])], program.source.shown
    lengths = np.linalg.norm(program.changes, axis=1) * np.linalg.norm(startup.changes[k])
    clear = together > np.maximum(shown.NEARLY * together.max(initial=0.0), shown.CLEARLY * lengths)
    order = [j for j in np.argsort(-together, kind="stable").tolist() if clear[j]]
    spoken = {j: texts[slice(*program.phrases[j])] for j in order}
    good = [j for j in order if spoken[j] and not shown.FORMALITIES.search(spoken[j])]
    same = [j for j in good if is_korean(spoken[j]) == is_korean(phrase)]
    return next(iter((*same, *good)), None)


def _past_meaning(startup: StartupSide, program: ProgramSide) -> list[Fact]:
    lost = losses(startup, past_of(startup, program)[1])
    order = np.argsort(-lost, kind="stable")[: shown.MOST_PHRASES].tolist()
    return [fact for k in order for fact in _phrase(startup, k, lost[k], None, None)]


def _phrase(startup: StartupSide, k: int, lost: float, program: ProgramSide | None, other: int | None) -> list[Fact]:
    """A phrase that can be shown with what is lost without it, if anything is."""
    span = startup.phrases[k]
    if lost <= 0 or span[0] == span[1]:
        return []
    fact = Fact(startup.source.shown[slice(*span)], float(lost), EvidenceKind.PHRASE, (span,))
    if program is None or other is None:
        return [fact]
    theirs = program.phrases[other]
    return [replace(fact, counterpart=program.source.shown[slice(*theirs)], counterpart_spans=(theirs,))]


def _tags(startup: StartupSide, program: AnySide, kind: str) -> list[Fact]:
    """Codes of one kind that both sides carry."""
    names = startup.vectoriser.tags[kind].terms.terms
    rows = products(startup.vectors.tags[kind], startup.row, program.vectors.tags[kind], program.row)
    return _named(startup, ((kind, names[k], part) for k, part in rows))


def _learned_tags(startup: StartupSide, program: ProgramSide) -> list[Fact]:
    """Codes of any kind that past participants carry more often than others."""
    tags = startup.vectoriser.tags
    kinds = [(kind, term) for kind in TEACHING_TAGS for term in tags[kind].terms.terms]
    learned = program.vectors.learned_tags[teacher(int(startup.vectors.fold[startup.row]))]
    rows = products(startup.vectors.teaching_tags, startup.row, learned, program.row)
    return _named(startup, ((*kinds[k], part) for k, part in rows))


def _named(startup: StartupSide, parts: Iterable[tuple[str, str, float]]) -> list[Fact]:
    """Codes by what names them: the official name, or for a free technology the word that the startup lists."""
    vocabulary = startup.vectoriser.reader.vocabulary
    by_name: dict[str, Fact] = {}
    for kind, code, part in parts:
        if code.startswith(FREE):
            listed = next((word for word in startup.profile.technologies if free_word(word) == code), None)
            name, fact = listed, Fact(listed or "", part, EvidenceKind.WORD)
        else:
            name, fact = shown.name(vocabulary, kind, code, "ko"), Fact(code, part, EvidenceKind.NAME, table=kind)
        if name:  # an industry's class and its group may bear one name, which is told once
            known = by_name.get(name)
            by_name[name] = replace(known, weight=known.weight + part) if known else fact
    return _largest(by_name.values())


def _kept(facts: Iterable[Fact]) -> list[Fact]:
    largest = _largest(facts)
    return largest[: shown.enough([fact.weight for fact in largest], shown.MOST_WORDS)]


def _largest(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (-fact.weight, fact.term))


FACTS: Mapping[str, Callable[[StartupSide, ProgramSide], list[Fact]]] = {
    "words": _shared_words,
    "meaning": _topic,
    "sentence": _meaning,
    "learned_words": _learned_words,
    "learned_tags": _learned_tags,
    "past_meaning": _past_topic,
    "past_sentence": _past_meaning,
}
"""How each component of the sum is shown; the others are codes that both sides carry."""
