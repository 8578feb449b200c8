"""Changing models, losing workers and losing the database under load: what clients see of it.

    python -m benchmarks.activation [activations|kills|database] [--seconds S] [--workers N]

*activations*: 50 activations and rollbacks in 3 minutes under 20 keep-alive connections; every answer must be the very
bytes that the version it names gave before, alone. *kills*: a worker is killed every 2 seconds for 2 minutes; only
requests on the killed worker's own connections may be lost. *database*: PostgreSQL is stopped and started again;
until it is back the answer is 503 with Retry-After. Exit code 1 when one of these does not hold.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from http.client import HTTPConnection
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.serving import DATA, free_port, prepared, running, workers_of

CONNECTIONS = 20
CHANGES = 50
STARTUPS = 40
DAY = "2026-02-02"
KILL_SECONDS = 2.0
DYING_SECONDS = 1.0
"""The kernel frees a killed process's memory before it closes its sockets, which take requests until then."""
OUTAGE_SECONDS = 8.0
FOLLOW_SECONDS = 5.0
FIRST, SECOND = "bench", "bench-without-outcomes"


class Part(StrEnum):
    """What is done to the service."""

    ACTIVATIONS = "activations"
    KILLS = "kills"
    DATABASE = "database"


@dataclass(frozen=True)
class Answer:
    """One answer or failure: when it began and ended, on which local port, what came."""

    began: float
    ended: float
    port: int
    path: str
    status: int
    version: str | None
    body: bytes
    retry_after: bool = False
    is_first: bool = False
    """The first on its connection, which may still have waited for the worker to take it."""


@dataclass
class Load:
    """Keep-alive connections that ask without a pause; a lost one is opened anew."""

    port: int
    key: str
    paths: list[str]
    answers: list[Answer] = field(default_factory=list)
    stopping: bool = False

    async def run(self, seconds: float, action: object) -> None:
        """Ask for as long as told while `action`, a coroutine, is done beside it."""
        clients = [asyncio.create_task(self._ask_on(number)) for number in range(CONNECTIONS)]
        other = asyncio.create_task(action)  # type: ignore[arg-type]  # a coroutine
        await asyncio.sleep(seconds)
        await other
        self.stopping = True
        await asyncio.gather(*clients)

    async def _ask_on(self, number: int) -> None:
        chance, line = random.Random(number), None
        while not self.stopping:
            path, began, local, is_first = chance.choice(self.paths), time.monotonic(), 0, line is None
            try:
                line = line or await asyncio.open_connection("127.0.0.1", self.port)
                local = line[1].get_extra_info("sockname")[1]
                self.answers.append(await self._asked(*line, path, began, local))
            except (OSError, asyncio.IncompleteReadError):
                self.answers.append(Answer(began, time.monotonic(), local, path, 0, None, b"", is_first=is_first))
                line = None
                await asyncio.sleep(0.02)
        if line:
            line[1].close()

    async def _asked(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, began: float, local: int
    ) -> Answer:
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAuthorization: Bearer {self.key}\r\n\r\n"
        writer.write(head.encode())
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        named = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        body = await reader.readexactly(int(named["content-length"]))
        status = int(lines[0].split()[1])
        version = json.loads(body)["model_version"] if status == 200 else None
        return Answer(began, time.monotonic(), local, path, status, version, body, "retry-after" in named)


def ieum(environment: dict[str, str], *arguments: object) -> str:
    """Run a command of the service's own line; gives what it said."""
    command = [sys.executable, "-m", "service.cli", *map(str, arguments)]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def second_version(home: Path) -> None:
    """Publish another version beside the first, fitted without outcomes, so that its answers differ."""
    from datetime import UTC, datetime

    from model import vocabulary
    from model.artifact import artifact, versions
    from model.matching.matcher import Matcher
    from model.snapshot import folder as snapshot
    from model.vectors.corpus import Corpus

    found = replace(snapshot.read(home / "snapshot"), outcomes=())
    matcher = Matcher.fit(Corpus.of(found, vocabulary.load(DATA / "vocabularies")), found.outcomes)
    about = {"created_at": datetime.now(UTC), "metrics": {}, "snapshot_digest": found.digest}
    artifact.write(home / "artifacts" / SECOND, matcher, model_version=SECOND, reason=None, key=None, **about)
    versions.put_in_use(home / "artifacts", SECOND)
    versions.put_in_use(home / "artifacts", FIRST)


@contextmanager
def serving(environment: dict[str, str], workers: int) -> Iterator[tuple[int, int]]:
    """A service with its port and its first process."""
    port = free_port()
    own = environment | {"IEUM_PORT": str(port), "IEUM_WORKERS": str(workers), "IEUM_THREADS": "4"}
    with running([sys.executable, "-m", "service.cli", "serve"], own, port, "/readyz") as pid:
        yield port, pid


