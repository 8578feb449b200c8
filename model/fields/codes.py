"""Names of the codes that have no vocabulary file, in both languages."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CodeName:
    """One code with its names; `also` are further words by which files give it."""

    code: str
    ko: str
    en: str
    also: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """Name the code in `ko` or `en`."""
        return self.ko if language == "ko" else self.en


def _read(file: Path) -> Mapping[str, Mapping[str, CodeName]]:
    tables: dict[str, dict[str, CodeName]] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            also = tuple(word for word in row["also"].split("|") if word)
            tables.setdefault(row["codes"], {})[row["code"]] = CodeName(row["code"], row["ko"], row["en"], also)
    return tables


CODES: Mapping[str, Mapping[str, CodeName]] = _read(Path(__file__).parent / "codes.csv")
"""By table (`role`, `confidence`, `reasons_shown`, `status`, `outcome`), then by code."""
