"""What a program's row must say, or say why it can't: facts with their sources, and the gaps that nobody explains."""

from __future__ import annotations

from dataclasses import dataclass, fields

from model.domain import Confidence, Program
from model.eligibility.founding import limits_age
from model.eligibility.ledger import RULES

UNSTATED = {field.name: field.default for field in fields(Program)}
NAMES_ITSELF = {"id", "family", "year", "exclusive_group_confidence"}
"""What rules read of a row that names it, or says how sure another fact is, and so needs no source."""


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact that a rule reads, or one that it misses: `value` is None for a gap.

    `source` names where the fact comes from, or says why there is a gap.
    """

    program_id: str
    rule: str
    field: str
    value: object
    source: str
    confidence: Confidence | None

    @property
    def is_explained(self) -> bool:
        """Whether a source is named, for the fact or for its absence."""
        return bool(self.source)


def inspect(program: Program) -> tuple[StatedFact, ...]:
    """List, rule by rule, every fact of a row that the rule reads, with its source, and every gap."""
    stated: list[StatedFact] = []
    sources = {field: source for source in reversed(program.fact_sources) for field in source.facts}
    for rule in RULES:
        for field in sorted(set(rule.asks) - NAMES_ITSELF):
            value, source = getattr(program, field), sources.get(field)
            is_gap = value == UNSTATED[field] and field in REQUIRED.get(rule.name, ()) and _is_required(program, field)
            if value != UNSTATED[field] or is_gap:
                about = (source.source, source.confidence) if source else ("", None)
                stated.append(StatedFact(program.id, rule.name, field, None if is_gap else value, *about))
    without = [conflict for conflict in program.not_together_with if not conflict.basis]
    return (*stated, *(StatedFact(program.id, "not_together", "basis", None, "", None) for _ in without))


REQUIRED = {
    "window": {"opens_on", "closes_on", "closes_at"},
    "business_age": {"founded_from", "founded_until"},
    "not_together": {"not_together_with"},
}
"""What the row of every open call must say: its window to the hour, its founding range, its list of conflicts."""


def _is_required(program: Program, field: str) -> bool:
    """Tell whether a row must say it: a standing program has no window, one without an age limit no range."""
    if not program.is_ranked:
        return False
    if field in ("opens_on", "closes_on"):
        lies_in = program.opens_in if field == "opens_on" else program.closes_in
        return not (lies_in or program.always_open)
    if field == "closes_at":
        return program.closes_on is not None
    return field == "not_together_with" or (limits_age(program) and not program.always_open)
