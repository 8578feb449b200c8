"""What was decided and shown, as a whole: the repositories that actions work with beside the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.storage.decisions import Decisions
from service.storage.replies import Replies
from service.storage.runs import Runs
from service.storage.startup_refs import StartupRefs

KEYS_KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Records:
    """The lasting records' repositories, all in the catalogue's database."""

    decisions: Decisions
    replies: Replies
    runs: Runs
    startup_refs: StartupRefs


def kept(clock: Callable[[], datetime], *, keys: timedelta = KEYS_KEPT) -> Records:
    """Make the repositories; `keys` is how long an idempotency key stands for its request."""
    return Records(Decisions(), Replies(clock, keys), Runs(), StartupRefs())
