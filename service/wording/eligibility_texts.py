"""The words of the eligibility rules: names, results, reasons and ways in, in Korean and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

Texts: TypeAlias = Mapping[str, Mapping[str, str]]

_TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

RULES: Texts = _TABLE["rules"]
RESULTS: Texts = _TABLE["results"]
VERDICTS: Texts = _TABLE["verdicts"]
FIELDS: Texts = _TABLE["fields"]
REASONS: Mapping[tuple[str, str], Mapping[str, str]] = {
    (rule, result): both for rule, results in _TABLE["reasons"].items() for result, both in results.items()
}
"""What each rule found, by rule and result."""
LAST_DAY: Texts = _TABLE["last_day"]
UNLOCKS: Texts = _TABLE["unlocks"]
STEPS: Texts = _TABLE["steps"]
CONFIRMATIONS: Texts = _TABLE["confirmations"]
BASES: Texts = _TABLE["bases"]
STATUSES: Texts = _TABLE["statuses"]
WORDS: Texts = _TABLE["words"]
