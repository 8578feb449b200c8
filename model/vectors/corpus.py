"""A snapshot's profiles, read, with every block fitted on what they say: outcomes are learned upon it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.blocks import encoder
from model.blocks.honesty import Honesty
from model.blocks.reading import ProfileReader, listed_technologies, startup_text, whole_text
from model.blocks.side_by_side import one_thread
from model.blocks.track_record import TEACHING_TAGS
from model.domain import Program, Snapshot, Startup
from model.text.analysis import Analyser
from model.vectors import vectoriser
from model.vectors.text_cache import Encode, Progress, TextCache
from model.vectors.vectoriser import FittedBlocks
from model.vocabulary import Vocabulary

SAMPLE = 2_000
"""Startups from which the score's spreads are measured."""


def silent(_step: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Corpus:
    """What outcomes need not be known for; `sample`: rows of the startups that the score's spreads are measured on."""

    startups: tuple[Startup, ...]
    programs: tuple[Program, ...]
    reader: ProfileReader
    fitted: FittedBlocks
    sample: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        vocabulary: Vocabulary,
        *,
        seed: int = 0,
        progress: Progress = silent,
        cache: Path | None = None,
        teaching: tuple[str, ...] = TEACHING_TAGS,
    ) -> Corpus:
        """Read a snapshot's profiles and fit every block on them; its outcomes are not looked at.

        `cache` names a folder in which analysed texts are kept by content; `teaching`, the kinds of tags that the
        track record may learn from. One thread does the sums, since the last
        digits of a sum depend on how it is divided.
        """
        rng, plain = np.random.default_rng(seed), reader(vocabulary, honest(snapshot, vocabulary))
        texts = text_cache(cache, vocabulary)
        encode = texts.encoding(encoding(vocabulary, on_every_core=True), progress)
        cached = replace(plain, bags=texts.bags(plain.bags, progress))
        with one_thread():
            fitted = vectoriser.fit(cached, encode, snapshot.startups, snapshot.programs, rng, progress, teaching)
        texts.save()
        # Sorted rows are read in one sweep, and a sum over them doesn't depend on the draw's order.
        sample = np.sort(rng.permutation(len(snapshot.startups))[:SAMPLE])
        return cls(snapshot.startups, snapshot.programs, plain, fitted, sample)

    def tells_of(self, snapshot: Snapshot) -> bool:
        """It was read from these profiles, whatever came of them."""
        return (self.startups, self.programs) == (snapshot.startups, snapshot.programs)


def text_cache(folder: Path | None, vocabulary: Vocabulary) -> TextCache:
    """Open the cache of what is read with a vocabulary; see `TextCache.at`."""
    return TextCache.at(folder, f"{analyser(vocabulary).name} {encoder.NAME} {vocabulary.glossary.digest}")


def honest(snapshot: Snapshot, vocabulary: Vocabulary) -> Honesty:
    """Learn from a snapshot what honest startups' texts have in common with programs'."""
    listed = [len(listed_technologies(startup, vocabulary)) for startup in snapshot.startups]
    texts = [startup_text(startup) for startup in snapshot.startups]
    return Honesty.fit([whole_text(program) for program in snapshot.programs], texts, listed)


def reader(vocabulary: Vocabulary, honesty: Honesty) -> ProfileReader:
    """Read profiles with the vocabulary's Korean terms as user words."""
    return ProfileReader(vocabulary, analyser(vocabulary).bags, honesty)


def encoding(vocabulary: Vocabulary, *, on_every_core: bool = False) -> Encode:
    """Encode texts by phrase as a vocabulary renders them."""
    encode = encoder.encode_many if on_every_core else encoder.encoder().encode_by_phrase
    return partial(encode, glossary=vocabulary.glossary)


def analyser(vocabulary: Vocabulary) -> Analyser:
    """One analyser for a vocabulary, however many matchers read with it; loading takes a second and much memory."""
    return _analyser(tuple(vocabulary.technologies.korean_terms()))


_analyser = lru_cache(maxsize=2)(Analyser)
