"""KSIC industry codes: sections, divisions and prefixes, and how one code lies to a list of others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from model.vocabulary.places import Relation

_CODE = re.compile(r"([A-U]?)(\d{2,5})")


@dataclass(frozen=True, slots=True)
class Trade:
    """One section, division or excluded class with its names."""

    code: str
    ko: str
    en: str


class Trades:
    """KSIC codes: a section letter stands for its divisions, digits for everything that starts with them."""

    def __init__(self, trades: Iterable[Trade], sections: Mapping[str, tuple[str, ...]]) -> None:
        self.by_code: Mapping[str, Trade] = {trade.code: trade for trade in trades}
        self.sections = sections
        self._section_of = {division: letter for letter, codes in sections.items() for division in codes}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Trades:
        """Read `sections`, `divisions` and `excluded` of the file."""
        divisions = raw.get("divisions", ())
        named = [*raw.get("sections", ()), *divisions, *raw.get("excluded", ())]
        letters: dict[str, list[str]] = {}
        for division in divisions:
            letters.setdefault(division["section"], []).append(division["code"])
        trades = (Trade(row["code"], row["ko"], row["en"]) for row in named)
        return cls(trades, {letter: tuple(codes) for letter, codes in letters.items()})

    def prefixes(self, code: str) -> tuple[str, ...] | None:
        """Turn a code into digit prefixes: `C` to its divisions, `J62010` to `62010`; None if it is no code."""
        word = code.strip().upper()
        if word in self.sections:
            return self.sections[word]
        match = _CODE.fullmatch(word)
        if match is None or not match[2].isascii():
            return None
        letter, digits = match[1], match[2]
        section = self._section_of.get(digits[:2])
        return (digits,) if section is not None and letter in ("", section) else None

    def relation(self, code: str, targets: Iterable[str]) -> Relation:
        """Tell how a code lies to the union of other codes; too short or unknown codes leave the answer uncertain."""
        own = self.prefixes(code)
        if own is None:
            return Relation.UNCERTAIN
        wanted = [self.prefixes(target) for target in targets]
        known = [prefix for prefixes in wanted if prefixes for prefix in prefixes]
        if all(any(mine.startswith(theirs) for theirs in known) for mine in own):
            return Relation.INSIDE
        touching = any(mine.startswith(theirs) or theirs.startswith(mine) for mine in own for theirs in known)
        return Relation.UNCERTAIN if touching or None in wanted else Relation.OUTSIDE

    def name(self, code: str, language: str) -> str | None:
        """Name the narrowest listed class of a code, such as 출판업 for 58222; None for an unknown code."""
        prefixes = self.prefixes(code)
        if prefixes is None:
            return None
        word = code.strip().upper() if len(prefixes) > 1 else prefixes[0]
        trade = self.by_code.get(word) or self.by_code.get(word[:2])
        return None if trade is None else (trade.ko if language == "ko" else trade.en)
