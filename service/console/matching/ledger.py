"""The eligibility ledger of a startup as a page shows it: every open call, and what one change would unlock."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from model.domain import Program, Result
from model.eligibility import VERDICTS
from model.eligibility.overview import Step
from service.actions.catalogue.explain_eligibility import EligibilityBasis, JudgedCall, OfStartup, Steps
from service.console.matching import shown
from service.console.wire import query
from service.console.wire.language import language
from service.wording import eligibility

PAGE = 20


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One open call with the verdict and the rules that stand open."""

    program: Program
    verdict: str
    badge: str
    unmet: tuple[str, ...]
    to_check: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One change that would unlock a call, and from when."""

    program: Program
    sentence: str
    day: date | None
    to_confirm: int


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """A page of the ledger; `counts` are the verdicts' names, badges and numbers."""

    entries: tuple[LedgerEntry, ...]
    counts: tuple[tuple[str, str, int], ...]
    ways: tuple[Way, ...]
    number: int
    pages: int


def page_of(explanation: OfStartup, steps: Steps, size: int = PAGE) -> LedgerPage:
    """The page of the ledger that the address asks for, with so many calls, and every way in."""
    counts = Counter(judged.verdict for judged in explanation.programs)
    pages = max(1, -(-len(explanation.programs) // size))
    number = min(query.number("page", 1), pages)
    chosen = explanation.programs[(number - 1) * size : number * size]
    return LedgerPage(
        tuple(_entry(judged) for judged in chosen),
        tuple((*shown.verdict(verdict), counts[verdict]) for verdict in VERDICTS),
        tuple(_way(steps.ground, step) for step in steps.steps),
        number,
        pages,
    )


def _entry(judged: JudgedCall) -> LedgerEntry:
    unmet = _rules(judged, Result.FAIL)
    return LedgerEntry(judged.program, *shown.verdict(judged.verdict), unmet, _rules(judged, Result.NEEDS_CHECK))


def _rules(judged: JudgedCall, result: Result) -> tuple[str, ...]:
    names = [eligibility.rule_name(check.rule, language()) for check in judged.checks if check.result is result]
    return tuple(dict.fromkeys(names))


def _way(ground: EligibilityBasis, step: Step) -> Way:
    language_code = language()
    said = eligibility.unlocked_by(step.unlock, ground.codes, language_code, ground.families(language_code))
    return Way(ground.programs[step.program_id], said, step.day, len(step.confirmations))
