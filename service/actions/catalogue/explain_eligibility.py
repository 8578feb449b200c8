"""Explain eligibility: what the rules say of a startup, of a program's applicants and of the whole catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TypeAlias

from model.domain import Check, Program, Result, Startup, Verdict
from model.eligibility import RULES_VERSION, VERDICTS, Ledger, verdict
from model.eligibility.overview import (
    Exclusion,
    IntakeState,
    ProgramReach,
    RegionCoverage,
    Step,
    exclusions,
    hour_that_decides,
    intakes,
    one_step_away,
    survey,
)
from model.vocabulary.codes import Codes
from service.actions.catalogue.rulebook import Rulebook
from service.caches import Memo
from service.errors import Problem, ServiceError
from service.wording.eligibility import Audience

MOST_NAMED = 20
KEPT = 4
"""Coverages that a process keeps: one takes seconds for a large catalogue, and names all that it rests on."""
KEPT_PROGRAMS = 64
"""Programs of which a process keeps whom their rules shut out."""

Survey: TypeAlias = tuple[tuple[RegionCoverage, ...], tuple[ProgramReach, ...]]
Excluded: TypeAlias = tuple[Mapping[Verdict, int], tuple[Exclusion, ...]]
CoverageKey: TypeAlias = tuple[str, str, str, date, time | None]


@dataclass(frozen=True, slots=True)
class ExplanationWish:
    """As of which day (None: today), for whom, and how many startups an entry names."""

    on: date | None = None
    audience: Audience = Audience.STAFF
    most_named: int = MOST_NAMED


@dataclass(frozen=True, slots=True)
class EligibilityBasis:
    """What an explanation rests on."""

    rulebook: Rulebook = field(repr=False, compare=False)
    on: date
    wish: ExplanationWish
    at: time | None = None
    """The present hour in Korea where the day is today: on a closing day it counts to the minute."""

    @property
    def ledger(self) -> Ledger:
        """The rules, which know the whole catalogue."""
        return self.rulebook.ledger

    @property
    def rules_version(self) -> str:
        """The version of the rules."""
        return RULES_VERSION

    @property
    def snapshot(self) -> str:
        """Digest of the programs, which the rules read."""
        return self.rulebook.programs.digest

    @property
    def codes(self) -> Codes:
        """The names of the codes in checks."""
        return self.ledger.codes

    @property
    def startups(self) -> Mapping[str, Startup]:
        """The stored startups, by id."""
        return self.rulebook.startups.records

    @property
    def programs(self) -> Mapping[str, Program]:
        """The stored programs, by id."""
        return self.rulebook.programs.records

    @property
    def hour(self) -> time | None:
        """The present hour as far as it decides: the same from one closing hour to the next."""
        return hour_that_decides(tuple(self.programs.values()), self.on, self.at)

    def families(self, language: str) -> Mapping[str, str]:
        """The names of program families that checks cite."""
        return self.rulebook.families[language]


@dataclass(frozen=True, slots=True)
class JudgedCall:
    """One open call with what the rules say of it."""

    program: Program
    verdict: Verdict
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """One startup and one program with what the rules say of them."""

    startup: Startup
    program: Program
    verdict: Verdict
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class OfStartup:
    """Every open call for one startup: those that it may apply to first, of these the soonest to close first."""

    ground: EligibilityBasis
    startup: Startup
    programs: tuple[JudgedCall, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """The open calls that one change would unlock for a startup, the soonest first."""

    ground: EligibilityBasis
    startup: Startup
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class OfProgram:
    """Which rules of a program shut out how many of the stored startups."""

    ground: EligibilityBasis
    program: Program
    verdicts: Mapping[Verdict, int]
    exclusions: tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True)
class OfCatalogue:
    """Who finds no program, and which programs find few startups."""

    ground: EligibilityBasis
    regions: tuple[RegionCoverage, ...]
    programs: tuple[ProgramReach, ...]


class ExplainEligibility:
    """Asks the rulebook as it is now; `clock` tells the present moment in Korea."""

    def __init__(self, rulebook: Callable[[], Rulebook], clock: Callable[[], datetime]) -> None:
        self._rulebook, self._clock = rulebook, clock
        self._surveys: Memo[CoverageKey, Survey] = Memo(KEPT, long=True)
        self._excluded: Memo[tuple[CoverageKey, str], Excluded] = Memo(KEPT_PROGRAMS, long=True)

    def of_startup(self, identifier: str, wish: ExplanationWish) -> OfStartup:
        """Judge every open call for a stored startup; raises ServiceError `startup_not_found`."""
        ground = self._ground(wish)
        return _judged(ground, _stored(ground, identifier))

    def of_profile(self, startup: Startup, wish: ExplanationWish) -> OfStartup:
        """Judge every open call for a startup that is not stored."""
        return _judged(self._ground(wish), startup)

    def of_pair(self, startup: str, program: str, wish: ExplanationWish) -> JudgedPair:
        """Judge one program for one stored startup; raises ServiceError `startup_not_found`, `program_not_found`."""
        ground = self._ground(wish)
        if program not in ground.programs:
            raise ServiceError(Problem.PROGRAM_NOT_FOUND, id=program)
        judged = _pair(ground, applicant := _stored(ground, startup), ground.programs[program])
        return JudgedPair(applicant, judged.program, judged.verdict, judged.checks)

    def unmet(self, startup: str, program: str, on: date | None) -> tuple[str, ...]:
        """The rules that a startup fails at a program on a day (None: today), each once."""
        checks = self.of_pair(startup, program, ExplanationWish(on)).checks
        return tuple(dict.fromkeys(check.rule for check in checks if check.result is Result.FAIL))

    def steps(self, identifier: str, wish: ExplanationWish) -> Steps:
        """Find what is one step away from a stored startup; raises ServiceError `startup_not_found`."""
        ground = self._ground(wish)
        startup = _stored(ground, identifier)
        steps = one_step_away(ground.ledger, startup, tuple(ground.programs.values()), on=ground.on, at=ground.at)
        return Steps(ground, startup, steps)

    def of_program(self, identifier: str, wish: ExplanationWish) -> OfProgram:
        """Find what a program's rules do to the stored startups; raises ServiceError `program_not_found`."""
        ground = self._ground(wish)
        program = ground.programs.get(identifier)
        if program is None:
            raise ServiceError(Problem.PROGRAM_NOT_FOUND, id=identifier)
        verdicts, excluded = self._excluded((_key(ground), identifier), lambda: _excluded(ground, program))
        return OfProgram(ground, program, verdicts, excluded)

    def calls(self, wish: ExplanationWish) -> Mapping[IntakeState, tuple[Program, ...]]:
        """Sort the open calls by whether they take applications on the day, each the soonest to close first."""
        ground = self._ground(wish)
        calls = [program for program in ground.programs.values() if program.is_ranked]
        calls.sort(key=lambda program: (program.closes_on or date.max, program.id))
        taking = list(zip(calls, intakes(ground.ledger, calls, on=ground.on, at=ground.at), strict=True))
        return {state: tuple(call for call, own in taking if own is state) for state in IntakeState}

    def of_catalogue(self, wish: ExplanationWish) -> OfCatalogue:
        """Find who is served by no program, by region; the same catalogue and day are judged once."""
        ground = self._ground(wish)
        return OfCatalogue(ground, *self._survey(ground))

    def to_check(self, wish: ExplanationWish) -> int | None:
        """How many startups find open calls only where something has to be checked; None until coverage is known."""
        measured = self._surveys.get(_key(self._ground(wish)))  # whoever measures just now is not waited for
        return None if measured is None else sum(region.only_needs_check for region in measured[0])

    def _ground(self, wish: ExplanationWish) -> EligibilityBasis:
        moment = self._clock()
        at = moment.time() if wish.on in (None, moment.date()) else None
        return EligibilityBasis(self._rulebook(), wish.on or moment.date(), wish, at)

    def _survey(self, ground: EligibilityBasis) -> Survey:
        def surveyed() -> Survey:
            startups, programs = tuple(ground.startups.values()), tuple(ground.programs.values())
            return survey(ground.ledger, startups, programs, on=ground.on, at=ground.hour)

        return self._surveys(_key(ground), surveyed)


