"""How much a file may bring, hold once unpacked, and cost to read."""

from __future__ import annotations

import codecs
import resource

MOST_ROWS = 20_000
ROWS_ABOVE = 20
"""A title and remarks may stand above the headings, but not a page of them."""

MOST_COLUMNS = 200
MOST_CELLS = 1_000_000
MOST_CELL = 200_000
MOST_TEXT = 24_000_000
"""Characters in all cells together."""

MOST_ENTRIES = 500
MOST_UNPACKED = 96_000_000
MOST_SHARED_TEXT = 48_000_000
MOST_RATIO = 150
RATIO_FROM = 4_000_000
"""A part that unpacks to less than this may be packed as tightly as it likes: blank tables are."""

MOST_LEVELS = 32
MOST_MEMORY = 256 * 1024 * 1024
MOST_CPU_SECONDS = 5
MOST_SECONDS = 30
"""Wall time, for a machine that is busy with other things."""


def confine() -> None:
    """Bind this process to the memory and time that one file may cost; it may write no file and start no core dump."""
    for name in ("cp949", "utf-16-le", "utf-16-be", "utf-8-sig"):
        codecs.lookup(name)  # what is read by need later finds no room
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
