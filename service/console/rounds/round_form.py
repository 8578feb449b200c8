"""A round's form read: what is asked for and by which terms, in the form's own words and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from model.domain import UNITS_PER_POINT, Program, Startup
from model.faults import BadData, Fault, shown
from model.rounds import Ban, Bonus, Interest, Lock, Method, ProposingSide, Quota, Terms, TieBreak, Where
from model.rounds.checks import MOST_SEATS, values_of
from model.rounds.terms import LEAST_FACTOR, MOST_FACTOR, SINGLE
from service.actions.rounds.interests import finder
from service.actions.rounds.run_round import AskedRound
from service.console.rounds.form_fields import FormFields
from service.console.wire.language import gettext, language
from service.console.wire.names import VocabularyNames
from service.wording import rounds as words
from service.wording.pairs import said

FACTORS = (SINGLE, *range(LEAST_FACTOR, MOST_FACTOR + 1, 5))
"""The factors that the form offers, in tenths."""

LINE_OF = {"bonuses": "bonus", "quotas": "quota", "locks": "lock", "bans": "ban", "interests": "interest"}
FIELD_OF = {
    "at_least": "least",
    "at_most": "most",
    "back_fill": "order",
    "startup_id": "startup",
    "program_id": "program",
    "bonus_limit": "limit",
    "settled_later": "later",
}
"""What the form calls the fields of the terms."""


class RoundForm:
    """Reads one form, in which startups and programs are named by id or by name.

    Here a text becomes a number, a day or an id; whether the terms make sense is for the round to say.
    """

    def __init__(
        self,
        form: FormFields,
        startups: Mapping[str, Startup],
        programs: Mapping[str, Program],
        names: VocabularyNames,
    ) -> None:
        self._form, self._startups, self._names = form, startups, names
        self._startup = finder(startups.values())
        self._program = finder(programs.values())
        self._faults: list[Fault] = []

    def asked(self, programs: Sequence[str], later: Sequence[str]) -> AskedRound:
        """The round that is asked for; raises BadData with every field that can't be read."""
        form = self._form
        on = self._day(form.text("on"))
        taking_part = self._taking_part()
        over = (form.has("applications", "yes"), form.has("four_eyes", "yes"))
        about = (form.text("name"), tuple(programs), self._terms(programs), taking_part, on, tuple(later))
        asked = AskedRound(*about, self._facts(), *over)
        if not asked.name:
            self._refuse("missing", "name")
        if not programs:
            self._refuse("missing", "programs")
        self._stop_at_faults()
        return asked

    def terms(self, programs: Sequence[str]) -> Terms:
        """The terms; raises BadData with every field that can't be read."""
        terms = self._terms(programs)
        self._stop_at_faults()
        return terms

    def placed(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """The faults of a round that was refused, each with the form's field, and names for the codes allowed."""
        return tuple(self._placed(fault) for fault in faults)

    def _placed(self, fault: Fault) -> Fault:
        first, *rest = fault.field.removeprefix("terms.").split(".")
        if first in LINE_OF and len(rest) > 1:
            start = [start for start, _ in self._form.lines(LINE_OF[first])][int(rest[0])]
            asked_for = self._field(self._form.text(start + "field"))
            allowed = self._names_of(rest[1], asked_for) or fault.allowed
            return replace(fault, field=start + FIELD_OF.get(rest[1], rest[1]), allowed=allowed)
        if first == "seats" and rest:
            return replace(fault, field=f"seats:{'.'.join(rest)}")
        return replace(fault, field=FIELD_OF.get(first, first))

    def _names_of(self, name: str, asked_for: str) -> str:
        """What may stand in a field of a line, in the page's language; nothing where codes are not what is asked."""
        if name == "field":
            return ", ".join(said(words.FIELDS, code, language()) for code in words.FIELDS)
        return ", ".join(dict(choices(asked_for, self._names)).values()) if name in ("values", "back_fill") else ""

    def _terms(self, programs: Sequence[str]) -> Terms:
        form = self._form
        keys = [form.text(f"tie-{place}") for place in range(1, len(TieBreak) + 1)]
        return Terms(
            factor=round((self._decimal("factor", form.text("factor", "2")) or 0) * 10),
            minimum=self._units("minimum") or 0,
            minimum_with_bonus=form.text("measured") == "final",
            seats=self._seats(programs),
            tie_break=tuple(TieBreak(key) for key in dict.fromkeys(keys) if key in set(TieBreak)) or tuple(TieBreak),
            bonuses=tuple(self._bonuses()),
            bonus_limit=self._units("limit"),
            quotas=tuple(self._quotas()),
            locks=tuple(
                Lock(self._who(start), self._program_of(start) or "", self._form.text(start + "reason"))
                for start, _ in form.lines("lock")
            ),
            bans=tuple(
                Ban(self._who(start), form.text(start + "reason"), self._program_of(start, may_miss=True))
                for start, _ in form.lines("ban")
            ),
            interests=tuple(self._interests()),
            method=Method(self._choice("method", [str(method) for method in Method])),
            one_group=form.text("group") == "whole",
            proposing=ProposingSide(self._choice("proposing", [str(side) for side in ProposingSide])),
            preferences=self._preferences(),
        )

    def _seats(self, programs: Sequence[str]) -> dict[str, int]:
        texts = {program: self._form.text(f"seats:{program}") for program in programs}
        return {key: self._whole(f"seats:{key}", text) or 0 for key, text in texts.items() if text}

    def _bonuses(self) -> Iterator[Bonus]:
        for start, line in self._form.lines("bonus"):
            units = self._units(start + "points")
            yield Bonus(line.get("name", ""), units or 0, self._where(start, line), self._programs(start, line))

    def _quotas(self) -> Iterator[Quota]:
        for start, line in self._form.lines("quota"):
            where = self._where(start, line)
            order = self._codes(where.field, line.get("order", ""))
            yield Quota(
                line.get("name", ""),
                where,
                self._whole(start + "least", line.get("least", "")) or 0,
                self._whole(start + "most", line.get("most", "")),
                line.get("unit") == "percent",
                tuple(order) if line.get("unmet") == "fill" else None,
                self._programs(start, line),
            )

    def _interests(self) -> Iterator[Interest]:
        for start, line in self._form.lines("interest"):
            program = self._program_of(start, may_miss=True)
            yield Interest(line.get("evaluator", ""), self._who(start), line.get("reason") or "-", program)

    def _preferences(self) -> dict[str, tuple[str, ...]]:
        wanted_by = {}
        for line in filter(str.strip, self._form.text("preferences").splitlines()):
            who, _, wanted = line.partition(":")
            startup = self._named("preferences", who.strip(), startup=True)
            wanted_by[startup] = tuple(self._named("preferences", part) for part in _parts(wanted))
        return wanted_by

    def _facts(self) -> dict[str, dict[str, str]]:
        stated: dict[str, dict[str, str]] = {}
        for line in filter(str.strip, self._form.text("facts").splitlines()):
            parts = _parts(line)
            if len(parts) != 3:
                self._refuse("not_allowed", "facts", line, gettext("기업, 항목, 값"))
                continue
            field = self._field(parts[1])
            [value] = self._codes(field, parts[2])
            stated.setdefault(self._named("facts", parts[0], startup=True), {})[field] = value
        return stated

    def _taking_part(self) -> tuple[str, ...] | None:
        """Those that are named, else those that fit the filters; None for all."""
        named = [part for line in self._form.text("startups").splitlines() for part in _parts(line)]
        if named:
            return tuple(self._named("startups", name, startup=True) for name in named)
        wanted = {name: self._form.text(f"only-{name}") for name in ("kind", "stage", "region")}
        wanted = {name: code for name, code in wanted.items() if code}
        if not wanted:
            return None
        return tuple(key for key, startup in self._startups.items() if _fits(startup, wanted))

    def _where(self, start: str, line: Mapping[str, str]) -> Where:
        field = self._field(self._form.text(start + "field"))
        return Where(field, tuple(self._codes(field, line.get("values", ""))))

    def _field(self, text: str) -> str:
        """A field by its name in the page's language or by its code; any other is one that a person stated."""
        by_name: dict[str, str] = {said(words.FIELDS, code, language()): code for code in words.FIELDS}
        return by_name.get(text, text)

    def _codes(self, field: str, text: str) -> list[str]:
        """The codes of values that are written by name or code, separated by commas."""
        by_name = {name: code for code, name in choices(field, self._names)}
        return [by_name.get(part, part) for part in _parts(text)]

    def _programs(self, start: str, line: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(self._named(start + "programs", part) for part in _parts(line.get("programs", "")))

    def _who(self, start: str) -> str:
        return self._named(start + "startup", self._form.text(start + "startup"), startup=True)

    def _program_of(self, start: str, *, may_miss: bool = False) -> str | None:
        text = self._form.text(start + "program")
        return None if may_miss and not text else self._named(start + "program", text)

    def _named(self, field: str, text: str, *, startup: bool = False) -> str:
        identifier = (self._startup if startup else self._program)(text)
        if identifier is None:
            code = "missing" if not text else "unknown_startup" if startup else "unknown_program"
            self._refuse(code, field, text)
        return identifier or ""

    def _choice(self, field: str, allowed: Sequence[str]) -> str:
        chosen = self._form.text(field, allowed[0])
        if chosen not in allowed:
            self._refuse("not_allowed", field, chosen, ", ".join(allowed))
            return allowed[0]
        return chosen

    def _units(self, field: str) -> int | None:
        """Points with decimals, in units; None where the field is empty."""
        points = self._decimal(field, self._form.text(field))
        return None if points is None else round(points * UNITS_PER_POINT)

    def _decimal(self, field: str, text: str) -> float | None:
        try:
            number = float(text) if text else None
        except ValueError:
            number = MOST_SEATS
        if number is not None and not abs(number) < MOST_SEATS:  # neither infinite nor no number at all
            self._refuse("not_allowed", field, text, gettext("숫자"))
            return None
        return number

    def _whole(self, field: str, text: str) -> int | None:
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 9):
            self._refuse("out_of_range", field, text, f"0–{MOST_SEATS}")
            return None
        return int(text)

    def _day(self, text: str) -> date | None:
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self._refuse("not_date", "on", text)
            return None

    def _refuse(self, code: str, field: str, value: str = "", allowed: str = "") -> None:
        self._faults.append(Fault(code, field=field, value=shown(value), allowed=allowed))

    def _stop_at_faults(self) -> None:
        if self._faults:
            raise BadData(self._faults)


def choices(field: str, names: VocabularyNames) -> list[tuple[str, str]]:
    """The values that a field may have, with their names; none where a person may state any."""
    codes = values_of(names.codes).get(field, ()) if names.codes else ()
    return [(code, words.value(field, code, names.codes, language())) for code in codes]


def _fits(startup: Startup, wanted: Mapping[str, str]) -> bool:
    facts: dict[str, Any] = {"kind": startup.kind, "stage": startup.stage, "region": (startup.region or "")[:2]}
    return all(facts[name] == code for name, code in wanted.items())


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
