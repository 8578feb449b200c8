"""Ranked lists for whole files of profiles, in chunks, so that memory does not grow with the number of startups."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import IO

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from model.artifact import artifact
from model.domain import UNITS_PER_POINT, Program, Startup, Verdict
from model.eligibility import VERDICTS
from model.matching.matcher import Matcher, ProgramPool, Rules
from model.scoring import ranking
from model.snapshot import folder as snapshot
from model.vectors.corpus import silent
from model.vectors.text_cache import Progress

CHUNK = 1_000
"""Startups scored at once: with 2,000 programs about 0.4 GB of intermediate products."""

LIMIT = 10
ENDINGS = (".csv", ".jsonl")
INELIGIBLE = 2
NO_PLACE = -1
COLUMNS = ("query_id", "rank", "candidate_id", "score", "verdict")

Units = NDArray[np.int64]


class QuerySide(StrEnum):
    """For whom lists are made: programs for startups, or startups for programs."""

    STARTUPS = "startups"
    PROGRAMS = "programs"


@dataclass(frozen=True)
class ListWish:
    """How lists are made; `limit` None asks for every candidate."""

    on: date
    limit: int | None = LIMIT
    queries: QuerySide = QuerySide.STARTUPS
    rules: Rules = Rules.LEAVE_OUT_INELIGIBLE
    include_known: bool = False


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the answer; `verdict` is None where no rule was applied."""

    query_id: str
    rank: int
    candidate_id: str
    units: int
    verdict: Verdict | None


Writer = Callable[[ListRow], None]
"""Puts one row to a file."""


@dataclass(frozen=True)
class SharedFiles:
    """Where another machine finds what this one has read: an artifact and a file of programs, on shared storage."""

    artifact: Path
    programs: Path


def write(
    path: Path,
    matcher: Matcher,
    startups: Sequence[Startup],
    programs: Sequence[Program],
    wish: ListWish,
    progress: Progress = silent,
    source: SharedFiles | None = None,
) -> int:
    """Write the lists as CSV or JSON lines, by the file's ending, whole or not at all; returns the rows written.

    With a `source`, joblib's workers score the parts, wherever they are; the lists are the same.
    """
    ranked = [program for program in programs if program.is_ranked]
    make = _for_startups if wish.queries is QuerySide.STARTUPS else _for_programs
    return put(path, make(_parts(matcher, startups, ranked, wish, progress, source), startups, ranked, wish))


