"""Support programs by family: names and former names in both languages, umbrellas with their tracks, classes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from model.text import names

_REMARK = re.compile(r"[(\[（［][^)\]）］]*[)\]）］]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ROUND = re.compile(r"(?:19|20)\d\d\s*년?도?|제?\s*\d+\s*(?:기|차|회)(?!\w)")
_GENERIC = ("지원사업", "프로그램", "program", "사업", "지원")
"""Words that people add to a program's name or leave off."""
LONGEST_NAME = 300
"""Names come from outside, and folding one of a megabyte would take a while."""
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Track:
    """The umbrella that a family is a track of, from the first to the last year, both included; None is open."""

    umbrella: str
    first: int | None = None
    last: int | None = None

    def holds(self, year: int) -> bool:
        """Tell whether it is a track in a year."""
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


@dataclass(frozen=True, slots=True)
class Family:
    """One program through the years; `classes` is None where it isn't known to which classes it belongs."""

    code: str
    ko: str
    en: str
    aliases: tuple[str, ...] = ()
    within: tuple[Track, ...] = ()
    classes: frozenset[str] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling, the code first."""
        return (self.code, self.ko, self.en, *self.aliases)


class Families:
    """The catalogue of families; a name that two of them share names neither."""

    def __init__(self, families: Iterable[Family] = (), classes: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self.by_code: Mapping[str, Family] = {family.code: family for family in families}
        self._classes = classes or {}
        self._umbrellas: dict[tuple[str, int | None], frozenset[str]] = {}
        self._index = FamilyNames(dict.fromkeys(f.names, f.code) for f in self.by_code.values())

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Families:
        """Read the catalogue from its file's JSON; a missing file is an empty one, in which nothing is known."""
        return cls(
            (
                Family(
                    row["code"],
                    row["ko"],
                    row["en"],
                    tuple(row.get("aliases", ())),
                    tuple(
                        Track(track["code"], track.get("from"), track.get("until")) for track in row.get("within", ())
                    ),
                    frozenset(row["classes"]) if "classes" in row else None,
                )
                for row in raw.get("programs", ())
            ),
            {row["code"]: row for row in raw.get("classes", ())},
        )

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    def find(self, text: str) -> str | None:
        """Find the family that a code or name means, however it is spelled; None where none or several could be."""
        return in_brackets_or_not(text, self._index.find, self.umbrellas)

    def name(self, code: str, language: str) -> str | None:
        """Name a family in `ko` or `en`; None if unknown."""
        family = self.by_code.get(code)
        return (family.ko if language == "ko" else family.en) if family else None

    def class_name(self, code: str, language: str) -> str | None:
        """Name a class of programs in `ko` or `en`; None if unknown."""
        names_of_class = self._classes.get(code)
        return names_of_class[language] if names_of_class else None

    def umbrellas(self, code: str, year: int | None = None) -> frozenset[str]:
        """List what a family is a track of at every level: in a year, or in any."""
        family = self.by_code.get(code)
        if family is None or not family.within:
            return NONE
        if (code, year) not in self._umbrellas:  # asked for with each entry of each history
            over = {track.umbrella for track in family.within if year is None or track.holds(year)}
            above = (self.umbrellas(umbrella, year) for umbrella in over)
            self._umbrellas[code, year] = frozenset(over).union(*above)
        return self._umbrellas[code, year]

    def classes(self, code: str) -> frozenset[str] | None:
        """Tell to which classes a family belongs; None where that isn't known."""
        family = self.by_code.get(code)
        return family.classes if family else None


class FamilyNames:
    """Finds what a spelling stands for, whatever its case, spaces, marks, Unicode form, year, round and remark."""

    def __init__(self, tables: Iterable[Mapping[str, str]] = ()) -> None:
        self._codes: dict[str, str | None] = {}
        for table in tables:
            for name, code in table.items():
                # a spelling of two families is kept as None: choosing one would be a guess
                for key in filter(None, (folded(name), _bare(folded(name)))):
                    self._codes[key] = code if self._codes.get(key, code) == code else None

    def find(self, text: str) -> str | None:
        """Find the code of a spelling, what it says in brackets included."""
        if len(text) > LONGEST_NAME:
            return None
        for spelling in (text, _ROUND.sub(" ", text)):  # a round may itself be part of a name
            for key in (folded(spelling), _bare(folded(spelling))):
                if key in self._codes:
                    return self._codes[key]
        return None


def folded(text: str) -> str:
    """Bring a program's name to the form in which they are compared: as names are, its letters and digits alone.

    >>> folded(" N&UP 프로그램 "), folded("around-x")
    ('nup프로그램', 'aroundx')
    """
    return _folded(text[:LONGEST_NAME])


@lru_cache(maxsize=4_096)  # each program compares the same few names
def _folded(text: str) -> str:
    return "".join(c for c in names.folded(text) if c.isalnum())


def in_brackets_or_not(
    text: str, find: Callable[[str], str | None], umbrellas: Callable[[str], frozenset[str]]
) -> str | None:
    """Find a name's family, with its remark in brackets or, where that is unknown, without.

    A remark that names a track says it better than the umbrella before it. None where name and remark are programs
    of which neither is a track of the other: choosing would be a guess.
    """
    remarks = _REMARK.findall(text[:LONGEST_NAME])
    code = find(text) or (find(_REMARK.sub(" ", text)) if remarks and len(text) <= LONGEST_NAME else None)
    for other in {find(remark[1:-1]) for remark in remarks if not find(text)} - {None, code}:
        if code and other and other not in umbrellas(code):
            code = other if code in umbrellas(other) else None
    return code


def years_in(text: str) -> frozenset[int]:
    """List the years that a program's name holds."""
    return frozenset(map(int, _YEAR.findall(text[:LONGEST_NAME])))


def tells_another_year(text: str, year: int) -> bool:
    """Tell whether a program's name holds a year, and not this one, so that it isn't known which year is meant.

    >>> tells_another_year("엔업 2026", 2025), tells_another_year("엔업 2026", 2026)
    (True, False)
    """
    return bool(years := years_in(text)) and year not in years


def _bare(name: str) -> str:
    for word in _GENERIC:
        if name.endswith(word) and len(name) > len(word):
            return name.removesuffix(word)
    return name
