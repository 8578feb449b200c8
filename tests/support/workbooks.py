"""Workbooks opened again by a reader that has nothing to do with what wrote them."""

from __future__ import annotations

import io
from typing import Any

from python_calamine import CalamineWorkbook


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """Every sheet by its name, as rows of cells."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
