"""Words by code in both languages, Korean first, and the one way to look them up."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

Pairs: TypeAlias = Mapping[Any, tuple[str, str]]

_TABLES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def table(name: str) -> Pairs:
    """The words of a table in pairs.toml, such as `rounds.status`."""
    module, _, name = name.partition(".")
    return {code: (korean, english) for code, (korean, english) in _TABLES[module][name].items()}


def said(table: Pairs, code: str, language: str, **facts: object) -> str:
    """The words for a code in `ko` or `en`, with the facts filled in; a code without words is said as it is.

    >>> said({"left": ("{n}일 남음", "{n} days left")}, "left", "en", n=3), said({}, "left", "en")
    ('3 days left', 'left')
    """
    korean, english = table.get(code, (code, code))
    text = korean if language == "ko" else english
    return text.format(**facts) if facts else text
