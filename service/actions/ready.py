"""One side of the catalogue, held in memory with its vectors; a change computes only what it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic

import numpy as np

from model.matcher import Pool
from model.vectors import Vectors, joined
from service.storage import documents
from service.storage.profiles import Record, Stored


@dataclass(frozen=True)
class Side(Generic[Record]):
    """The startups or the programs as of one revision, by id."""

    records: Mapping[str, Record]
    digests: Mapping[str, str]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every id and record: names the profiles that an answer was ranked from."""
        return documents.digest_of_all(self.digests.items())

    def after(self, changed: Iterable[Stored[Record]], removed: Iterable[str]) -> Side[Record]:
        """The side with some records changed and some gone; itself when there are none."""
        new = {stored.record.id: stored for stored in changed}
        gone = set(removed) & self.records.keys() - new.keys()
        if not new and not gone:
            return self
        records = {**self.records, **{key: stored.record for key, stored in new.items()}}
        digests = {**self.digests, **{key: stored.digest for key, stored in new.items()}}
        kept = sorted(records.keys() - gone)
        return Side({key: records[key] for key in kept}, {key: digests[key] for key in kept})


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
