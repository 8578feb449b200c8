"""What the blocks read of a profile: its text as a bag, and its structured values as tags, kind by kind."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from model import text
from model.domain import Program, Startup
from model.text import Bag
from model.vocabulary import Vocabulary

Bags = Callable[[Sequence[str]], list[Bag]]

TAG_KINDS = ("technology", "needs", "field", "region", "stage", "language")


@dataclass(frozen=True, slots=True)
class Reading:
    """One profile as the blocks see it; the same for both sides."""

    text: str
    """As a person sees it, case kept: what the sentence encoder reads."""
    bag: Bag
    tags: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads profiles; a startup's text loses every run of words that it shares with a program's (see `CopiedRuns`)."""

    vocabulary: Vocabulary
    bags: Bags
    """Turns normal texts into bags: an analyser's method, or one that remembers."""
    copied: CopiedRuns

    def startups(self, startups: Sequence[Startup]) -> list[Reading]:
        """Read startups, in order."""
        texts = [self.copied.cut(startup_text(startup)) for startup in startups]
        tags = [self._startup_tags(s, t) for s, t in zip(startups, texts, strict=True)]
        return self._readings(texts, tags)

    def programs(self, programs: Sequence[Program]) -> list[Reading]:
        """Read programs, in order."""
        texts = [program_text(program) for program in programs]
        tags = [self._program_tags(p, t) for p, t in zip(programs, texts, strict=True)]
        return self._readings(texts, tags)

    def _readings(self, texts: Sequence[str], tags: Sequence[Mapping[str, frozenset[str]]]) -> list[Reading]:
        bags = self.bags([t.lower() for t in texts])
        return [Reading(t, bag, tag) for t, bag, tag in zip(texts, bags, tags, strict=True)]

    def _startup_tags(self, startup: Startup, shown: str) -> dict[str, frozenset[str]]:
        return {
            "technology": self._technologies(startup.technologies, shown),
            "needs": frozenset(need.value for need in startup.needs),
            "field": _prefixes((startup.industry,)) | _number(startup.new_industry_field),
            "region": _prefixes((startup.region,)),
            "stage": frozenset({startup.stage.value} if startup.stage else ()),
            "language": frozenset(map(text.normal, startup.languages)),
        }

    def _program_tags(self, program: Program, shown: str) -> dict[str, frozenset[str]]:
        return {
            "technology": self._technologies(program.technologies, shown),
            "needs": frozenset(support.value for support in program.support),
            "field": _prefixes(program.industries),
            "region": _prefixes(program.regions),
            "stage": frozenset(stage.value for stage in program.stages),
            "language": frozenset(map(text.normal, program.languages)),
        }

    def _technologies(self, listed: Iterable[str], shown: str) -> frozenset[str]:
        """Concepts listed or named in the text, each with its group; a word outside the vocabulary stands alone.

        What is listed is meant as a technology, so there an abbreviation counts in any case.
        """
        technologies = self.vocabulary.technologies
        codes = set(technologies.named_in(shown))
        for word in listed:
            code = technologies.concept(word)
            codes |= {code} if code else {_free(word)} | set(technologies.named_in(text.visible(word).upper()))
        parents = {technologies.concepts[code].parent for code in codes if code in technologies.concepts}
        return frozenset(codes | {parent for parent in parents if parent} - {""})


class CopiedRuns:
    """The runs of words in the programs' texts, by which copied text is recognised in a startup's.

    A profile that repeats a program's own sentences would match it best of all; what is copied is not evidence.
    """

    LENGTH = 6
    """Words in a run; honest profiles were touched in 0 % of cases at this length (docs/reference/quality.md)."""

    def __init__(self, hashes: frozenset[int]) -> None:
        self.hashes = hashes

    @classmethod
    def of(cls, programs: Iterable[Program]) -> CopiedRuns:
        """Collect the runs of every program's text."""
        return cls(frozenset(run for p in programs for run in _runs(text.words(program_text(p).lower()), cls.LENGTH)))

    def cut(self, shown: str) -> str:
        """Take out of a startup's text every stretch of words that stands in a copied run."""
        spans = text.word_spans("".join(c.lower()[0] for c in shown))  # letter by letter, so that places agree
        runs = _runs([word for word, _, _ in spans], self.LENGTH)
        copied = {i + k for i, run in enumerate(runs) if run in self.hashes for k in range(self.LENGTH)}
        kept = list(shown)
        for i in copied:
            _, start, end = spans[i]
            kept[start:end] = " " * (end - start)
        return text.visible("".join(kept)) if copied else shown


def startup_text(startup: Startup) -> str:
    """Matching text of a startup: both summaries, never the name."""
    return _joined(startup.summary, startup.summary_en)


def program_text(program: Program) -> str:
    """Matching text of a program: both summaries and what the partner asks for."""
    return _joined(program.summary, program.summary_en, program.demand)


def _joined(*parts: str | None) -> str:
    return text.visible("\n".join(part for part in parts if part))[: text.MOST_CHARACTERS].rstrip()


def _runs(found: Sequence[str], length: int) -> list[int]:
    return [_hash(" ".join(found[i : i + length])) for i in range(len(found) - length + 1)]


def _hash(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big")


def _free(word: str) -> str:
    return "word:" + " ".join(text.stem(w) for w in text.words(text.normal(word)))


def _prefixes(codes: Iterable[str | None]) -> frozenset[str]:
    """A code and its two-character head, so that near codes meet.

    >>> sorted(_prefixes(["58222"]))
    ['58', '58222']
    """
    present = [text.normal(code) for code in codes if code]
    return frozenset(p for code in present for p in {code, code[:2] if code[:2].isdigit() else code})


def _number(field: int | None) -> frozenset[str]:
    return frozenset() if field is None else frozenset({f"new-industry-{field}"})
