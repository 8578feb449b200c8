"""A rolling update with a migration, under load: two versions on one PostgreSQL, and no request fails.

    python -m benchmarks.rolling [--clients N]

Two replicas of this version answer reads and writes behind what stands in for a load balancer. The next version is a
copy of this one with a migration that adds a column to rows of evidence and says from which version on its schema can
be used. It migrates, then takes the replicas' places one after the other, as deploy/kubernetes does it: a new one is
ready before an old one is let go, is no longer asked for a while, and ends on SIGTERM. Exit code 1 when a request
fails, when an old replica is not ready at any look, or when the trail is not whole afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from rich.console import Console

from benchmarks.activation import DAY, ieum
from benchmarks.serving import DATA, free_port, prepared
from service.storage import schema
from tests.support import postgres

ROOT = Path(__file__).parents[1]
PARTS = ("service", "model", "training", "data")
LETTING_GO = 5.0
"""Seconds between the balancer letting go of a replica and its SIGTERM: the preStop of deploy/kubernetes."""
SETTLED = 8.0
"""Seconds of load before, between and after the steps."""

TABLE = """    Column("salt", String(32), nullable=False, server_default=""),"""
INSERT = "salt=secrets.token_hex(16))"
LASTING = '"startup_refs": Lasting("startup_refs", "ref"),'
MIGRATION = '''"""A column that only the next version writes."""

import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{head}"
USABLE_FROM = "{head}"


def upgrade() -> None:
    """Apply."""
    op.add_column("startup_refs", sa.Column("remark", sa.String(40)))


def downgrade() -> None:
    """Take back."""
    op.drop_column("startup_refs", "remark")
'''


@dataclass
class Balancer:
    """The replicas that are asked at present, and what became of every request."""

    key: str
    startups: list[str]
    members: list[int] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    stopping: bool = False

    def ask_on(self, number: int) -> None:
        """One client: reads and writes without a pause, on a kept connection to one replica after the other."""
        chance, lines, runs = random.Random(number), {}, [""]
        while not self.stopping:
            port = chance.choice(self.members)
            lines = {one: line for one, line in lines.items() if one in self.members}  # it lets go of who has left
            line = lines.setdefault(port, HTTPConnection("127.0.0.1", port, timeout=60))
            method, path, body = self._drawn(chance, number, runs[-1])
            try:
                headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json", "If-Match": "*"}
                line.request(method, path, json.dumps(body).encode() if body else None, headers)
                answer = line.getresponse()
                raw = answer.read()
            except (OSError, HTTPException) as error:
                self.failures.append(f"{method} {path}: {type(error).__name__}")
                del lines[port]
                continue
            self.statuses[answer.status] += 1
            if answer.status >= 400:
                self.failures.append(f"{method} {path}: {answer.status} {raw[:200]!r}")
            elif path.endswith(f"matches?on={DAY}"):
                runs.append(json.loads(raw)["run_id"])

    def _drawn(self, chance: random.Random, number: int, run: str) -> tuple[str, str, object]:
        """Mostly lists; objections, which write rows of evidence; and profiles, each client its own."""
        kind = chance.random()
        if run and kind < 0.15:
            return "POST", "/api/v1/objections", {"run_id": run, "sender": "대표", "text": "다시 살펴 주십시오."}
        if kind < 0.3:
            name = f"rolling-{number}"
            return "PUT", f"/api/v1/startups/{name}", {"id": name, "summary": f"로봇 {chance.random()}"}
        if kind < 0.4:
            return "GET", "/api/v1/programs?limit=20", None
        return "GET", f"/api/v1/startups/{chance.choice(self.startups)}/matches?on={DAY}", None


def next_version(folder: Path) -> Path:
    """A copy of this version with one migration more, and a column that its code knows."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    migrations = folder / "service" / "storage" / "migrations" / "versions"
    (migrations / "9000_next.py").write_text(MIGRATION.format(head=schema.wanted()), encoding="utf-8")
    changed = {
        folder / "service" / "storage" / "records" / "record_tables.py": (
            TABLE,
            TABLE + '\n    Column("remark", String(40)),',
        ),
        folder / "service" / "storage" / "records" / "startup_refs.py": (
            INSERT,
            INSERT.replace("))", '), remark="next")'),
        ),
        folder / "service" / "storage" / "evidence" / "digests.py": (
            LASTING,
            LASTING.replace('"ref")', '"ref", added=frozenset({"remark"}))'),
        ),
    }
    for path, (before, after) in changed.items():
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1, path
        path.write_text(text.replace(before, after), encoding="utf-8")
    return folder


