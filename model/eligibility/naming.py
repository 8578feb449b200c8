"""Which program does a name in a history mean? The vocabulary first, then what the catalogue's own rows are called."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from model.domain import Program
from model.vocabulary.families import Families, FamilyNames, folded, in_brackets_or_not, years_in
from model.vocabulary.places import Relation

Made = TypeVar("Made")


class ProgramNames:
    """Resolves names of programs; immutable but for what it remembers of names that it has been asked for."""

    def __init__(self, families: Families, catalogue: Iterable[Program] = ()) -> None:
        self.families = families
        self._catalogue = tuple(catalogue)
        self._met: dict[str, tuple[str | None, frozenset[int]]] = {}
        self._ready: dict[tuple[Any, int, tuple[Hashable, ...]], tuple[Program, Any]] = {}

    def find(self, text: str) -> str | None:
        """Find the family that a name means; None where nothing in the vocabulary or catalogue is called so."""
        return self.stated(text)[0]

    def stated(self, text: str) -> tuple[str | None, frozenset[int]]:
        """Find the family that a name means, and the years that the name holds beside it."""
        known = self._met.get(text)
        if known is None:
            if len(self._met) > 100_000:  # names come from outside: memory must not grow with them
                self._met.clear()
            code = in_brackets_or_not(text, self._either, self.families.umbrellas)
            known = self._met[text] = code, years_beside(text, code)
        return known  # not from the table, which another thread may have cleared meanwhile

    def _either(self, text: str) -> str | None:
        return self.families.find(text) or self._rows.find(text)

    def family(self, text: str) -> str:
        """Give the code of a family that a row names; one that is in no list stands for itself."""
        return self.find(text) or folded(text)

    def relation(self, entry: str, named: str, year: int) -> Relation:
        """Tell whether a family, by its code, is what a row names: itself or a track of it in that year.

        An umbrella in a history leaves open which of its tracks it was.
        """
        if entry == named or named in self.families.umbrellas(entry, year):
            return Relation.INSIDE
        return Relation.UNCERTAIN if entry in self.families.umbrellas(named, year) else Relation.OUTSIDE

    def umbrellas(self, family: str, year: int | None = None) -> frozenset[str]:
        """List what a family is a track of: in a year, or in any."""
        return self.families.umbrellas(family, year)

    def in_class(self, entry: str, program_class: str) -> Relation:
        """Tell whether a family belongs to a class; one of which no class is known leaves it open."""
        classes = self.families.classes(entry)
        if classes is None:
            return Relation.UNCERTAIN
        return Relation.INSIDE if program_class in classes else Relation.OUTSIDE

    def ready(self, make: Callable[..., Made], program: Program, *more: Hashable) -> Made:
        """Give what is made of a program, these names and what more is given, once for as long as it is asked for."""
        # the program is kept beside it, so that its place in memory can't become another's
        cached = self._ready.get((make, id(program), more))
        if cached is None:
            if len(self._ready) > 10_000:
                self._ready.clear()
            cached = self._ready[make, id(program), more] = program, make(program, self, *more)
        value: Made = cached[1]
        return value

    @cached_property
    def groups(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """The members of each exclusive group: their family's code and their own id."""
        members_of: dict[str, set[tuple[str, str]]] = {}
        for program in self._catalogue:
            if program.exclusive_group and program.family:
                members_of.setdefault(program.exclusive_group, set()).add((self.family(program.family), program.id))
        return {group: frozenset(members) for group, members in members_of.items()}

    @cached_property
    def _rows(self) -> FamilyNames:
        """What rows call themselves and what they name; a family that a row names is known by that."""
        return FamilyNames(
            {name: self.families.find(family) or folded(family) for name in names if name}
            for program in self._catalogue
            for family, names in _named(program)
        )


def years_beside(text: str, code: str | None) -> frozenset[int]:
    """The years in a name that aren't part of its family's code; none where no family is known by it."""
    return years_in(text) if code and folded(text) != folded(code) else frozenset()


def _named(program: Program) -> Iterable[tuple[str, tuple[str | None, ...]]]:
    if program.family:
        yield program.family, (program.family, program.id, program.name, program.name_en)
    for conflict in program.not_together_with:
        if conflict.family:
            yield conflict.family, (conflict.family,)
