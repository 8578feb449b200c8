"""How many of a program's best startups an index finds, and what that saves, among up to a million of them.

    python -m benchmarks.nearest [FOLDER] [--startups N] [--programs M] [--artifact DIR]

FOLDER is a development set (see benchmarks/quality.py), whose startups are asked for as they are, and then mixed two
and two until there are N: words, topic and meaning of both in a drawn proportion, everything else of the first. Each
of M programs' exact lists come from every startup's score; recall@k is the mean share of the k best that are among the
nearest which the index finds. Beside the exhaustive index stands an inverted one (1,024 cells, 64 of them looked into).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated

import faiss
import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from benchmarks import development
from benchmarks.determinism import DATA
from model import vocabulary
from model.artifact import artifact
from model.blocks import exact
from model.matching.matcher import Matcher
from model.scoring import ranking, stand_in
from model.vectors import ProgramVectors, StartupVectors
from model.vectors.corpus import Corpus

CHUNK = 2_000
TOPS = (10, 50)
MOST = (100, 200, 500, 1_000, 2_000, 5_000)
CELLS, LOOKED_INTO, TAUGHT_BY = 1_024, 64, 50_000
SHARED = Path("../shared/data")


def mixed(x: StartupVectors, count: int) -> Iterator[StartupVectors]:
    """Startups that are each a mixture of two, chunk by chunk, the same in every run."""
    rng = np.random.default_rng(0)
    for start in range(0, count, CHUNK):
        size = min(CHUNK, count - start)
        one, other = (x.rows(rng.integers(0, len(x), size)) for _ in range(2))
        part = rng.uniform(0.2, 0.8, size)[:, None]
        yield replace(
            one,
            words=exact.rounded(_unit_sparse(one.words.multiply(part) + other.words.multiply(1 - part))),
            meaning=exact.dense(_unit(one.meaning * part + other.meaning * (1 - part))),
            sentence=exact.dense(_unit(one.sentence * part + other.sentence * (1 - part))),
            scales={name: (scale + other.scales[name]) / 2 for name, scale in one.scales.items()},
        )


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def _unit_sparse(rows):
    rows = rows.tocsr()
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(rows.indptr))
    return rows


class Exact:
    """The best of every startup so far, and the time that scoring took."""

    def __init__(self, matcher: Matcher, programs: ProgramVectors) -> None:
        self._matcher, self._programs = matcher, programs
        self._units = np.zeros((len(programs), 0), np.int64)
        self.places, self.seconds, self._seen = self._units, 0.0, 0

    def meet(self, chunk: StartupVectors) -> None:
        """Let a chunk compete."""
        began = perf_counter()
        units = self._matcher.scoring.units(chunk, self._programs).T.astype(np.int64)
        self.seconds += perf_counter() - began
        places = np.broadcast_to(np.arange(self._seen, self._seen + len(chunk)), units.shape)
        units, places = np.hstack([self._units, units]), np.hstack([self.places, places])
        chosen = ranking.firsts(units, min(max(TOPS), units.shape[1]))
        self._units, self.places = (np.take_along_axis(table, chosen, axis=1) for table in (units, places))
        self._seen += len(chunk)


def compared(matcher: Matcher, chunks: Iterator[StartupVectors], count: int, programs: int) -> Iterator[Table]:
    """Recall and times among some startups, for some programs spread evenly."""
    y = matcher.program_vectors
    chosen = np.unique(np.linspace(0, len(y) - 1, programs).astype(int))
    began = perf_counter()
    near = stand_in.of(matcher.scoring, y)
    fitting, size = perf_counter() - began, near.programs.shape[1]
    best, rows, indexing, seen = Exact(matcher, y.rows(chosen)), np.empty((count, size), np.float32), 0.0, 0
    for chunk in chunks:
        best.meet(chunk)
        began = perf_counter()
        rows[seen : seen + len(chunk)] = near.startups(chunk)
        indexing += perf_counter() - began
        seen += len(chunk)
    table = Table("what", "s", title=f"{count:,} startups, {len(y):,} programs, stand-in of {size} numbers")
    table.add_row("every startup's exact score, a program", f"{best.seconds / len(chosen):.3f}")
    table.add_row("exact scores of 1,000 startups, a program", f"{_scored(matcher, y):.3f}")
    table.add_row("directions of the stand-in, once", f"{fitting:.1f}")
    table.add_row("stand-ins of all startups, once", f"{indexing:.1f}")
    yield table
    for name, make in {"exhaustive": _flat, "inverted": _inverted}.items():
        if count >= TAUGHT_BY or make is _flat:
            began = perf_counter()
            index = make(rows)
            yield _recall(f"{name} index, built in {perf_counter() - began:.1f} s", index, near, best.places, chosen)
            del index


def _flat(rows: np.ndarray):
    index = faiss.IndexFlatIP(rows.shape[1])
    index.add(rows)
    return index


def _inverted(rows: np.ndarray):
    cells = faiss.IndexFlatIP(rows.shape[1])
    index = faiss.IndexIVFFlat(cells, rows.shape[1], CELLS, faiss.METRIC_INNER_PRODUCT)
    index.nprobe = LOOKED_INTO
    index.train(rows[:: len(rows) // TAUGHT_BY])
    index.add(rows)
    return index


def _scored(matcher: Matcher, y: ProgramVectors) -> float:
    """Seconds to score a thousand drawn startups for one program."""
    x = matcher.startup_vectors
    times = []
    for column in range(20):
        rows = np.sort(np.random.default_rng(column).integers(0, len(x), 1_000))
        began = perf_counter()
        matcher.scoring.units(x.rows(rows), y.rows(slice(column, column + 1)))
        times.append(perf_counter() - began)
    return min(times)


def _recall(title: str, index, near: stand_in.StandIn, best: np.ndarray, chosen: np.ndarray) -> Table:
    table = Table("nearest", "ms a program", *(f"recall@{top}" for top in TOPS), title=title)
    for most in MOST:
        if most > index.ntotal:
            break
        began = perf_counter()
        _, found = index.search(near.programs[chosen], most)
        took = (perf_counter() - began) / len(chosen)
        shares = [np.mean([np.isin(b[:top], f).mean() for b, f in zip(best, found, strict=True)]) for top in TOPS]
        table.add_row(f"{most:,}", f"{took * 1000:.2f}", *(f"{share:.4f}" for share in shares))
    return table


def _fitted(folder: Path) -> Matcher:
    with TemporaryDirectory() as cache:
        found = development.read(folder).snapshot
        return Matcher.fit(Corpus.of(found, vocabulary.load(DATA / "vocabularies"), cache=Path(cache)), found.outcomes)


def main(
    folder: Annotated[Path, typer.Argument(help="a development set")] = SHARED / "gsoc",
    startups: Annotated[int, typer.Option(help="startups that are mixed")] = 1_000_000,
    programs: Annotated[int, typer.Option(help="programs whose exact lists are made")] = 100,
    artifact_folder: Annotated[Path | None, typer.Option("--artifact", help="fitted on the set before")] = None,
) -> None:
    """Measure, and print the tables."""
    console = Console(width=110)
    matcher = artifact.read(artifact_folder)[0] if artifact_folder else _fitted(folder)
    x = matcher.startup_vectors
    real = (x.rows(slice(start, start + CHUNK)) for start in range(0, len(x), CHUNK))
    for chunks, count in ((real, len(x)), (mixed(x, startups), startups)):
        for table in compared(matcher, chunks, count, programs):
            console.print(table)


if __name__ == "__main__":
    typer.run(main)
