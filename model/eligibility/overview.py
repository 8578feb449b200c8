"""The whole explained: programs one step away, what a rule shuts out, and where startups or programs find nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

import numpy as np

from model.domain import Check, Program, Result, Startup, Unlock
from model.eligibility.ledger import RULES, Ledger
from model.eligibility.rule import Checks
from model.eligibility.unlocking import ACTIONS, NOTICE, PERSON, WAITING, Case, carried_out

UNKNOWN_REGION = ""


class IntakeState(StrEnum):
    """What a call's notice says of a day: it takes applications, does not, or leaves the period open."""

    OPEN = "open"
    UNKNOWN = "unknown"
    SHUT = "shut"


@dataclass(frozen=True, slots=True)
class Step:
    """One change that stands between a startup and a program; `day` is when it can be made, None if that is open.

    `settles` are the checks that the change turns; `confirmations` are what a person or the notice has still to tell.
    """

    program_id: str
    unlock: Unlock
    day: date | None
    settles: Checks
    confirmations: tuple[Unlock, ...]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What one rule of a program does to the stored startups.

    `admitted` are the startups that fail this rule and no other: relaxing it would let them apply; `clear` counts
    those of them for whom nothing else would be left to check.
    """

    rule: str
    fails: int
    needs_check: int
    admitted: tuple[str, ...]
    clear: int


@dataclass(frozen=True, slots=True)
class RegionCoverage:
    """How the startups of one 시도 (two digits, empty if unknown) fare over the whole catalogue."""

    region: str
    startups: int
    with_eligible: int
    only_needs_check: int
    without_any: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgramReach:
    """How many startups a program can take, in all and by 시도 (eligible, needs check).

    A call is closed when it takes nobody's application on the day, whoever asks.
    """

    program_id: str
    is_closed: bool
    eligible: int
    needs_check: int
    by_region: Mapping[str, tuple[int, int]]


def one_step_away(
    ledger: Ledger, startup: Startup, programs: Sequence[Program], *, on: date, at: time | None = None
) -> tuple[Step, ...]:
    """List the open calls that exactly one change would unlock for a startup, the soonest first.

    A fact to state can be stated on the day itself, a wait has its day, an action of the startup has none and comes
    last. What a person must confirm or the notice must tell isn't a change: nearly every public call has some.
    """
    steps = [_step(ledger, Case(startup, program, on, at)) for program in programs if program.is_ranked]
    ahead = [step for step in steps if step is not None]
    return tuple(sorted(ahead, key=lambda step: (step.day or date.max, step.program_id)))


def hour_that_decides(programs: Sequence[Program], on: date, at: time | None) -> time | None:
    """Give one hour for all that answer alike on a day: the next closing hour, or the day's last minute after them all.

    None where no call closes at an hour on that day, or the present hour is not known.
    """
    hours = sorted({p.closes_at for p in programs if p.closes_on == on and p.closes_at})
    if at is None or not hours:
        return None
    minute = at.replace(second=0, microsecond=0, tzinfo=None)
    return next((hour for hour in hours if minute <= hour), time(23, 59))


def exclusions(
    ledger: Ledger, program: Program, startups: Sequence[Startup], *, on: date, at: time | None = None
) -> tuple[Exclusion, ...]:
    """List the rules of a program that shut out or hold up stored startups, the one that shuts out most first."""
    results = {rule.name: ledger.results(rule, startups, [program], on=on, at=at)[:, 0] for rule in RULES}
    table = np.stack(list(results.values()), axis=1)
    failing, open_ = (table == 2).sum(axis=1), (table == 1).sum(axis=1)
    every = [_exclusion(name, column, failing, open_, startups) for name, column in results.items()]
    touched = [exclusion for exclusion in every if exclusion.fails or exclusion.needs_check]
    return tuple(sorted(touched, key=lambda e: (-e.fails, -e.needs_check, e.rule)))


def intakes(ledger: Ledger, calls: Sequence[Program], *, on: date, at: time | None = None) -> list[IntakeState]:
    """Tell of each call whether it takes applications on a day, whoever asks."""
    results = {
        rule.name: ledger.results(rule, [Startup("")], calls, on=on, at=at)[0] for rule in RULES if not rule.reads
    }
    shut = np.any([result == 2 for result in results.values()], axis=0)
    states = np.where(shut, IntakeState.SHUT, np.where(results["window"] == 1, IntakeState.UNKNOWN, IntakeState.OPEN))
    return [IntakeState(state) for state in states]


def reach(
    ledger: Ledger, startups: Sequence[Startup], programs: Sequence[Program], *, on: date, at: time | None = None
) -> tuple[ProgramReach, ...]:
    """Count each open call's eligible startups, by 시도 too; the fewest come first, calls that are closed last."""
    return survey(ledger, startups, programs, on=on, at=at)[1]


