"""What matching costs beside an earlier build: `python -m benchmarks.beside LINE`.

    python -m benchmarks.beside LINE|best [--size S] [--rounds R] [--commit C]

The earlier build is checked out into a temporary folder and runs in this environment. Both builds take turns, each in
processes of its own, on the same texts that neither has met, with no cache. Counted are the processor seconds of all
their processes and the highest sum of their memory, each page divided among those that share it (PSS). The median over
the rounds stands beside the ratio and its bar. `best` compares the best of a million with faiss (`benchmarks.scale`).

| line | what is done at size 1 |
|---|---|
| fit | `ieum-train fit` of 12,000 startups and 2,000 programs with 10,000 outcomes |
| unseen | 200 profiles of 500 letters, one by one, in a process that is ready |
| import | vectors of 11,000 new startups |
| csv, xlsx, jsonl | a file of 20,000 startups read, previewed and committed into an empty catalogue |
| rank | `ieum-train rank` of 100,000 startups with 1,000 programs to the ten best |
| start | a service of one worker until its first answer; what the worker holds |
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Annotated

import numpy as np
import orjson
import typer
from rich.console import Console
from rich.table import Table

from benchmarks import scale, serving
from benchmarks.determinism import ROOT, bundled
from model.snapshot import rows
from model.vocabulary.numbers import is_business_number
from service.files.exporters import profiles, separated, workbook
from service.files.exporters.table import ExportTable

BEFORE = "5529ede"
SAMPLED_EVERY = 0.5

UNSEEN = """
import json, sys, time
from pathlib import Path
from datetime import date
from model.snapshot import folder as snapshot
try:
    from model.artifact import artifact
except ImportError:
    from model import artifact
folder, asked, offered = map(Path, sys.argv[1:4])
matcher, _ = artifact.read(folder)
programs = matcher.program_pool(snapshot.read_programs(offered))
unseen = snapshot.read_startups(asked)
for startup in unseen[:20]:
    matcher.programs_for(startup, programs, on=date(2026, 3, 2), limit=10)
begin = time.process_time()
for startup in unseen[20:]:
    matcher.programs_for(startup, programs, on=date(2026, 3, 2), limit=10)
print(json.dumps((time.process_time() - begin) / (len(unseen) - 20)))
"""
IMPORT = """
import sys
from pathlib import Path
from model.snapshot import folder as snapshot
try:
    from model.artifact import artifact
except ImportError:
    from model import artifact
matcher, _ = artifact.read(Path(sys.argv[1]))
matcher.fresh_startups(snapshot.read_startups(Path(sys.argv[2])))
"""
FILE = """
import json, os, subprocess, sys, tempfile
from pathlib import Path
try:
    from service.actions.catalogue.imports import ImportFiles, Said
    from service.storage.repositories import open_catalogue
except ImportError:
    from service.actions.imports import ImportFiles, Said
    from service.storage.catalogue import opened as open_catalogue
from service.identity import SHELL
from service.settings import now
from service.storage import schema
run, code = subprocess.run, {"PYTHONPATH": os.getcwd()}
# The process that reads a file looks for modules where the environment has them, which is in one build alone.
subprocess.run = lambda command, env, **more: run([c for c in command if c != "-I"], env=env | code, **more)
raw, warm = Path(sys.argv[1]).read_bytes(), "기업 ID,기업명\\nwarm,가\\n".encode()
with tempfile.TemporaryDirectory() as folder:
    catalogue = open_catalogue(f"sqlite:///{folder}/ieum.db", now)
    schema.migrate(catalogue.database)
    files = ImportFiles(catalogue, now)
    files.preview([files.read(warm, Said("a.csv", "startups"))], SHELL)
    begin = sum(os.times()[:4])
    preview = files.preview([files.read(raw, Said(Path(sys.argv[1]).name, "startups"))], SHELL)
    files.commit(preview.id, SHELL)
    assert preview.counts.added > 1
    print(json.dumps(sum(os.times()[:4]) - begin))
