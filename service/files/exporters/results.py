"""Ranked lists, decisions and import reports as tables; the words of their columns are handed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from model.domain import UNITS_PER_POINT, Match, Program, Startup
from service.files.exporters.table import ColumnHead, ExportTable, Value

Word = Callable[[str], str]


def ranked(
    name: str,
    matches: Sequence[tuple[Match, Startup | Program, str, str]],
    blocks: Sequence[tuple[str, str]],
    word: Word,
) -> ExportTable:
    """One row a match with its record, verdict and open rules in words; the blocks' columns add up to the score."""
    side = "program_id" if matches and isinstance(matches[0][1], Program) else "startup_id"
    heads = (
        ColumnHead(word("rank"), 8),
        ColumnHead(word(side), 20, is_code=True),
        ColumnHead(word("name"), 28),
        ColumnHead(word("name_en"), 28),
        ColumnHead(word("score"), 10),
        ColumnHead(word("verdict"), 12),
        *(ColumnHead(label, 12) for _, label in blocks),
        ColumnHead(word("open_rules"), 60),
    )
    return ExportTable(name, heads, tuple(_row(*match, blocks) for match in matches))


def _row(
    match: Match, record: Startup | Program, verdict: str, rules: str, blocks: Sequence[tuple[str, str]]
) -> tuple[Value, ...]:
    points = {share.block: share.units / UNITS_PER_POINT for share in match.reasons}
    about: tuple[Value, ...] = (match.rank, record.id, record.name, record.name_en, match.score, verdict)
    return (*about, *(points.get(block) for block, _ in blocks), rules)


KNOWN_COLUMNS = ("id", "name", "name_en", "state", "when", "verdict", "open_rules")


def known(name: str, side: str, rows: Sequence[Sequence[Value]], word: Word) -> ExportTable:
    """One row a pair of which something is known already: the record, state, day or year, verdict and open rules."""
    return listed(name, (f"{side}_id", *KNOWN_COLUMNS[1:]), rows, word)


def listed(name: str, columns: Sequence[str], rows: Sequence[Sequence[Value]], word: Word) -> ExportTable:
    """Rows under named columns; what ends in `id` or is a code stays text."""
    heads = tuple(ColumnHead(word(column), 24, is_code=column.endswith(("id", "ref", "code"))) for column in columns)
    return ExportTable(name, heads, tuple(map(tuple, rows)))
