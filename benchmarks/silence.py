"""Can anybody silence the service? Each attempt runs against the defaults while health and lists are asked for.

    python -m benchmarks.silence [--seconds S] [attempt …]

Attempts: slow (250 connections that send a byte now and then), unread (100 batches that nobody reads), replays (50 at
once), imports (20 large or hostile files at once), portal (an issuer that never answers), candidates (after 20,000 new
startups). Beside each, health is asked on connections of its own, and so are lists of known startups. Everything that
is refused must be a 503 or a 408 in words.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import serving

PROBES = ("/livez", "/readyz")
EVERY = 0.25
HEALTH_SECONDS, LIST_SECONDS = 1.0, 2.0
NEW_STARTUPS = 20_000


@dataclass
class Service:
    """Where it listens, and the key of an administrator."""

    port: int
    key: str
    home: Path
    environment: dict[str, str]

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = "application/json", patience: float = 90
    ) -> tuple[int, str]:
        """One request on a connection of its own: its status, and the code of a refusal."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            headers = {"Authorization": f"Bearer {self.key}", "Content-Type": kind}
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            found = answer.read()
        finally:
            connection.close()
        return answer.status, json.loads(found).get("code", "") if answer.status >= 400 else ""


@dataclass
class Seen:
    """What was measured beside one attempt."""

    took: dict[str, list[float]] = field(default_factory=lambda: {"health": [], "lists": []})
    failed: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)

    def within(self, what: str, seconds: float) -> float:
        """The share of questions that were answered in time."""
        asked = len(self.took[what]) + self.failed[what]
        return sum(each <= seconds for each in self.took[what]) / max(1, asked)


Attempt = Callable[[Service, Seen, threading.Event], None]


def slow(service: Service, _seen: Seen, over: threading.Event) -> None:
    """Send a body one byte at a time, on 250 connections without a key."""
    head = b"POST /sign-in/link HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    while not over.is_set():
        held = [socket.create_connection(("127.0.0.1", service.port)) for _ in range(250)]
        for each in held:
            each.sendall(head + b"Content-Length: 900\r\n\r\n")
        for _ in range(15):
            if over.wait(1):
                break
            for each in held:
                with suppress(OSError):
                    each.sendall(b"t")
        for each in held:
            _seen.answers[_heard(each)] += 1
            each.close()


def _heard(held: socket.socket) -> str:
    held.settimeout(0.01)
    try:
        said = held.recv(12).decode("latin-1")
    except OSError:
        return "still open"
    return said[9:12] or "closed"


def unread(service: Service, seen: Seen, over: threading.Event) -> None:
    """Ask for 100 batches and read none."""
    body = json.dumps({"startups": [f"s-{n % 200 + 1:04d}" for n in range(1_000)]}).encode()
    head = f"POST /api/v1/matches/batch?limit=50 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {service.key}\r\n"
    whole = f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    while not over.is_set():
        held = [socket.create_connection(("127.0.0.1", service.port)) for _ in range(100)]
        for each in held:
            with suppress(OSError):
                each.sendall(whole)
        over.wait(20)
        for each in held:
            seen.answers[_heard(each)] += 1
            each.close()


def _together(number: int, ask: Callable[[int], str]) -> Attempt:
    """Ask again and again from so many threads."""

    def attempt(_service: Service, seen: Seen, over: threading.Event) -> None:
        def go_on(place: int) -> None:
            while not over.is_set():
                try:
                    seen.answers[ask(place)] += 1
                except (OSError, HTTPException, ValueError) as error:
                    seen.answers[type(error).__name__] += 1

        threads = [threading.Thread(target=go_on, args=(place,), daemon=True) for place in range(number)]
        for thread in threads:
            thread.start()
        over.wait()
        for thread in threads:
            thread.join(60)

    return attempt


def _said(answer: tuple[int, str]) -> str:
    return " ".join(map(str, answer)).strip()


def replays(service: Service, seen: Seen, over: threading.Event) -> None:
    """Have 50 answers made again at once."""
    runs = []
    for number in range(1, 51):
        connection = HTTPConnection("127.0.0.1", service.port, timeout=90)
        connection.request("GET", f"/api/v1/startups/s-{number:04d}/matches", headers=_bearer(service))
        runs.append(json.loads(connection.getresponse().read())["run_id"])
    _together(50, lambda place: _said(service.ask("POST", f"/api/v1/runs/{runs[place]}/replay", b"")))(
        service, seen, over
    )


def _bearer(service: Service) -> dict[str, str]:
    return {"Authorization": f"Bearer {service.key}"}


def imports(service: Service, seen: Seen, over: threading.Event) -> None:
    """Send 20 files at once: as many rows as may be, noise, nesting, one endless line."""
    rows = "\n".join(f'{{"id":"x-{n}","summary":"가나다라 {n}"}}' for n in range(20_000)).encode()
    files = [
        (rows, "application/x-ndjson"),
        (os.urandom(5_000_000), "application/octet-stream"),
        (b"[" * 100_000 + b"]" * 100_000, "application/json"),
        (b"id,summary\n" + b"x" * 15_000_000, "text/csv"),
    ]
    _together(20, lambda n: _said(service.ask("POST", "/api/v1/imports?kind=startups", *files[n % 4])))(
        service, seen, over
    )


def portal(service: Service, seen: Seen, over: threading.Event) -> None:
    """Sign in from a portal that takes the question and never answers."""
    _together(50, lambda _: _said(service.ask("GET", "/sign-in/portal")))(service, seen, over)


