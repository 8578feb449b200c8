"""A round as its pages tell it: names for ids, words for codes, what each rule moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from model.faults import Fault
from model.rounds import Effect, RoundOutcome
from model.rounds.clash import Clash, Demand
from model.rounds.outcome import STATUSES, Status
from service.console.wire import local
from service.console.wire.language import language
from service.wired import wired
from service.wording import rounds as words
from service.wording.pairs import said

BADGES: Mapping[Status, str] = {
    Status.SHORTLISTED: "success",
    Status.RESERVE: "information",
    Status.BELOW_MINIMUM: "gray",
    Status.NOT_ELIGIBLE: "danger",
    Status.NEEDS_CHECK: "warning",
}
"""The colour of each status's badge; the word in it says the same."""


class RecordNames:
    """Names of startups and programs as they are now, in the page's language."""

    def __init__(self) -> None:
        prepared = wired().matching.prepared()
        self.startups, self.programs = prepared.startups.side.records, prepared.programs.side.records

    def startup(self, identifier: str) -> str:
        """A startup's name, else its id."""
        return local.name(self.startups[identifier]) if identifier in self.startups else identifier

    def program(self, identifier: str) -> str:
        """A program's name, else its id."""
        return local.name(self.programs[identifier]) if identifier in self.programs else identifier

    def demand(self, demand: Demand) -> str:
        """Say what is demanded, by names."""
        named = replace(
            demand,
            program=self.program(demand.program) if demand.program else "",
            startup=self.startup(demand.startup) if demand.startup else "",
        )
        return words.demand(named, language())


@dataclass(frozen=True, slots=True)
class ClashInWords:
    """A clash in words: what can't all be met, and what would have to give, by how many places."""

    demands: tuple[str, ...]
    relaxation: tuple[tuple[str, int], ...]


def clash(conflict: Clash, record_names: RecordNames) -> ClashInWords:
    """Say a clash."""
    gives = tuple((record_names.demand(each.demand), each.by) for each in conflict.relaxation)
    return ClashInWords(tuple(map(record_names.demand, conflict.demands)), gives)


@dataclass(frozen=True, slots=True)
class Cause:
    """A rule that gave a startup a place at a program, or took it."""

    rule: str
    name: str
    reason: str
    entered: bool


def causes(outcome: RoundOutcome) -> dict[tuple[str, str], list[Cause]]:
    """Every move that a rule caused, by program and startup."""
    causes_of: dict[tuple[str, str], list[Cause]] = {}
    for effect in outcome.effects:
        for move in effect.moves:
            cause = Cause(said(words.RULES, effect.kind, language()), effect.name, effect.reason, move.entered)
            causes_of.setdefault((move.program, move.startup), []).append(cause)
    return causes_of


def effect_name(effect: Effect, record_names: RecordNames) -> str:
    """What a rule is called: a quota or bonus by its own name, a lock or ban by the startup's."""
    name = record_names.startup(effect.name) if effect.kind in ("lock", "ban") else effect.name
    return f"{said(words.RULES, effect.kind, language())}: {name}"


def status(code: Status) -> tuple[str, str]:
    """A status's name and the colour of its badge."""
    return said(words.STATUS, code, language()), BADGES[code]


def counts(outcome: RoundOutcome, column: int) -> list[tuple[Status, str, int]]:
    """How many startups have which status at a program."""
    at = outcome.statuses[:, column]
    return [(each, said(words.STATUS, each, language()), int((at == i).sum())) for i, each in enumerate(STATUSES)]


def noted(notes: Iterable[Fault]) -> list[tuple[str, str, str]]:
    """What was left out of a committee's workbook: where it stands, what it says, and what to do."""
    said = [(note, note.sentence(language())) for note in notes]
    return [("!".join(filter(None, (n.file, str(n.line or ""), n.field))), n.value, what) for n, what in said]
