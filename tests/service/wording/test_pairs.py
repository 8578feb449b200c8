"""Tables of words: every code has words in both languages, and no table stands there unread."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from model.domain import FlagCode
from model.matching.known_pairs import KnownState
from model.rounds import Method, ProposingSide, Status, TieBreak
from model.rounds.clash import DemandKind
from model.rounds.scores import Wrong
from service import wording
from service.wording import rounds
from service.wording.matching import flags, known_pairs
from service.wording.pairs import Pairs

ROOM = Path(wording.__file__).parent
WRITTEN = tomllib.loads((ROOM / "pairs.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (rounds.STATUS, Status),
        (rounds.DEMANDS, DemandKind),
        (rounds.WRONG, Wrong),
        (rounds.METHODS, Method),
        (rounds.SIDES, ProposingSide),
        (rounds.TIE_BREAKS, TieBreak),
        (flags.NAMES, FlagCode),
        (flags.SENTENCES, FlagCode),
        (known_pairs.STATES, KnownState),
    ],
)
def test_every_code_has_words_and_every_word_a_code(table: Pairs, codes: Iterable[str]) -> None:
    assert set(table) == set(map(str, codes))


def test_every_word_is_said_in_both_languages() -> None:
    pairs = [(code, pair) for tables in WRITTEN.values() for table in tables.values() for code, pair in table.items()]

    assert [code for code, pair in pairs if len(pair) != 2 or not all(pair)] == []


def test_every_table_is_read() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in ROOM.parent.rglob("*.py"))

    assert [f"{m}.{t}" for m, tables in WRITTEN.items() for t in tables if f'table("{m}.{t}")' not in source] == []