def candidates(service: Service, seen: Seen, over: threading.Event) -> None:
    """Ask for a program's candidates while 20,000 new startups come in."""
    file = service.home / "startups.jsonl"
    known = [json.loads(line) for line in (serving.DATA / "sample" / "startups.jsonl").read_bytes().splitlines()]
    with file.open("w", encoding="utf-8") as out:
        for number in range(NEW_STARTUPS):
            made = {**known[number % len(known)], "id": f"new-{number}", "summary": f"{number} 새로 온 기업의 소개"}
            made.pop("business_number", None)
            made.pop("corporate_number", None)
            out.write(json.dumps(made, ensure_ascii=False) + "\n")
    command = [sys.executable, "-m", "service.cli", "import", str(file)]
    threading.Thread(target=lambda: _quietly(command, service.environment), daemon=True).start()
    program = _first_program()
    _together(8, lambda _: _said(service.ask("GET", f"/api/v1/programs/{program}/candidates")))(service, seen, over)


def _first_program() -> str:
    lines = (serving.DATA / "programs" / "2026.jsonl").read_bytes().splitlines()
    found = (json.loads(line) for line in lines)
    return str(next(each["id"] for each in found if each.get("role") != "reference"))


def _quietly(command: list[str], environment: dict[str, str]) -> None:
    import subprocess

    subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, check=False)


ATTEMPTS: dict[str, Attempt] = {each.__name__: each for each in (slow, unread, replays, imports, portal, candidates)}


def beside(service: Service, seen: Seen, over: threading.Event, what: str, paths: tuple[str, ...]) -> None:
    """Ask for health or for lists every quarter of a second until the attempt is over."""
    number = 0
    while not over.wait(EVERY):
        number += 1
        begin = time.perf_counter()
        try:
            status, _ = service.ask("GET", paths[number % len(paths)], patience=10)
        except (OSError, HTTPException):
            status = 0
        if status == 200:
            seen.took[what].append(time.perf_counter() - begin)
        else:
            seen.failed[what] += 1


def measured(service: Service, attempt: Attempt, seconds: float) -> Seen:
    """Run one attempt for so long, and watch."""
    seen, over = Seen(), threading.Event()
    lists = tuple(f"/api/v1/startups/s-{number:04d}/matches" for number in range(1, 101))
    watching = [
        threading.Thread(target=beside, args=(service, seen, over, what, paths), daemon=True)
        for what, paths in (("health", PROBES), ("lists", lists))
    ]
    attacking = threading.Thread(target=attempt, args=(service, seen, over), daemon=True)
    for thread in (*watching, attacking):
        thread.start()
    time.sleep(seconds)
    over.set()
    for thread in (*watching, attacking):
        thread.join(90)
    return seen


def prepared(home: Path, artifacts: Path | None) -> tuple[dict[str, str], str]:
    """The bundled data with a model, and an administrator's key."""
    from service.actions.access.issue_keys import IssueKeys, KeyOrder
    from service.identity import SHELL, UserRole
    from service.settings import now
    from service.storage.repositories import open_catalogue

    environment = serving.prepared(home, artifacts)
    catalogue = open_catalogue(f"sqlite:///{home}/ieum.db", now)
    _, key = IssueKeys(catalogue.database, now).issue(KeyOrder("silence", UserRole.ADMIN), SHELL)
    catalogue.database.close()
    return environment, key


@contextmanager
def running(home: Path, environment: dict[str, str], key: str) -> Iterator[Service]:
    """A service on its defaults, with a portal that never answers."""
    port = serving.free_port()
    with socket.create_server(("127.0.0.1", 0), backlog=200) as mute:
        issuer = f"http://127.0.0.1:{mute.getsockname()[1]}"
        environment = environment | {"IEUM_PORT": str(port), "IEUM_OIDC_ISSUER": issuer, "IEUM_OIDC_CLIENT_ID": "x"}
        with serving.running([sys.executable, "-m", "service.cli", "serve"], environment, port, "/readyz"):
            yield Service(port, key, home, environment)


def main(
    attempts: Annotated[list[str] | None, typer.Argument(help=", ".join(ATTEMPTS))] = None,
    seconds: Annotated[float, typer.Option(help="length of each attempt")] = 60.0,
    artifacts: Annotated[Path | None, typer.Option(help="folder with CURRENT; else one is fitted")] = None,
) -> None:
    """Measure, print the table, and exit 1 where a bar is missed."""
    console, missed = Console(width=150), 0
    found: dict[str, Seen] = {}
    table = Table("attempt", "health ≤ 1 s", "worst", "lists ≤ 2 s", "worst", "answers to the attempt", title="silence")
    with tempfile.TemporaryDirectory() as folder:
        environment, key = prepared(Path(folder), artifacts)
        for name in attempts or ATTEMPTS:
            with running(Path(folder), environment, key) as service:
                found[name] = measured(service, ATTEMPTS[name], seconds)
    for name, seen in found.items():
        shares = seen.within("health", HEALTH_SECONDS), seen.within("lists", LIST_SECONDS)
        worst = [f"{max(seen.took[what], default=0):.2f} s" for what in ("health", "lists")]
        said = ", ".join(f"{status} × {count}" for status, count in seen.answers.most_common(6))
        table.add_row(name, f"{shares[0]:.1%}", worst[0], f"{shares[1]:.1%}", worst[1], said)
        missed += shares[0] < 1 or shares[1] < 0.95
    console.print(table)
    raise typer.Exit(1 if missed else 0)


if __name__ == "__main__":
    typer.run(main)
