"""Words by code in both languages, Korean first, and the one way to look them up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

Pairs: TypeAlias = Mapping[Any, tuple[str, str]]


def said(table: Pairs, code: str, language: str, **facts: object) -> str:
    """The words for a code in `ko` or `en`, with the facts filled in; a code without words is said as it is.

    >>> said({"left": ("{n}일 남음", "{n} days left")}, "left", "en", n=3), said({}, "left", "en")
    ('3 days left', 'left')
    """
    korean, english = table.get(code, (code, code))
    text = korean if language == "ko" else english
    return text.format(**facts) if facts else text
