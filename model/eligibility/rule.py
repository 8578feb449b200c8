"""What a rule is: one question, the fields that it may read, and an answer of three values with its unlock."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple, TypeAlias

from model.domain import Check, Fact, Participation, Program, Result, Startup, Unlock
from model.vocabulary.codes import Codes

Checks: TypeAlias = tuple[Check, ...]

SILENT: Checks = ()
"""The program states nothing that this rule could ask for."""

NOTHING = Unlock("nothing")


@dataclass(frozen=True, slots=True)
class Setting:
    """What an evaluation rests on beside the pair: day, hour if known, code tables, families of each exclusive group.

    `rows` counts the catalogue's rows by (group, family): it tells a startup's own application from a second one.
    """

    on: date
    codes: Codes
    at: time | None = None
    rows: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    families: frozenset[str] = frozenset()

    def group(self, name: str) -> frozenset[str]:
        """List the families that belong to an exclusive group."""
        return frozenset(family for group, family in self.rows if group == name)


Judge: TypeAlias = Callable[[Startup, Program, Setting], Checks]
Cuts: TypeAlias = Callable[[Program, Setting], Sequence[date]]
Kinds: TypeAlias = Callable[[Startup, Setting], Hashable]
Answer: TypeAlias = tuple[Result, Unlock | None]
Weigh: TypeAlias = Callable[[Participation, Program, Setting], Answer]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `reads` and `asks` name every startup and program field that `judge` may look at, and no other.

    The sweep over many pairs trusts this list, and a test proves it. Two kinds of rules help it further:
    `weigh` marks a rule that reads the history alone: the worst of its entries decides, an empty history is unknown.
    `cuts` gives, for a program, the days between which the answer depends on `founded_on` only by lying before or
    after them, each day itself belonging to the earlier side; `kinds` then names what else of a startup matters.
    """

    name: str
    reads: tuple[str, ...]
    asks: tuple[str, ...]
    judge: Judge
    weigh: Weigh | None = None
    cuts: Cuts | None = None
    kinds: Kinds | None = None


class Reading(NamedTuple):
    """A fact that was found beside the fact that is asked for; its methods turn it into the rule's answer."""

    rule: str
    field: str
    found: Fact
    required: Fact
    basis: str = "notice"

    def passes(self) -> Checks:
        """The rule is met."""
        return (Check(self.rule, Result.PASS, self.field, self.found, self.required, self.basis),)

    def fails(self, unlock: Unlock = NOTHING) -> Checks:
        """The rule is not met; `unlock` says what would change that."""
        return (Check(self.rule, Result.FAIL, self.field, self.found, self.required, self.basis, unlock),)

    def unsure(self, unlock: Unlock) -> Checks:
        """The facts don't decide; `unlock` says what would."""
        return (Check(self.rule, Result.NEEDS_CHECK, self.field, self.found, self.required, self.basis, unlock),)

    def missing(self) -> Checks:
        """The startup's fact is not known."""
        return self.unsure(Unlock("state", value=self.field))
