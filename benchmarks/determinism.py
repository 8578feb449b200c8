"""Are the lists the same on every machine? `python -m benchmarks.determinism [--queries N] [--artifact DIR]`.

One artifact is opened again and again, each time by a new process that believes itself on another processor (other
OpenBLAS kernels by `OPENBLAS_CORETYPE`, numpy without its AVX2 loops) and has another hash seed. Each answers the same
queries on one thread and on two, one by one and in one batch; every top-50 list, with its scores, must be the same. A
third of the startups are unseen, so that texts are analysed and encoded anew. As many processes run as there are
processors; 500 queries take ten minutes on two.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from threadpoolctl import threadpool_info, threadpool_limits

from model import vocabulary
from model.artifact import artifact
from model.domain import Outcome, Program, Snapshot, Startup
from model.matching.matcher import Matcher, Plane, ProgramPool, Rules, StartupPool
from model.scoring import ranking
from model.snapshot import folder as snapshot
from model.snapshot import rows
from model.vectors.corpus import Corpus

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
ON = date(2026, 3, 2)
TOP = 50
REASONS_EVERY = 10
PROCESSORS: Mapping[str, Mapping[str, str]] = {
    "as it is": {},
    "Haswell": {"OPENBLAS_CORETYPE": "Haswell"},
    "SkylakeX": {"OPENBLAS_CORETYPE": "SkylakeX"},
    "Sandybridge": {"OPENBLAS_CORETYPE": "Sandybridge"},
    "Nehalem": {"OPENBLAS_CORETYPE": "Nehalem"},
    "Prescott, numpy without AVX2": {"OPENBLAS_CORETYPE": "Prescott", "NPY_DISABLE_CPU_FEATURES": "X86_V3"},
}
"""What a process is told of its processor; one that needs more than the real one has (SkylakeX: AVX-512) can't run."""

THREADS = (1, 2)
HASH_SEEDS = ("0", "1", "2", "3", "random")
CANT_RUN = "can't run"

Listed = list[tuple[str, list[tuple[str, int]]]]


@dataclass(frozen=True)
class Asked:
    """The queries, some of either side, and the pools that they are answered from."""

    startups: tuple[Startup, ...]
    programs: tuple[Program, ...]
    all_startups: tuple[Startup, ...]
    all_programs: tuple[Program, ...]


def bundled() -> Snapshot:
    """The bundled programs, startups and outcomes."""
    programs = [p for path in sorted((DATA / "programs").glob("*.jsonl")) for p in snapshot.read_programs(path)]
    startups = snapshot.read_startups(DATA / "sample" / "startups.jsonl")
    return Snapshot(startups, tuple(programs), tuple(_outcomes(DATA / "sample" / "outcomes.csv")))


def _outcomes(path: Path) -> Iterator[Outcome]:
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    for line in lines:
        yield rows.outcome(dict(zip(header.split(","), line.split(","), strict=True)))


