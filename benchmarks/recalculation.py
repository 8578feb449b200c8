"""A large import, and going back to the model before, as a client who asks for pages of startups meets them.

    python -m benchmarks.recalculation [import|rollback] [--startups 11000] [--workers 2]

*import*: thousands of new startups come in over HTTP while pages of startups are asked for four times a second. No
answer may take longer than half as much again as the median before, none may fail, and all lists must rest on the new
state within 90 s of processor time of the whole service, its parsing of the file left aside. *rollback*: with all of
them stored another model is put in use and taken back while it is made ready; from five seconds on every answer must
be the first model's. Exit code 1 where one of these does not hold.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import tempfile
import time
from dataclasses import dataclass, replace
from enum import StrEnum
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from benchmarks.activation import FIRST, FOLLOW_SECONDS, SECOND, change, ieum, second_version, serving
from benchmarks.console import many
from benchmarks.serving import prepared
from model.snapshot import rows

PAUSE_SECONDS = 0.25
BEFORE_SECONDS, AFTER_SECONDS = 15.0, 10.0
MOST_TIMES, MOST_PROCESSOR_SECONDS, GIVEN_UP_SECONDS = 1.5, 90.0, 400.0
NOTE = b'class="recalculating"'
PAGES = tuple(f"/console/ko/startups/s-{number:04}" for number in range(1, 9))
PROGRAM, DAY = "nup-2026", "2026-02-02"


class Part(StrEnum):
    """What happens to the service."""

    IMPORT = "import"
    ROLLBACK = "rollback"


@dataclass(frozen=True)
class Page:
    """One page that was asked for: when, what came of it, and how many seconds it took."""

    began: float
    status: int
    seconds: float


def spent(pid: int) -> float:
    """Seconds of processor time of a process and of all that it has started, those that have ended included."""
    total, left = 0.0, [pid]
    while left:
        process = left.pop()
        try:
            of = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            tasks = Path(f"/proc/{process}/task").iterdir()
            left += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(map(int, of[11:15])) / os.sysconf("SC_CLK_TCK")
    return total


def asked(port: int, key: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
    """Ask on a connection of its own, so that any worker may answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=300)
    headers = {"Authorization": f"Bearer {key}"} | ({"Content-Type": "application/x-ndjson"} if body else {})
    connection.request("POST" if body else "GET", path, body, headers)
    answer = connection.getresponse()
    whole = answer.read()
    connection.close()
    return answer.status, whole


async def visits(port: int, key: str, pages: list[Page], stop: asyncio.Event) -> None:
    """Ask for one page after another, four times a second, whether or not the last has been answered."""
    running = []

    async def visit(path: str) -> None:
        began = time.monotonic()
        status, _ = await asyncio.to_thread(asked, port, key, path)
        pages.append(Page(began, status, time.monotonic() - began))

    while not stop.is_set():
        running.append(asyncio.create_task(visit(PAGES[len(running) % len(PAGES)])))
        await asyncio.sleep(PAUSE_SECONDS)
    await asyncio.gather(*running)


async def are_new(port: int, key: str, workers: int) -> None:
    """Wait until no worker's page tells any more that its lists rest on an earlier state."""
    in_a_row, end = 0, time.monotonic() + GIVEN_UP_SECONDS
    while in_a_row < 8 * workers and time.monotonic() < end:
        _, body = await asyncio.to_thread(asked, port, key, "/console/ko/help")
        in_a_row = 0 if NOTE in body else in_a_row + 1
        await asyncio.sleep(0.05 if in_a_row else 1)


def states(port: int, key: str, workers: int) -> set[str]:
    """The states of the startups that the workers' lists of a program rest on."""
    path = f"/api/v1/programs/{PROGRAM}/candidates?limit=1&on={DAY}"
    return {json.loads(asked(port, key, path)[1])["snapshot"] for _ in range(8 * workers)}


async def imported(port: int, key: str, pid: int, startups: int, workers: int) -> tuple[list[Page], dict[str, float]]:
    """Import while pages are asked for; gives the pages, and moments and processor seconds."""
    made = [
        orjson.dumps(rows.plain(replace(one, business_number=None)))
        for one in many(startups + 284, random.Random(3))[284:]
    ]
    pages: list[Page] = []
    stop, at = asyncio.Event(), {}
    for path in PAGES * workers * 2:  # each worker has met each page
        asked(port, key, path)
    before = states(port, key, workers)
    client = asyncio.create_task(visits(port, key, pages, stop))
    await asyncio.sleep(BEFORE_SECONDS)
    at["began"] = time.monotonic()
    status, said = await asyncio.to_thread(asked, port, key, "/api/v1/imports?commit=true", b"\n".join(made))
    if status != 201:
        raise SystemExit(f"import: {status} {said[:500]!r}")
    at["stored"], busy = time.monotonic(), spent(pid)
    await asyncio.sleep(2.0)  # each worker looks once a second
    await are_new(port, key, workers)
    at["new"], at["processor"] = time.monotonic(), spent(pid) - busy
    await asyncio.sleep(AFTER_SECONDS)
    stop.set()
    await client
    at["states"] = len(states(port, key, workers) | before)
    return pages, at


