"""What a round's form holds: texts by name, lines of several fields, ticked boxes; filled in from terms too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from model.domain import UNITS_PER_POINT
from model.rounds import Bonus, Quota, Terms
from service.console.wire.language import language
from service.console.wire.names import VocabularyNames
from service.wording import rounds as words
from service.wording.pairs import said

LINES = ("bonus", "quota", "lock", "ban", "interest")
MOST_LINES = 500


@dataclass(frozen=True)
class FormFields:
    """A form's fields as they were sent."""

    fields: MultiDict[str, str]

    def text(self, name: str, default: str = "") -> str:
        """One field's text without its ends."""
        return str(self.fields.get(name, default)).replace("\0", "").strip()

    def has(self, name: str, value: str) -> bool:
        """Tell whether a box is ticked."""
        return value in self.fields.getlist(name)

    def lines(self, kind: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Each line of a kind that holds anything, with the beginning of its fields' names."""
        for number in range(self.size(kind)):
            start = f"{kind}-{number}-"
            line = {name.removeprefix(start): self.text(name) for name in self.fields if name.startswith(start)}
            if any(line.get(name) for name in FILLED[kind]):
                yield start, line

    def size(self, kind: str) -> int:
        """How many lines of a kind the form shows: those that are filled in, at least one."""
        numbers = [name.split("-")[1] for name in self.fields if name.startswith(f"{kind}-")]
        return min(MOST_LINES, max([0, *(int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) < 4)]) + 1)

    def with_more(self, kind: str, lines: Iterable[Mapping[str, str]]) -> FormFields:
        """The form with lines added behind those that are filled in; an empty one makes room for another."""
        start = max([0, *(int(name.split("-")[1]) + 1 for name, _ in self.lines(kind))])
        more = {f"{kind}-{start + i}-{name}": text for i, line in enumerate(lines) for name, text in line.items()}
        return FormFields(MultiDict([*self.fields.items(multi=True), *more.items()]))


FILLED: Mapping[str, tuple[str, ...]] = {
    "bonus": ("name", "points", "values"),
    "quota": ("name", "values", "least", "most"),
    "lock": ("startup", "reason"),
    "ban": ("startup", "reason"),
    "interest": ("evaluator", "startup"),
}
"""The fields of a line of which one must be filled in for it to count."""


def of(terms: Terms, names: VocabularyNames) -> FormFields:
    """The form as it would have been filled in for these terms."""
    plain = {
        "factor": f"{terms.factor / 10:g}",
        "minimum": f"{terms.minimum / UNITS_PER_POINT:g}",
        "measured": "final" if terms.minimum_with_bonus else "base",
        "limit": "" if terms.bonus_limit is None else f"{terms.bonus_limit / UNITS_PER_POINT:g}",
        "method": terms.method,
        "group": "whole" if terms.one_group else "group",
        "proposing": terms.proposing,
        "preferences": "\n".join(f"{who}: {', '.join(wanted)}" for who, wanted in terms.preferences.items()),
        **{f"tie-{place}": key for place, key in enumerate(terms.tie_break, 1)},
        **{f"seats:{program}": str(seats) for program, seats in terms.seats.items()},
    }
    lines = {
        "bonus": [{**_whose(b, names), "points": f"{b.units / UNITS_PER_POINT:g}"} for b in terms.bonuses],
        "quota": [_quota(quota, names) for quota in terms.quotas],
        "lock": [{"startup": o.startup, "program": o.program, "reason": o.reason} for o in terms.locks],
        "ban": [{"startup": o.startup, "program": o.program or "", "reason": o.reason} for o in terms.bans],
        "interest": [
            {"evaluator": o.evaluator, "startup": o.startup, "program": o.program or "", "reason": o.reason}
            for o in terms.interests
        ],
    }
    form = FormFields(MultiDict(plain))
    for kind, entries in lines.items():
        form = form.with_more(kind, entries)
    return form


def _whose(rule: Bonus | Quota, names: VocabularyNames) -> dict[str, str]:
    field = rule.where.field
    values = ", ".join(words.value(field, code, names.codes, language()) for code in rule.where.values)
    meant = {"field": said(words.FIELDS, field, language()), "values": values}
    return {"name": rule.name, **meant, "programs": ", ".join(rule.programs)}


def _quota(quota: Quota, names: VocabularyNames) -> dict[str, str]:
    order = [words.value(quota.where.field, code, names.codes, language()) for code in quota.back_fill or ()]
    return {
        **_whose(quota, names),
        "least": str(quota.at_least),
        "most": "" if quota.at_most is None else str(quota.at_most),
        "unit": "percent" if quota.percent else "seats",
        "unmet": "clash" if quota.back_fill is None else "fill",
        "order": ", ".join(order),
    }
