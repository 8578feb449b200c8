"""Explanations measured: does a pair fall when the shown evidence is taken out of the profile, and stand on it alone?

    python -m benchmarks.reasons [FOLDER ...] [--startups 120] [--json FILE]

*Comprehensiveness* is the part of the score that is lost when the shown evidence is taken out, *sufficiency* the part
that is lost when only the evidence is kept (DeYoung et al. 2020, ERASER: high and low are good). Each is set beside as
many words drawn at random and beside the words of the highest TF-IDF, in the same run. The pair is the startup with its
first program. A listed technology counts as a word. Profiles of fewer than `LEAST_WORDS` words are left out: where one
word in two or three is shown, every choice is nearly the same. Readability is taken over the same answers.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from benchmarks import development
from benchmarks.quality import CACHE, SETS, VOCABULARIES
from model import vocabulary
from model.blocks.reading import startup_text
from model.domain import EvidenceKind, Share, Startup
from model.matching.matcher import Matcher
from model.text.analysis import stem, visible, words
from model.vectors.corpus import Corpus

NAMES = ("ksic", "koen", "gsoc")
LEAST_WORDS = 4
DRAWS = 5
FIELDS = ("summary", "summary_en")
OURS, RANDOM, TFIDF = "shown evidence", "random words", "TF-IDF"


@dataclass(frozen=True)
class Token:
    """A word of a profile's text, or a listed technology: the field, and where it stands there."""

    field: str
    begin: int
    end: int
    text: str


@dataclass(frozen=True)
class Line:
    """One way of choosing evidence on one set: means over profiles, and how long the evidence is."""

    set: str
    method: str
    profiles: int
    shown: float
    comprehensiveness: float
    sufficiency: float


def tokens(startup: Startup) -> list[Token]:
    """Everything of a profile that may be taken out word by word."""
    found = []
    for field in FIELDS:
        written, at = getattr(startup, field) or "", 0
        for word in written.split():
            at = written.index(word, at)
            found.append(Token(field, at, at + len(word), word))
            at += len(word)
    return found + [Token("technologies", i, i + 1, word) for i, word in enumerate(startup.technologies)]


def with_only(startup: Startup, kept: Sequence[Token]) -> Startup:
    """The profile with these of its tokens and no other text or technology."""
    texts = {field: " ".join(t.text for t in kept if t.field == field) or None for field in FIELDS}
    return replace(startup, **texts, technologies=tuple(t.text for t in kept if t.field == "technologies"))


def evidenced(startup: Startup, shares: Sequence[Share], matcher: Matcher) -> set[int]:
    """Which tokens the shown evidence stands in, by their place."""
    found, known = set(), matcher.vocabulary.technologies
    facts = [fact for share in shares for fact in share.evidence]
    places = [place for fact in facts for place in fact.places]
    named = {fact.term for fact in facts if fact.table == "technology" or not fact.places}
    for i, token in enumerate(tokens(startup)):
        if token.field == "technologies":
            code = known.concept(token.text)
            parent = known.concepts[code].parent if code else None
            if {code, parent, token.text} & named:
                found.add(i)
        elif any(p.field == token.field and p.begin < token.end and token.begin < p.end for p in places):
            found.add(i)
    return found


class Rarity:
    """TF-IDF of words over a set's startups."""

    def __init__(self, startups: Sequence[Startup]) -> None:
        uses = Counter(word for startup in startups for word in {self._key(t.text) for t in tokens(startup)})
        self._idf = {word: math.log(len(startups) / count) for word, count in uses.items()}

    def top(self, found: Sequence[Token], count: int) -> set[int]:
        """Places of so many tokens of the highest weight."""
        keys = [self._key(token.text) for token in found]
        times = Counter(keys)
        weights = [(1 + math.log(times[key])) * self._idf.get(key, 0.0) for key in keys]
        return set(sorted(range(len(found)), key=lambda i: (-weights[i], i))[:count])

    @staticmethod
    def _key(word: str) -> str:
        return " ".join(stem(part) for part in words(visible(word).lower()))


