"""Who takes part in a round: startups with the facts that terms ask for, programs, and all scores and verdicts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from model.rounds.terms import Where

Mask: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.int64]
Items: TypeAlias = Callable[[int, int], tuple[int, ...]]
"""The points of a pair (row, column) item by item, the largest item of the evaluation first."""


@dataclass(frozen=True, slots=True)
class Entrant:
    """A startup in a round: when it was founded (ordinal day), how often it was selected before, and other facts.

    None, or a field that `facts` doesn't hold, means unknown. `place` is its place in the order of ids where the ids
    no longer tell it, since one of them was erased.
    """

    id: str
    founded: int | None = None
    selections: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    place: int | None = None

    def fact(self, name: str) -> str | None:
        """Give one fact; a startup's id is a fact too."""
        return self.id if name == "id" else self.facts.get(name)


@dataclass(frozen=True, slots=True)
class Offer:
    """A program in a round; a startup gets one place in a group at most, and None is a group of its own."""

    id: str
    seats: int = 0
    group: str | None = None


def no_items(_row: int, _column: int) -> tuple[int, ...]:
    """No items are known, so they break no tie."""
    return ()


@dataclass(frozen=True)
class Slate:
    """A round's input: `units` int32 and `verdicts` int8 of shape (startups, programs), verdicts as in the ledger."""

    startups: tuple[Entrant, ...]
    programs: tuple[Offer, ...]
    units: NDArray[np.int32]
    verdicts: NDArray[np.int8]
    items: Items = no_items
    _by_field: dict[str, tuple[Sequence[str | None], Numbers]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The startups' rows by id."""
        return {startup.id: row for row, startup in enumerate(self.startups)}

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """The programs' columns by id."""
        return {program.id: column for column, program in enumerate(self.programs)}

    def only(self, columns: Sequence[int]) -> Slate:
        """The same startups with some of the programs."""
        chosen = list(columns)
        part = replace(
            self,
            programs=tuple(self.programs[column] for column in chosen),
            units=self.units[:, chosen],
            verdicts=self.verdicts[:, chosen],
            items=lambda row, column: self.items(row, chosen[column]),
        )
        part._by_field.update(self._by_field)
        return part

    def among(self, where: Where) -> Mask:
        """Mark the startups that are meant, (n,); one whose value is unknown never is."""
        values, codes = self._facts(where.field)
        wanted = frozenset(where.values)
        return np.array([value in wanted for value in values], bool)[codes]

    def known(self, name: str) -> Mask:
        """Mark the startups whose value of a field is known, (n,)."""
        values, codes = self._facts(name)
        return np.array([value is not None for value in values], bool)[codes]

    def _facts(self, name: str) -> tuple[Sequence[str | None], Numbers]:
        """The values that a field has among the startups, and each startup's place among those, (n,).

        A round is run once more for each of its rules, over the same startups: their facts are read once.
        """
        if name not in self._by_field:
            places: dict[str | None, int] = {}
            codes = [places.setdefault(startup.fact(name), len(places)) for startup in self.startups]
            self._by_field[name] = tuple(places), np.array(codes, np.int64)
        return self._by_field[name]

    @cached_property
    def founded(self) -> Numbers:
        """Founding days such that the youngest firm has the smallest number, the unknown come last."""
        return _numbers(-s.founded if s.founded is not None else None for s in self.startups)

    @cached_property
    def selections(self) -> Numbers:
        """How often each startup was selected before; the unknown come last."""
        return _numbers(startup.selections for startup in self.startups)

    @cached_property
    def by_id(self) -> Numbers:
        """Each startup's place in the order of ids."""
        places = [startup.place for startup in self.startups if startup.place is not None]
        if len(places) == len(self.startups):
            return np.array(places, np.int64)
        by_row = np.empty(len(self.startups), np.int64)
        by_row[sorted(range(len(self.startups)), key=lambda row: self.startups[row].id)] = np.arange(len(by_row))
        return by_row


def _numbers(values: Iterable[int | None]) -> Numbers:
    return np.array([np.iinfo(np.int64).max if value is None else value for value in values], np.int64)