def queries(count: int, known: Snapshot) -> Asked:
    """Choose about four fifths startups, of which a third or more are new, and one fifth programs."""
    programs = [program for program in known.programs if program.is_ranked][: count // 5]
    new = [_unseen(known.startups, i) for i in range((count - len(programs)) // 3)]
    stored = known.startups[: count - len(programs) - len(new)]
    more = [_unseen(known.startups, len(new) + i) for i in range(count - len(programs) - len(new) - len(stored))]
    return Asked((*stored, *new, *more), tuple(programs), known.startups, known.programs)


def _unseen(startups: Sequence[Startup], i: int) -> Startup:
    """Tell a startup's story with another's last words, as none of the fitted ones does."""
    one, other = startups[i % len(startups)], startups[(i * 7 + 13) % len(startups)]
    text = f"{one.summary or one.summary_en or ''} {(other.summary or other.summary_en or '')[-150:]}"
    return replace(one, id=f"unseen-{i}", summary=text, technologies=other.technologies)


def in_a_batch(matcher: Matcher, asked: Asked) -> Listed:
    """Answer every query from two planes."""
    forward = matcher.plane(matcher.startup_pool(asked.startups), matcher.program_pool(asked.all_programs))
    backward = matcher.plane(matcher.startup_pool(asked.all_startups), matcher.program_pool(asked.programs))
    turned = Plane(backward.programs, backward.startups, backward.units.T)
    return [*_lists(forward), *_lists(turned)]


def one_by_one(matcher: Matcher, asked: Asked) -> Listed:
    """Answer every query with a plane of its own."""
    programs, startups = matcher.program_pool(asked.all_programs), matcher.startup_pool(asked.all_startups)
    return [
        *(found for startup in asked.startups for found in _lists(_row(matcher, startup, programs))),
        *(found for program in asked.programs for found in _lists(_column(matcher, program, startups))),
    ]


def _row(matcher: Matcher, startup: Startup, programs: ProgramPool) -> Plane:
    return matcher.plane(matcher.startup_pool([startup]), programs)


def _column(matcher: Matcher, program: Program, startups: StartupPool) -> Plane:
    plane = matcher.plane(startups, matcher.program_pool([program]))
    return Plane(plane.programs, plane.startups, plane.units.T)


def _lists(plane: Plane) -> Listed:
    """The first fifty of each row, with their scores."""
    return [
        (query, [(plane.programs[j], int(units[j])) for j in ranking.best(units, plane.programs, TOP)])
        for query, units in zip(plane.startups, plane.units, strict=True)
    ]


def explained(matcher: Matcher, asked: Asked) -> list[str]:
    """Whole matches with their reasons, for every tenth startup."""
    programs = matcher.program_pool(asked.all_programs)
    options = {"on": ON, "limit": TOP, "rules": Rules.IGNORE}
    return [repr(m) for s in asked.startups[::REASONS_EVERY] for m in matcher.programs_for(s, programs, **options)]


def digest(value: object) -> str:
    """Name a value by its content, in twelve hexadecimal digits."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:12]


def answers(matcher: Matcher, count: int, known: Snapshot) -> dict[str, str]:
    """Digests of all lists in a batch and one by one, and of the reasons."""
    asked = queries(count, known)
    return {
        "batch": digest(in_a_batch(matcher, asked)),
        "single": digest(one_by_one(matcher, asked)),
        "reasons": digest(explained(matcher, asked)),
    }


def on_each(threads: Sequence[int], act: Callable[[], dict[str, str]]) -> dict[str, str]:
    """Answer on each number of threads, or as the process stands; different answers are told together."""
    found = []
    for count in threads or [None]:
        with threadpool_limits(limits=count):
            found.append(act())
    return {key: "|".join(dict.fromkeys(answered[key] for answered in found)) for key in found[0]}


def child(folder: Path, count: int, environment: Mapping[str, str], *options: str) -> dict[str, str]:
    """Answer in a new process; a process that the processor stops says so. `options`: more of the command line's."""
    command = [sys.executable, "-m", "benchmarks.determinism", "--artifact", str(folder), "--queries", str(count)]
    found = subprocess.run(
        [*command, "--answer", *options],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode < 0:
        return {"kernel": CANT_RUN}
    if found.returncode:
        raise RuntimeError(found.stderr[-2_000:])
    answered: dict[str, str] = json.loads(found.stdout.splitlines()[-1])
    return answered


def kernel() -> str:
    """The OpenBLAS kernels that this process really uses."""
    return "/".join(sorted({library["architecture"] for library in threadpool_info() if "architecture" in library}))


@dataclass(frozen=True)
class Told:
    """What one process told: its processor's name, its hash seed, its digests, and the seconds that it took."""

    processor: str
    seed: str
    found: Mapping[str, str]
    seconds: float

    @property
    def ran(self) -> bool:
        """Whether the real processor could run it."""
        return self.found["kernel"] != CANT_RUN


def compare(folder: Path, count: int, jobs: int) -> bool:
    """Print one line a process; True when all lists and reasons are the same."""
    print(f"{'processor':30}{'kernel used':14}{'hash seed':11}{'batch':14}{'single':14}{'reasons':14}s")
    names = [name for name in PROCESSORS if name != kernel()]  # "as it is" stands for that one
    with ThreadPoolExecutor(jobs) as pool:
        told = [_printed(one) for one in pool.map(lambda c: _told(folder, count, *c), product(names, HASH_SEEDS))]
    seen = {(one.found[key], one.found["reasons"]) for one in told if one.ran for key in ("batch", "single")}
    runs = sum(one.ran for one in told) * len(THREADS) * 2
    kernels = sorted({one.found["kernel"] for one in told if one.ran})
    left_out = sorted({one.processor for one in told if not one.ran})
    print(f"{runs} runs of {count} queries on {len(kernels)} kernels ({', '.join(kernels)}), {THREADS} threads and")
    print(f"{len(HASH_SEEDS)} hash seeds gave {len(seen)} answer(s). Can't run here: {', '.join(left_out) or 'none'}.")
    return len(seen) == 1 and "|" not in str(seen)


def _told(folder: Path, count: int, name: str, seed: str) -> Told:
    begin = perf_counter()
    threads = ("--threads", *map(str, THREADS))
    found = child(folder, count, {**PROCESSORS[name], "PYTHONHASHSEED": seed}, *threads)
    return Told(name, seed, found, perf_counter() - begin)


def _printed(told: Told) -> Told:
    columns = "".join(f"{told.found.get(key, '-'):14}" for key in ("batch", "single", "reasons"))
    print(f"{told.processor:30}{told.found['kernel']:14}{told.seed:11}{columns}{told.seconds:.0f}", flush=True)
    return told


def fitted(folder: Path) -> Path:
    """Fit on the bundled data and write the artifact."""
    known = bundled()
    matcher = Matcher.fit(Corpus.of(known, vocabulary.load(DATA / "vocabularies")), known.outcomes)
    facts = {"model_version": "determinism", "created_at": datetime(2026, 1, 1, tzinfo=UTC), "metrics": {}}
    artifact.write(folder / "artifact", matcher, snapshot_digest="", **facts)
    return folder / "artifact"


def main() -> int:
    """Compare all processes; 1 when any list differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--artifact", type=Path)
    parser.add_argument("--snapshot", type=Path, help="what the artifact was fitted on, if not the bundled data")
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)), help="processes at a time")
    parser.add_argument("--threads", type=int, nargs="*", default=[], help="answer on each, and compare")
    parser.add_argument("--answer", action="store_true", help="answer once, as one of the processes does")
    options = parser.parse_args()
    if options.answer:
        known = snapshot.read(options.snapshot) if options.snapshot else bundled()
        matcher, _ = artifact.read(options.artifact)
        found = on_each(options.threads, lambda: answers(matcher, options.queries, known))
        print(json.dumps({"kernel": kernel(), **found}))
        return 0
    with TemporaryDirectory() as folder:
        return 0 if compare(options.artifact or fitted(Path(folder)), options.queries, options.jobs) else 1


if __name__ == "__main__":
    sys.exit(main())
