"""What each requirement of an application comes to: by the machine's answer, a person's word, or the round's terms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from model.applications import CheckState, DeskEntry, EntryKind, History, requirement
from model.domain import Application, Check, Program, Result, Startup
from model.eligibility import Ledger
from service.actions.applications.participations import call_of, without_own
from service.storage.applications.listings import ListedFirm

PASS, OPEN, FAIL = 0, 1, 2
ORDER = {Result.PASS: PASS, Result.NEEDS_CHECK: OPEN, Result.FAIL: FAIL}
LISTING = "listing"
MACHINE, PERSON, TERMS = "machine", "person", "terms"


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """One requirement: the machine's worst check on it, a person's word, what counts, and by whom.

    `listing` is the list on which the firm stands where that is what the line is about.
    """

    code: str
    check: Check | None
    entry: DeskEntry | None
    result: int
    by: str
    listing: ListedFirm | None = None


@dataclass(frozen=True)
class AppliedPair:
    """An application with its lines; `result` is the worst of them."""

    application: Application
    lines: tuple[RequirementLine, ...]

    @property
    def result(self) -> int:
        """0 when every requirement is met, 1 when some are open, 2 when one isn't met."""
        return max((line.result for line in self.lines), default=PASS)

    @property
    def open(self) -> tuple[str, ...]:
        """The requirements that nobody has settled."""
        return tuple(line.code for line in self.lines if line.result == OPEN)


@dataclass(frozen=True, slots=True)
class Settling:
    """The day as of which papers count, requirements that the terms leave for later, and whether two must agree."""

    on: date
    later: Collection[str] = ()
    four_eyes: bool = False


class Machine:
    """Judges many applications by the rules, each as of the day and hour of its receipt, else as of `on`."""

    def __init__(self, ledger: Ledger, on: date) -> None:
        self._ledger, self._on = ledger, on
        self._judges: dict[tuple[str, date, time | None], Callable[[Startup], tuple[Check, ...]]] = {}

    def __call__(self, startup: Startup, application: Application, program: Program) -> dict[str, Check]:
        """The worst check of each requirement."""
        day = application.received_on or self._on
        at = application.received_at if day == program.closes_on else None  # no other day asks for the hour
        if (program.id, day, at) not in self._judges:
            self._judges[program.id, day, at] = self._ledger.checker(program, on=day, at=at)
        worst: dict[str, Check] = {}
        for check in self._judges[program.id, day, at](startup):
            code = requirement(check.rule, check.required)
            if code not in worst or ORDER[check.result] > ORDER[worst[code].result]:
                worst[code] = check
        return worst

    def pair(
        self,
        startup: Startup,
        record: Application,
        program: Program,
        history: History,
        listed: Iterable[ListedFirm],
        how: Settling,
    ) -> AppliedPair:
        """An application with its lines; what the firm has come to by it does not count against it."""
        checks = self(without_own(startup, call_of(program, how.on), history), record, program)
        return AppliedPair(record, lines(checks, history, listed, how))


def lines(
    checks: Mapping[str, Check], history: History, listed: Iterable[ListedFirm], how: Settling
) -> tuple[RequirementLine, ...]:
    """Every requirement with what counts: a person's word before the machine's answer, terms where both are open."""
    judged: list[RequirementLine] = []
    for code, check in checks.items():
        word = history.settled(code, how.on, four_eyes=how.four_eyes)
        if word is not None:
            result, by = FAIL if word.state == CheckState.FAILED else PASS, PERSON
        else:
            result, by = ORDER[check.result], MACHINE
            if result == OPEN and code in how.later:
                result, by = PASS, TERMS
        judged.append(RequirementLine(code, check, word or last_word(history, code), result, by))
    for standing in listed:
        override = overriding(history, standing)
        result = PASS if override else FAIL if standing.is_sure else OPEN
        by = PERSON if override else MACHINE
        judged.append(RequirementLine(f"{LISTING}:{standing.kind}", None, override, result, by, standing))
    return tuple(judged)


def last_word(history: History, code: str) -> DeskEntry | None:
    """A person's last word on a requirement, whether it settles it or not."""
    words = history.checks(code)
    return words[-1] if words else None


def overriding(history: History, standing: ListedFirm) -> DeskEntry | None:
    """The override by which a person lets the firm pass in spite of one list, if it holds."""
    own = [e for e in history.entries if e.kind is EntryKind.OVERRIDE and e.about == f"l-{standing.listing}"]
    return own[-1] if own and own[-1].state != CheckState.UNDONE else None


def written(pairs: Sequence[AppliedPair]) -> list[dict[str, object]]:
    """What a round keeps of its pairs: by application, each requirement with what counted and the entry behind it."""
    return [
        {
            "application": pair.application.id,
            "program": pair.application.program_id,
            "result": pair.result,
            "lines": [
                [x.code, x.by, x.result, x.entry.number if x.entry and x.by == PERSON else None] for x in pair.lines
            ],
        }
        for pair in pairs
    ]
