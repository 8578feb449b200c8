"""The columns of one kind of record, each found by any of its names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from model.fields import Field


@dataclass(frozen=True, slots=True)
class Heading:
    """A field as a table heads its column; amounts below it count in `unit` won."""

    column: Field
    unit: int = 1


class Columns:
    """Every column of one kind of record, found by any of its names."""

    def __init__(self, columns: Iterable[Field]) -> None:
        self.by_field: Mapping[str, Field] = {column.name: column for column in columns}
        self._spelled = {
            folded(word): column for column in self.by_field.values() for word in _words(column) if folded(word)
        }

    def find(self, text: str) -> Heading | None:
        """Find the column that a heading names, whatever its case, spacing, marks and remarks in brackets."""
        own = self._spelled.get(folded(text))
        if own is not None:
            return Heading(own)
        bare, remarks = _BRACKETED.sub("", text), _BRACKETED.findall(text)
        column = self._spelled.get(folded(bare))
        unit = next((_UNITS[folded(remark)] for remark in remarks if folded(remark) in _UNITS), 1)
        return Heading(column, unit) if column else None


_UNITS = {"원": 1, "천원": 1_000, "만원": 10_000, "백만원": 1_000_000, "천만원": 10_000_000, "억원": 100_000_000}
_BRACKETED = re.compile(r"[(\[（［][^)\]）］]*[)\]）］]")
_MARK = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Bring a heading to the form in which headings are compared.

    >>> folded(" 기업명 (영문)* ")
    '기업명영문'
    """
    return _MARK.sub("", unicodedata.normalize("NFKC", text).casefold())


def _words(column: Field) -> tuple[str, ...]:
    return (column.name, column.ko, column.en, *column.also)
