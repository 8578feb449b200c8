"""Starts the real service again and again without paying each time for its imports and for reading its model.

    python -m tests.support.launcher [ARTIFACTS]

Reads one JSON object a line, `{"settings": {…}, "log": path}`, forks, and has the child serve in a session of its own:
granian's first process and its workers, all of which die when that session is killed. Answers with the child's id.
With a folder of artifacts it has read the model in use, so that a child finds the analyser and the encoder loaded.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from model.blocks.encoder import encoder
from service.cli.operation import serving
from service.server import allocator, serve  # noqa: F401 - what a child serves with is imported by now
from service.storage.matching.registry import Registry

PAUSE = 0.02


def main() -> None:
    """Start one service a line until the input ends."""
    allocator.limit()
    signal.signal(signal.SIGCHLD, _collect)
    if len(sys.argv) > 1:
        registry = Registry(Path(sys.argv[1]))
        registry.load(registry.named() or "")
        encoder().acquaint(())
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _serve(order["settings"], Path(order["log"]))
        print(child, flush=True)


def _collect(*_: object) -> None:
    """Take leave of those who ended, so that no zombie stays and what they cost is counted."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _serve(settings: dict[str, str], log: Path) -> None:
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        with log.open("ab") as out, Path(os.devnull).open("rb") as nothing:
            os.dup2(nothing.fileno(), 0)
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
        os.environ.update(settings)
        tempfile.tempdir = str(log.parent)  # what a killed service leaves goes with the test's folder
        serving.serve()
    finally:
        os._exit(1)


@dataclass(frozen=True)
class Session:
    """A service that was started: its first process leads a session of its own."""

    pid: int

    def poll(self) -> int | None:
        """None while its first process is there; how it ended is nobody's to know."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def terminate(self) -> None:
        """Tell it to stop, unless it has."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)

    def wait(self, seconds: float) -> int:
        """Wait until its first process has ended; raises TimeoutError."""
        end = time.monotonic() + seconds
        while self.poll() is None:
            if time.monotonic() > end:
                raise TimeoutError(self.pid)
            time.sleep(PAUSE)
        return 0


class Launcher:
    """The process that starts services; close it when done."""

    def __init__(self, artifacts: Path | None = None) -> None:
        command = [sys.executable, "-m", "tests.support.launcher", *([] if artifacts is None else [str(artifacts)])]
        root = Path(__file__).parents[2]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root, start_new_session=True
        )
        assert self._answer() == "ready"

    def start(self, settings: dict[str, str], log: Path) -> int:
        """Start a service; returns the id of its session."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"settings": settings, "log": str(log)}) + "\n")
        self._process.stdin.flush()
        return int(self._answer())

    def close(self) -> None:
        """End the launcher; services must have been killed before."""
        self._process.kill()
        self._process.wait()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


if __name__ == "__main__":
    main()
