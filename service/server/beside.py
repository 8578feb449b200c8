"""Processes beside the workers: what would keep requests waiting is done there, by state that was forked with them."""

from __future__ import annotations

import gc
import os
import secrets
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from typing import Any

from service.storage.evidence import erasures
from service.wired import Wired

LOOK_SECONDS = 1.0
"""How often a process looks whether the first process is still there."""

READER, CLERK = 5, 0
"""How far the kernel may put a process behind others, 0 to 19. The clerk holds locks for which workers may wait."""


@contextmanager
def process(life: Callable[[], object], behind: int) -> Iterator[None]:
    """A process with a life of its own, which ends with the block or with this process."""
    first, other = os.getpid(), os.fork()
    if other == 0:
        with suppress(BaseException):
            os.nice(behind)
            threading.Thread(target=end_after, args=(first, os._exit), daemon=True).start()
            life()
        os._exit(1)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(other, signal.SIGKILL)


def end_after(first: int, end: Callable[[int], None]) -> None:
    """Wait until the first process is no more, then end this one."""
    while os.getppid() == first:
        time.sleep(LOOK_SECONDS)
    end(0)


@contextmanager
def reader(wired: Wired) -> Iterator[None]:
    """The process that reads startups' texts for all workers; should it end, each worker reads for itself."""

    def life() -> None:
        wired.drift.follow()
        wired.matching.preparation.read_for_all()

    with process(life, READER):
        yield


@contextmanager
def clerk(wired: Wired) -> Iterator[None]:
    """The process that takes files in and counts for all workers; should it end, each worker does it itself."""
    key, actions = secrets.token_bytes(32), {"imports": wired.imports, "desk": wired.desk, "reports": wired.reports}
    with tempfile.TemporaryDirectory() as room:
        address = f"{room}/clerk"

        def asked(action: str, method: str, *arguments: Any, **options: Any) -> Any:
            with Client(address, authkey=key) as line:
                line.send((action, method, arguments, options, erasures.BEGUN.get()))
                is_done, answer = line.recv()
            if not is_done:
                raise answer
            return answer

        def life() -> None:
            wired.matching.preparation.take_over_at_once()
            gc.set_threshold(100_000, 50, 50)  # rows are no garbage: looking through them took a fifth of a file's time
            # Listening starts after the fork: while another process held the socket too, it would outlive the clerk.
            listener = Listener(address, authkey=key)
            while True:
                with suppress(OSError, EOFError, AuthenticationError):
                    threading.Thread(target=answered, args=(actions, listener.accept()), daemon=True).start()

        with process(life, CLERK):
            for name, action in actions.items():
                action.done_by(partial(asked, name))
            yield


def answered(actions: Mapping[str, object], line: Connection) -> None:
    """Do what a line asks for, and send what came of it, or what was raised."""
    with line, suppress(OSError, EOFError):
        action, method, arguments, options, begun = line.recv()
        erasures.BEGUN.set(begun)
        try:
            line.send((True, getattr(actions[action], method)(*arguments, **options)))
        except Exception as error:
            line.send((False, error))
