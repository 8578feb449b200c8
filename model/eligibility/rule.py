"""What a rule is: one question, the fields that it may read, and an answer of three values with its unlock."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple, TypeAlias

from model.domain import Check, Fact, Participation, Program, Result, Startup, Unlock
from model.eligibility.naming import ProgramNames
from model.vocabulary.codes import Codes

Checks: TypeAlias = tuple[Check, ...]

SILENT: Checks = ()
"""The program states nothing that this rule could ask for."""

NOTHING = Unlock("nothing")


@dataclass(frozen=True, slots=True)
class Setting:
    """What an evaluation rests on beside the pair: day, hour if known, code tables, and what programs are called."""

    on: date
    codes: Codes
    at: time | None = None
    names: ProgramNames | None = None

    @property
    def naming(self) -> ProgramNames:
        """Names of programs, those of the catalogue's own rows included where a ledger knows one."""
        return self.names or ProgramNames(self.codes.programs)


Judge: TypeAlias = Callable[[Startup, Program, Setting], Checks]
Cuts: TypeAlias = Callable[[Program, date], Sequence[date]]
Kinds: TypeAlias = Callable[[Startup, Setting], Hashable]
Answer: TypeAlias = tuple[Result, Unlock | None]
Weigh: TypeAlias = Callable[[Program, ProgramNames], Callable[[Participation], Answer]]
States: TypeAlias = Callable[[Program], bool]


def is_ahead(entry: Participation, program: Program, on: date) -> bool:
    """Tell whether an entry is of a year that has not begun and isn't the call's own: it can't be as it is written."""
    return entry.year > on.year and (program.year is None or entry.year > program.year)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `reads` and `asks` name every startup and program field that `judge` may look at, and no other.

    The sweep over many pairs trusts this list, and a test proves it. A rule may help it further:
    `states` tells whether a program asks for the rule at all; one that doesn't is silent for every startup.
    `concerns` names a field of the startup without which the rule is silent.
    `alike` marks a rule that asks the same of a startup whichever program states it.
    `weigh` marks a rule that reads the history alone: it makes a program ready to weigh entries one by one; the worst
    of them decides, an empty history is unknown, and an entry of a year ahead needs a look whatever it weighs.
    `cuts` gives, for a program, the days between which the answer depends on `founded_on` only by lying before or
    after them, each day itself belonging to the earlier side; `kinds` then names what else of a startup matters.
    """

    name: str
    reads: tuple[str, ...]
    asks: tuple[str, ...]
    judge: Judge
    states: States | None = None
    concerns: str | None = None
    alike: bool = False
    weigh: Weigh | None = None
    cuts: Cuts | None = None
    kinds: Kinds | None = None


class FactReading(NamedTuple):
    """A fact that was found beside the fact that is asked for; its methods turn it into the rule's answer."""

    rule: str
    field: str
    fact: Fact
    required: Fact
    basis: str = "notice"

    def passes(self) -> Checks:
        """The rule is met."""
        return (Check(self.rule, Result.PASS, self.field, self.fact, self.required, self.basis),)

    def fails(self, unlock: Unlock = NOTHING) -> Checks:
        """The rule is not met; `unlock` says what would change that."""
        return (Check(self.rule, Result.FAIL, self.field, self.fact, self.required, self.basis, unlock),)

    def unsure(self, unlock: Unlock) -> Checks:
        """The facts don't decide; `unlock` says what would."""
        return (Check(self.rule, Result.NEEDS_CHECK, self.field, self.fact, self.required, self.basis, unlock),)

    def missing(self) -> Checks:
        """The startup's fact is not known."""
        return self.unsure(Unlock("state", value=self.field))
