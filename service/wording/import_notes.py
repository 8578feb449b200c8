"""What is noted of a file that was read: cells a reader can't see, rows and columns left out, values changed."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

Pair = tuple[str, str]


def _read(file: Path) -> Mapping[str, Mapping[str, Pair]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: {"ko": (row["ko"], row["ko_advice"]), "en": (row["en"], row["en_advice"])}
            for row in csv.DictReader(lines)
        }


NOTES = _read(Path(__file__).parent / "import_notes.csv")
"""By code, then by language: what is noted, and what to do."""