def measured(name: str, matcher: Matcher, found: development.DevelopmentSet, count: int) -> Iterator[Line]:
    """Take evidence out of profiles and keep it alone, by each way of choosing it."""
    rng = np.random.default_rng(0)
    long = [s for s in found.trial.startups if len(tokens(s)) >= LEAST_WORDS]
    chosen = [long[i] for i in rng.permutation(len(long))[:count]]
    rarity, pool = Rarity(found.snapshot.startups), matcher.program_pool(found.trial.programs)
    lost: dict[str, list[tuple[float, float, float]]] = {OURS: [], RANDOM: [], TFIDF: []}
    for startup in chosen:
        whole, row = tokens(startup), matcher.startup_pool([startup])
        column = int(matcher.plane(row, pool).units[0].argmax())
        program = pool.part([pool.ids[column]])
        ours = evidenced(startup, matcher.shares(startup, program.profiles[0]), matcher)
        if not ours:
            continue
        draws = [set(rng.permutation(len(whole))[: len(ours)].tolist()) for _ in range(DRAWS)]
        ways = [(OURS, ours), (TFIDF, rarity.top(whole, len(ours))), *((RANDOM, draw) for draw in draws)]
        variants = [startup]
        for _, places in ways:
            variants.append(with_only(startup, [t for i, t in enumerate(whole) if i not in places]))
            variants.append(with_only(startup, [t for i, t in enumerate(whole) if i in places]))
        vectors = matcher.fresh_startups(variants)
        units = matcher.scoring.units(vectors, program.vectors, matcher.vectoriser.own_pasts(vectors, program.vectors))
        score, rest = float(units[0, 0]), units[1:, 0].astype(float)
        for k, (way, places) in enumerate(ways):
            if score > 0:
                fallen = (score - rest[2 * k]) / score, (score - rest[2 * k + 1]) / score
                lost[way].append((*fallen, len(places) / len(whole)))
    for way, values in lost.items():
        out, alone, part = np.mean(values, axis=0).tolist()
        yield Line(name, way, len(lost[OURS]), part, out, alone)


def readable(matcher: Matcher, found: development.DevelopmentSet, count: int) -> Mapping[str, float]:
    """Shares of points with evidence, and of evidence that stands literally in the text or is an official name."""
    pool, points, with_facts, literal, facts = matcher.program_pool(found.trial.programs), 0, 0, 0, 0
    for startup in found.trial.startups[:count]:
        text = f"{startup_text(startup)} {' '.join(startup.technologies)}".lower()
        column = int(matcher.plane(matcher.startup_pool([startup]), pool).units[0].argmax())
        for share in matcher.shares(startup, pool.profiles[column]):
            points += share.units
            with_facts += sum(fact.units for fact in share.evidence)
            facts += len(share.evidence)
            literal += sum(f.kind is EvidenceKind.NAME or visible(f.term).lower() in text for f in share.evidence)
    return {"points with evidence": with_facts / max(1, points), "literal or official": literal / max(1, facts)}


def main(
    folders: Annotated[list[Path] | None, typer.Argument()] = None,
    startups: int = 120,
    cold: bool = False,
    out: Annotated[Path | None, typer.Option("--json")] = None,
) -> None:
    """Measure explanations on development sets; `cold` withholds every outcome."""
    console, lines, figures = Console(), [], {}
    for folder in folders or [SETS / name for name in NAMES]:
        found = development.read(folder)
        corpus = Corpus.of(found.snapshot, vocabulary.load(VOCABULARIES), cache=CACHE)
        matcher = Matcher.fit(corpus, () if cold else found.snapshot.outcomes)
        figures[found.name] = readable(matcher, found, startups)
        lines += measured(found.name, matcher, found, startups)
    table = Table("set", "method", "profiles", "part of words", "comprehensiveness", "× random", "sufficiency")
    for line in lines:
        random = next(one for one in lines if one.set == line.set and one.method == RANDOM)
        ratio = line.comprehensiveness / random.comprehensiveness
        parts = (f"{x:.3f}" for x in (line.shown, line.comprehensiveness, ratio, line.sufficiency))
        table.add_row(line.set, line.method, str(line.profiles), *parts)
    console.print(table)
    for name, values in figures.items():
        console.print(name, {key: round(value, 4) for key, value in values.items()})
    if out:
        out.write_text(json.dumps({"faithful": [vars(line) for line in lines], "readable": figures}, indent=1))


if __name__ == "__main__":
    typer.run(main)
