"""The columns of one kind of record, each found by any of its names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from model.fields import Field
from model.text import names


class Columns:
    """Every column of one kind of record, found by any of its names."""

    def __init__(self, columns: Iterable[Field]) -> None:
        self.by_field: Mapping[str, Field] = {column.name: column for column in columns}
        self.spelled: Mapping[str, Field] = {
            folded(word): column
            for column in self.by_field.values()
            for word in (column.name, column.ko, column.en, *column.also)
            if folded(word)
        }
        """The columns by every name, in the form in which headings are compared."""


_MARK = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Bring a heading to the form in which headings are compared.

    >>> folded(" 기업명 (영문)* ")
    '기업명영문'
    """
    return _MARK.sub("", names.folded(text))
