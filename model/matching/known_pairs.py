"""Which pairs are a question and of which something is known already; evaluation and service ask here alike.

A family of programs in which a startup has applied, was selected, took part, declined or was rejected is no question:
it is said with its date and state, and not recommended as if it were news.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from model.blocks.pasts import KINDS, Pasts, group
from model.domain import Check, Outcome, OutcomeKind, Program, Startup, Verdict

Mask = NDArray[np.bool_]


class KnownState(StrEnum):
    """How far a startup came at a family of programs; of two on one day, the later in this list is said."""

    APPLIED = "applied"
    APPLICATION_WITHDRAWN = "application_withdrawn"
    SHORTLISTED = "shortlisted"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"
    REJECTED = "rejected"
    DECLINED = "declined"
    SELECTED = "selected"
    PLEDGED = "pledged"
    AGREED = "agreed"
    RUNNING = "running"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    FAILED = "failed"
    COMPLETED = "completed"
    CONTRACTED = "contracted"


STATES = tuple(KnownState)
UNKNOWN_KINDS = frozenset({OutcomeKind.SHOWN, OutcomeKind.CONTACTED})
"""To have seen a program or been written to is no application: such pairs stay a question."""


@dataclass(frozen=True, slots=True)
class KnownOutcome:
    """What is known of a startup at a family: the latest state, with its day, or at least its year, if known."""

    family: str
    state: KnownState
    on: date | None = None
    year: int | None = None

    @property
    def _recency(self) -> tuple[int, date, int]:
        return self.year or 0, self.on or date.min, STATES.index(self.state)


@dataclass(frozen=True, slots=True)
class KnownPair:
    """A pair of which something is known."""

    startup: Startup
    program: Program
    known: KnownOutcome

    @property
    def order(self) -> tuple[int, int, str, str]:
        """The latest first, then by id."""
        latest = -(self.known.year or 0), -(self.known.on or date.min).toordinal()
        return *latest, self.program.id, self.startup.id


@dataclass(frozen=True, slots=True)
class KnownMatch:
    """A pair of which something is known, with what the rules say of applying again; it has no rank."""

    startup_id: str
    program_id: str
    known: KnownOutcome
    verdict: Verdict
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class KnownPairs:
    """What outcomes tell, by the startup's `identity` and by family; what a profile's own history tells is added."""

    facts: Mapping[str, Mapping[str, KnownOutcome]]

    @classmethod
    def of(cls, outcomes: Iterable[Outcome], programs: Iterable[Program]) -> KnownPairs:
        """Gather outcomes; those of programs that are not there tell nothing."""
        rows = {program.id: program for program in programs}
        stated_outcomes = (
            (identity(o.startup_id), _of_outcome(o.outcome, group(program), o.on, program.year))
            for o in outcomes
            if (program := rows.get(o.program_id)) and o.outcome not in UNKNOWN_KINDS
        )
        return cls(_latest(stated_outcomes))

    @classmethod
    def of_pasts(cls, pasts: Pasts, contributors: Mapping[str, int]) -> KnownPairs:
        """The same from what a matcher was fitted on; `contributors` gives rows by identity."""
        names: dict[int, list[str]] = {}
        for name, row in contributors.items():
            names.setdefault(row, []).append(name)
        stated_pasts = (
            (who, _of_outcome(KINDS[kind], pasts.groups[column], date.fromordinal(day) if day else None))
            for row, column, kind, day in pasts.events.tolist()
            if KINDS[kind] not in UNKNOWN_KINDS
            for who in names[row]
        )
        return cls(_latest(stated_pasts))

    def with_(self, outcomes: Iterable[tuple[str, KnownOutcome]]) -> KnownPairs:
        """The same with more that is known, each by the startup's identity."""
        before = ((who, known) for who, families in self.facts.items() for known in families.values())
        return KnownPairs(_latest([*before, *outcomes]))

    def among(self, startups: Iterable[Startup]) -> KnownPairs:
        """The same, where what is known of a startup is known of every one with its business number.

        A firm that registers again under another id is the same firm. An equal name is no proof of that.
        """
        by_number: dict[str, list[str]] = {}
        for startup in startups:
            if number := number_of(startup):
                by_number.setdefault(number, []).append(identity(startup.id))
        firms = [ids for ids in by_number.values() if len(ids) > 1]
        return self.with_(
            (who, known)
            for ids in firms
            for other in ids
            for known in self.facts.get(other, {}).values()
            for who in ids
        )

    def at(self, startup: Startup) -> Mapping[str, KnownOutcome]:
        """What is known of a startup, by family: by outcomes and by the history that its profile states."""
        by_outcomes = self.facts.get(identity(startup.id), {})
        if not startup.history:
            return by_outcomes
        stated = (
            ("", KnownOutcome(part.program_family, KnownState(part.status.value), None, part.year))
            for part in startup.history
        )
        stated_last = (("", known) for known in by_outcomes.values())
        return _latest([*stated_last, *stated])[""]

    def families(self, startup: Startup) -> Collection[str]:
        """The families of which something is known, those that the profile's own history names included."""
        by_outcomes = self.facts.get(identity(startup.id), {})
        return {*by_outcomes, *(part.program_family for part in startup.history)} if startup.history else by_outcomes

    def digest_at(self, subject: Startup | Program) -> str:
        """Names what outcomes and decisions tell of a startup, or of all startups at a program's family."""
        if isinstance(subject, Startup):
            lines = sorted(map(str, self.facts.get(identity(subject.id), {}).values()))
        else:
            lines = list(self._at_family.get(group(subject), ()))
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @cached_property
    def _at_family(self) -> Mapping[str, Sequence[str]]:
        lines_by_family: dict[str, list[str]] = {}
        # Sorted, because the digest of these lines names an answer that must be found again.
        for who, families in sorted(self.facts.items()):
            for family, known in families.items():
                lines_by_family.setdefault(family, []).append(f"{who} {known}")
        return lines_by_family

    def questions(self, startups: Sequence[Startup], programs: Sequence[Program]) -> Mask:
        """Which pairs are a question, (startups, programs): those of whose family nothing is known."""
        columns: dict[str, list[int]] = {}
        for column, program in enumerate(programs):
            columns.setdefault(group(program), []).append(column)
        asked = np.ones((len(startups), len(programs)), bool)
        for row, startup in enumerate(startups):
            for family in self.families(startup):
                asked[row, columns.get(family, [])] = False
        return asked


