"""Lists for programs among very many startups: an index finds the nearest of each program, and those are scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model import vectors
from model.domain import Startup
from model.eligibility import VERDICTS
from model.matching.matcher import Matcher, Pool, ProgramPool, Rules, StartupPool
from model.scoring import ranking, stand_in
from model.vectors.corpus import silent
from model.vectors.text_cache import Progress
from training.recipe.lists import CHUNK, INELIGIBLE, ListRow, ListWish

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
    wish: ListWish
    most: int
    progress: Progress = silent

    def rows(self) -> Iterator[ListRow]:
        """Yield each program's list; raises NoIndexError."""
        count = len(self.programs)
        for column in range(count):
            self.progress("rank", column, count)
            yield from self._list(column)
        self.progress("rank", count, count)

    def recall(self) -> float:
        """Mean share of the whole lists that the lists hold, over programs spread evenly over the file."""
        chosen = np.unique(np.linspace(0, len(self.programs) - 1, SAMPLE).astype(int)).tolist()
        shares = []
        for column in chosen:
            wanted = {row.candidate_id for row in self._among(column, None)}
            if wanted:
                shares.append(len(wanted & {row.candidate_id for row in self._list(column)}) / len(wanted))
        return float(np.mean(shares or [1.0]))

    @cached_property
    def _near(self) -> Places:
        """Rows of each program's nearest startups, ascending, (m, most)."""
        try:
            from faiss import IndexFlatIP  # an optional extra, `index`
        except ImportError as error:
            raise NoIndexError("pip install 'ieum[index]'") from error
        near = stand_in.of(self.matcher.scoring, self.programs.vectors)
        index = IndexFlatIP(near.programs.shape[1])
        for start in range(0, len(self.startups), CHUNK):
            self.progress("index", start, len(self.startups))
            index.add(near.startups(self.startups.vectors.rows(slice(start, start + CHUNK))))
        _, near_rows = index.search(near.programs, min(self.most, len(self.startups)))
        return np.sort(near_rows, axis=1)

    def _list(self, column: int) -> list[ListRow]:
        ranked = self._among(column, self._near[column])
        return ranked if len(ranked) == self._size else self._among(column, None)

    @property
    def _size(self) -> int:
        return min(self.wish.limit or len(self.startups), len(self.startups))

    def _among(self, column: int, rows: Places | None) -> list[ListRow]:
        """A program's list from some startups, or from all."""
        some = self.startups
        if rows is not None:
            some = Pool(tuple(self.startups.profiles[row] for row in rows), self.startups.vectors.rows(rows))
        offer = Pool((self.programs.profiles[column],), self.programs.vectors.rows(slice(column, column + 1)))
        matcher, rules = self.matcher, self.wish.rules
        units = matcher.plane(some, offer, on=self.wish.on).units[:, 0]
        verdicts = np.zeros(len(some), np.int8)
        if rules is not Rules.IGNORE:
            verdicts = matcher.ledger.verdicts(some.judged, offer.judged, on=self.wish.on)[:, 0]
        allowed = (verdicts != INELIGIBLE) | (rules is not Rules.LEAVE_OUT_INELIGIBLE)
        if not self.wish.include_known:
            allowed &= matcher.known.questions(some.profiles, offer.profiles)[:, 0]
        best = ranking.best(units, some.ids, self._size, allowed)
        named = [VERDICTS[verdict] if rules is not Rules.IGNORE else None for verdict in verdicts[best]]
        return [
            ListRow(offer.profiles[0].id, rank, some.profiles[i].id, int(units[i]), verdict)
            for rank, (i, verdict) in enumerate(zip(best, named, strict=True), start=1)
        ]


def pool(matcher: Matcher, startups: Sequence[Startup], progress: Progress = silent) -> StartupPool:
    """Vectors of startups, of which there is at least one, made part by part."""
    parts = []
    for start in range(0, len(startups), CHUNK):
        progress("vectors", start, len(startups))
        parts.append(matcher.startup_pool(startups[start : start + CHUNK]).vectors)
    return Pool(tuple(startups), vectors.joined(parts))
