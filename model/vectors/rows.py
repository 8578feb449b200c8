"""Rows that stay where they are until one is looked at: in an artifact's file, or where they were computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class LazyRows:
    """Row i is row `row[i]` of `sources[source[i]]`; choosing and joining rows copies none of them.

    A pool of every startup thus takes eight bytes a startup, whatever a row holds: only rows that are explained
    are read from the mapped file.
    """

    sources: tuple[NDArray[Any], ...]
    source: NDArray[np.int32]
    row: NDArray[np.int32]

    @classmethod
    def of(cls, rows: NDArray[Any]) -> LazyRows:
        """All rows of one array."""
        return cls((rows,), np.zeros(len(rows), np.int32), np.arange(len(rows), dtype=np.int32))

    @classmethod
    def joined(cls, parts: Sequence[LazyRows]) -> LazyRows:
        """The rows of several parts below one another; an array that several share is held once."""
        # By identity: the arrays are mapped files, and comparing them would read them whole.
        sources = {id(source): source for part in parts for source in part.sources}
        place = {key: i for i, key in enumerate(sources)}
        moved = [np.array([place[id(s)] for s in part.sources], np.int32)[part.source] for part in parts]
        return cls(tuple(sources.values()), np.concatenate(moved), np.concatenate([part.row for part in parts]))

    def __len__(self) -> int:
        return len(self.row)

    def __getitem__(self, chosen: NDArray[np.int64] | slice) -> LazyRows:
        return LazyRows(self.sources, self.source[chosen], self.row[chosen])

    def at(self, i: int) -> NDArray[Any]:
        """One row."""
        vector: NDArray[Any] = self.sources[self.source[i]][self.row[i]]
        return vector

    def whole(self) -> NDArray[Any]:
        """All rows in one array, to be written to a file."""
        return np.stack([self.at(i) for i in range(len(self))]) if len(self) else self.sources[0][:0]
