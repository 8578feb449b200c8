"""What the command line says, in Korean and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

Both = Mapping[str, str]

LANGUAGES = ("ko", "en")

_TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

HELP: Mapping[str, Both] = _TABLE["help"]
STEPS: Mapping[str, Both] = _TABLE["steps"]
SENTENCES: Mapping[str, Both] = _TABLE["sentences"]
HEADINGS: Mapping[str, Both] = _TABLE["headings"]


def say(key: str, language: str, **facts: object) -> str:
    """Say something in `ko` or `en`."""
    return SENTENCES[key][language].format(**facts)
