"""What a round gives: every pair's status with its scores, what each rule moved and cost, and one digest of it all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.rounds.choice import rules_of
from model.rounds.placing import Placing, groups_of
from model.rounds.standing import BELOW_MINIMUM, NEEDS_CHECK, NOT_ELIGIBLE, PairStanding
from model.rounds.terms import Terms
from model.text import names


class Status(StrEnum):
    """What a round says of a pair; a reserve may hold its place at another program of the group."""

    SHORTLISTED = "shortlisted"
    RESERVE = "reserve"
    BELOW_MINIMUM = "below_minimum"
    NOT_ELIGIBLE = "not_eligible"
    NEEDS_CHECK = "needs_check"


OUTSIDE = {BELOW_MINIMUM: Status.BELOW_MINIMUM, NEEDS_CHECK: Status.NEEDS_CHECK, NOT_ELIGIBLE: Status.NOT_ELIGIBLE}

STATUSES = tuple(Status)


@dataclass(frozen=True, slots=True)
class Pair:
    """One startup at one program; scores in units, `rank` from 1 within its status, None outside the running.

    `placed_at` is the program of the group at which the startup holds its place; one that holds a place elsewhere
    has no rank among the reserves.
    """

    startup: str
    program: str
    status: Status
    rank: int | None
    base: int
    bonus: int
    final: int
    placed_at: str | None = None
    locked: bool = False
    recused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A startup that got a place because of a rule, or lost one."""

    startup: str
    program: str
    entered: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What one rule did, against the same round without it: its moves, and the base score that it cost (units)."""

    kind: str
    name: str
    reason: str
    moves: tuple[Move, ...]
    cost: int
    filled: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A minimum that stayed open, the places short, and how many startups' value is unknown."""

    program: str
    quota: str
    missing: int
    unknown: int


@dataclass(frozen=True)
class RoundOutcome:
    """A finished round; nothing in it is a decision."""

    standing: PairStanding
    placing: Placing
    effects: tuple[Effect, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()

    @property
    def terms(self) -> Terms:
        """The terms that it was run by."""
        return self.standing.terms

    @property
    def filled(self) -> int:
        """How many places were given."""
        return self.placing.filled

    @property
    def total(self) -> int:
        """Final scores of all places together, in units."""
        final = self.standing.final
        return sum(int(final[sorted(rows), column].sum()) for column, rows in enumerate(self.placing.places) if rows)

    @cached_property
    def room(self) -> tuple[int, ...]:
        """How many places each program has."""
        return tuple(rules.total for rules in rules_of(self.standing))

    @cached_property
    def statuses(self) -> NDArray[np.int8]:
        """Every pair's status as its place in STATUSES, (startups, programs)."""
        statuses = np.full(self.standing.state.shape, STATUSES.index(Status.RESERVE), np.int8)
        for code, status in OUTSIDE.items():
            statuses[self.standing.state == code] = STATUSES.index(status)
        for column, rows in enumerate(self.placing.places):
            statuses[sorted(rows), column] = STATUSES.index(Status.SHORTLISTED)
        return statuses

    @cached_property
    def holding(self) -> dict[tuple[int, int], int]:
        """The column at which a row holds its place, by row and number of the group."""
        return {
            (row, number): column
            for number, group in enumerate(groups_of(self.standing.slate, self.terms))
            for column in group
            for row in self.placing.places[column]
        }

    @cached_property
    def _group(self) -> dict[int, int]:
        groups = groups_of(self.standing.slate, self.terms)
        return {column: number for number, group in enumerate(groups) for column in group}

    def at(self, program: str) -> tuple[Pair, ...]:
        """List a program's pairs: the shortlist, the reserves, then those outside the running, by score and id."""
        column = self.standing.slate.columns[program]
        states = self.standing.state[:, column]
        outside = self._by_score(np.flatnonzero(states), column)
        return (*self.listed(program), *(self._pair(row, column, OUTSIDE[int(states[row])], None) for row in outside))

    def listed(self, program: str) -> tuple[Pair, ...]:
        """List a program's pairs in the running: the shortlist, the reserves, and those placed elsewhere."""
        column = self.standing.slate.columns[program]
        return tuple(self._pair(row, column, status, rank) for row, status, rank in self._in_the_running(column))

    def of_status(self, program: str, wanted: Status, part: slice = slice(None)) -> tuple[Pair, ...]:
        """List a part of a program's pairs of one status: in the order of `listed`, outside the running by score."""
        column = self.standing.slate.columns[program]
        if wanted in OUTSIDE.values():
            rows = self._by_score(np.flatnonzero(self.statuses[:, column] == STATUSES.index(wanted)), column)
            return tuple(self._pair(row, column, wanted, None) for row in rows[part])
        own = [(row, rank) for row, status, rank in self._in_the_running(column) if status is wanted]
        return tuple(self._pair(row, column, wanted, rank) for row, rank in own[part])

    def _in_the_running(self, column: int) -> list[tuple[int, Status, int | None]]:
        """Each row that is in the running at a program, in the order of `listed`, with its status and rank."""
        order = self.standing.orders[column].tolist()
        held = self.placing.places[column]
        listed = [row for row in order if row in held]
        free = [row for row in order if row not in held and (row, self._group[column]) not in self.holding]
        elsewhere = [row for row in order if row not in held and (row, self._group[column]) in self.holding]
        return [
            *((row, Status.SHORTLISTED, rank) for rank, row in enumerate(listed, 1)),
            *((row, Status.RESERVE, rank) for rank, row in enumerate(free, 1)),
            *((row, Status.RESERVE, None) for row in elsewhere),
        ]

    def _by_score(self, rows: NDArray[np.intp], column: int) -> list[int]:
        standing = self.standing
        ordered = np.lexsort([standing.slate.by_id[rows], -standing.final[rows, column]])
        return [int(row) for row in rows[ordered]]

    def _pair(self, row: int, column: int, status: Status, rank: int | None) -> Pair:
        standing = self.standing
        startup, program = standing.slate.startups[row].id, standing.slate.programs[column].id
        held = self.holding.get((row, self._group[column]))
        return Pair(
            startup,
            program,
            status,
            rank,
            int(standing.base[row, column]),
            int(standing.bonus[row, column]),
            int(standing.final[row, column]),
            None if held is None else standing.slate.programs[held].id,
            any(lock.startup == startup and lock.program == program for lock in self.terms.locks),
            recused(self.terms, startup, program),
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything above: the same for the same round, on every machine."""
        standing = self.standing
        content = {
            "startups": [startup.id for startup in standing.slate.startups],
            "programs": [program.id for program in standing.slate.programs],
            "places": [sorted(rows) for rows in self.placing.places],
            "orders": [hashlib.sha256(order.astype("<i8").tobytes()).hexdigest() for order in standing.orders],
            "clashes": [astuple(clash) for clash in self.placing.clashes],
            "effects": [astuple(effect) for effect in self.effects],
            "shortfalls": [astuple(shortfall) for shortfall in self.shortfalls],
        }
        digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode())
        # Little-endian whatever the machine, and row by row whatever the slicing that an array came from.
        for plane in (standing.base.astype("<i4"), standing.bonus.astype("<i4"), standing.state):
            digest.update(np.ascontiguousarray(plane).tobytes())
        return digest.hexdigest()


def recused(terms: Terms, startup: str, program: str) -> tuple[str, ...]:
    """Name the evaluators who may not judge a pair, each once however the name was written."""
    written = (i.evaluator for i in terms.interests if i.startup == startup and i.program in (None, program))
    return tuple(sorted({names.person(name): name for name in sorted(written, reverse=True)}.values()))
