"""A round's form read: what is asked for and by which terms, or every field that makes no sense."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from model.domain import UNITS_PER_POINT, Program, Startup
from model.faults import BadData, Fault, shown
from model.rounds import Ban, Bonus, Interest, Lock, Method, Quota, Side, Terms, TieBreak, Where
from model.rounds.terms import LEAST_FACTOR, MOST_FACTOR, SINGLE
from service.actions.rounds.interests import finder
from service.actions.rounds.run_round import AskedRound
from service.console.rounds.given import Given
from service.console.wire.language import gettext, language
from service.console.wire.names import Names
from service.wording import rounds as words

FULL = 100
MOST_SEATS = 10_000
FACTORS = (SINGLE, *range(LEAST_FACTOR, MOST_FACTOR + 1, 5))
"""The factors that the form offers, in tenths."""

LONGEST = 5_000
NAMED = 200


class Reading:
    """Reads one form; startups and programs are named by id or by name."""

    def __init__(
        self, given: Given, startups: Mapping[str, Startup], programs: Mapping[str, Program], names: Names
    ) -> None:
        self._given, self._startups, self._names = given, startups, names
        self._startup = finder({key: s.name or s.name_en or key for key, s in startups.items()})
        self._program = finder({key: p.name or p.name_en or key for key, p in programs.items()})
        self.faults: list[Fault] = []

    def asked(self, programs: Sequence[str], later: Sequence[str]) -> AskedRound:
        """The round that is asked for; raises BadData with every fault."""
        given = self._given
        asked = AskedRound(
            self._needed("name"),
            tuple(programs),
            self._terms(programs),
            self._taking_part(),
            self._day(given.text("on")),
            tuple(later),
            self._facts(),
        )
        if not programs:
            self._refuse("missing", "programs")
        self._stop_at_faults()
        return asked

    def terms(self, programs: Sequence[str]) -> Terms:
        """The terms; raises BadData with every fault."""
        found = self._terms(programs)
        self._stop_at_faults()
        return found

    def _terms(self, programs: Sequence[str]) -> Terms:
        given = self._given
        keys = [given.text(f"tie-{place}") for place in range(1, len(TieBreak) + 1)]
        factor = given.text("factor", "2")
        if factor not in (f"{tenths / 10:g}" for tenths in FACTORS):
            self._refuse("not_allowed", "factor", factor, ", ".join(f"{tenths / 10:g}" for tenths in FACTORS))
            factor = "2"
        return Terms(
            round(float(factor) * 10),
            self._units("minimum") or 0,
            given.text("measured") == "final",
            self._seats(programs),
            tuple(TieBreak(key) for key in dict.fromkeys(keys) if key in set(TieBreak)) or tuple(TieBreak),
            tuple(self._bonuses()),
            self._units("limit"),
            tuple(self._quotas()),
            tuple(self._locks()),
            tuple(self._bans()),
            tuple(self._interests()),
            Method(self._choice("method", [str(method) for method in Method])),
            given.text("group") == "whole",
            Side(self._choice("proposing", [str(side) for side in Side])),
            self._preferences(),
        )

    def _seats(self, programs: Sequence[str]) -> dict[str, int]:
        told = {program: self._given.text(f"seats:{program}") for program in programs}
        return {key: self._whole(f"seats:{key}", text, MOST_SEATS) or 0 for key, text in told.items() if text}

    def _bonuses(self) -> Iterator[Bonus]:
        for start, line in self._unique("bonus"):
            units = self._units(start + "points", -FULL)
            yield Bonus(line["name"], units or 0, self._where(start), self._programs(start, line))

    def _quotas(self) -> Iterator[Quota]:
        for start, line in self._unique("quota"):
            percent = line.get("unit") == "percent"
            most = FULL if percent else MOST_SEATS
            where = self._where(start)
            order = self._values(start + "order", where.field, line.get("order", ""))
            yield Quota(
                line["name"],
                where,
                self._whole(start + "least", line.get("least", ""), most) or 0,
                self._whole(start + "most", line.get("most", ""), most),
                percent,
                tuple(order) if line.get("unmet") == "fill" else None,
                self._programs(start, line),
            )

    def _locks(self) -> Iterator[Lock]:
        for start, line in self._given.lines("lock"):
            yield Lock(self._who(start, line), self._where_to(start, line) or "", self._needed(start + "reason"))

    def _bans(self) -> Iterator[Ban]:
        for start, line in self._given.lines("ban"):
            program = self._where_to(start, line) if line.get("program") else None
            yield Ban(self._who(start, line), self._needed(start + "reason"), program)

    def _interests(self) -> Iterator[Interest]:
        for start, line in self._given.lines("interest"):
            program = self._where_to(start, line) if line.get("program") else None
            who = self._needed(start + "evaluator")
            yield Interest(who, self._who(start, line), line.get("reason") or "-", program)

    def _preferences(self) -> dict[str, tuple[str, ...]]:
        found = {}
        for line in filter(str.strip, self._given.text("preferences").splitlines()):
            who, _, wanted = line.partition(":")
            startup = self._called("preferences", who.strip(), startup=True)
            found[startup] = tuple(self._called("preferences", part) for part in _parts(wanted))
        return found

    def _facts(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for line in filter(str.strip, self._given.text("facts").splitlines()):
            parts = _parts(line)
            if len(parts) != 3:
                self._refuse("not_allowed", "facts", line, gettext("기업, 항목, 값"))
                continue
            field = self._field(parts[1])
            value = next(iter(self._values("facts", field, parts[2])), "")
            found.setdefault(self._called("facts", parts[0], startup=True), {})[field] = value
        return found

    def _taking_part(self) -> tuple[str, ...] | None:
        """Those that are named, else those that fit the filters; None for all."""
        named = [part for line in self._given.text("startups").splitlines() for part in _parts(line)]
        if named:
            return tuple(self._called("startups", name, startup=True) for name in named)
        wanted = {name: self._given.text(f"only-{name}") for name in ("kind", "stage", "region")}
        wanted = {name: code for name, code in wanted.items() if code}
        if not wanted:
            return None
        found = tuple(key for key, startup in self._startups.items() if _fits(startup, wanted))
        if not found:
            self._refuse("missing", "startups")
        return found

    def _where(self, start: str) -> Where:
        field = self._field(self._needed(start + "field"))
        values = self._values(start + "values", field, self._needed(start + "values"))
        return Where(field, tuple(values))

    def _field(self, text: str) -> str:
        """A field by its name in the page's language or by its code; any other is one that a person told."""
        by_name = {words.field(code, language()): code for code in words.FIELDS}
        return by_name.get(text, text)

    def _values(self, name: str, field: str, text: str) -> list[str]:
        known = dict(choices(field, self._names))
        by_name = {said: code for code, said in known.items()}
        found = []
        for part in _parts(text):
            code = by_name.get(part, part)
            if known and code not in known:
                self._refuse("not_allowed", name, part, ", ".join(known.values()))
            found.append(code)
        return found

    def _unique(self, kind: str) -> Iterator[tuple[str, dict[str, str]]]:
        seen: set[str] = set()
        for start, line in self._given.lines(kind):
            name = self._needed(start + "name")
            if name in seen:
                self._refuse("duplicate_id", start + "name", name)
            seen.add(name)
            yield start, {**line, "name": name}

    def _programs(self, start: str, line: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(self._called(start + "programs", part) for part in _parts(line.get("programs", "")))

    def _who(self, start: str, line: Mapping[str, str]) -> str:
        return self._called(start + "startup", line.get("startup", ""), startup=True)

    def _where_to(self, start: str, line: Mapping[str, str]) -> str | None:
        return self._called(start + "program", line.get("program", ""))

    def _called(self, field: str, text: str, *, startup: bool = False) -> str:
        found = (self._startup if startup else self._program)(text)
        if found is None:
            code = "missing" if not text else "unknown_startup" if startup else "unknown_program"
            self._refuse(code, field, text)
        return found or ""

    def _needed(self, field: str) -> str:
        text = self._given.text(field)
        if not text:
            self._refuse("missing", field)
        elif len(text) > (LONGEST if field.endswith("reason") else NAMED):
            self._refuse("too_long", field)
        return text

    def _choice(self, field: str, allowed: Sequence[str]) -> str:
        found = self._given.text(field, allowed[0])
        if found not in allowed:
            self._refuse("not_allowed", field, found, ", ".join(allowed))
            return allowed[0]
        return found

    def _units(self, field: str, least: int = 0) -> int | None:
        """Points with decimals, in units; None where the field is empty."""
        text = self._given.text(field)
        if not text:
            return None
        try:
            points = float(text)
        except ValueError:
            points = FULL + 1.0
        if not least <= points <= FULL:
            self._refuse("not_allowed", field, text, f"{least}–{FULL}")
            return None
        return round(points * UNITS_PER_POINT)

    def _whole(self, field: str, text: str, most: int) -> int | None:
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) <= most):
            self._refuse("out_of_range", field, text, f"0–{most}")
            return None
        return int(text)

    def _day(self, text: str) -> date | None:
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self._refuse("not_date", "on", text)
            return None

    def _refuse(self, code: str, field: str, value: str = "", allowed: str = "") -> None:
        self.faults.append(Fault(code, field=field, value=shown(value), allowed=allowed))

    def _stop_at_faults(self) -> None:
        if self.faults:
            raise BadData(self.faults)


def choices(field: str, names: Names) -> list[tuple[str, str]]:
    """The values that a field may have, with their names; none where a person may tell any."""
    if field == "region":
        return names.regions()
    if field in words.TABLES and field != "industry":
        return names.choices(words.TABLES[field])
    return [(code, said[language()]) for (of, code), said in words.VALUES.items() if of == field]


def _fits(startup: Startup, wanted: Mapping[str, str]) -> bool:
    facts: dict[str, Any] = {"kind": startup.kind, "stage": startup.stage, "region": (startup.region or "")[:2]}
    return all(facts[name] == code for name, code in wanted.items())


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
