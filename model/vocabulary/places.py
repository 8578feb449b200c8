"""Official region codes by date: which code lies in which, however often names, codes and borders changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from model.text import names

NON_CAPITAL = "non_capital"
MOST_KEPT = 50_000
"""Answers kept in memory per table; a year's days times all codes would be more than is ever asked."""


class Relation(Enum):
    """How a code lies to a set of codes: wholly in, wholly out, or not to be told from the code alone."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Region:
    """One 시도, 시군구 or general 구; `starts` is the first day of the code, `ends` the first day without it."""

    code: str
    parent: str | None
    ko: str
    en: str
    aliases: tuple[str, ...] = ()
    capital_area: bool | None = None
    starts: date | None = None
    ends: date | None = None
    successors: tuple[str, ...] = ()

    def is_valid(self, on: date) -> bool:
        """Tell whether the code is in use on a day."""
        return (self.starts is None or self.starts <= on) and not self.has_ended(on)

    def has_ended(self, on: date) -> bool:
        """Tell whether the code has gone out of use by a day."""
        return self.ends is not None and self.ends <= on


@dataclass(frozen=True, slots=True)
class SpecialArea:
    """A dated status of a region, such as border area; `counts_as` tells what law takes the region for."""

    code: str
    status: str
    starts: date
    ends: date | None
    counts_as: str | None
    basis_ko: str
    basis_en: str

    def holds(self, on: date) -> bool:
        """Tell whether the status is in force on a day."""
        return self.starts <= on and (self.ends is None or on < self.ends)


@dataclass(frozen=True, slots=True)
class Footprint:
    """The present-day districts that a code covers; `whole` is False where it is only part of one of them."""

    districts: frozenset[str]
    whole: bool


@dataclass(frozen=True, slots=True)
class _ListedRegions:
    """A list of codes made ready for a day: districts that it covers and touches; whether a code is unknown."""

    codes: frozenset[str]
    covered: frozenset[str]
    touched: frozenset[str]
    unknown: bool


class Regions:
    """Every region code with its history."""

    def __init__(self, regions: Iterable[Region], special: Iterable[SpecialArea] = ()) -> None:
        self.by_code: Mapping[str, Region] = {region.code: region for region in regions}
        self.special = tuple(special)
        # Lists and no single code: several cities have a 중구.
        self._spelled = _grouped(
            (names.folded(w), r.code) for r in self.by_code.values() for w in (r.ko, r.en, *r.aliases)
        )
        self._children = _grouped((r.parent, r.code) for r in self.by_code.values() if r.parent)
        self._predecessors = _grouped((new, r.code) for r in self.by_code.values() for new in r.successors)
        self._footprints: dict[tuple[str, date], Footprint] = {}
        self._lists: dict[tuple[tuple[str, ...], date], _ListedRegions] = {}
        self._outside: dict[date, frozenset[str]] = {}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Regions:
        """Read `regions` and `special_areas` of the file."""
        regions = (
            Region(
                row["code"],
                row.get("parent"),
                row["ko"],
                row["en"],
                tuple(row.get("aliases", ())),
                row.get("capital_area"),
                _day(row.get("from")),
                _day(row.get("until")),
                tuple(row.get("split_into") or ([row["successor"]] if row.get("successor") else [])),
            )
            for row in raw.get("regions", ())
        )
        special = (
            SpecialArea(
                row["code"],
                row["status"],
                date.fromisoformat(row["from"]),
                _day(row.get("until")),
                row.get("counts_as"),
                row.get("basis", {}).get("ko", ""),
                row.get("basis", {}).get("en", ""),
            )
            for row in raw.get("special_areas", ())
        )
        return cls(regions, special)

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    def name(self, code: str, language: str) -> str | None:
        """Name a region with its 시도, such as 경기도 고양시; None for an unknown code."""
        region = self.by_code.get(code)
        if region is None:
            return None
        above = self.by_code.get(region.code[:2]) if region.parent else None
        own = region.ko if language == "ko" else region.en
        if above is None or above.ko == region.ko:
            return own
        return f"{above.ko} {own}" if language == "ko" else f"{own}, {above.en}"

    def find(self, text: str) -> str | None:
        """Find the one region in force that a code or name in either language means; None if there are more or none.

        Of a 시도 and its only 시군구 of the same name, such as 세종특별자치시, the 시도 is meant.
        """
        word = text.strip()
        return word if word in self.by_code else self._only(self._spelled.get(names.folded(word), ()))

    def find_within(self, code: str, text: str) -> str | None:
        """Find the one 시군구 or 구 below a region that a name means, also without its ending; None if none or more.

        `find_within("47", "포항")` is 포항시, `find_within("41130", "분당")` is 성남시 분당구.
        """
        word = names.folded(text)
        own = [below for below in self.by_code if self._is_below(below, code)]
        for wanted in ({word}, {word + ending for ending in "시군구"}):
            hits = []
            for below in own:
                region = self.by_code[below]
                # Of a 구 its last word will do too, which its parent makes clear.
                spelled = (region.ko, region.en, *region.aliases, region.ko.split()[-1])
                if not wanted.isdisjoint(map(names.folded, spelled)):
                    hits.append(below)
            if hits:
                return self._only(hits)
        return None

    def has_parts(self, code: str) -> bool:
        """Tell whether a region has 시군구 or 구 of other names below it; 세종특별자치시 has not."""
        own = self.by_code[code].ko
        return any(self.by_code[child].ko != own for child in self._children.get(code, ()))

    def lying_in(self, code: str, on: date) -> frozenset[str]:
        """Every code, past and present, whose place lies wholly in a region as it is on a day; itself if unknown."""
        if code not in self.by_code:
            return frozenset({code})
        return frozenset(other for other in self.by_code if self.relation(other, (code,), on) is Relation.INSIDE) | {
            code
        }

    def _only(self, hits: Iterable[str]) -> str | None:
        # 인천 남구 and 울산 남구: of several districts of one name only those that still exist are meant.
        current = {code for code in hits if not self.by_code[code].successors} or set(hits)
        outer = {code for code in current if self.by_code[code].parent not in current}
        return next(iter(outer)) if len(outer) == 1 else None

    def _is_below(self, code: str, above: str) -> bool:
        parent = self.by_code[code].parent
        return parent is not None and (parent == above or self._is_below(parent, above))

    def relation(self, code: str, targets: Iterable[str], on: date) -> Relation:
        """Tell how a code lies to the union of other codes on a day; an unknown code leaves the answer uncertain."""
        if code not in self.by_code:
            return Relation.UNCERTAIN
        wanted = self._listed(tuple(targets), on)
        own = self.footprint(code, on).districts
        if code in wanted.codes or own <= wanted.covered:
            return Relation.INSIDE
        apart = not wanted.unknown and own.isdisjoint(wanted.touched)
        return Relation.OUTSIDE if apart else Relation.UNCERTAIN

    def _listed(self, targets: tuple[str, ...], on: date) -> _ListedRegions:
        listed = self._lists.get((targets, on))
        if listed is None:
            if len(self._lists) >= MOST_KEPT:
                self._lists.clear()
            areas = [self.footprint(target, on) for target in targets if target in self.by_code]
            covered = _union(area.districts for area in areas if area.whole)
            touched = _union(area.districts for area in areas)
            listed = _ListedRegions(frozenset(targets), covered, touched, len(areas) < len(targets))
            self._lists[targets, on] = listed
        return listed

    def outside_capital(self, code: str, on: date) -> Relation:
        """Tell whether a known region counts as outside the capital area on a day, dated special areas included."""
        if code not in self.by_code:
            return Relation.UNCERTAIN
        own = self.footprint(code, on).districts
        moved_out = self._moved_out(on)
        outside = set()
        for district in own:
            province = self.by_code.get(district[:2])
            if (province is not None and province.capital_area is False) or district in moved_out:
                outside.add(district)
        if not outside:
            return Relation.OUTSIDE  # wholly outside "outside the capital area": it is capital area
        return Relation.INSIDE if len(outside) == len(own) else Relation.UNCERTAIN

    def province(self, code: str, on: date) -> str | None:
        """Find the 시도 that a known code belongs to on a day, by the newest code in force; None for an unknown one."""
        if code not in self.by_code:
            return None
        # 군위군 went from 경북 to 대구: the province follows from what covers it on the day, not from its old code.
        now = {district[:2] for district in self.footprint(code, on).districts}
        own = now.pop() if len(now) == 1 else code[:2]
        return own if own in self.by_code and self.by_code[own].is_valid(on) else code[:2]

    def status(self, code: str, on: date) -> tuple[SpecialArea, ...]:
        """List the special statuses in force for a code on a day."""
        return tuple(area for area in self.special if area.code == code and area.holds(on))

    def footprint(self, code: str, on: date) -> Footprint:
        """Find the districts that a known code covers on a day; raises KeyError for an unknown one."""
        footprint = self._footprints.get((code, on))
        if footprint is None:
            if len(self._footprints) >= MOST_KEPT:
                self._footprints.clear()
            footprint = self._footprints[code, on] = self._cover(code, on, frozenset())
        return footprint

    def _cover(self, code: str, on: date, visited: frozenset[str]) -> Footprint:
        region = self.by_code[code]
        parts: list[str] = []
        if not (region.has_ended(on) and region.successors):
            children = [self.by_code[child] for child in self._children.get(code, ())]
            valid = [child.code for child in children if child.is_valid(on)]
            # On a day before all parts began, today's stand in: a province without any would cover nothing.
            parts = valid or [child.code for child in children if child.ends is None]
        if parts:
            covers = [self._cover(part, on, visited | {code}) for part in parts]
            return Footprint(_union(c.districts for c in covers), all(c.whole for c in covers))
        heirs = [heir for heir in region.successors if heir not in visited and heir in self.by_code]
        if not heirs:
            return Footprint(frozenset({code}), True)
        covers = [self._cover(heir, on, visited | {code}) for heir in heirs]
        # An heir of one code alone covers it whole; one older than the merger held a part of its own before.
        alone = all(len(self._predecessors[heir]) == 1 and self.by_code[heir].starts is not None for heir in heirs)
        return Footprint(_union(c.districts for c in covers), alone and all(c.whole for c in covers))

    def _moved_out(self, on: date) -> frozenset[str]:
        outside = self._outside.get(on)
        if outside is None:
            if len(self._outside) >= MOST_KEPT:
                self._outside.clear()
            areas = [a for a in self.special if a.counts_as == NON_CAPITAL and a.holds(on) and a.code in self.by_code]
            outside = self._outside[on] = _union(self.footprint(area.code, on).districts for area in areas)
        return outside


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
