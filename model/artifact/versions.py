"""The folder of artifacts: which version CURRENT names and which PREVIOUS, and who may change that now."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CURRENT, PREVIOUS = "CURRENT", "PREVIOUS"
CHANGING, TRAINING = ".changing", ".training"
"""Locks: held while CURRENT is changed, and for the whole of a fit."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,199}")


class Held(Exception):  # noqa: N818 - named for what it says to the reader
    """Another process holds the lock."""


def current(folder: Path) -> str | None:
    """The version in use; None while there is none."""
    return _named(folder / CURRENT)


def previous(folder: Path) -> str | None:
    """The version in use before; None while there is none."""
    return _named(folder / PREVIOUS)


def is_name(name: str) -> bool:
    """Tell whether a version may have this name, which never leads out of the folder.

    >>> is_name("2026.11.22-3f9a1c"), is_name("../secret"), is_name(".changing")
    (True, False, False)
    """
    return _NAME.fullmatch(name) is not None


def published(folder: Path) -> tuple[str, ...]:
    """Every version that lies in the folder, by name."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.name for path in folder.iterdir() if is_name(path.name) and path.is_dir()))


def put_in_use(folder: Path, name: str) -> str | None:
    """Let CURRENT name a version and PREVIOUS the one before, durably; returns the one before.

    Call it while `CHANGING` is held. A crash between the two steps leaves the version in use as it was, with nothing
    to go back to.
    """
    before = current(folder)
    if before == name:
        return previous(folder)
    # PREVIOUS first: after a crash in between, going back leads to the version in use and does no harm.
    if before is not None:
        _write(folder / PREVIOUS, before)
    _write(folder / CURRENT, name)
    return before


def put_back(folder: Path, name: str | None, earlier: str | None) -> None:
    """Let CURRENT and PREVIOUS name what they named before a change that could not be kept."""
    for path, named in ((folder / CURRENT, name), (folder / PREVIOUS, earlier)):
        if named is None:
            path.unlink(missing_ok=True)
        else:
            _write(path, named)


@contextmanager
def held(folder: Path, lock: str, *, wait: bool = False) -> Iterator[None]:
    """Hold a lock of the folder; raises Held when another process does, unless told to wait.

    The kernel lets go of it with the process, so a killed one leaves nothing that stands in the way.
    """
    # flock ends with its descriptor, so a process that is killed leaves no lock behind.
    descriptor = os.open(folder / lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Held(lock) from None
        yield
    finally:
        os.close(descriptor)


def _named(path: Path) -> str | None:
    try:
        name = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return name if is_name(name) else None


def _write(path: Path, name: str) -> None:
    """Replace a one-line file: the new content made durable first, then its place in the folder."""
    fresh = path.with_name(f".{path.name}.new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    # A rename lasts through a power failure only once the folder is on the disk, too.
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
