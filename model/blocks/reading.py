"""What the blocks read of a profile: its text as a bag, and its structured values as tags, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from model.blocks.honesty import Honesty
from model.domain import Flag, Program, Startup
from model.text import analysis as text
from model.text.analysis import Bag
from model.vocabulary import Vocabulary

Bags = Callable[[Sequence[str]], list[Bag]]

FREE = "word:"
"""Marks a listed technology that is in no vocabulary."""

TAG_KINDS = ("technology", "needs", "field", "region", "stage", "language")


@dataclass(frozen=True, slots=True)
class ProfileReading:
    """One profile as the blocks see it; the same for both sides."""

    text: str
    """As a person sees it, case kept: what the sentence encoder reads."""
    bag: Bag
    tags: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class ProfileReader:
    """Reads profiles; of a startup's, what was taken from a program is set aside (see `Honesty`)."""

    vocabulary: Vocabulary
    bags: Bags
    """Turns normal texts into bags: an analyser's method, or one that remembers."""
    honesty: Honesty

    def startups(self, startups: Sequence[Startup]) -> list[ProfileReading]:
        """Read startups, in order."""
        texts = [self.honesty.read(startup_text(startup)).text for startup in startups]
        tags = [self._startup_tags(s, t) for s, t in zip(startups, texts, strict=True)]
        return self._readings(texts, tags)

    def programs(self, programs: Sequence[Program]) -> list[ProfileReading]:
        """Read programs, in order."""
        texts = [program_text(program) for program in programs]
        tags = [self._program_tags(p, t) for p, t in zip(programs, texts, strict=True)]
        return self._readings(texts, tags)

    def flags(self, startup: Startup) -> tuple[Flag, ...]:
        """Say what of a startup's profile is set aside."""
        listed = len(listed_technologies(startup, self.vocabulary))
        return self.honesty.read(startup_text(startup)).flags + self.honesty.technologies(listed)

    def _readings(self, texts: Sequence[str], tags: Sequence[Mapping[str, frozenset[str]]]) -> list[ProfileReading]:
        bags = self.bags([t.lower() for t in texts])
        return [ProfileReading(t, bag, tag) for t, bag, tag in zip(texts, bags, tags, strict=True)]

    def _startup_tags(self, startup: Startup, shown: str) -> dict[str, frozenset[str]]:
        return {
            "technology": self._technologies(self._counted(startup), shown),
            "needs": frozenset(need.value for need in startup.needs),
            "field": _prefixes((startup.industry,)) | _number(startup.new_industry_field),
            "region": _prefixes((startup.region,)),
            "stage": frozenset({startup.stage.value} if startup.stage else ()),
            "language": frozenset(map(text.normal, startup.languages)),
        }

    def _program_tags(self, program: Program, shown: str) -> dict[str, frozenset[str]]:
        return {
            "technology": self._technologies(listed_technologies(program, self.vocabulary), shown),
            "needs": frozenset(support.value for support in program.support),
            "field": _prefixes(program.industries),
            "region": _prefixes(program.regions),
            "stage": frozenset(stage.value for stage in program.stages),
            "language": frozenset(map(text.normal, program.languages)),
        }

    def _counted(self, startup: Startup) -> frozenset[str]:
        """The technologies that a startup lists; of a list that is too long, only those count that its text names."""
        listed = listed_technologies(startup, self.vocabulary)
        return frozenset() if self.honesty.technologies(len(listed)) else listed

    def _technologies(self, listed: frozenset[str], shown: str) -> frozenset[str]:
        """Concepts listed or named in the text, each with its group; a word outside the vocabulary stands alone."""
        technologies = self.vocabulary.technologies
        codes = listed | set(technologies.named_in(shown))
        parents = {technologies.concepts[code].parent for code in codes if code in technologies.concepts}
        return frozenset(codes | {parent for parent in parents if parent} - {""})


def listed_technologies(profile: Startup | Program, vocabulary: Vocabulary) -> frozenset[str]:
    """Concepts and free words that a profile lists.

    What is listed is meant as a technology, so there an abbreviation counts in any case.
    """
    technologies = vocabulary.technologies
    codes: set[str] = set()
    for word in profile.technologies:
        code = technologies.concept(word)
        codes |= {code} if code else {free_word(word)} | set(technologies.named_in(text.visible(word).upper()))
    return frozenset(codes - {FREE})


def startup_text(startup: Startup) -> str:
    """Matching text of a startup: both summaries, never the name."""
    return _joined(startup.summary, startup.summary_en)


def program_text(program: Program) -> str:
    """Matching text of a program: both summaries and what the partner asks for."""
    return _joined(program.summary, program.summary_en, program.demand)


def whole_text(program: Program) -> str:
    """All that a startup could copy of a program: its matching text and its names."""
    return _joined(program_text(program), program.name, program.name_en, program.partner)


def _joined(*parts: str | None) -> str:
    return text.visible("\n".join(part for part in parts if part))[: text.MOST_CHARACTERS].rstrip()


def free_word(word: str) -> str:
    """The tag of a listed technology that is in no vocabulary."""
    return FREE + " ".join(text.stem(w) for w in text.words(text.normal(word)))


def _prefixes(codes: Iterable[str | None]) -> frozenset[str]:
    """A code and its two-character head, so that near codes meet.

    >>> sorted(_prefixes(["58222"]))
    ['58', '58222']
    """
    present = [text.normal(code) for code in codes if code]
    return frozenset(p for code in present for p in {code, code[:2] if code[:2].isdigit() else code})


def _number(field: int | None) -> frozenset[str]:
    return frozenset() if field is None else frozenset({f"new-industry-{field}"})
