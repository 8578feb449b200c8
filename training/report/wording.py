"""What the report calls things, in Korean and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

Both = Mapping[str, str]

_TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

METHODS: Mapping[str, Both] = _TABLE["methods"]
REGIMES: Mapping[str, Both] = _TABLE["regimes"]
DIRECTIONS: Mapping[str, Both] = _TABLE["directions"]
SLICES: Mapping[str, Both] = _TABLE["slices"]
VALUES: Mapping[str, Both] = _TABLE["values"]
BLOCKS: Mapping[str, Both] = tomllib.loads(
    (Path(__file__).parents[2] / "data" / "vocabularies" / "blocks.toml").read_text(encoding="utf-8")
)["names"]
TEACHES: Mapping[str, Both] = _TABLE["teaches"]
PHRASES: Mapping[str, Both] = _TABLE["phrases"]


def phrase(key: str, language: str) -> str:
    """Give one of the report's phrases in `ko` or `en`."""
    return PHRASES[key][language]


def name(table: Mapping[str, Both], key: str, language: str) -> str:
    """Name a code by a table; a code without a name stands for itself."""
    return table.get(key, {}).get(language, key)