def golden(home: Path, environment: dict[str, str], key: str, paths: list[str]) -> dict[tuple[str, str], bytes]:
    """What each version answers when it is alone: one worker, nobody else asking."""
    from model.artifact import versions

    found = {}
    for name in (SECOND, FIRST):
        versions.put_in_use(home / "artifacts", name)
        with serving(environment, 1) as (port, _):
            for path in paths:
                connection = HTTPConnection("127.0.0.1", port, timeout=60)
                connection.request("GET", path, headers={"Authorization": f"Bearer {key}"})
                found[name, path] = connection.getresponse().read()
                connection.close()
    return found


def change(port: int, key: str, action: str, body: dict[str, str]) -> float:
    """Ask for another version over HTTP; gives the moment at which it was acknowledged."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    connection.request("POST", f"/api/v1/model/{action}", json.dumps({"reason": "bench"} | body), headers)
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{action}: {answer.status} {said!r}")
    return time.monotonic()


async def changes(port: int, key: str, seconds: float, done: list[tuple[float, str]]) -> None:
    """Activate and roll back in turn, evenly over the time."""
    for number in range(CHANGES):
        name = (SECOND, FIRST)[number % 2]
        action, body = ("rollback", {}) if number % 3 == 2 else ("activate", {"version": name})
        done.append((await asyncio.to_thread(change, port, key, action, body), name))
        await asyncio.sleep(seconds / CHANGES)


def activations(environment: dict[str, str], workers: int, seconds: float, console: Console) -> bool:
    """Fifty changes of model under load."""
    home, key, paths = _ready(environment)
    expected, done = golden(home, environment, key, paths), []
    with serving(environment, workers) as (port, _):
        load = Load(port, key, paths)
        asyncio.run(load.run(seconds, changes(port, key, seconds * 0.95, done)))
    served = [answer for answer in load.answers if answer.status == 200]
    wrong = [answer for answer in served if answer.body != expected[str(answer.version), answer.path]]
    slow = _slowest_to_follow(load.answers, done)
    took = sorted(answer.ended - answer.began for answer in served)
    failed, p99 = len(load.answers) - len(served), took[int(len(took) * 0.99)] * 1000
    table = Table("what", "measured", title=f"{CHANGES} changes in {seconds:.0f} s, {workers} workers")
    table.add_row("answers", f"{len(served):,}")
    table.add_row("failed requests and resets", str(failed))
    table.add_row("answers unlike their version's own", str(len(wrong)))
    table.add_row("answers by version", str(dict(Counter(answer.version for answer in served))))
    table.add_row("longest until the last worker followed", f"{slow:.1f} s")
    table.add_row("p50, p99, longest", f"{took[len(took) // 2] * 1000:.1f}, {p99:.1f}, {took[-1] * 1000:.0f} ms")
    console.print(table)
    return not failed and not wrong and slow <= FOLLOW_SECONDS


def _slowest_to_follow(answers: list[Answer], done: list[tuple[float, str]]) -> float:
    """The longest time after a change at which an answer that was asked for later still named another version."""
    late = [0.0]
    for (at, name), (until, _) in zip(done, [*done[1:], (float("inf"), "")], strict=True):
        late += [a.began - at for a in answers if at < a.began < until and a.version not in (name, None)]
    return max(late)


async def kills(pid: int, seconds: float, killed: list[tuple[float, set[int]]]) -> None:
    """Kill one worker after another; notes each one's connections at that moment by the clients' ports."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await asyncio.sleep(KILL_SECONDS)
        with suppress(ProcessLookupError, FileNotFoundError, IndexError):
            worker = random.choice(workers_of(pid))
            ports = _peers(worker)
            os.kill(worker, signal.SIGKILL)
            killed.append((time.monotonic(), ports))


