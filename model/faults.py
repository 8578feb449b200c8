"""What is wrong with a piece of data: where it stands, what was found, why it can't stand and what to do."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("faults.toml")
"""Every code with what is wrong and what to do, in both languages: the one place for these words."""

SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `line` counts from 1 (None: the whole file), `value` is what was found, cut short."""

    code: str
    file: str = ""
    line: int | None = None
    field: str = ""
    value: str = ""
    allowed: str = ""

    def sentences(self, language: str) -> tuple[str, str]:
        """Say in `ko` or `en` what is wrong and what to do; the second is empty where the first says both."""
        what, *advice = (
            text.format(allowed=self.allowed, value=self.value) for text in sentences()[self.code][language]
        )
        return what, " ".join(advice)

    def sentence(self, language: str) -> str:
        """Say both in one."""
        return " ".join(filter(None, self.sentences(language)))


@cache
def sentences() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Every code's sentences by language, read when the first is needed."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


class BadData(ValueError):  # noqa: N818 - named for what it says to the reader
    """Data that can't be taken as it is; nothing of it was used."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(_line(fault) for fault in self.faults[:5]))

    def __reduce__(self) -> tuple[type[BadData], tuple[tuple[Fault, ...]]]:
        return type(self), (self.faults,)


def shown(value: object) -> str:
    """Cut a found value to what fits a message, with nothing in it that can't be printed.

    >>> shown("a" * 70)[-3:]
    'aa…'
    """
    text = value if isinstance(value, str) else repr(value)
    text = "".join(c if c.isprintable() else "�" for c in text[: SHOWN_CHARACTERS + 1])
    return text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "…"


def _line(fault: Fault) -> str:
    place = f"{fault.file}:{fault.line}" if fault.line else fault.file
    return f"{place} {fault.field}={fault.value!r} {fault.sentence('en')}".strip()
