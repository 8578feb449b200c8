"""Profiles of one side as vectors, block by block: computed once for stored profiles, at once for an unseen one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from model.blocks import exact
from model.blocks.exact import Dense, Float
from model.vectors.rows import LazyRows

Rows: TypeAlias = NDArray[np.int64] | slice
Whole: TypeAlias = NDArray[np.int32]
Csr: TypeAlias = Any
"""A scipy.sparse.csr_matrix of float64; SciPy ships no types."""


@dataclass(frozen=True)
class StartupVectors:
    """Startups as rows: one matrix a block, the script share and length of each text, and each row's scales.

    `contributor`: the row under which a startup's own outcomes stand in the track record, -1 without any; `fold`: the
    fold whose learned words never saw it, -1 where all may be met.
    """

    words: Csr
    meaning: Dense
    sentence: Dense
    changes: LazyRows
    """By how much the sentence vector changes without each phrase of the text, (n, phrases, 512), in 1/1024."""
    tags: Mapping[str, Csr]
    teaching_tags: Csr
    hangul_share: Float
    length: Float
    scales: Mapping[str, Float]
    contributor: Whole
    fold: Whole

    def __len__(self) -> int:
        return len(self.length)

    def rows(self, chosen: Rows) -> StartupVectors:
        """The same for some rows, in their order."""
        return _picked(self, chosen)


@dataclass(frozen=True)
class ProgramVectors:
    """Programs as rows: their own vectors, those of their past participants, and the words learned from them.

    What was learned stands there once for each teacher (see `track_record.teacher`). `group`: the column of a
    program's line of years in the track record, -1 for one that it doesn't know; `past`: worth of its participants.
    """

    words: Csr
    learned_words: Mapping[str, Csr]
    learned_tags: Mapping[str, Csr]
    meaning: Dense
    past_meaning: Dense
    sentence: Dense
    past_sentence: Dense
    changes: LazyRows
    sentence_hub: Float
    tags: Mapping[str, Csr]
    hangul_share: Float
    length: Float
    group: Whole
    past: Float

    def __len__(self) -> int:
        return len(self.length)

    def rows(self, chosen: Rows) -> ProgramVectors:
        """The same for some rows, in their order."""
        return _picked(self, chosen)


@dataclass(frozen=True)
class OwnPast:
    """What a startup meets in place of the whole past: the programs, by column, whose past is another without it.

    `past`: (columns,) worth of participants; `meaning`, `sentence`: their vectors; `total`: worth of all participants.
    """

    columns: NDArray[np.int64]
    past: Float
    meaning: Dense
    sentence: Dense
    total: float


OwnPasts: TypeAlias = Mapping[int, OwnPast]
"""By row of the startups' vectors; a startup without outcomes has none and meets the whole past."""

Vectors = TypeVar("Vectors", StartupVectors, ProgramVectors)


def joined(parts: list[Vectors]) -> Vectors:
    """Put the rows of several parts below one another; at least one part is needed."""
    return type(parts[0])(**{f.name: _stacked([getattr(part, f.name) for part in parts]) for f in fields(parts[0])})


def _picked(vectors: Vectors, chosen: Rows) -> Vectors:
    return type(vectors)(**{f.name: _rows(getattr(vectors, f.name), chosen) for f in fields(vectors)})


def _rows(value: Any, chosen: Rows) -> Any:
    if isinstance(value, Mapping):
        return {name: _rows(part, chosen) for name, part in value.items()}
    if isinstance(chosen, slice) and chosen.step in (None, 1) and sparse.issparse(value):
        return exact.run(value, chosen)
    return value[chosen]


def _stacked(values: list[Any]) -> Any:
    if isinstance(values[0], Mapping):
        return {name: _stacked([value[name] for value in values]) for name in values[0]}
    if isinstance(values[0], LazyRows):
        return LazyRows.joined(values)
    if sparse.issparse(values[0]):
        return sparse.csr_matrix(sparse.vstack(values))
    return np.concatenate(values)
