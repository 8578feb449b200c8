"""KSIC industry codes: sections, divisions and prefixes, and how one code lies to a list of others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from model.text import names
from model.vocabulary.places import Relation

MOST_KEPT = 10_000
"""Codes and lists of codes kept ready in memory."""

_CODE = re.compile(r"([A-U]?)(\d{2,5})")


@dataclass(frozen=True, slots=True)
class Trade:
    """One section, division or excluded class with its names."""

    code: str
    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class _ListedTrades:
    """A list of codes made ready: its prefixes, all their shorter forms, and whether a word in it is no code."""

    known: frozenset[str]
    shorter: frozenset[str]
    unknown: bool


class Trades:
    """KSIC codes: a section letter stands for its divisions, digits for everything that starts with them."""

    def __init__(self, trades: Iterable[Trade], sections: Mapping[str, tuple[str, ...]]) -> None:
        self.by_code: Mapping[str, Trade] = {trade.code: trade for trade in trades}
        self._spelled: dict[str, list[str]] = {}
        for trade in self.by_code.values():
            # Divisions and their classes may share a name; then neither is meant for sure.
            for name in {names.folded(trade.ko), names.folded(trade.en)}:
                self._spelled.setdefault(name, []).append(trade.code)
        self.sections = sections
        self._forms: dict[str, Mapping[str, tuple[str, ...]]] = {}
        self._lists: dict[tuple[str, ...], _ListedTrades] = {}
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

    def find(self, text: str) -> str | None:
        """Find the one section, division or class that an official name in either language means; else None."""
        codes = self._spelled.get(names.folded(text), [])
        # A section of one division, such as 부동산업, has its name and means the same.
        return codes[-1] if len({self.prefixes(code) for code in codes}) == 1 else None

    def relation(self, code: str, targets: Iterable[str]) -> Relation:
        """Tell how a code lies to the union of other codes; too short or unknown codes leave the answer uncertain."""
        own = self._leading(code)
        if not own:
            return Relation.UNCERTAIN
        wanted = self._listed(tuple(targets))
        inside = [not wanted.known.isdisjoint(forms) for forms in own.values()]
        if all(inside):
            return Relation.INSIDE
        touching = wanted.unknown or any(inside) or not wanted.shorter.isdisjoint(own)
        return Relation.UNCERTAIN if touching else Relation.OUTSIDE

    def _leading(self, code: str) -> Mapping[str, tuple[str, ...]]:
        """Give each prefix of a code with its leading forms: 62010 with 62, 620, 6201 and 62010; none for no code."""
        leading = self._forms.get(code)
        if leading is None:
            if len(self._forms) >= MOST_KEPT:
                self._forms.clear()
            own = self.prefixes(code) or ()
            leading = self._forms[code] = {p: tuple(p[:end] for end in range(2, len(p) + 1)) for p in own}
        return leading

    def _listed(self, targets: tuple[str, ...]) -> _ListedTrades:
        listed_trades = self._lists.get(targets)
        if listed_trades is None:
            if len(self._lists) >= MOST_KEPT:
                self._lists.clear()
            prefixes = [self.prefixes(target) for target in targets]
            known = frozenset(prefix for listed in prefixes if listed for prefix in listed)
            shorter = frozenset(prefix[:end] for prefix in known for end in range(2, len(prefix)))
            listed_trades = self._lists[targets] = _ListedTrades(known, shorter, None in prefixes)
        return listed_trades

    def name(self, code: str, language: str) -> str | None:
        """Name the narrowest listed class of a code, such as 출판업 for 58222; None for an unknown code."""
        prefixes = self.prefixes(code)
        if prefixes is None:
            return None
        word = code.strip().upper() if len(prefixes) > 1 else prefixes[0]
        trade = self.by_code.get(word) or self.by_code.get(word[:2])
        return None if trade is None else (trade.ko if language == "ko" else trade.en)
