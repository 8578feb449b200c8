"""Serving speed: our endpoints and a bare Flask view that returns the same bytes, on one server, from one run.

    python -m benchmarks.serving [--workers N] [--seconds S] [--artifacts DIR]

Both run on granian with the same workers and threads, one after the other, on the bundled data; without
`--artifacts` a matcher is fitted first. Each *x* holds ours against the bare view at as many connections; processor
time is bare against ours, so that 1 is best there as well.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

DATA = Path(__file__).resolve().parent.parent / "data"
STARTUP = "s-0001"
STORED = f"/api/v1/startups/{STARTUP}/matches"
CONNECTIONS = (1, 16, 50)
THREADS = 4


@dataclass(frozen=True)
class Speed:
    """Requests a second, latencies in ms, and processor time in ms that the server spent on each request."""

    connections: int
    rate: float
    p50: float
    p95: float
    p99: float
    processor: float


class Caller(asyncio.Protocol):
    """One keep-alive connection that sends the next request when the last is answered."""

    def __init__(self, request: bytes, took: list[float]) -> None:
        self._request, self._took = request, took
        self._left, self._head, self._begin = -1, b"", 0.0
        self.failures = 0
        self.closing = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]  # TCP gives a Transport
        self._send()

    def _send(self) -> None:
        self._begin = time.perf_counter()
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Take the answer in; when it is whole, send the next request."""
        if self._left < 0:
            self._head += data
            head, found, data = self._head.partition(b"\r\n\r\n")
            if not found:
                return
            self.failures += not head.startswith(b"HTTP/1.1 200 ")
            self._left, self._head = int(head.lower().partition(b"content-length: ")[2].split(b"\r", 1)[0]), b""
        self._left -= len(data)
        if self._left <= 0:
            self._took.append(time.perf_counter() - self._begin)
            self._left = -1
            if not self.closing:
                self._send()


async def _load(port: int, pid: int, path: str, connections: int, seconds: float) -> Speed:
    took: list[float] = []
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    loop = asyncio.get_running_loop()
    pairs = [await loop.create_connection(lambda: Caller(request, took), "127.0.0.1", port) for _ in range(connections)]
    await asyncio.sleep(1)  # both sides warm up
    took.clear()
    begin, spent = time.perf_counter(), processor(pid)
    await asyncio.sleep(seconds)
    elapsed, spent, measured = time.perf_counter() - begin, processor(pid) - spent, sorted(took)
    for transport, caller in pairs:
        caller.closing = True
        transport.close()
    if any(caller.failures for _, caller in pairs):
        raise SystemExit(f"{path}: some answers were not 200")
    at = [measured[min(len(measured) - 1, int(len(measured) * q))] * 1000 for q in (0.5, 0.95, 0.99)]
    return Speed(connections, len(measured) / elapsed, *at, spent / len(measured) * 1000)


def speeds(port: int, pid: int, path: str, seconds: float) -> list[Speed]:
    """Load a path at each number of connections."""
    return [asyncio.run(_load(port, pid, path, connections, seconds)) for connections in CONNECTIONS]


def workers_of(pid: int) -> list[int]:
    """The server's workers."""
    found = subprocess.run(["ps", "--ppid", str(pid), "-o", "pid="], capture_output=True, text=True, check=True)
    return [int(worker) for worker in found.stdout.split()]


def processor(pid: int) -> float:
    """Seconds of processor time that the server's workers have spent so far."""
    fields = [Path(f"/proc/{w}/stat").read_text(encoding="ascii").rpartition(")")[2].split() for w in workers_of(pid)]
    return sum(int(field[11]) + int(field[12]) for field in fields) / os.sysconf("SC_CLK_TCK")


def ask(port: int, method: str, path: str, body: object = None) -> bytes:
    """One request on a connection of its own."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    raw = None if body is None else json.dumps(body).encode()
    connection.request(method, path, raw, {"Content-Type": "application/json"} if raw else {})
    answer = connection.getresponse()
    found = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{method} {path}: {answer.status} {found[:200]!r}")
    return found


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that an act took."""
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1000


@contextmanager
def running(command: Sequence[str], environment: dict[str, str], port: int, probe: str) -> Iterator[int]:
    """Run a server until it answers, then hand out its process id."""
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                ask(port, "GET", probe)
                break
            except OSError:
                time.sleep(0.2)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepared(home: Path, artifacts: Path | None) -> dict[str, str]:
    """Fill a database with the bundled data and fit a matcher on it unless one is given."""
    unlimited = {"IEUM_ADDRESS_LIMIT": "0", "IEUM_CREDENTIAL_LIMIT": "0"}  # one caller asks as often as it can
    environment = {"IEUM_HOME": str(home), "IEUM_ARTIFACTS": str(artifacts or home / "artifacts"), **unlimited}
    steps = [["migrate"], ["import", DATA / "programs", DATA / "sample"]]
    for step in steps if artifacts else [*steps, ["snapshot", home / "snapshot"]]:
        command = [sys.executable, "-m", "service.cli", *map(str, step)]
        subprocess.run(command, env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL)
    if artifacts is None:
        _fit(home)
    return environment


