"""How soon does a service with many startups listen and give its first list? `python -m benchmarks.start`.

    python -m benchmarks.start [--startups 20000] [--workers 2]

The store is filled with startups that no process has read, and the service is started twice: *first*, when nothing of
their texts is kept, and *again*, when it is. Counted are seconds by the clock until it listens, and of the processor
(all processes together) until a stored startup has its list and until a program has its best startups among all.
Exit code 1 when it listens later than 10 s, or when a startup's list costs more than 20 s, a program's when it starts
again.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from benchmarks.activation import ieum
from benchmarks.console import many
from benchmarks.recalculation import DAY, NOTE, PROGRAM, asked, spent
from benchmarks.serving import free_port, prepared, running
from model.snapshot import rows

LISTENS, LIST = 10.0, 20.0
"""Seconds: by the clock, and of one processor."""

GIVEN_UP_SECONDS = 600.0


def started(environment: dict[str, str], key: str, workers: int) -> tuple[float, float, float]:
    """Start the service, ask for one list of each side, and wait until nothing is read any more.

    Seconds until it listened (by the clock), and until a startup's and a program's list came (of the processor).
    """
    port, began = free_port(), time.monotonic()
    own = environment | {"IEUM_PORT": str(port), "IEUM_WORKERS": str(workers)}
    with running([sys.executable, "-m", "service.cli", "serve"], own, port, "/livez") as pid:
        listens, costs = time.monotonic() - began, []
        for path in (f"startups/s-0001/matches?limit=10&on={DAY}", f"programs/{PROGRAM}/candidates?limit=10&on={DAY}"):
            while asked(port, key, f"/api/v1/{path}")[0] != 200:
                time.sleep(0.2)
            costs.append(spent(pid))
        end = time.monotonic() + GIVEN_UP_SECONDS
        while NOTE in asked(port, key, "/console/ko/help")[1] and time.monotonic() < end:
            time.sleep(1)
        return listens, costs[0], costs[1]


def main(
    startups: Annotated[int, typer.Option(help="how many beside the sample")] = 20_000,
    workers: Annotated[int, typer.Option(help="workers of the service")] = 2,
) -> None:
    """Measure, print the table, and exit with 1 when a bar is missed."""
    table = Table("start", "listens, s", "startup's list, CPU s", "program's list, CPU s")
    with tempfile.TemporaryDirectory() as folder:
        environment = prepared(Path(folder), None)
        new = many(startups + 284, random.Random(5))[284:]
        file = Path(folder) / "startups.jsonl"
        file.write_bytes(b"\n".join(orjson.dumps(rows.plain(replace(one, business_number=None))) for one in new))
        ieum(environment, "import", file)
        key = ieum(environment, "keys", "create", "bench", "--role", "operator").splitlines()[-1]
        starts = {name: started(environment, key, workers) for name in ("first", "again")}
    for name, start in starts.items():
        table.add_row(name, *(f"{seconds:.1f}" for seconds in start))
    Console(width=110).print(table)
    held = all(listens <= LISTENS and of_startup <= LIST for listens, of_startup, _ in starts.values())
    raise SystemExit(0 if held and starts["again"][2] <= LIST else 1)


if __name__ == "__main__":
    typer.run(main)