def number_of(startup: Startup) -> str:
    """A startup's business number in bare digits; empty without one."""
    return _digits(startup.business_number or "")


@lru_cache(maxsize=100_000)
def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))


def firm_rows(startups: Sequence[Startup]) -> dict[str, int]:
    """The row under which each startup's outcomes stand, by id: the first one's that has its business number."""
    first: dict[str, int] = {}
    return {s.id: first.setdefault(number_of(s) or s.id, row) for row, s in enumerate(startups)}


def identities(startups: Sequence[Startup], firms: Mapping[str, int], rows: Collection[int]) -> dict[str, int]:
    """Rows of some firms by the identity of each of their ids, and of their business number."""
    some = ((firms[s.id], name) for s in startups if firms[s.id] in rows for name in (s.id, number_of(s)) if name)
    return {identity(name): row for row, name in some}


@lru_cache(maxsize=100_000)
def identity(startup_id: str) -> str:
    """Name a startup in an artifact, in which no id stands as it is."""
    return hashlib.sha256(startup_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _of_outcome(kind: OutcomeKind, family: str, on: date | None, year: int | None = None) -> KnownOutcome:
    return KnownOutcome(family, KnownState(kind.value), on, on.year if on else year)


def _latest(outcomes: Iterable[tuple[str, KnownOutcome]]) -> dict[str, dict[str, KnownOutcome]]:
    by_startup: dict[str, dict[str, KnownOutcome]] = {}
    for who, known in outcomes:
        families = by_startup.setdefault(who, {})
        before = families.get(known.family)
        # Strictly later only: of two rows of one day the order of reading must not decide.
        if before is None or known._recency > before._recency:
            families[known.family] = known
    return by_startup
