"""Profiles as bags of terms and as encoded sentences, each text read once however many baselines ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from model.domain import Program, Startup
from model.text import analysis as text
from model.vectors import corpus
from model.vectors.corpus import silent
from model.vocabulary import Vocabulary
from training.baselines.scorer import Float


class Texts:
    """Reads profiles for the baselines with the model's own terms, so that Korean is treated as fairly as by ours."""

    def __init__(self, vocabulary: Vocabulary, cache: Path | None = None, *, is_helping: bool = False) -> None:
        """`cache`: a folder in which bags and encoded sentences are kept between runs.

        `is_helping`: in a process that helps another one, which keeps its hands off the folder and the other cores.
        """
        analyser = corpus.analyser(vocabulary)
        self._vocabulary, self._folder, self._is_helping = vocabulary, cache, is_helping
        self._text_cache = corpus.text_cache(cache / "baselines" if cache else None, vocabulary)
        self._bags = self._text_cache.bags(analyser.bags, silent)
        self._encode = self._text_cache.encoding(corpus.encoding(vocabulary, on_every_core=not is_helping), silent)

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process reads for itself."""
        return _helping, (self._vocabulary, self._folder)

    def bags(self, profiles: Sequence[Startup] | Sequence[Program]) -> list[Mapping[str, int]]:
        """Terms with counts of each profile's text and listed technologies, in order."""
        bags = self._bags([whole_text(profile) for profile in profiles])
        self._keep()
        return [bag.terms for bag in bags]

    def encoded(self, profiles: Sequence[Startup] | Sequence[Program]) -> Float:
        """Encode each profile's text with the multilingual sentence encoder, (n, 512)."""
        vectors = self._encode([whole_text(profile) for profile in profiles]).rows
        self._keep()
        return vectors

    def _keep(self) -> None:
        if not self._is_helping:
            self._text_cache.save()


_HELPING: dict[tuple[str, Path | None], Texts] = {}


def _helping(vocabulary: Vocabulary, cache: Path | None) -> Texts:
    """The one reader of a process that helps, so that no two parts of the work read the same texts."""
    key = corpus.analyser(vocabulary).name, cache
    if key not in _HELPING:
        _HELPING[key] = Texts(vocabulary, cache, is_helping=True)
    return _HELPING[key]


@lru_cache(maxsize=50_000)
def whole_text(profile: Startup | Program) -> str:
    """All that a profile says about itself but its name, in normal form.

    >>> whole_text(Startup("s", name="이음", summary="로봇 제어", technologies=("AI",)))
    '로봇 제어 ai'
    """
    parts = [profile.summary, profile.summary_en, *profile.technologies]
    parts += [profile.demand] if isinstance(profile, Program) else []
    return text.normal("\n".join(part for part in parts if part)[: text.MOST_CHARACTERS])


class Lexicon:
    """The terms of a fitted snapshot, each with its column."""

    def __init__(self, bags: Iterable[Mapping[str, int]]) -> None:
        self._columns: dict[str, int] = {}
        for bag in bags:
            for term in bag:
                self._columns.setdefault(term, len(self._columns))

    def counts(self, bags: Sequence[Mapping[str, int]]) -> sparse.csr_matrix:
        """Count the known terms of each bag, (n, terms) float64; unknown terms are left out."""
        columns = self._columns
        known = [[(columns[t], float(c)) for t, c in bag.items() if t in columns] for bag in bags]
        starts = np.cumsum([0, *map(len, known)])
        places = np.array([column for row in known for column, _ in row], dtype=np.int64)
        values = np.array([value for row in known for _, value in row], dtype=np.float64)
        return sparse.csr_matrix((values, places, starts), shape=(len(bags), len(columns)))