def put(path: Path, rows: Iterable[ListRow]) -> int:
    """Write rows as CSV or JSON lines, by the file's ending, whole or not at all; returns how many."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        with fresh.open("w", encoding="utf-8", newline="") as file:
            write_row, count = _writer(path, file), 0
            for row in rows:
                write_row(row)
                count += 1
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return count


def _writer(path: Path, file: IO[str]) -> Writer:
    """Writes rows by the file's ending; a table's score keeps all its digits, since a float might not."""
    if path.suffix == ".jsonl":

        def put_line(row: ListRow) -> None:
            values = (row.query_id, row.rank, row.candidate_id, row.units / UNITS_PER_POINT, row.verdict)
            file.write(json.dumps(dict(zip(COLUMNS, values, strict=True)), ensure_ascii=False) + "\n")

        return put_line
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)

    def put_cells(row: ListRow) -> None:
        score = f"{row.units // UNITS_PER_POINT}.{row.units % UNITS_PER_POINT:04d}"
        table.writerow((row.query_id, row.rank, row.candidate_id, score, row.verdict or ""))

    return put_cells


@dataclass(frozen=True)
class _Chunk:
    """A chunk of startups against all programs: scores and verdicts, (n, m); -1 where a pair may not be listed."""

    start: int
    units: Units
    verdicts: NDArray[np.int8] | None


def _parts(
    matcher: Matcher,
    startups: Sequence[Startup],
    programs: Sequence[Program],
    wish: ListWish,
    progress: Progress,
    source: SharedFiles | None,
) -> Iterator[_Chunk]:
    progress("rank", 0, len(startups))
    starts = range(0, len(startups), CHUNK)
    if source is None:
        ready = _Ready(matcher, tuple(programs), matcher.program_pool(programs))
        parts: Iterable[_Chunk] = (_scored(ready, startups[start : start + CHUNK], start, wish) for start in starts)
    else:
        work = (delayed(_scored)(source, startups[start : start + CHUNK], start, wish) for start in starts)
        parts = Parallel(n_jobs=-1, return_as="generator")(work)
    for part in parts:
        yield part
        progress("rank", part.start + len(part.units), len(startups))


@dataclass(frozen=True)
class _Ready:
    """A matcher that knows its programs, and their vectors."""

    matcher: Matcher
    programs: tuple[Program, ...]
    pool: ProgramPool


@lru_cache(maxsize=1)
def _opened(source: SharedFiles) -> _Ready:
    """Read and verify once in each process that helps."""
    matcher, _ = artifact.read(source.artifact)
    offered = snapshot.read_programs(source.programs)
    ranked = tuple(program for program in offered if program.is_ranked)
    return _Ready(matcher.knowing(offered), ranked, matcher.program_pool(ranked))


def _scored(ready: _Ready | SharedFiles, chunk: Sequence[Startup], start: int, wish: ListWish) -> _Chunk:
    """Score a part on whatever machine this runs; what comes back is the same on each."""
    ready = _opened(ready) if isinstance(ready, SharedFiles) else ready  # another machine reads what this one has read
    matcher, programs = ready.matcher, ready.programs
    units = matcher.plane(matcher.startup_pool(chunk), ready.pool, on=wish.on).units.astype(np.int64)
    if not wish.include_known:
        units[~matcher.known.questions(chunk, programs)] = NO_PLACE
    verdicts = None if wish.rules is Rules.IGNORE else matcher.ledger.verdicts(chunk, programs, on=wish.on)
    if verdicts is not None and wish.rules is Rules.LEAVE_OUT_INELIGIBLE:
        units[verdicts == INELIGIBLE] = NO_PLACE
    return _Chunk(start, units, verdicts)


def _for_startups(
    parts: Iterable[_Chunk], startups: Sequence[Startup], programs: Sequence[Program], wish: ListWish
) -> Iterator[ListRow]:
    order, size = _by_id(programs), _size(wish, len(programs))
    for part in parts:
        for row, places in enumerate(_best_of(part.units, np.broadcast_to(order, part.units.shape), size)):
            verdicts = None if part.verdicts is None else part.verdicts[row]
            listed = [place for place in places if part.units[row, place] >= 0]
            for rank, place in enumerate(listed, start=1):
                verdict = None if verdicts is None else VERDICTS[verdicts[place]]
                units = int(part.units[row, place])
                yield ListRow(startups[part.start + row].id, rank, programs[place].id, units, verdict)


def _for_programs(
    parts: Iterable[_Chunk], startups: Sequence[Startup], programs: Sequence[Program], wish: ListWish
) -> Iterator[ListRow]:
    leaders = _Leaders(len(programs), _by_id(startups), _size(wish, len(startups)))
    for part in parts:
        leaders.meet(part)
    for column, program in enumerate(programs):
        for rank, (place, units, judged) in enumerate(leaders.of(column), start=1):
            verdict = None if wish.rules is Rules.IGNORE else VERDICTS[judged]
            yield ListRow(program.id, rank, startups[place].id, units, verdict)


class _Leaders:
    """Each program's best startups so far; every chunk competes with them."""

    def __init__(self, programs: int, order: Units, size: int) -> None:
        self._order, self._size = order, size
        self._units: Units = np.zeros((programs, 0), dtype=np.int64)
        self._places: Units = np.zeros((programs, 0), dtype=np.int64)
        self._verdicts: NDArray[np.int8] = np.zeros((programs, 0), dtype=np.int8)

    def meet(self, part: _Chunk) -> None:
        """Let a chunk compete."""
        count, programs = part.units.shape
        places = np.tile(np.arange(part.start, part.start + count), (programs, 1))
        judged = part.verdicts if part.verdicts is not None else np.zeros(part.units.shape, dtype=np.int8)
        units, places = np.hstack([self._units, part.units.T]), np.hstack([self._places, places])
        chosen = _best_of(units, self._order[places], self._size)
        self._units = np.take_along_axis(units, chosen, axis=1)
        self._places = np.take_along_axis(places, chosen, axis=1)
        self._verdicts = np.take_along_axis(np.hstack([self._verdicts, judged.T]), chosen, axis=1)

    def of(self, program: int) -> Iterator[tuple[int, int, int]]:
        """Yield a program's startups, best first: place, score, verdict."""
        for i in np.flatnonzero(self._units[program] >= 0):
            yield int(self._places[program, i]), int(self._units[program, i]), int(self._verdicts[program, i])


def _best_of(units: Units, order: Units, size: int) -> NDArray[np.intp]:
    """Places of each row's first `size`: highest score first, equal scores in order of id; (n, size)."""
    return ranking.firsts(units * (int(order.max(initial=0)) + 1) - order, size)


def _by_id(profiles: Sequence[Startup] | Sequence[Program]) -> Units:
    """Each profile's place in the order of ids, (n,)."""
    order = np.empty(len(profiles), dtype=np.int64)
    order[sorted(range(len(profiles)), key=lambda place: profiles[place].id)] = np.arange(len(profiles))
    return order


def _size(wish: ListWish, candidates: int) -> int:
    return candidates if wish.limit is None else min(wish.limit, candidates)
