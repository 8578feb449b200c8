"""Sheets as a person sees them, whatever file they come from, and which of their rows are no records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from model.text import names

Cell: TypeAlias = Any
"""Text, number, true or false, None; or a dict for what a person sees and a program doesn't:
`failed` (a formula's error), `formula` (never calculated), `merged` (lies under the cell to its left),
`number` with `shown` (a format writes the number otherwise) or with `format` (one that makes another amount of it)."""

Note: TypeAlias = tuple[str, int | None, str, str]
"""Code, line, heading or field, value."""

LONGEST_NOTE = 300

_TOTAL = re.compile(
    r"(?:총|누|소|전체|월별?|연도별)?(?:합?계|평균|총계|소계|누계|총점|총합계|총평균)(?:\(.*\))?|(?:sub|grand)?total|sum|average|mean"
    r"|(?:총|합계|계)\d[\d,]*(?:개사|개소|개|건|명|곳|사|팀)?|중앙값|표준편차|최고|최저|최고점|최저점|평점|순위|점수합계|위원평균"
)
_REMARK = re.compile(
    r"[※☞▶*<\[【〈《■□●○◆◇▣◎★☆]|주\s?\d*[):.]|\(?단위|\[단위|(?:출처|자료|비고|참고|작성자|작성일|담당자?|문의|기준일)\s?[:：)]|이하\s?여백|[-–—]?\s?(?:끝|이상)\s?[-–—.]?\s?$"
)


@dataclass(slots=True)
class Grid:
    """One sheet: its rows that are not blank, each with its line, and what is noted of it as a whole."""

    name: str
    rows: Iterator[tuple[int, Sequence[Cell]]]
    is_hidden: bool = False
    notes: list[Note] = field(default_factory=list)


def text_of(cell: Cell) -> str:
    """A cell as a person reads it."""
    if isinstance(cell, dict) and "format" in cell:
        return f"{text_of(cell['number'])} [{cell['format']}]"
    if isinstance(cell, dict):
        return str(cell.get("shown") or cell.get("merged") or cell.get("failed") or cell.get("formula") or "")
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def is_blank(cell: Cell) -> bool:
    """Tell whether nobody would see anything in a cell; what lies under a merged cell is seen there."""
    return cell is None or (isinstance(cell, str) and not cell.strip()) or (isinstance(cell, dict) and "merged" in cell)


def said(cells: Iterable[Cell]) -> str:
    """What a row says, cut short, for a note."""
    whole = " | ".join(text_of(cell) for cell in cells if not is_blank(cell))
    return whole if len(whole) <= LONGEST_NOTE else whole[: LONGEST_NOTE - 1] + "…"


def is_total(text: str) -> bool:
    """Tell whether a text heads a total or an average, which is no record and no evaluator.

    >>> is_total("합 계"), is_total("Total"), is_total("계산과학")
    (True, True, False)
    """
    return bool(_TOTAL.fullmatch(names.folded(text)))


def is_remark(text: str) -> bool:
    """Tell whether a text is a remark beside a table, such as `※ 출처: …`, `- 이하 여백 -` or `<2기>`.

    >>> is_remark("※ 출처: 기관"), is_remark("주) 2025년"), is_remark("이상기업")
    (True, True, False)
    """
    return bool(_REMARK.match(names.visible(text).lstrip("- ")))


def letter(place: int) -> str:
    """The name of a column by its place from 0, as spreadsheets have it.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    before, last = divmod(place, 26)
    return (letter(before - 1) if before else "") + chr(65 + last)
