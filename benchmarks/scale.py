"""What a million startups cost: one program's best ten, and batches, beside the fastest exact libraries of one run.

    python -m benchmarks.scale [--startups N] [--rounds R]

*Column*: the ten best of N startups for one program over one dense block, by `model.scoring.ranking.best` over its
exact products, beside numpy's argpartition, scikit-learn's brute-force neighbours and, where it is installed, faiss'
flat index. *Batch*: 10,000 startups with 1,000 programs, the ten best of each startup, beside sparse_dot_topn on the
same number of threads; over the words block, and over every block of fitted profiles, where ours is the score itself
and theirs one linear sum of the same vectors. *Whole*: one program with rules, as the service answers. Libraries take
turns in each round, since a busy machine is slow in spells; the shortest time of each counts."""

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
from threadpoolctl import threadpool_limits

from benchmarks import determinism
from benchmarks.determinism import DATA
from model import vocabulary
from model.blocks import exact
from model.blocks.track_record import WHOLE
from model.domain import Snapshot
from model.matching.matcher import Matcher
from model.scoring import ranking
from model.vectors import ProgramVectors, StartupVectors
from model.vectors.corpus import Corpus

BEST = 10
DIMENSIONS = 100
STARTUPS, PROGRAMS = 10_000, 1_000
WORDS, OF_STARTUP, OF_PROGRAM = 30_000, 90, 140
SLICE, CHUNK = 100_000, 1_000
THREADS = (1, 2)

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


def words(rounds: int, threads: int) -> Table:
    """Each of many startups' ten best among many programs by the words block alone."""
    startups, programs = _words(STARTUPS, OF_STARTUP, 1), _words(PROGRAMS, OF_PROGRAM, 2)
    acts: dict[str, Act] = {
        "ieum: exact products, ranking.firsts": lambda: ranking.firsts(exact.sparse_products(startups, programs), BEST),
        "sparse_dot_topn": _top(startups, programs, threads),
    }
    return _compared("words block", acts, rounds, threads)


def every_block(matcher: Matcher, rounds: int, threads: int) -> Table:
    """The same by the whole score of fitted profiles, which are repeated to make so many."""
    x = matcher.startup_vectors.rows(np.resize(np.arange(len(matcher.startup_vectors)), STARTUPS))
    y = matcher.program_vectors.rows(np.resize(np.arange(len(matcher.program_vectors)), PROGRAMS))
    parts = [x.rows(slice(start, start + CHUNK)) for start in range(0, STARTUPS, CHUNK)]
    acts: dict[str, Act] = {
        "ieum: the score, ranking.firsts": lambda: [
            ranking.firsts(matcher.scoring.units(part, y), BEST) for part in parts
        ],
        "sparse_dot_topn": _top(*_side_by_side(x, y), threads),
    }
    return _compared("every block", acts, rounds, threads)


def _compared(blocks: str, acts: dict[str, Act], rounds: int, threads: int) -> Table:
    with threadpool_limits(threads):
        times = shortest(acts, rounds)
    return shown(f"{STARTUPS:,} x {PROGRAMS:,}, ten of each, {blocks}, threads: {threads}", times, next(iter(acts)))


def _top(startups: sparse.csr_matrix, programs: sparse.csr_matrix, threads: int) -> Act:
    other = programs.T.tocsr()
    return lambda: sp_matmul_topn(startups, other, top_n=BEST, sort=True, n_threads=threads)


def _side_by_side(x: StartupVectors, y: ProgramVectors) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Every block of either side in one row; what meets the same vector of the startup is added up beforehand."""
    kinds = sorted(x.tags)
    startups = [x.words, x.meaning, x.sentence, x.teaching_tags, *(x.tags[kind] for kind in kinds)]
    own = [y.words + y.learned_words[WHOLE], y.meaning + y.past_meaning, y.sentence + y.past_sentence]
    programs = [*own, y.learned_tags[WHOLE], *(y.tags[kind] for kind in kinds)]
    left, right = (sparse.hstack([sparse.csr_matrix(part) for part in side], "csr") for side in (startups, programs))
    return left.astype(np.float64), right.astype(np.float64)


def _words(count: int, words: int, seed: int) -> sparse.csr_matrix:
    """Rows whose words are as unevenly frequent as those of a language."""
    rng = np.random.default_rng(seed)
    chosen = np.minimum(rng.zipf(1.25, (count, words)) - 1, WORDS - 1) + rng.integers(0, 40, (count, words))
    rows = np.repeat(np.arange(count), words)
    values = rng.random(count * words) * exact.SPARSE_STEPS / np.sqrt(words)
    shape = (count, WORDS + 40)
    return exact.rounded(sparse.csr_matrix((values, (rows, chosen.ravel())), shape) / exact.SPARSE_STEPS)


def bundled() -> tuple[Snapshot, Matcher]:
    """The bundled startups and programs, and a matcher that is fitted on them and their outcomes."""
    known = determinism.bundled()
    return known, Matcher.fit(Corpus.of(known, vocabulary.load(DATA / "vocabularies")), known.outcomes)


def whole(known: Snapshot, matcher: Matcher, startups: int) -> Table:
    """One program's candidates over every block and rule, as the service answers; startups are bundled ones again."""
    pool = matcher.startup_pool(known.startups)
    many = np.resize(np.arange(len(pool)), startups)
    profiles = tuple(replace(pool.profiles[row], id=f"s-{i:07d}") for i, row in enumerate(many.tolist()))
    large = type(pool)(profiles, pool.vectors.rows(many))
    program = next(program for program in known.programs if program.is_ranked)
    acts: dict[str, Act] = {
        "all scores of the column": lambda: matcher.scoring.units(
            large.vectors, matcher.program_pool([program]).vectors
        ),
        "the ten candidates with rules and reasons": lambda: matcher.startups_for(
            program, large, on=date(2026, 2, 2), limit=BEST
        ),
    }
    table = Table("what", "ms", title=f"every block, {startups:,} startups, one program")
    for name, time in shortest(acts, 3).items():
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
    known, matcher = bundled()
    for threads in THREADS:
        console.print(words(max(3, rounds // 3), threads))
        console.print(every_block(matcher, max(1, rounds // 7), threads))
    console.print(whole(known, matcher, whole_startups))


if __name__ == "__main__":
    typer.run(main)