"""
TRAIN = "from training.cli import main; main()"


class Line(StrEnum):
    """What is measured."""

    FIT = "fit"
    UNSEEN = "unseen"
    IMPORT = "import"
    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    RANK = "rank"
    START = "start"
    BEST = "best"


BARS: Mapping[Line, tuple[float, float | None]] = {
    Line.FIT: (0.5, 0.6),
    Line.UNSEEN: (0.55, None),
    Line.IMPORT: (0.4, None),
    Line.CSV: (1.2, None),
    Line.XLSX: (1.2, None),
    Line.JSONL: (1.2, None),
    Line.RANK: (0.6, None),
    Line.START: (0.6, 0.6),
}
"""The most that now may take of what the build before took: seconds and memory."""

FILES = (Line.CSV, Line.XLSX, Line.JSONL)


@dataclass(frozen=True)
class Cost:
    """Processor seconds and megabytes."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Build:
    """A checked-out build, and a folder of its own for what it makes."""

    name: str
    code: Path
    work: Path

    def run(self, program: str, *arguments: object) -> tuple[Cost, str]:
        """Run a Python program in this build; gives what all its processes took, and what it printed."""
        environment = {**os.environ, "PYTHONPATH": str(self.code), "IEUM_LANGUAGE": "en"}
        command = [sys.executable, "-c", program, *map(str, arguments)]
        before = os.times()
        process = subprocess.Popen(command, cwd=self.code, env=environment, stdout=subprocess.PIPE, text=True)
        most = 0.0
        while process.poll() is None:
            most = max(most, _memory(process.pid))
            time.sleep(SAMPLED_EVERY)
        printed = process.stdout.read() if process.stdout else ""
        if process.returncode:
            raise SystemExit(f"{self.name}: exit code {process.returncode}")
        after = os.times()
        seconds = after.children_user + after.children_system - before.children_user - before.children_system
        return Cost(seconds, most), printed

    def fit(self, snapshot: Path, out: Path) -> Cost:
        """Fit on a snapshot into a folder that is empty, whatever the gate says."""
        cost, _ = self.run(TRAIN, "fit", "--snapshot", snapshot, "--out", out, "--force", "measured only")
        return cost


def _memory(pid: int) -> float:
    """Megabytes that a process and all that it started hold."""
    total, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            total += serving.pss(one)
            waiting += [int(child) for child in Path(f"/proc/{one}/task/{one}/children").read_text().split()]
        except (OSError, StopIteration, ValueError):
            continue  # it has ended meanwhile
    return total


def texts(seed: int) -> Iterator[str]:
    """Texts of three sentences of the sample startups each, with a number that makes each a text of its own."""
    sentences = [s for startup in bundled().startups for s in (startup.summary or "").split(". ") if len(s) > 20]
    rng = np.random.default_rng(seed)
    while True:
        chosen = rng.choice(len(sentences), 3, replace=False)
        yield f"{'. '.join(sentences[place] for place in chosen)}. {rng.integers(10**6)}"


def written(folder: Path, startups: int, programs: int, outcomes: int, seed: int = 0) -> Path:
    """Write a snapshot folder of such texts."""
    folder.mkdir(parents=True, exist_ok=True)
    said, rng = texts(seed), np.random.default_rng(seed)
    lines = {
        "startups": [{"id": f"s{seed}-{i}", "name": f"S{i}", "summary": next(said)} for i in range(startups)],
        "programs": [{"id": f"p-{i}", "name": f"P{i}", "summary": next(said)} for i in range(programs)],
    }
    for name, stated in lines.items():
        shown = "".join(json.dumps(profile, ensure_ascii=False) + "\n" for profile in stated)
        (folder / f"{name}.jsonl").write_text(shown, encoding="utf-8")
    pairs = {(int(rng.integers(startups)), int(rng.integers(programs))) for _ in range(outcomes)}
    shown = "".join(f"s{seed}-{s},p-{p},selected,2025-06-01\n" for s, p in sorted(pairs))
    (folder / "outcomes.csv").write_text("startup_id,program_id,outcome,on\n" + shown, encoding="utf-8")
    return folder


