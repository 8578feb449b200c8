"""Profiles as bags of terms and as encoded sentences, each text read once however many baselines ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse

from model import text
from model.blocks.sentence import DIMENSIONS, encode_many
from model.domain import Program, Startup
from model.text import Analyser
from training.baselines.scorer import Float


class Texts:
    """Reads profiles for the baselines with the model's own terms, so that Korean is treated as fairly as by ours."""

    def __init__(self, cache: Path | None = None) -> None:
        """`cache`: a folder in which encoded sentences are kept between runs."""
        self._file = cache / "baseline-sentences.npz" if cache else None
        self._analyser: Analyser | None = None
        self._bags: dict[str, Mapping[str, int]] = {}
        self._encoded: dict[str, Float] = _kept(self._file)

    def bags(self, profiles: Sequence[Startup] | Sequence[Program]) -> list[Mapping[str, int]]:
        """Terms with counts of each profile's text and listed technologies, in order."""
        found = [whole_text(profile) for profile in profiles]
        missing = sorted(set(found) - self._bags.keys())
        if missing:
            self._analyser = self._analyser or Analyser()
            bags = self._analyser.bags(missing)
            self._bags.update((t, bag.terms) for t, bag in zip(missing, bags, strict=True))
        return [self._bags[t] for t in found]

    def encoded(self, profiles: Sequence[Startup] | Sequence[Program]) -> Float:
        """Encode each profile's text with the multilingual sentence encoder, (n, 512)."""
        found = [whole_text(profile) for profile in profiles]
        names = [text.digest(t) for t in found]
        missing = {name: t for name, t in zip(names, found, strict=True) if name not in self._encoded}
        if missing:
            self._encoded.update(zip(missing, encode_many(list(missing.values())), strict=True))
            _keep(self._file, self._encoded)
        return np.stack([self._encoded[name] for name in names]) if names else np.zeros((0, DIMENSIONS))


def _kept(file: Path | None) -> dict[str, Float]:
    if file is None or not file.exists():
        return {}
    with np.load(file, allow_pickle=False) as arrays:
        return dict(zip(arrays["names"].tolist(), arrays["vectors"].astype(np.float64), strict=True))


def _keep(file: Path | None, encoded: Mapping[str, Float]) -> None:
    if file is None:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".part.npz")
    vectors = np.stack(list(encoded.values())).astype(np.float32)
    np.savez(fresh, names=np.array(list(encoded)), vectors=vectors)
    fresh.replace(file)


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
