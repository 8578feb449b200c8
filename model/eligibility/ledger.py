"""The ledger: every rule in order, the checks of one pair, and the verdicts of many pairs at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, time
from operator import attrgetter
from typing import TypeAlias

import numpy as np

from model.domain import Check, Program, Startup, Verdict
from model.eligibility import age, applicant, founding, participation, place, registration, trade, window
from model.eligibility.naming import ProgramNames
from model.eligibility.rule import Checks, Rule, Setting
from model.eligibility.sweep import JudgedSide, Plane, Row, plane, worst
from model.vocabulary.codes import Codes

RULES_VERSION = "2026-11-30.2"
"""Day of the newest change to the rules; the code tables carry their own version."""

RULES: tuple[Rule, ...] = (
    *window.RULES,
    *applicant.RULES,
    *age.RULES,
    *founding.RULES,
    *place.RULES,
    *trade.RULES,
    *participation.RULES,
    *registration.RULES,
    window.MANUAL,
)
"""Every rule, in the order in which their checks are listed; nothing else decides eligibility."""

RULES_OF_PROGRAMS = tuple(rule for rule in RULES if not rule.reads)
"""Rules that answer the same whoever applies."""

NOBODY, MOST_PROGRAMS = Startup(""), 4_000
Steps: TypeAlias = Sequence[tuple[Rule, Checks]]

RULES_OF_PAIRS = tuple(rule for rule in RULES if rule.reads)

VERDICTS = (Verdict.ELIGIBLE, Verdict.NEEDS_CHECK, Verdict.INELIGIBLE)
"""A verdict's place here is its code in the tables of `Ledger.verdicts`."""


def verdict(checks: Iterable[Check]) -> Verdict:
    """Give the worst of the checks: ineligible if one fails, needs check if one is open, else eligible."""
    return VERDICTS[worst(tuple(checks))]


def excludes(checks: Iterable[Check]) -> bool:
    """Whether some check fails, so that the pair stands in no list of those that may apply."""
    return verdict(checks) is Verdict.INELIGIBLE


class Ledger:
    """Applies the rules; immutable, and the same answer for the same facts, day and catalogue."""

    def __init__(self, codes: Codes, catalogue: Iterable[Program] = ()) -> None:
        self.codes = codes
        self._catalogue = tuple(catalogue)
        self._names = ProgramNames(codes.programs, self._catalogue)
        self._lately: dict[str, tuple[Program, tuple[date, time | None], Steps]] = {}

    def knowing(self, programs: Iterable[Program]) -> Ledger:
        """Give a ledger that also knows these programs, which make up the exclusive groups; a newer row replaces."""
        rows = {program.id: program for program in (*self._catalogue, *programs)}
        return Ledger(self.codes, rows.values())

    def names_program(self, text: str) -> bool:
        """Tell whether a program's name is known, from the list of programs or from a row of the catalogue."""
        return self._names.find(text) is not None

    def checks(self, startup: Startup, program: Program, *, on: date, at: time | None = None) -> Checks:
        """List every rule's answer for one pair on a day; rules that the program doesn't state are left out.

        `at` is the hour of evaluation, needed only on a closing day with a closing hour.
        """
        setting, listed = self._on(on, at), list[Check]()
        for rule, alone in self._steps(program, setting):
            listed += alone or rule.judge(startup, program, setting)
        return tuple(listed)

    def checker(self, program: Program, *, on: date, at: time | None = None) -> Callable[[Startup], Checks]:
        """Give what lists the same as `checks` for one startup after another; alike facts are judged once."""
        setting = self._on(on, at)
        stated = [
            (rule, attrgetter(*rule.reads) if rule.reads else None, dict[Hashable, Checks]())
            for rule in RULES
            if rule.states is None or rule.states(program)
        ]

        def checks(startup: Startup) -> Checks:
            answers: list[Check] = []
            for rule, facts, known in stated:
                if rule.concerns is None or getattr(startup, rule.concerns):
                    key = facts(startup) if facts else ()
                    if key not in known:
                        known[key] = rule.judge(startup, program, setting)
                    answers += known[key]
            return tuple(answers)

        return checks

    def verdicts(
        self,
        startups: Sequence[Startup] | JudgedSide[Startup],
        programs: Sequence[Program] | JudgedSide[Program],
        *,
        on: date,
        at: time | None = None,
    ) -> Plane:
        """Give every pair's verdict: int8 of shape (startups, programs), 0 eligible, 1 needs check, 2 ineligible.

        A side that is judged again and again may be handed over as JudgedSide, which remembers its distinct facts.
        """
        people, calls = _judged(startups), _judged(programs)
        codes: Plane = np.repeat(self.alone(calls, on=on, at=at)[None, :], len(people.rows), axis=0)
        for rule in RULES_OF_PAIRS:
            np.maximum(codes, self.results(rule, people, calls, on=on, at=at), out=codes)
        return codes

    def alone(self, programs: JudgedSide[Program], *, on: date, at: time | None = None) -> Plane:
        """Give what the rules say of each program whoever applies, coded like verdicts, (m,): closed calls and such."""
        setting, lately = self._on(on, at), programs.lately
        # The same programs are asked for on the same day in every answer.
        if lately is None or lately[0].codes is not setting.codes or (lately[0].on, lately[0].at) != (on, at):
            nobody, codes = JudgedSide([NOBODY]), np.zeros(len(programs.rows), np.int8)
            for rule in RULES_OF_PROGRAMS:
                np.maximum(codes, plane(rule, nobody, programs, setting)[0], out=codes)
            lately = programs.lately = setting, codes
        return lately[1].copy()

    def results(
        self,
        rule: Rule,
        startups: Sequence[Startup] | JudgedSide[Startup],
        programs: Sequence[Program] | JudgedSide[Program],
        *,
        on: date,
        at: time | None = None,
    ) -> Plane:
        """Give one rule's result for every pair, coded like verdicts; 0 where the program doesn't state the rule."""
        return plane(rule, _judged(startups), _judged(programs), self._on(on, at))

    def _steps(self, program: Program, setting: Setting) -> Steps:
        """The rules that a program states, each with its checks where they are the same whoever applies."""
        lately = self._lately.get(program.id)
        if lately is None or lately[0] is not program or lately[1] != (setting.on, setting.at):
            stated = (rule for rule in RULES if rule.states is None or rule.states(program))
            steps = [(rule, () if rule.reads else rule.judge(NOBODY, program, setting)) for rule in stated]
            if len(self._lately) > MOST_PROGRAMS:
                self._lately.clear()
            # In one piece: another thread finds what stood here before, or this.
            lately = self._lately[program.id] = (
                program,
                (setting.on, setting.at),
                [s for s in steps if s[0].reads or s[1]],
            )
        return lately[2]

    def _on(self, on: date, at: time | None) -> Setting:
        return Setting(on, self.codes, at, self._names)


def _judged(rows: Sequence[Row] | JudgedSide[Row]) -> JudgedSide[Row]:
    return rows if isinstance(rows, JudgedSide) else JudgedSide(rows)
