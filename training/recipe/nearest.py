"""Lists for programs among very many startups: an index finds the nearest of each program, and those are scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model import vectors
from model.domain import Program, Startup
from model.eligibility import VERDICTS, Judged
from model.matching.matcher import Matcher, Pool, ProgramPool, Rules, StartupPool
from model.scoring import ranking, stand_in
from model.scoring.stand_in import StandIn
from model.vectors import StartupVectors
from model.vectors.corpus import silent
from model.vectors.text_cache import Progress
from training.recipe.lists import CHUNK, INELIGIBLE, Row, Wish

EXACT_UP_TO = 50_000
"""Startups up to which all are scored whatever was asked: the index would save seconds."""

SAMPLE = 20
"""Programs whose lists are also made from every startup, to tell what the index has missed."""

Places = NDArray[np.int64]


class NoIndexError(Exception):
    """The library of the index is not installed."""


@dataclass(frozen=True)
class Nearest:
    """Lists for programs; `wish` says how long, `most` how many of the nearest startups are scored for each.

    The score and the rules are those of any list. Where too few of the nearest may be listed, all startups are scored.
    """

    matcher: Matcher
    startups: StartupPool
    programs: ProgramPool
    wish: Wish
    most: int
    progress: Progress = silent

    def rows(self) -> Iterator[Row]:
        """Yield each program's list; raises NoIndexError."""
        count = len(self.programs)
        for column in range(count):
            self.progress("rank", column, count)
            yield from self._list(column)
        self.progress("rank", count, count)

    def recall(self) -> float:
        """Mean share of the whole lists that the lists hold, over programs spread evenly over the file."""
        chosen = np.unique(np.linspace(0, len(self.programs) - 1, SAMPLE).astype(int)).tolist()
        shares = [_share(self._list(column), self._among(column, None)) for column in chosen]
        return float(np.mean([share for share in shares if share is not None] or [1.0]))

    @cached_property
    def _near(self) -> Places:
        """Rows of each program's nearest startups, ascending, (m, most)."""
        near = stand_in.of(self.matcher.scoring, self.programs.vectors)
        index = self._index(near)
        _, found = index.search(near.programs, min(self.most, len(self.startups)))
        return np.sort(found, axis=1)

    def _index(self, near: StandIn) -> Any:
        try:
            from faiss import IndexFlatIP  # an optional extra, `index`
        except ImportError as error:
            raise NoIndexError("pip install 'ieum[index]'") from error
        index = IndexFlatIP(near.programs.shape[1])
        for start in range(0, len(self.startups), CHUNK):
            self.progress("index", start, len(self.startups))
            index.add(near.startups(self.startups.vectors.rows(slice(start, start + CHUNK))))
        return index

    def _list(self, column: int) -> list[Row]:
        found = self._among(column, self._near[column])
        return found if len(found) == self._size else self._among(column, None)

    @property
    def _size(self) -> int:
        return min(self.wish.limit or len(self.startups), len(self.startups))

    def _among(self, column: int, rows: Places | None) -> list[Row]:
        """A program's list from some startups, or from all."""
        program, x = self.programs.profiles[column], self._vectors(rows)
        profiles = self.startups.profiles if rows is None else [self.startups.profiles[row] for row in rows]
        judged = self.startups.judged if rows is None else Judged(profiles)
        units = self.matcher.scoring.units(x, self.programs.vectors.rows(slice(column, column + 1)))[:, 0]
        verdicts = self._verdicts(judged, program)
        allowed = verdicts != INELIGIBLE if self.wish.rules is Rules.LEAVE_OUT_INELIGIBLE else None
        best = ranking.best(units, [startup.id for startup in profiles], self._size, allowed)
        known = self.wish.rules is not Rules.IGNORE
        return [
            Row(program.id, rank, profiles[i].id, int(units[i]), VERDICTS[verdicts[i]] if known else None)
            for rank, i in enumerate(best, start=1)
        ]

    def _vectors(self, rows: Places | None) -> StartupVectors:
        return self.startups.vectors if rows is None else self.startups.vectors.rows(rows)

    def _verdicts(self, startups: Judged[Startup], program: Program) -> NDArray[np.int8]:
        if self.wish.rules is Rules.IGNORE:
            return np.zeros(len(startups.rows), np.int8)
        found: NDArray[np.int8] = self.matcher.ledger.verdicts(startups, Judged([program]), on=self.wish.on)[:, 0]
        return found


def pool(matcher: Matcher, startups: Sequence[Startup], progress: Progress = silent) -> StartupPool:
    """Vectors of startups, of which there is at least one, made part by part."""
    parts = []
    for start in range(0, len(startups), CHUNK):
        progress("vectors", start, len(startups))
        parts.append(matcher.startup_pool(startups[start : start + CHUNK]).vectors)
    return Pool(tuple(startups), vectors.joined(parts))


def _share(found: Sequence[Row], whole: Sequence[Row]) -> float | None:
    wanted = {row.candidate_id for row in whole}
    return len(wanted & {row.candidate_id for row in found}) / len(wanted) if wanted else None
