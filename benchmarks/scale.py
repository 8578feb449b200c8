"""What a million startups cost: one program's best ten, and batches, beside the fastest exact libraries of one run.

    python -m benchmarks.scale [--startups N] [--rounds R]

*Column*: the ten best of N startups for one program over one dense block, by `model.ranking.best` over its exact
products, beside numpy's argpartition, scikit-learn's brute-force neighbours and, where it is installed, faiss' flat
index. *Batch*: 10,000 startups with 1,000 programs over the words block, every score, beside sparse_dot_topn, which
keeps ten. *Whole*: every block, with rules, as the service answers. Libraries take turns in each round, since a busy
machine is slow in spells; the shortest time of each counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from benchmarks.serving import DATA
from model import ranking, snapshot, vocabulary
from model.blocks import exact
from model.domain import Snapshot
from model.matcher import Matcher

BEST = 10
DIMENSIONS = 100
STARTUPS, PROGRAMS = 10_000, 1_000
WORDS, OF_STARTUP, OF_PROGRAM = 30_000, 90, 140
SLICE = 100_000

Act = Callable[[], object]


def shortest(acts: dict[str, Act], rounds: int) -> dict[str, float]:
    """Each act's shortest time in ms; they take turns."""
    found: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            began = perf_counter()
            act()
            found[name].append((perf_counter() - began) * 1000)
    return {name: min(times) for name, times in found.items()}


def shown(title: str, times: dict[str, float], ours: str) -> Table:
    """The times, and ours against the fastest of the others."""
    fastest = min(time for name, time in times.items() if name != ours)
    table = Table("what", "ms", "ours against it", title=title)
    for name, time in sorted(times.items(), key=lambda item: item[1]):
        table.add_row(name, f"{time:.1f}", "" if name == ours else f"{times[ours] / time:.2f}")
    table.add_row("ours against the fastest", "", f"{times[ours] / fastest:.2f}")
    return table


def column(startups: int, rounds: int) -> Table:
    """The ten best startups for one program, over one dense block."""
    rng = np.random.default_rng(0)
    rows = np.empty((startups, DIMENSIONS), np.float32)
    for start in range(0, startups, SLICE):
        part = rng.standard_normal((min(SLICE, startups - start), DIMENSIONS))
        rows[start : start + SLICE] = exact.dense(part / np.linalg.norm(part, axis=1, keepdims=True))
    program, ids = rows[7:8].copy(), tuple(f"s-{i:07d}" for i in range(startups))

    def ours() -> list[int]:
        return ranking.best((rows @ program[0]).astype(np.int32), ids, BEST)

    def argpartition() -> list[int]:
        products = rows @ program[0]
        first = np.argpartition(-products, BEST)[:BEST]
        return first[np.argsort(-products[first], kind="stable")].tolist()

    acts: dict[str, Act] = {"ieum: exact products, ranking.best": ours, "numpy: argpartition": argpartition}
    acts |= _neighbours(rows, program) | _faiss(rows, program)
    assert ours() == argpartition()
    return shown(
        f"best {BEST} of {startups:,} startups, {DIMENSIONS} dimensions", shortest(acts, rounds), next(iter(acts))
    )


def _neighbours(rows: np.ndarray, program: np.ndarray) -> dict[str, Act]:
    from sklearn.neighbors import NearestNeighbors

    index = NearestNeighbors(n_neighbors=BEST, algorithm="brute", metric="euclidean").fit(rows)
    return {"scikit-learn: NearestNeighbors, brute": lambda: index.kneighbors(program, return_distance=False)}


def _faiss(rows: np.ndarray, program: np.ndarray) -> dict[str, Act]:
    try:
        import faiss
    except ImportError:
        return {}
    index = faiss.IndexFlatIP(rows.shape[1])
    index.add(rows)
    return {"faiss: IndexFlatIP": lambda: index.search(program, BEST)}


def batch(rounds: int) -> Table:
    """Each of many startups' ten best among many programs over the words block; ours has all scores meanwhile."""
    startups, programs = _words(STARTUPS, OF_STARTUP, 1), _words(PROGRAMS, OF_PROGRAM, 2)
    other = programs.T.tocsr()
    acts: dict[str, Act] = {
        "ieum: exact products of all pairs": lambda: exact.sparse_products(startups, programs),
        "ieum: exact products of all pairs, ten of each": lambda: _ten(exact.sparse_products(startups, programs)),
        "sparse_dot_topn: ten of each, one thread": lambda: sp_matmul_topn(startups, other, top_n=BEST, sort=True),
        "sparse_dot_topn: ten of each, two threads": lambda: sp_matmul_topn(
            startups, other, top_n=BEST, sort=True, n_threads=2
        ),
    }
    return shown(f"{STARTUPS:,} x {PROGRAMS:,}, words block", shortest(acts, rounds), next(iter(acts)))


def _ten(products: np.ndarray) -> np.ndarray:
    return np.argpartition(products, products.shape[1] - BEST, axis=1)[:, -BEST:]


def _words(count: int, words: int, seed: int) -> sparse.csr_matrix:
    """Rows whose words are as unevenly frequent as those of a language."""
    rng = np.random.default_rng(seed)
    chosen = np.minimum(rng.zipf(1.25, (count, words)) - 1, WORDS - 1) + rng.integers(0, 40, (count, words))
    rows = np.repeat(np.arange(count), words)
    values = rng.random(count * words) * exact.SPARSE_STEPS / np.sqrt(words)
    shape = (count, WORDS + 40)
    return exact.rounded(sparse.csr_matrix((values, (rows, chosen.ravel())), shape) / exact.SPARSE_STEPS)


def whole(startups: int, rounds: int) -> Table:
    """One program's candidates over every block and rule, as the service answers; startups are bundled ones again."""
    bundled = Snapshot(
        snapshot.read_startups(DATA / "sample" / "startups.jsonl"),
        snapshot.read_programs(DATA / "programs" / "2026.jsonl"),
    )
    matcher = Matcher.fit(bundled, vocabulary.load(DATA / "vocabularies"))
    pool = matcher.startup_pool(bundled.startups)
    many = np.resize(np.arange(len(pool)), startups)
    profiles = tuple(replace(pool.profiles[row], id=f"s-{i:07d}") for i, row in enumerate(many.tolist()))
    large = type(pool)(profiles, pool.vectors.rows(many))
    program = next(program for program in bundled.programs if program.is_ranked)
    acts: dict[str, Act] = {
        "all scores of the column": lambda: matcher.scoring.units(
            large.vectors, matcher.program_pool([program]).vectors
        ),
        "the ten candidates with rules and reasons": lambda: matcher.startups_for(
            program, large, on=date(2026, 2, 2), limit=BEST
        ),
    }
    table = Table("what", "ms", title=f"every block, {startups:,} startups, one program")
    for name, time in shortest(acts, rounds).items():
        table.add_row(name, f"{time:.0f}")
    return table


def main(
    startups: Annotated[int, typer.Option(help="startups of the column")] = 1_000_000,
    rounds: Annotated[int, typer.Option(help="rounds; the shortest time counts")] = 15,
    whole_startups: Annotated[int, typer.Option(help="startups of the whole answer")] = 100_000,
) -> None:
    """Measure, and print the tables."""
    console = Console(width=110)
    console.print(column(startups, rounds))
    console.print(batch(max(3, rounds // 3)))
    console.print(whole(whole_startups, 3))


if __name__ == "__main__":
    typer.run(main)
