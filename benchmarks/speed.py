"""How fast is matching, beside what would otherwise be taken? `python -m benchmarks.speed [--startups N --programs M]`.

Everything runs on one thread. Processor time stands beside clock time, since a busy machine stretches the latter most,
and ratios are of processor time. Single: a stored startup and a hundred unseen ones, made of real sample sentences,
with reasons; then the same over HTTP, from the service with one worker, whose processor time is counted. Batch: all
scores of N startups with M programs, whose rows are drawn from the bundled profiles, beside scikit-learn's TF-IDF
cosine and BM25 over the same texts in the same run. Also what it takes to read texts and to load an artifact, and the
memory.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.metrics.pairwise import linear_kernel
from threadpoolctl import threadpool_limits

from benchmarks import serving
from benchmarks.determinism import DATA, ON, ROOT, bundled
from model import vocabulary
from model.artifact import artifact
from model.blocks.reading import program_text, startup_text
from model.domain import Snapshot, Startup
from model.matching.matcher import Matcher, Pool, ProgramPool
from model.snapshot import rows
from model.vectors import StartupVectors
from model.vectors.corpus import Corpus

LETTERS = 500
UNSEEN = 100
USED_TO = 5
"""Unseen profiles that are asked for before the measuring begins."""
SLICE = 250
K1, B = 1.2, 0.75
MS = ("ms", 1_000.0)

Act = Callable[[], object]


@dataclass(frozen=True)
class Spent:
    """Seconds on the clock and on the processor."""

    clock: float
    processor: float


@dataclass(frozen=True)
class Line:
    """One line of the table, in seconds times `scale`; `peer` is what the ratio is to."""

    what: str
    spent: Spent
    unit: str = "s"
    scale: float = 1.0
    peer: str = ""
    theirs: Spent | None = None
    bar: str = ""


def typical(acts: Sequence[Act], warm: Sequence[Act] = ()) -> Spent:
    """Median of several acts, each done once, after some that are not counted."""
    for act in warm:
        act()
    spent = [timed(act) for act in acts]
    return Spent(median(s.clock for s in spent), median(s.processor for s in spent))


def timed(act: Act) -> Spent:
    """Do it once."""
    clock, processor = perf_counter(), process_time()
    act()
    return Spent(perf_counter() - clock, process_time() - processor)


def unseen_startups(known: Snapshot, count: int) -> list[Startup]:
    """Korean profiles of 500 characters that nobody has told before."""
    sentences = [s.summary for s in known.startups if s.summary and not s.summary.isascii()]
    rng = np.random.default_rng(1)
    texts = (" ".join(rng.permutation(sentences)[:8])[:LETTERS] for _ in range(count))
    return [replace(known.startups[0], id=f"unseen-{i}", summary=text) for i, text in enumerate(texts)]


def single(matcher: Matcher, known: Snapshot) -> list[Line]:
    """One question at a time: ten programs with their reasons and checks."""
    programs = matcher.program_pool(known.programs)
    unseen = unseen_startups(known, USED_TO + UNSEEN)
    ask = _asking(matcher, programs)
    first = typical([ask(startup) for startup in unseen][USED_TO:], warm=[ask(s) for s in unseen[:USED_TO]])
    at_hand = [(startup, matcher.startup_pool([startup]).vectors) for startup in unseen]
    again = typical([ask(startup, vectors) for startup, vectors in at_hand])
    stored = typical([ask(startup) for startup in known.startups])
    return [
        Line("stored startup, 10 programs with reasons", stored, *MS, bar="≤ 5"),
        Line(f"unseen Korean profile of {LETTERS} letters, first time", first, *MS, "a stored one", stored, "≤ 30"),
        Line("the same with its vectors at hand", again, *MS, "a stored one", stored, "≤ 5"),
    ]


def _asking(matcher: Matcher, programs: ProgramPool) -> Callable[..., Act]:
    def ask(startup: Startup, vectors: StartupVectors | None = None) -> Act:
        return lambda: matcher.programs_for(startup, programs, on=ON, limit=10, vectors=vectors)

    return ask


def over_http(home: Path, known: Snapshot) -> list[Line]:
    """One question at a time to the service, each on a connection of its own; `home` holds the artifacts."""
    port = serving.free_port()
    environment = serving.prepared(home, home / "artifacts") | {"IEUM_PORT": str(port), "IEUM_WORKERS": "1"}
    environment["IEUM_OPEN_READING"] = "1"
    bodies = [rows.plain(startup) for startup in unseen_startups(known, USED_TO + UNSEEN)]
    with serving.running([sys.executable, "-m", "service.cli", "serve"], environment, port, "/readyz") as pid:

        def asked(path: str, body: object = None) -> Act:
            return lambda: serving.ask(port, "GET" if body is None else "POST", f"/api/v1{path}", body)

        def spent(acts: Sequence[Act]) -> Spent:
            begin = serving.processor(pid)
            clock = typical(acts).clock
            return Spent(clock, (serving.processor(pid) - begin) / len(acts))

        spent([asked("/matches", body) for body in bodies[:USED_TO]])
        first = spent([asked("/matches", body) for body in bodies[USED_TO:]])
        other = spent([asked("/matches?limit=9", body) for body in bodies[USED_TO:]])
        same = spent([asked("/matches", body) for body in bodies[USED_TO:]])
        stored = spent([asked(f"/startups/{startup.id}/matches") for startup in known.startups])
    beside = ("a stored one", stored)
    return [
        Line("over HTTP: stored startup, first time", stored, *MS, bar="≤ 5"),
        Line(f"over HTTP: unseen profile of {LETTERS} letters, first time", first, *MS, *beside, "≤ 30"),
        Line("over HTTP: another question about a profile seen before", other, *MS, *beside, "≤ 5"),
        Line("over HTTP: the same question again", same, *MS, *beside, "≤ 5"),
    ]


def batch(matcher: Matcher, known: Snapshot, n: int, m: int) -> list[Line]:
    """All scores at once, vectors ready on every side; rows are drawn from the real profiles with repetition."""
    rng = np.random.default_rng(2)
    x, y = rng.integers(0, len(known.startups), n), rng.integers(0, len(known.programs), m)
    startups, programs = matcher.startup_pool(known.startups), matcher.program_pool(known.programs)
    many = Pool(tuple(known.startups[i] for i in x), startups.vectors.rows(x))
    offers = Pool(tuple(known.programs[j] for j in y), programs.vectors.rows(y))
    ours = timed(lambda: _in_slices(matcher, many, offers))
    tfidf, bm25 = _tfidf(known), _bm25(known)
    theirs = {
        "TF-IDF cosine (scikit-learn)": timed(lambda: linear_kernel(tfidf[0][x], tfidf[1][y])),
        "BM25": timed(lambda: (bm25[0][x] @ bm25[1][y].T).toarray()),
    }
    what = f"plane of {n:,} x {m:,}, vectors ready"
    return [
        *(Line(what, ours, peer=name, theirs=spent) for name, spent in theirs.items()),
        Line("one million pairs", ours, "s", 1e6 / (n * m)),
    ]


def _in_slices(matcher: Matcher, many: Pool, offers: Pool) -> None:
    for start in range(0, len(many), SLICE):
        part = slice(start, start + SLICE)
        matcher.plane(Pool(many.profiles[part], many.vectors.rows(part)), offers)


def _texts(known: Snapshot) -> tuple[list[str], list[str]]:
    return [startup_text(s) for s in known.startups], [program_text(p) for p in known.programs]


def _tfidf(known: Snapshot) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    startups, programs = _texts(known)
    vectoriser = TfidfVectorizer(sublinear_tf=True).fit([*startups, *programs])
    return vectoriser.transform(startups), vectoriser.transform(programs)


def _bm25(known: Snapshot) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Counts of the startups, and the programs' saturated counts times rarity (Robertson and Zaragoza 2009)."""
    startups, programs = _texts(known)
    counter = CountVectorizer().fit(programs)
    counts = sparse.csr_matrix(counter.transform(programs), dtype=np.float64)
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    holding = np.bincount(counts.indices, minlength=counts.shape[1])
    long = np.repeat(K1 * (1 - B + B * lengths / lengths.mean()), np.diff(counts.indptr))
    counts.data = counts.data * (K1 + 1) / (counts.data + long)
    rarity = np.log(1 + (len(programs) - holding + 0.5) / (holding + 0.5))
    return counter.transform(startups), sparse.csr_matrix(counts @ sparse.diags_array(rarity))


