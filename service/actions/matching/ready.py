"""One side of the catalogue, held in memory with its vectors; a change computes only what it changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Generic

import numpy as np

from model.matching.matcher import Pool
from model.vectors import Vectors, joined
from service.actions.catalogue.side import Side
from service.storage.catalogue.profiles import Record


class Ready(Generic[Record, Vectors]):
    """A side with its pool, which is made when first asked for and never changes."""

    def __init__(
        self,
        side: Side[Record],
        compute: Callable[[Sequence[Record]], Pool[Record, Vectors]],
        earlier: Pool[Record, Vectors] | None = None,
    ) -> None:
        self.side: Side[Record] = side
        self._compute: Callable[[Sequence[Record]], Pool[Record, Vectors]] = compute
        self._earlier: Pool[Record, Vectors] | None = earlier

    @cached_property
    def pool(self) -> Pool[Record, Vectors]:
        """Every record of the side with its vector, by id."""
        wanted, earlier = tuple(self.side.records.values()), self._earlier
        self._earlier = None
        return _renewed(earlier, wanted, self._compute) if earlier else self._compute(wanted)

    def after(self, side: Side[Record]) -> Ready[Record, Vectors]:
        """The same for a later state of the side, whose pool starts from this one's."""
        if side is self.side:
            return self
        return Ready(side, self._compute, self.__dict__.get("pool", self._earlier))


def _renewed(
    earlier: Pool[Record, Vectors],
    wanted: tuple[Record, ...],
    compute: Callable[[Sequence[Record]], Pool[Record, Vectors]],
) -> Pool[Record, Vectors]:
    held = {id(record): row for row, record in enumerate(earlier.profiles)}
    new = compute([record for record in wanted if id(record) not in held])
    rows = held | {id(record): len(earlier) + row for row, record in enumerate(new.profiles)}
    vectors = joined([earlier.vectors, new.vectors]) if len(new) else earlier.vectors
    return Pool(wanted, vectors.rows(np.array([rows[id(record)] for record in wanted], dtype=np.int64)))