def survey(
    ledger: Ledger, startups: Sequence[Startup], programs: Sequence[Program], *, on: date, at: time | None = None
) -> tuple[tuple[RegionCoverage, ...], tuple[ProgramReach, ...]]:
    """Give coverage and reach from one judgement of all pairs."""
    calls = [program for program in programs if program.is_ranked]
    verdicts = ledger.verdicts(startups, calls, on=on, at=at)
    regions, best = ledger.codes.regions, verdicts.min(axis=1, initial=2)
    homes = [regions.province((startup.region or "").strip(), on) or UNKNOWN_REGION for startup in startups]
    covered = tuple(_covered(region, homes, best, startups) for region in sorted(set(homes)))
    taking = intakes(ledger, calls, on=on, at=at)
    columns = [
        (call.id, taking[column] is IntakeState.SHUT, verdicts[:, column].tolist()) for column, call in enumerate(calls)
    ]
    reaches = [_reach(*column, homes) for column in columns]
    return covered, tuple(sorted(reaches, key=lambda r: (r.is_closed, r.eligible, r.needs_check, r.program_id)))


def _step(ledger: Ledger, case: Case) -> Step | None:
    checks = ledger.checks(case.startup, case.program, on=case.on, at=case.at)
    barriers = tuple(check for check in checks if not _is_settled(check))
    unlocks = {check.unlock for check in barriers}
    if len(unlocks) != 1:
        return None
    unlock = unlocks.pop()
    if unlock is None or unlock.code in NOTICE | {"nothing"}:
        return None
    after = carried_out(case, barriers[0])
    # where the change can be played through, it must leave nothing but confirmations
    left = ledger.checks(after.startup, after.program, on=after.on, at=after.at) if after else ()
    if not all(_is_settled(check) for check in left):
        return None
    confirmations = tuple(check.unlock for check in checks if check.unlock and _is_settled(check))
    day = (unlock.on or case.on) if unlock.code in WAITING else None if unlock.code in ACTIONS else case.on
    return Step(case.program.id, unlock, day, barriers, confirmations)


def _is_settled(check: Check) -> bool:
    """Tell whether nothing is left that the startup, its data or a day could change."""
    elsewhere = check.result is Result.NEEDS_CHECK and check.unlock and check.unlock.code in PERSON | NOTICE
    return check.result is Result.PASS or bool(elsewhere)


def _exclusion(
    name: str, column: np.ndarray, failing: np.ndarray, open_: np.ndarray, startups: Sequence[Startup]
) -> Exclusion:
    alone = (column == 2) & (failing == 1)
    admitted = tuple(startups[int(place)].id for place in np.flatnonzero(alone))
    clear = int((alone & (open_ == 0)).sum())
    return Exclusion(name, int((column == 2).sum()), int((column == 1).sum()), admitted, clear)


def _covered(region: str, homes: Sequence[str], best: np.ndarray, startups: Sequence[Startup]) -> RegionCoverage:
    here = [place for place, home in enumerate(homes) if home == region]
    counts = Counter(int(best[place]) for place in here)
    without = tuple(startups[place].id for place in here if best[place] == 2)
    return RegionCoverage(region, len(here), counts[0], counts[1], without)


def _reach(program_id: str, is_closed: bool, verdicts: Sequence[int], homes: Sequence[str]) -> ProgramReach:
    counts = Counter(zip(homes, verdicts, strict=True))
    by_region = {home: (counts[home, 0], counts[home, 1]) for home in sorted(set(homes))}
    open_in = {home: pair for home, pair in by_region.items() if any(pair)}
    return ProgramReach(program_id, is_closed, verdicts.count(0), verdicts.count(1), open_in)
