"""Profiles of one side as vectors, block by block: computed once for stored profiles, at once for an unseen one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from model.blocks.exact import Dense, Float

Rows: TypeAlias = NDArray[np.int64] | slice
Csr: TypeAlias = Any
"""A scipy.sparse.csr_matrix of float64; SciPy ships no types."""


@dataclass(frozen=True)
class StartupVectors:
    """Startups as rows: one matrix a block, the script share and length of each text, and each row's scales."""

    words: Csr
    meaning: Dense
    sentence: Dense
    tags: Mapping[str, Csr]
    all_tags: Csr
    hangul_share: Float
    length: Float
    scales: Mapping[str, Float]

    def __len__(self) -> int:
        return len(self.length)

    def rows(self, chosen: Rows) -> StartupVectors:
        """The same for some rows, in their order."""
        return _picked(self, chosen)


@dataclass(frozen=True)
class ProgramVectors:
    """Programs as rows: their own vectors, those of their past participants, and the words learned from them."""

    words: Csr
    learned_words: Csr
    learned_tags: Csr
    meaning: Dense
    past_meaning: Dense
    sentence: Dense
    past_sentence: Dense
    sentence_hub: Float
    tags: Mapping[str, Csr]
    hangul_share: Float
    length: Float
    past: Float

    def __len__(self) -> int:
        return len(self.length)

    def rows(self, chosen: Rows) -> ProgramVectors:
        """The same for some rows, in their order."""
        return _picked(self, chosen)


Vectors = TypeVar("Vectors", StartupVectors, ProgramVectors)


def joined(parts: list[Vectors]) -> Vectors:
    """Put the rows of several parts below one another; at least one part is needed."""
    return type(parts[0])(**{f.name: _stacked([getattr(part, f.name) for part in parts]) for f in fields(parts[0])})


def _picked(vectors: Vectors, chosen: Rows) -> Vectors:
    return type(vectors)(**{f.name: _rows(getattr(vectors, f.name), chosen) for f in fields(vectors)})


def _rows(value: Any, chosen: Rows) -> Any:
    if isinstance(value, Mapping):
        return {name: part[chosen] for name, part in value.items()}
    return value[chosen]


def _stacked(values: list[Any]) -> Any:
    if isinstance(values[0], Mapping):
        return {name: _stacked([value[name] for value in values]) for name in values[0]}
    if sparse.issparse(values[0]):
        return sparse.csr_matrix(sparse.vstack(values))
    return np.concatenate(values)