def _peers(worker: int) -> set[int]:
    """The remote ports of a process's connections."""
    inodes = set()
    for descriptor in Path(f"/proc/{worker}/fd").iterdir():
        with suppress(OSError):
            inodes.add(str(descriptor.readlink()))
    lines = [line.split() for line in Path(f"/proc/{worker}/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    return {int(words[2].split(":")[1], 16) for words in lines if f"socket:[{words[9]}]" in inodes}


def losing_workers(environment: dict[str, str], workers: int, seconds: float, console: Console) -> bool:
    """A worker killed every two seconds under load."""
    _, key, paths = _ready(environment)
    killed: list[tuple[float, set[int]]] = []
    with serving(environment, workers) as (port, pid):
        load = Load(port, key, paths)
        asyncio.run(load.run(seconds, kills(pid, seconds * 0.95, killed)))
        alive = len(workers_of(pid))
    lost = [answer for answer in load.answers if answer.status != 200]
    near = [(a, at, ports) for a in lost for at, ports in killed if a.began <= at + DYING_SECONDS and a.ended >= at]
    own = {id(a) for a, _, ports in near if a.port in ports}
    queued = {id(a) for a, _, _ in near if a.is_first} - own
    table = Table(
        "what", "measured", title=f"a worker of {workers} killed every {KILL_SECONDS:.0f} s for {seconds:.0f} s"
    )
    table.add_row("workers killed, workers at the end", f"{len(killed)}, {alive}")
    table.add_row("answers", f"{len(load.answers) - len(lost):,}")
    table.add_row("lost on the killed worker's connections", str(len(own)))
    table.add_row("lost while connecting, queued at the killed worker", str(len(queued)))
    table.add_row("lost at other workers", str(len(lost) - len(own) - len(queued)))
    table.add_row("status of what was lost", str(dict(Counter(answer.status for answer in lost))))
    console.print(table)
    return len(lost) == len(own) + len(queued) and alive == workers


async def outage(server: object, at: dict[str, float]) -> None:
    """Stop the database as if its power failed, wait, start it again."""
    await asyncio.sleep(3)
    at["stopped"] = time.monotonic()
    await asyncio.to_thread(server.stop, "immediate")  # type: ignore[attr-defined]  # a postgres.Server
    await asyncio.sleep(OUTAGE_SECONDS)
    await asyncio.to_thread(server.start)  # type: ignore[attr-defined]  # a postgres.Server
    at["started"] = time.monotonic()
    await asyncio.sleep(FOLLOW_SECONDS + 3)


def losing_the_database(environment: dict[str, str], workers: int, seconds: float, console: Console) -> bool:
    """PostgreSQL stopped and started again under load."""
    from tests.support import postgres

    server = postgres.Server(postgres.folder())
    server.make()
    server.start()
    at: dict[str, float] = {}
    try:
        own = environment | {"IEUM_DATABASE_URL": server.address}
        ieum(own, "migrate")
        ieum(own, "import", DATA / "programs", DATA / "sample")
        _, key, paths = _ready(own)
        with serving(own, workers) as (port, _):
            load = Load(port, key, paths)
            asyncio.run(load.run(seconds, outage(server, at)))
    finally:
        server.stop("immediate")
        server.remove()
    failed = [answer for answer in load.answers if answer.status != 200]
    back = max((answer.ended for answer in failed), default=at["started"]) - at["started"]
    table = Table("what", "measured", title=f"PostgreSQL stopped for {OUTAGE_SECONDS:.0f} s, {workers} workers")
    table.add_row("answers, of these 200", f"{len(load.answers):,}, {len(load.answers) - len(failed):,}")
    table.add_row("others by status", str(dict(Counter(answer.status for answer in failed))))
    table.add_row("503 without Retry-After", str(sum(a.status == 503 and not a.retry_after for a in failed)))
    table.add_row("longest answer", f"{max(a.ended - a.began for a in load.answers):.2f} s")
    table.add_row("last failure after the database was back", f"{max(0.0, back):.2f} s")
    console.print(table)
    return bool(failed) and all(a.status == 503 and a.retry_after for a in failed) and back <= FOLLOW_SECONDS


def _ready(environment: dict[str, str]) -> tuple[Path, str, list[str]]:
    key = ieum(environment, "keys", "create", "bench", "--role", "operator").splitlines()[-1]
    ids = [json.loads(line)["id"] for line in (DATA / "sample" / "startups.jsonl").read_bytes().splitlines()]
    paths = [f"/api/v1/startups/{name}/matches?on={DAY}&limit=5" for name in ids[:STARTUPS]]
    return Path(environment["IEUM_HOME"]), key, paths


ACTIONS = {
    Part.ACTIVATIONS: (activations, 180.0),
    Part.KILLS: (losing_workers, 120.0),
    Part.DATABASE: (losing_the_database, 12.0),
}


def main(
    parts: Annotated[list[Part] | None, typer.Argument(help="which of them; all unless named")] = None,
    seconds: Annotated[float | None, typer.Option(help="length of the load, instead of each one's own")] = None,
    workers: Annotated[int, typer.Option(help="workers of the service")] = 4,
) -> None:
    """Measure, print the tables, and exit with 1 when something does not hold."""
    console, held = Console(width=110), True
    with tempfile.TemporaryDirectory() as folder:
        environment = prepared(Path(folder), None)
        second_version(Path(folder))
        for part in parts or list(Part):
            action, usual = ACTIONS[part]
            held &= action(environment, workers, seconds or usual, console)
    raise SystemExit(0 if held else 1)


if __name__ == "__main__":
    typer.run(main)
