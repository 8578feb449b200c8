"""A stretch of time that records are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Period:
    """From one moment on and before another; None leaves an end open."""

    since: datetime | None = None
    before: datetime | None = None


ALWAYS = Period()