def importing(environment: dict[str, str], startups: int, workers: int, console: Console) -> bool:
    """A large import under pages of startups."""
    with serving(environment, workers) as (port, pid):
        key = ieum(environment, "keys", "create", "bench", "--role", "operator").splitlines()[-1]
        pages, at = asyncio.run(imported(port, key, pid, startups, workers))
    before = median(page.seconds for page in pages if page.began < at["began"] - 1)
    table = Table("what", "measured", title=f"{startups:,} startups imported, {workers} workers")
    spans = {
        "before": (0.0, "began"),
        "import": ("began", "stored"),
        "made ready": ("stored", "new"),
        "after": ("new", 9e9),
    }
    for name, (first, last) in spans.items():
        took = [p.seconds for p in pages if at.get(first, first) <= p.began < at.get(last, last)]
        if took:
            slow = [f"{seconds * 1e3:.0f}" for seconds in sorted(took)]
            table.add_row(
                name,
                f"{len(took)} pages, median {median(took) * 1e3:.0f} ms, longest {' '.join(slow[-5:])} ms",
            )
    failed = sum(page.status != 200 for page in pages)
    times = max(page.seconds for page in pages if page.began >= at["began"]) / before
    table.add_row("failed", str(failed))
    table.add_row("longest answer beside the median before", f"{times:.2f} ×")
    table.add_row("import took", f"{at['stored'] - at['began']:.1f} s")
    table.add_row("all lists new after", f"{at['new'] - at['stored']:.1f} s, {at['processor']:.1f} s of processor")
    table.add_row("states that lists rested on, before and after", f"{at['states']:.0f}")
    console.print(table)
    return at["states"] == 2 and not failed and times <= MOST_TIMES and at["processor"] <= MOST_PROCESSOR_SECONDS


def rolling_back(environment: dict[str, str], startups: int, workers: int, console: Console) -> bool:
    """Another model, and back before it is ready."""
    seen: list[tuple[float, str]] = []
    with serving(environment, workers) as (port, pid):
        key = ieum(environment, "keys", "create", "bench", "--role", "operator").splitlines()[-1]
        path = f"/api/v1/startups/s-0001/matches?limit=1&on={DAY}"
        _until(port, key, path, FIRST, 8 * workers)
        change(port, key, "activate", {"version": SECOND})
        time.sleep(8)
        busy, back = spent(pid), change(port, key, "rollback", {})
        while time.monotonic() < back + 30:
            began = time.monotonic()
            seen.append((began, json.loads(asked(port, key, path)[1])["model_version"]))
            time.sleep(0.05)
        busy = spent(pid) - busy
    late = [began - back for began, version in seen if version != FIRST]
    last = max(late, default=0.0)
    table = Table("what", "measured", title=f"back to the model before, {startups + 284:,} startups, {workers} workers")
    table.add_row("last answer by the other model", f"{last:.2f} s after")
    table.add_row("processor in the 30 s after", f"{busy:.1f} s")
    console.print(table)
    return last <= FOLLOW_SECONDS


def _until(port: int, key: str, path: str, version: str, times: int) -> None:
    in_a_row = 0
    while in_a_row < times:
        status, body = asked(port, key, path)
        in_a_row = in_a_row + 1 if status == 200 and json.loads(body)["model_version"] == version else 0


ACTIONS = {Part.IMPORT: importing, Part.ROLLBACK: rolling_back}


def main(
    parts: Annotated[list[Part] | None, typer.Argument(help="which of them; all unless named")] = None,
    startups: Annotated[int, typer.Option(help="how many come in")] = 11_000,
    workers: Annotated[int, typer.Option(help="workers of the service")] = 2,
) -> None:
    """Measure, print the tables, and exit with 1 when something does not hold."""
    console, held = Console(width=130), True
    with tempfile.TemporaryDirectory() as folder:
        environment = prepared(Path(folder), None)
        second_version(Path(folder))
        for part in parts or list(Part):
            held &= ACTIONS[part](environment, startups, workers, console)
    raise SystemExit(0 if held else 1)


if __name__ == "__main__":
    typer.run(main)
