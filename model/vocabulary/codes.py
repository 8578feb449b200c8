"""Code tables of the trade in both languages: kinds, entities, stages, support, fields, checks, regions, industries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from model.text import names
from model.vocabulary.families import Families
from model.vocabulary.places import Regions, Relation
from model.vocabulary.trades import Trades

__all__ = ["CodeTable", "Codes", "Families", "Regions", "Relation", "Term", "Trades"]


@dataclass(frozen=True, slots=True)
class Term:
    """One code with its names; `starts` and `ends` bound its use, `basis` names the rule or notice it comes from."""

    code: str
    ko: str
    en: str
    aliases: tuple[str, ...] = ()
    starts: date | None = None
    ends: date | None = None
    basis_ko: str | None = None
    basis_en: str | None = None

    def name(self, language: str) -> str:
        """Name the code in `ko` or `en`."""
        return self.ko if language == "ko" else self.en

    def basis(self, language: str) -> str | None:
        """Name the rule or notice that the code comes from, in `ko` or `en`."""
        return self.basis_ko if language == "ko" else self.basis_en


class CodeTable:
    """One list of codes, in the order of its file."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.by_code: Mapping[str, Term] = {term.code: term for term in terms}
        # The code itself goes before names, and names before aliases, where two terms share a spelling within one.
        words = ((w, t.code) for t in self.by_code.values() for w in (*reversed(t.aliases), t.en, t.ko, t.code))
        # Later entries win, so the weakest spellings are written first.
        self._spelled = {names.folded(word): code for word, code in words}

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    def __len__(self) -> int:
        return len(self.by_code)

    def get(self, code: str) -> Term | None:
        """Find a term by its code."""
        return self.by_code.get(code)

    def find(self, text: str) -> str | None:
        """Find the code that a code, name or alias in either language means, however it is spaced, dotted or wide."""
        return text if text in self.by_code else self._spelled.get(names.folded(text))

    def name(self, code: str, language: str) -> str | None:
        """Name a code in `ko` or `en`; None if unknown."""
        term = self.by_code.get(code)
        return term.name(language) if term else None


@dataclass(frozen=True)
class Codes:
    """Every code table; new-industry fields are listed by their number written as text, `1` to `27`."""

    kinds: CodeTable
    entities: CodeTable
    stages: CodeTable
    support: CodeTable
    languages: CodeTable
    manual_checks: CodeTable
    new_industry: CodeTable
    regions: Regions
    industries: Trades
    programs: Families
    new_industry_from: date | None = None

    @classmethod
    def from_folder(cls, folder: Path) -> Codes:
        """Read the tables from their files; technologies, which take long to make ready, are left out."""
        return cls.from_json({path.stem: json.loads(path.read_bytes()) for path in folder.glob("*.json")})

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Codes:
        """Read the tables from their files' JSON, by file stem; a missing file is an empty table."""
        fields = raw.get("new_industry_fields", {})
        notice = fields.get("notice", {}).get("date")
        simple = {
            name: CodeTable(_term(row) for row in raw.get(name, {}).get(name, ()))
            for name in ("kinds", "entities", "stages", "support", "languages", "manual_checks")
        }
        return cls(
            **simple,
            new_industry=CodeTable(_term(row) for row in fields.get("fields", ())),
            regions=Regions.from_json(raw.get("regions", {})),
            industries=Trades.from_json(raw.get("industries", {})),
            programs=Families.from_json(raw.get("programs", {})),
            new_industry_from=date.fromisoformat(notice) if notice else None,
        )


def _term(row: Mapping[str, Any]) -> Term:
    basis = row.get("basis", {})
    return Term(
        str(row.get("code", row.get("number"))),
        row["ko"],
        row["en"],
        tuple(row.get("aliases", ())),
        date.fromisoformat(row["from"]) if row.get("from") else None,
        date.fromisoformat(row["until"]) if row.get("until") else None,
        basis.get("ko"),
        basis.get("en"),
    )
