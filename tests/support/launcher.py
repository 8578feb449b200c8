"""Starts the real service again and again without paying for its imports each time.

    python -m tests.support.launcher

Reads one JSON object a line, `{"settings": {…}, "log": path}`, forks, and has the child serve in a session of its own:
granian's first process and its workers, all of which die when that session is killed. Answers with the child's id.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from service.server import serve
from service.settings import from_environment


def main() -> None:
    """Start one service a line until the input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the killed are nobody's to collect
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _serve(asked["settings"], asked["log"])
        print(child, flush=True)


def _serve(settings: dict[str, str], log: str) -> None:
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        with Path(log).open("ab") as out, Path(os.devnull).open("rb") as nothing:
            os.dup2(nothing.fileno(), 0)
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
        serve.run(from_environment(settings))
    finally:
        os._exit(1)


class Launcher:
    """The process that starts services; close it when done."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.support.launcher"]
        root = Path(__file__).parents[2]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root, start_new_session=True
        )
        assert self._said() == "ready"

    def start(self, settings: dict[str, str], log: Path) -> int:
        """Start a service; returns the id of its session."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"settings": settings, "log": str(log)}) + "\n")
        self._process.stdin.flush()
        return int(self._said())

    def close(self) -> None:
        """End the launcher; services must have been killed before."""
        self._process.kill()
        self._process.wait()

    def _said(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


if __name__ == "__main__":
    main()
