"""Three replicas over one PostgreSQL: the same question gets the same bytes from each, before and after a write.

python -m benchmarks.replicas
"""

from __future__ import annotations

import json
import tempfile
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

from rich.console import Console

from benchmarks.activation import DAY, ieum, serving
from benchmarks.serving import DATA, prepared
from tests.support import postgres

REPLICAS = 3
STARTUPS = 60
PROFILE = {"summary": "제조 현장의 표면 결함을 비전 AI로 검사하는 장비를 만든다.", "technologies": ["머신비전"]}


def ask(port: int, key: str, method: str, path: str, body: object = None) -> bytes:
    """One request to one replica; gives the body of a good answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    connection.request(method, path, None if body is None else json.dumps(body).encode(), headers)
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    if answer.status >= 300:
        raise SystemExit(f"{method} {path}: {answer.status} {said!r}")
    return said


def questions(port: int, key: str) -> list[bytes]:
    """Everything that is asked of each replica: stored startups, their candidates, and a profile that is not stored."""
    ids = [json.loads(line)["id"] for line in (DATA / "sample" / "startups.jsonl").read_bytes().splitlines()]
    stored = [ask(port, key, "GET", f"/api/v1/startups/{name}/matches?on={DAY}") for name in ids[:STARTUPS]]
    listed = [ask(port, key, "GET", "/api/v1/programs?limit=100"), ask(port, key, "GET", "/api/v1/startups/written")]
    program = next(p["id"] for p in json.loads(listed[0])["items"] if p.get("role") != "reference")
    candidates = ask(port, key, "GET", f"/api/v1/programs/{program}/candidates?on={DAY}")
    return [*stored, *listed, candidates, ask(port, key, "POST", f"/api/v1/matches?on={DAY}", PROFILE)]


def compared(environment: dict[str, str], console: Console) -> bool:
    """Ask all replicas the same, write through one of them, and ask again."""
    key = ieum(environment, "keys", "create", "bench", "--role", "admin").splitlines()[-1]
    with ExitStack() as stack:
        ports = [stack.enter_context(serving(environment, 1))[0] for _ in range(REPLICAS)]
        same = []
        for number in range(3):
            written = {"id": "written", "summary": f"로봇 {number}"}
            writer = ports[number % REPLICAS]
            _write(writer, key, written, is_new=number == 0)
            began = time.monotonic()
            answers = [questions(port, key) for port in ports]
            same.append(all(found == answers[0] for found in answers))
            seen = all(f"로봇 {number}".encode() in found[STARTUPS + 1] for found in answers)
            console.print(
                f"round {number + 1}: {sum(map(len, answers))} answers of {REPLICAS} replicas, "
                f"{'the same bytes' if same[-1] else 'NOT the same'}, "
                f"write {'seen by all' if seen else 'NOT seen'} ({time.monotonic() - began:.1f} s)"
            )
            same.append(seen)
    return all(same)


def _write(port: int, key: str, record: dict[str, str], *, is_new: bool) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    headers |= {} if is_new else {"If-Match": "*"}
    connection.request("PUT", f"/api/v1/startups/{record['id']}", json.dumps(record).encode(), headers)
    if connection.getresponse().status >= 300:
        raise SystemExit("the write was refused")
    connection.close()


def main() -> None:
    """Measure; exit with 1 when one replica answers otherwise than another."""
    server = postgres.Server(postgres.folder())
    server.make()
    server.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            environment = prepared(Path(folder), None) | {"IEUM_DATABASE_URL": server.address}
            ieum(environment, "migrate")
            ieum(environment, "import", DATA / "programs", DATA / "sample")
            raise SystemExit(0 if compared(environment, Console(width=110)) else 1)
    finally:
        server.stop("immediate")
        server.remove()


if __name__ == "__main__":
    main()
