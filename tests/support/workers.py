"""One kept connection to each worker process of a running service, told apart by who holds its other end."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

PATIENCE = 30.0
ESTABLISHED = "01"


def connected(port: int, workers: int = 2) -> dict[int, HTTPConnection]:
    """A connection to every one of so many workers, by the worker's process id."""
    found: dict[int, HTTPConnection] = {}
    end = time.monotonic() + PATIENCE
    while len(found) < workers and time.monotonic() < end:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/livez")
        connection.getresponse().read()
        found.setdefault(_worker(connection, port), connection)
    assert len(found) == workers, found
    return found


def _worker(connection: HTTPConnection, port: int) -> int:
    """The process that holds the other end of a connection."""
    own = connection.sock.getsockname()[1]
    ends = f"0100007F:{port:04X} 0100007F:{own:04X} {ESTABLISHED}"
    row = next(line for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines() if ends in line)
    held = f"socket:[{row.split()[9]}]"
    for folder in Path("/proc").iterdir():
        if re.fullmatch(r"\d+", folder.name):
            with suppress(OSError):  # not ours to look at, or gone
                if any(_target(entry) == held for entry in (folder / "fd").iterdir()):
                    return int(folder.name)
    raise AssertionError("nobody holds the other end")


def _target(entry: Path) -> str:
    with suppress(OSError):
        return str(entry.readlink())
    return ""
