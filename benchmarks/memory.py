"""What long profiles leave in a worker: five of each kind, then a hundred, four at a time, beside the limit.

    python -m benchmarks.memory [--artifacts FOLDER]

Each profile is as long as is allowed, up to 450 kB as JSON. A worker's own size is its resident set; the worker before
has given its first ordinary answer, and nothing else (see `begin`). A container is
charged for every page once, however many of its processes share it, so what counts against its limit are the
proportional sets of all processes together.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import serving, silence

MOST_GROWTH = 1.15
BUSY = 503
MOST_ATTEMPTS = 300
"""A second lies between two; a service that is busy for longer than that is a fault of its own."""

MANIFEST = Path(__file__).resolve().parents[1] / "deploy" / "kubernetes" / "service.yaml"
CHARACTERS = 60_000
SYLLABLES = [chr(code) for code in range(ord("가"), ord("힣"), 7)]
ORDINARY = "회사는 전력을 진단한다. 공장 설비의 진동을 분석하여 고장을 미리 알려 주는 AI battery platform"
WORDS = ORDINARY.split()
KINDS: dict[str, Callable[[random.Random], str]] = {
    "the same words": lambda chance: chance.choice(WORDS) + " ",
    "new Korean words": lambda chance: "".join(chance.choices(SYLLABLES, k=3)) + " ",
    "new English words": lambda chance: "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=7)) + " ",
    "no blanks": lambda chance: chance.choice(SYLLABLES),
    "signs of four bytes": lambda chance: chance.choice("가나다") * 3 + "🏭",
    "numbers": lambda chance: f"{chance.randrange(10**6)} ",
}
MIXED = [*KINDS] * 16 + [*KINDS][:4]


@dataclass(frozen=True)
class Processes:
    """A service's first process and its workers, each measured in MB."""

    first: int

    def workers(self) -> list[float]:
        """The resident set of each worker."""
        return [_measured(pid, "Rss:") for pid in serving.workers_of(self.first)]

    def together(self) -> float:
        """What a container is charged for."""
        return sum(serving.pss(pid) for pid in (self.first, *serving.workers_of(self.first)))

    @contextmanager
    def peak(self) -> Iterator[list[float]]:
        """Measure all together again and again; the list holds the most that was seen."""
        seen, over = [self.together()], threading.Event()

        def watch() -> None:
            while not over.wait(0.2):
                seen[0] = max(seen[0], self.together())

        watching = threading.Thread(target=watch)
        watching.start()
        try:
            yield seen
        finally:
            over.set()
            watching.join()


def profile(kind: str, number: int, characters: int = CHARACTERS) -> bytes:
    """A profile as JSON, another one for each number."""
    chance = random.Random(f"{kind}{number}")
    pieces, size = [f"{number} "], 0
    while size < characters:
        pieces.append(KINDS[kind](chance))
        size += len(pieces[-1])
    return json.dumps({"summary": "".join(pieces)[:characters]}).encode()


def send(port: int, key: str, body: bytes) -> int:
    """Ask for the programs that suit a profile; the answer's status."""
    connection = HTTPConnection("127.0.0.1", port, timeout=300)
    try:
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        connection.request("POST", "/api/v1/matches?limit=10&on=2026-02-02", body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def send_all(port: int, key: str, bodies: list[bytes]) -> set[int]:
    """Send profiles, four at a time, each up to MOST_ATTEMPTS times while the service is busy; the last statuses."""

    def sent(body: bytes) -> int:
        for _ in range(MOST_ATTEMPTS):
            status = send(port, key, body)
            if status != BUSY:
                break
            time.sleep(1)
        return status

    with ThreadPoolExecutor(4) as senders:
        return set(senders.map(sent, bodies))


def limit() -> float:
    """The container's limit of memory in MB: the last in the manifest, after those of the first steps."""
    written = re.findall(r"limits: \{memory: (\d+)(Gi|Mi)\}", MANIFEST.read_text(encoding="utf-8"))
    return float(written[-1][0]) * (1024 if written[-1][1] == "Gi" else 1)


def begin(port: int, key: str) -> None:
    """Have every worker give its first ordinary answer: until then a forked process has touched little of the
    libraries' code, and would seem to grow by what it has shared all along.
    """
    for _ in range(8):
        send(port, key, json.dumps({"summary": ORDINARY}).encode())


def main(
    artifacts: Annotated[Path | None, typer.Option(help="folder with CURRENT; else one is fitted")] = None,
) -> None:
    """Measure, print a line as each is known, and exit 1 where a bar is missed."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        environment, key = silence.prepared(Path(folder), artifacts)
        for kind in (*KINDS, None):
            port = serving.free_port()
            own = environment | {"IEUM_PORT": str(port), "IEUM_WORKERS": "2" if kind is None else "1"}
            with serving.running([sys.executable, "-m", "service.cli", "serve"], own, port, "/readyz") as pid:
                processes = Processes(pid)
                begin(port, key)
                before = max(processes.workers())
                names = [kind] * 5 if kind else MIXED
                with processes.peak() as most:
                    statuses = send_all(port, key, [profile(name, n) for n, name in enumerate(names)])
                after = max(processes.workers())
            missed += after / before > MOST_GROWTH or most[0] > limit() or statuses != {200}
            what = f"{len(names)} × {kind}" if kind else f"{len(names)} of all kinds, two workers"
            grown = f"a worker {before:.0f} MB, then {after:.0f}: {after / before:.2f} × (bar {MOST_GROWTH})"
            typer.echo(f"{what}: {grown}; all together {most[0]:.0f} MB at most (limit {limit():.0f}); {statuses}")
    raise typer.Exit(1 if missed else 0)


def _measured(pid: int, what: str) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024


if __name__ == "__main__":
    typer.run(main)