def file_of(line: Line, folder: Path, count: int) -> Path:
    """Write a file of so many startups: the sample's, again and again under other ids, names and numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    sample = bundled().startups
    startups = [
        replace(sample[i % len(sample)], id=f"x-{i}", name=f"가상 기업 {i}", business_number=_number(i))
        for i in range(count)
    ]
    table = profiles.table("startups", "기업", startups, "ko")
    # The fields that the sample leaves empty are not all known to an earlier build.
    stated = [at for at in range(len(table.heads)) if any(row[at] is not None for row in table.rows)]
    heads, *cut = (tuple(row[at] for at in stated) for row in (table.heads, *table.rows))
    table = ExportTable("기업", heads, cut)
    written = {
        Line.CSV: lambda: separated.written(table),
        Line.XLSX: lambda: workbook.written([table], workbook.About("정보", (), datetime.now(UTC))),
        Line.JSONL: lambda: b"".join(orjson.dumps(rows.plain(startup)) + b"\n" for startup in startups),
    }
    file = folder / f"startups.{line}"
    file.write_bytes(written[line]())
    return file


def _number(i: int) -> str:
    """A business number with the right check digit."""
    return next(number for last in range(10) if is_business_number(number := f"{100_000_000 + i}{last}"))


def costs(line: Line, build: Build, given: Path, turn: int) -> Cost:
    """Do it once."""
    if line is Line.FIT:
        return build.fit(given / "fit", build.work / f"fit-{turn}")
    if line is Line.START:
        return _start(build)
    if line in FILES:
        cost, printed = build.run(FILE, given / f"startups.{line}")
        return Cost(float(printed), cost.megabytes)
    artifact = next(path for path in (build.work / "artifact").iterdir() if path.is_dir() and path.name[0] != ".")
    asked, offered = given / line / "startups.jsonl", given / line / "programs.jsonl"
    if line is Line.UNSEEN:
        cost, printed = build.run(UNSEEN, artifact, asked, offered)
        return Cost(float(printed), cost.megabytes)
    if line is Line.IMPORT:
        return build.run(IMPORT, artifact, asked)[0]
    sides = ("--startups", asked, "--programs", offered, "--out", build.work / f"rank-{turn}.csv")
    return build.run(TRAIN, "rank", "--artifact", artifact, *sides, "--limit", 10)[0]


def _start(build: Build) -> Cost:
    port = serving.free_port()
    environment = {"PYTHONPATH": str(build.code), "IEUM_PORT": str(port), "IEUM_WORKERS": "1"}
    environment |= {"IEUM_OPEN_READING": "1", "IEUM_HOME": str(build.work / "home")}
    command = [sys.executable, "-m", "service.cli", "serve"]
    with serving.running(command, environment, port, "/api/v1/startups/s-0001/matches?limit=3") as pid:
        (worker,) = serving.workers_of(pid)
        seconds = sum(map(_processor, (pid, worker)))
        return Cost(seconds, _own(worker))


def _processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def _own(pid: int) -> float:
    """Megabytes that no other process shares."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def prepare(line: Line, builds: Sequence[Build], size: float, given: Path) -> None:
    """Write the texts, and fit each build on the bundled data where a line asks a fitted one."""
    sizes = {
        Line.FIT: (12_000, 2_000, 10_000),
        Line.UNSEEN: (220, 100, 0),
        Line.IMPORT: (11_000, 1, 0),
        Line.RANK: (100_000, 1_000, 0),
    }
    if line in sizes:
        written(given / line, *(max(1, round(count * size)) for count in sizes[line]), seed=1)
    if line in FILES:
        file_of(line, given, round(20_000 * size))
        return
    for build in builds:
        if line is Line.START:
            home = {"PYTHONPATH": str(build.code), "IEUM_HOME": str(build.work / "home")}
            steps = (["migrate"], ["import", "data/programs", "data/sample"], ["snapshot", build.work / "snapshot"])
            for step in steps:
                command = [sys.executable, "-m", "service.cli", *map(str, step)]
                subprocess.run(
                    command, cwd=build.code, env={**os.environ, **home}, check=True, stdout=subprocess.DEVNULL
                )
            build.fit(build.work / "snapshot", build.work / "home" / "artifacts")
            activate = [sys.executable, "-m", "service.cli", "activate", "newest", "--reason", "measured"]
            subprocess.run(activate, cwd=build.code, env={**os.environ, **home}, check=True, stdout=subprocess.DEVNULL)
        elif line is not Line.FIT:
            build.fit(written(given / "fitted", 300, 100, 600), build.work / "artifact")


def main(
    line: Line,
    size: Annotated[float, typer.Option(help="share of the sizes above")] = 1.0,
    rounds: Annotated[int, typer.Option(min=1)] = 3,
    commit: Annotated[str, typer.Option(help="the build to stand beside")] = BEFORE,
) -> None:
    """Measure one line of cost beside an earlier build."""
    if line is Line.BEST:
        Console().print(scale.column(round(1_000_000 * size), rounds))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "code").mkdir()
        archive = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", str(folder / "code")], input=archive, check=True)
        builds = Build(commit, folder / "code", folder / "before"), Build("now", ROOT, folder / "now")
        prepare(line, builds, size, folder / "given")
        turns = chain.from_iterable(builds if turn % 2 else builds[::-1] for turn in range(rounds))
        measured: dict[str, list[Cost]] = {build.name: [] for build in builds}
        for turn, build in enumerate(turns):
            measured[build.name].append(costs(line, build, folder / "given", turn))
    medians = {
        name: {k: median(asdict(c)[k] for c in found) for k in asdict(found[0])} for name, found in measured.items()
    }
    Console().print(_table(line, size, medians, commit))


def _table(line: Line, size: float, medians: Mapping[str, Mapping[str, float]], commit: str) -> Table:
    table = Table("", commit, "now", "ratio", "bar", title=f"{line}, size {size:g}")
    for what, bar in zip(("seconds", "megabytes"), BARS[line], strict=True):
        before, now = medians[commit][what], medians["now"][what]
        table.add_row(what, f"{before:.4g}", f"{now:.4g}", f"{now / before:.2f}", "" if bar is None else f"≤ {bar}")
    return table


if __name__ == "__main__":
    typer.run(main)