def _key(ground: EligibilityBasis) -> CoverageKey:
    return ground.rulebook.version, ground.snapshot, ground.rulebook.startups.digest, ground.on, ground.hour


def _excluded(ground: EligibilityBasis, program: Program) -> Excluded:
    startups = tuple(ground.startups.values())
    counts = Counter(ground.ledger.verdicts(startups, [program], on=ground.on, at=ground.hour)[:, 0].tolist())
    verdicts = {verdict: counts[code] for code, verdict in enumerate(VERDICTS)}
    return verdicts, exclusions(ground.ledger, program, startups, on=ground.on, at=ground.hour)


def _stored(ground: EligibilityBasis, identifier: str) -> Startup:
    startup = ground.startups.get(identifier)
    if startup is None:
        raise ServiceError(Problem.STARTUP_NOT_FOUND, id=identifier)
    return startup


def _judged(ground: EligibilityBasis, startup: Startup) -> OfStartup:
    calls = [program for program in ground.programs.values() if program.is_ranked]
    judged = [_pair(ground, startup, call) for call in calls]
    judged.sort(key=lambda each: (VERDICTS.index(each.verdict), each.program.closes_on or date.max, each.program.id))
    return OfStartup(ground, startup, tuple(judged))


def _pair(ground: EligibilityBasis, startup: Startup, program: Program) -> JudgedCall:
    checks = ground.ledger.checks(startup, program, on=ground.on, at=ground.at)
    return JudgedCall(program, verdict(checks), checks)
