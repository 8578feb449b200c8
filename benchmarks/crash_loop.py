"""Crash loop: the service, or its database, dies again and again while clients record a manager's year.

    python -m benchmarks.crash_loop [--kills 100] [--stops 30] [--clients 4] [--cold-starts 3]

On SQLite every process of the real service (granian, its workers) is killed at once by SIGKILL, `--kills` times; then
on PostgreSQL, from a wheel, the server is stopped immediately, `--stops` times, while the service goes on. A client
sends a request again with its key until it is acknowledged. At the end what was acknowledged is compared with the
database. The service is forked from a process that has imported it, which saves seconds each time; `--cold-starts` are
starts that pay them, too.
"""

from __future__ import annotations

import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from tests.service import given
from tests.support.deciders import Decider, Place, Reckoning, clients_of, reckoned, serving
from tests.support.launcher import Launcher
from tests.support.postgres import Server, folder

ONE_OF_EACH = 3
"""Acknowledgements after which a client begins anew: whoever keeps firms merges, parts and brings a list in turn."""


@dataclass(frozen=True)
class Plan:
    """How often to crash under how many clients, and the most seconds between a recovery and the next crash."""

    crashes: int
    clients: int = 4
    longest: float = 1.0


def loop(place: Place, plan: Plan, crash: Callable[[], None]) -> tuple[list[Decider], list[float]]:
    """Crash again and again under load; also gives the seconds from each crash to the next acknowledged decision."""
    rng, took, deciders = random.Random(7), [], clients_of(place, plan.clients)
    for decider in deciders:
        decider.start()
    for crashes in range(1, plan.crashes + 1):
        time.sleep(rng.uniform(0.05, plan.longest))
        begin = time.monotonic()
        crash()
        took.append(_next_acknowledged(deciders, time.monotonic()) - begin)
        for decider in deciders if crashes % 5 == 0 else ():  # what takes longer than the pauses gets its turn
            _next_acknowledged([decider], begin)
    for decider in deciders:  # however slow the machine, each has written every kind of its records
        while len(decider.acknowledged) < ONE_OF_EACH and not decider.failure:
            time.sleep(0.005)
    for decider in deciders:
        decider.stop()
    for decider in deciders:
        decider.join()
        if decider.failure:
            raise decider.failure
    return deciders, took


def _next_acknowledged(deciders: list[Decider], after: float) -> float:
    while True:
        for decider in deciders:
            if decider.failure:
                raise decider.failure
            last = next(reversed(decider.acknowledged.values()), ("", 0.0))[1]
            if last > after:
                return last
        time.sleep(0.005)


def on_sqlite(home: Path, launcher: Launcher, plan: Plan, artifacts: Path) -> tuple[Reckoning, list[float]]:
    """Kill the service."""
    address = f"sqlite:///{home}/ieum.db"
    with serving(address, home, launcher, IEUM_ARTIFACTS=str(artifacts)) as place:

        def crash() -> None:
            place.kill()
            place.start()

        deciders, took = loop(place, plan, crash)
    return reckoned(address, deciders), took


def on_postgresql(home: Path, launcher: Launcher, plan: Plan, artifacts: Path) -> tuple[Reckoning, list[float]]:
    """Stop the database server as if its machine had failed, and start it again."""
    server = Server(folder() / "server")
    server.make()
    server.start()
    try:
        with serving(server.address, home, launcher, IEUM_ARTIFACTS=str(artifacts)) as place:

            def crash() -> None:
                server.stop("immediate")
                server.start()

            deciders, took = loop(place, plan, crash)
        return reckoned(server.address, deciders), took
    finally:
        server.stop("immediate")
        Server(server.folder.parent).remove()


def cold(home: Path, times: int) -> list[float]:
    """Seconds from a start of `ieum serve`, imports included, to its first answer."""
    took = []
    launcher = Launcher()
    with serving(f"sqlite:///{home}/ieum.db", home, launcher) as place:
        place.kill()
        for _ in range(times):
            environment = {"IEUM_HOME": str(home), "IEUM_PORT": str(place.port), "IEUM_WORKERS": "2"}
            begin = time.monotonic()
            process = subprocess.Popen([sys.executable, "-m", "service.cli", "serve"], env=environment)
            place.wait()
            took.append(time.monotonic() - begin)
            process.send_signal(signal.SIGKILL)
            process.wait()
            place.wait_until_silent()
        place.start()
        place.wait()  # before it answers it may have no process group yet that could be killed
    launcher.close()
    return took


def main(kills: int = 100, stops: int = 30, clients: int = 4, cold_starts: int = 3) -> None:
    """Run the loops, print the reckoning; exit 1 when anything was lost, doubled or left without its audit row."""
    table = Table("", "SQLite, service killed", "PostgreSQL, server stopped", title="crash loop")
    with tempfile.TemporaryDirectory() as where:
        artifacts = given.published(given.fitted(), Path(where), "v1")
        launcher = Launcher(artifacts)
        found = [
            on_sqlite(Path(where) / "sqlite", launcher, Plan(kills, clients), artifacts),
            on_postgresql(Path(where) / "postgresql", launcher, Plan(stops, clients), artifacts),
        ]
        launcher.close()
        started = cold(Path(where) / "cold", cold_starts)
    table.add_row("crashes", *(str(len(took)) for _, took in found))
    for name in asdict(found[0][0]):
        table.add_row(name.replace("_", " "), *(str(getattr(reckoning, name)) for reckoning, _ in found))
    table.add_row("recovered in, median", *(f"{statistics.median(took):.2f} s" for _, took in found))
    table.add_row("recovered in, longest", *(f"{max(took):.2f} s" for _, took in found))
    table.add_row("cold start, longest", f"{max(started, default=0):.2f} s", "")
    Console(width=100).print(table)
    if any(r.lost or r.doubled or r.without_audit_row or r.trail != "whole" for r, _ in found):
        raise SystemExit(1)


if __name__ == "__main__":
    typer.run(main)