def reading(matcher: Matcher, known: Snapshot) -> list[Line]:
    """From texts to vectors."""
    some = unseen_startups(known, UNSEEN)
    vectoriser = TfidfVectorizer(sublinear_tf=True).fit([program_text(p) for p in known.programs])
    ours = timed(lambda: matcher.fresh_startups(some))
    theirs = timed(lambda: vectoriser.transform([startup_text(s) for s in some]))
    scale = 1_000 / len(some)
    return [Line("a text to vectors, in a batch", ours, "ms", scale, "TF-IDF (no morphemes, no meaning)", theirs)]


def loading(folder: Path) -> list[Line]:
    """Verify and open an artifact in this process, beside another."""
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    return [
        Line(f"verify an artifact of {size:.1f} MB", timed(lambda: artifact.verify(folder))),
        Line("load it beside another", timed(lambda: artifact.read(folder))),
    ]


def new_process(folder: Path) -> str:
    """Say what a new process takes to open an artifact."""
    script = "import sys; from benchmarks.speed import opened; opened(sys.argv[1])"
    command = [sys.executable, "-c", script, str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def opened(folder: str) -> None:
    """Open an artifact and print what it took, and the memory before and after."""
    before = _resident()
    spent = timed(lambda: artifact.read(Path(folder)))
    print(
        f"A new process loads it in {spent.clock:.2f} s ({spent.processor:.2f} s of processor time) after its imports"
        f" ({process_time() - spent.processor:.2f} s) and holds {_resident():.0f} MB, {before:.0f} MB before."
    )


def _resident() -> float:
    """Memory of this process in MB, as Linux counts it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmRSS"))


def table(lines: Sequence[Line]) -> Table:
    """Lay the lines out, with the ratio to each peer."""
    found = Table(*("what", "clock", "processor", "unit", "beside", "its clock", "its processor", "ratio", "bar"))
    for line in lines:
        ours = [f"{line.scale * value:.3g}" for value in (line.spent.clock, line.spent.processor)]
        found.add_row(line.what, *ours, line.unit, line.peer, *_beside(line), line.bar)
    return found


def _beside(line: Line) -> tuple[str, str, str]:
    if line.theirs is None:
        return "", "", ""
    clock, processor = (f"{line.scale * value:.3g}" for value in (line.theirs.clock, line.theirs.processor))
    return clock, processor, f"{line.spent.processor / line.theirs.processor:.3g}"


def main() -> int:
    """Fit on the bundled data, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--startups", type=int, default=10_000)
    parser.add_argument("--programs", type=int, default=1_000)
    options = parser.parse_args()
    known = bundled()
    with TemporaryDirectory() as folder, threadpool_limits(limits=1):
        kept = Path(folder) / "artifacts" / "speed"
        fitted = Matcher.fit(Corpus.of(known, vocabulary.load(DATA / "vocabularies")), known.outcomes)
        facts = {"model_version": "speed", "created_at": datetime(2026, 1, 1, tzinfo=UTC), "metrics": {}}
        artifact.write(kept, fitted, snapshot_digest="", **facts)
        matcher, _ = artifact.read(kept)
        planes = batch(matcher, known, options.startups, options.programs)
        (kept.parent / "CURRENT").write_text("speed\n", encoding="utf-8")
        ours = [*single(matcher, known), *over_http(Path(folder), known)]
        lines = [*ours, *reading(matcher, known), *planes, *loading(kept)]
        Console(width=160).print(table(lines))
        print(new_process(kept))
    return 0


if __name__ == "__main__":
    sys.exit(main())