def _fit(home: Path) -> None:
    from model import vocabulary
    from model.artifact import artifact
    from model.matching.matcher import Matcher
    from model.snapshot import folder as snapshot
    from model.vectors.corpus import Corpus

    found = snapshot.read(home / "snapshot")
    matcher = Matcher.fit(Corpus.of(found, vocabulary.load(DATA / "vocabularies")), found.outcomes)
    about = {"created_at": datetime.now(UTC), "metrics": {}, "snapshot_digest": found.digest}
    artifact.write(home / "artifacts" / "bench", matcher, model_version="bench", reason=None, key=None, **about)
    (home / "artifacts" / "CURRENT").write_text("bench\n", encoding="utf-8")


def ours(port: int, pid: int, seconds: float, console: Console) -> list[Speed]:
    """Measure our service: batches first, then load; `benchmarks.speed` measures single profiles."""
    for startup in range(1, 60):
        ask(port, "GET", f"/api/v1/startups/s-{startup:04d}/matches")  # every worker has loaded
    ids = [json.loads(line)["id"] for line in (DATA / "sample" / "startups.jsonl").read_bytes().splitlines()]
    batch = {"startups": (ids * 4)[:1000]}
    first = timed(lambda: ask(port, "POST", "/api/v1/matches/batch?limit=9", batch))
    second = timed(lambda: ask(port, "POST", "/api/v1/matches/batch?limit=9", batch))
    table = Table("what", "measured", title="batch and memory")
    table.add_row("batch of 1,000 ids, first time", f"{1000 / first * 1000:.0f} answers/s")
    table.add_row("batch of 1,000 ids, second time", f"{1000 / second * 1000:.0f} answers/s")
    found = speeds(port, pid, STORED, seconds)
    memory = [pss(worker) for worker in workers_of(pid)]
    table.add_row("memory of each worker (PSS)", ", ".join(f"{mb:.0f} MB" for mb in memory))
    console.print(table)
    return found


def pss(pid: int) -> float:
    """Proportional memory of a process in MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def shown(bare: list[Speed], found: list[Speed], size: int) -> Table:
    """Both servers side by side; processor time compares them on a busy machine too."""
    table = Table(title=f"stored startup, {size:,} bytes an answer; 'x' is ours against the bare view's")
    for heading in ("server", "conn.", "requests/s", "x", "p50 ms", "p95 ms", "p99 ms", "x", "cpu ms", "x"):
        table.add_column(heading, justify="left" if heading == "server" else "right")
    for name, rows in (("bare view", bare), ("ieum", found)):
        for speed, base in zip(rows, bare, strict=True):
            table.add_row(name, str(speed.connections), *_figures(speed, base))
    return table


def _figures(speed: Speed, base: Speed) -> Iterator[str]:
    yield from (f"{speed.rate:,.0f}", f"{speed.rate / base.rate:.2f}")
    yield from (f"{speed.p50:.2f}", f"{speed.p95:.2f}", f"{speed.p99:.2f}", f"{speed.p99 / base.p99:.2f}")
    yield from (f"{speed.processor:.3f}", f"{base.processor / speed.processor:.2f}")


def serve_bare(port: int, workers: int, file: Path) -> None:
    """Serve one Flask view that returns a file's bytes from memory."""
    from flask import Flask, Response
    from granian.constants import Interfaces
    from granian.server.mp import MPServer

    app, answer = Flask("bare"), file.read_bytes()

    @app.get("/bare")
    def bare() -> Response:
        return Response(answer, content_type="application/json")

    server = MPServer("bare", "127.0.0.1", port, interface=Interfaces.WSGI, workers=workers, blocking_threads=THREADS)
    server.serve(target_loader=lambda: app, wrap_loader=False)


def main(
    workers: Annotated[int, typer.Option(help="workers of either server")] = 1,
    seconds: Annotated[float, typer.Option(help="length of each load")] = 5.0,
    artifacts: Annotated[Path | None, typer.Option(help="folder with CURRENT; else one is fitted")] = None,
    bare: Annotated[Path | None, typer.Option(hidden=True)] = None,
    port: Annotated[int, typer.Option(hidden=True)] = 0,
) -> None:
    """Measure, and print the tables."""
    if bare:
        return serve_bare(port, workers, bare)
    console, port, this = Console(width=110), free_port(), [sys.executable, "-m", "benchmarks.serving"]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        environment = prepared(home, artifacts)
        environment |= {"IEUM_PORT": str(port), "IEUM_WORKERS": str(workers), "IEUM_THREADS": str(THREADS)}
        environment["IEUM_OPEN_READING"] = "1"
        with running([sys.executable, "-m", "service.cli", "serve"], environment, port, "/readyz") as pid:
            (home / "answer").write_bytes(ask(port, "GET", STORED))
            found = ours(port, pid, seconds, console)
        port, size = free_port(), (home / "answer").stat().st_size
        command = [*this, "--bare", str(home / "answer"), "--port", str(port), "--workers", str(workers)]
        with running(command, {}, port, "/bare") as pid:
            console.print(shown(speeds(port, pid, "/bare", seconds), found, size))
    return None


if __name__ == "__main__":
    typer.run(main)
