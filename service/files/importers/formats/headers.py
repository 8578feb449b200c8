"""Where a table's heading row stands, and which column each of its cells names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.files.columns.column import Heading
from service.files.columns.names import KINDS, columns
from service.files.importers.refusal import Refusal

SEARCHED_ROWS = 20
"""A title and remarks may stand above the headings, but not a page of them."""

LONGEST = 80
"""What is longer is no heading."""

REQUIRED = {"startups": ("id",), "programs": ("id",), "outcomes": ("startup_id", "program_id", "outcome")}


@dataclass(frozen=True, slots=True)
class Headed:
    """The kind of record, the place of the heading row among the rows, and what each column is (None: not ours)."""

    kind: str
    place: int
    headings: tuple[Heading | None, ...]
    unknown: tuple[str, ...]

    @property
    def known(self) -> int:
        """How many columns are ours."""
        return sum(heading is not None for heading in self.headings)


def found(rows: Sequence[Sequence[object]], kind: str | None) -> Headed:
    """Find the row with the most headings of ours; raises Refusal when there is none, or it could be of two kinds."""
    ranked = sorted((headed for one in KINDS if kind in (None, one) for headed in [_best(rows, one)]), key=_weight)
    best = ranked[-1]
    if best.known < 1 or _misses(best):
        raise Refusal("no_headings", columns=", ".join(REQUIRED[best.kind]))
    if len(ranked) > 1 and _weight(ranked[-2]) == _weight(best):
        raise Refusal("import_kind_unknown")
    _refuse_doubles(best)
    return best


def _weight(headed: Headed) -> tuple[bool, int]:
    return not _misses(headed), headed.known


def _misses(headed: Headed) -> bool:
    named = {heading.column.name for heading in headed.headings if heading}
    return not named.issuperset(REQUIRED[headed.kind])


def _best(rows: Sequence[Sequence[object]], kind: str) -> Headed:
    heads = [_read(place, row, kind) for place, row in enumerate(rows[:SEARCHED_ROWS])]
    return max(heads, key=_weight, default=Headed(kind, 0, (), ()))


def _read(place: int, row: Sequence[object], kind: str) -> Headed:
    texts = [str(cell).strip() if cell is not None else "" for cell in row]
    headings = tuple(columns(kind).find(text) if 0 < len(text) <= LONGEST else None for text in texts)
    unknown = tuple(text[:LONGEST] for text, heading in zip(texts, headings, strict=True) if text and heading is None)
    return Headed(kind, place, headings, unknown)


def _refuse_doubles(headed: Headed) -> None:
    fields = [heading.column.name for heading in headed.headings if heading]
    twice = next((field for field in fields if fields.count(field) > 1), None)
    if twice:
        raise Refusal("duplicate_heading", column=twice)


def by_file_name(name: str) -> str | None:
    """The kind that a file's name begins with, in English or Korean.

    >>> by_file_name("기업_2026.csv"), by_file_name("list.csv")
    ('startups', None)
    """
    beginnings = {"startups": ("startup", "기업", "창업기업"), "programs": ("program", "프로그램", "공고")}
    beginnings["outcomes"] = ("outcome", "진행결과", "진행 결과")
    stem = re.split(r"[/\\]", name)[-1].casefold()
    return next((kind for kind, words in beginnings.items() if stem.startswith(words)), None)