@dataclass
class Replica:
    """A service of one version on a port of its own."""

    port: int
    process: subprocess.Popen[bytes]

    def readiness(self) -> int:
        """The status that its probe gets; 0 while nobody listens."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            line.request("GET", "/readyz")
            return line.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            line.close()

    def end(self) -> None:
        """Tell it to stop, and wait until it has."""
        self.process.terminate()
        self.process.wait(40)


def started(environment: dict[str, str], code: Path) -> Replica:
    """Start a replica of a version and wait until it is ready."""
    port = free_port()
    own = environment | {"IEUM_PORT": str(port), "IEUM_WORKERS": "1", "PYTHONPATH": str(code)}
    command = [sys.executable, "-m", "service.cli", "serve"]
    process = subprocess.Popen(command, env={**os.environ, **own}, cwd=code, stdout=subprocess.DEVNULL)
    replica = Replica(port, process)
    end = time.monotonic() + 180
    while replica.readiness() != 200:
        if time.monotonic() > end or process.poll() is not None:
            raise SystemExit("a replica did not become ready")
        time.sleep(0.2)
    return replica


def updated(environment: dict[str, str], newer: Path, clients: int, console: Console) -> bool:
    """Replace two replicas under load; tells whether nothing failed."""
    key = ieum(environment, "keys", "create", "bench", "--role", "admin").splitlines()[-1]
    ids = [json.loads(line)["id"] for line in (DATA / "sample" / "startups.jsonl").read_bytes().splitlines()]
    balancer, unready = Balancer(key, ids), []
    own = Path(environment["IEUM_HOME"]) / "startups.jsonl"
    profiles = [{"id": f"rolling-{number}", "summary": "로봇"} for number in range(clients)]
    own.write_text("\n".join(map(json.dumps, profiles)), encoding="utf-8")
    ieum(environment, "import", own)
    with ExitStack() as stack:
        old = [started(environment, ROOT) for _ in range(2)]
        for replica in old:
            stack.callback(replica.process.kill)
        balancer.members = [replica.port for replica in old]
        threads = [threading.Thread(target=balancer.ask_on, args=(n,), daemon=True) for n in range(clients)]
        for thread in threads:
            thread.start()
        time.sleep(SETTLED)
        before = sum(balancer.statuses.values())
        command = [sys.executable, "-m", "service.cli", "migrate"]
        as_newer = {**os.environ, **environment, "PYTHONPATH": str(newer)}
        begin = time.monotonic()
        subprocess.run(command, env=as_newer, cwd=newer, check=True, stdout=subprocess.DEVNULL)
        console.print(f"migrated under load in {time.monotonic() - begin:.1f} s")
        for replica in old:
            unready += [each.port for each in old if each.port in balancer.members and each.readiness() != 200]
            fresh = started(environment, newer)
            stack.callback(fresh.process.kill)
            balancer.members = [*(port for port in balancer.members if port != replica.port), fresh.port]
            time.sleep(LETTING_GO)
            replica.end()
            time.sleep(SETTLED)
        balancer.stopping = True
        for thread in threads:
            thread.join(60)
        command = [sys.executable, "-m", "service.cli", "audit-verify"]
        verified = subprocess.run(command, env=as_newer, cwd=newer, capture_output=True, text=True, check=False)
    total = sum(balancer.statuses.values())
    console.print(f"{total} requests, {before} of them before the migration: {dict(sorted(balancer.statuses.items()))}")
    console.print(f"failed: {len(balancer.failures)} {balancer.failures[:5]}; old replicas not ready: {len(unready)}")
    console.print(f"trail: {(verified.stdout or verified.stderr).strip()[:300]}")
    return not balancer.failures and not unready and verified.returncode == 0 and total > before > 0


def main() -> None:
    """Measure; exit with 1 when a bar is not held."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--clients", type=int, default=8)
    clients = asked.parse_args().clients
    server = postgres.Server(postgres.folder())
    server.make()
    server.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            newer = next_version(Path(folder) / "next")
            environment = prepared(Path(folder) / "home", None) | {"IEUM_DATABASE_URL": server.address}
            ieum(environment, "migrate")
            ieum(environment, "import", DATA / "programs", DATA / "sample")
            raise SystemExit(0 if updated(environment, newer, clients, Console(width=110)) else 1)
    finally:
        server.stop("immediate")
        server.remove()


if __name__ == "__main__":
    main()
