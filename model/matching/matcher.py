"""Lists of matches: programs for a startup, startups for a program, and the plane of all scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from model import explanation
from model.blocks.encoder import encoder
from model.blocks.pasts import Pasts, fold_of, group
from model.blocks.reading import program_text, startup_text
from model.blocks.side_by_side import one_thread
from model.blocks.track_record import NO_CONTRIBUTOR, NO_FOLD
from model.domain import Check, Flag, Match, Outcome, Program, Share, Startup
from model.eligibility import JudgedSide, Ledger, excludes, verdict
from model.explanation import PairSide, ProgramSide, StartupSide
from model.matching.content import content
from model.matching.known_pairs import KnownMatch, KnownPair, KnownPairs, firm_rows, identities, identity, number_of
from model.matching.pool import BATCH, assembled
from model.matching.pool import Pool as Pool
from model.matching.pool import ProgramPool as ProgramPool
from model.matching.pool import StartupPool as StartupPool
from model.scoring import ranking
from model.scoring import score as scoring
from model.scoring.chance import Chance
from model.scoring.score import BLOCKS, FittedSum, ScoreParts, Units, trusted
from model.snapshot import rows
from model.vectors import OwnPasts, ProgramVectors, StartupVectors, vectoriser
from model.vectors.corpus import Corpus, encoding, silent
from model.vectors.text_cache import Progress
from model.vectors.vectoriser import Vectoriser
from model.vocabulary import Vocabulary

Allowed = NDArray[np.bool_]
Checks: TypeAlias = tuple[Check, ...]
Moment: TypeAlias = tuple[date, time | None]
Read: TypeAlias = Callable[[Sequence[Startup]], StartupVectors]

ACQUAINTED = 2_000
"""Profiles of each side whose words suffice to know the commonest."""
EXAMPLES = 3
INELIGIBLE = 2


class Rules(StrEnum):
    """What eligibility does to a list; it never moves a score."""

    LEAVE_OUT_INELIGIBLE = "leave_out_ineligible"
    INCLUDE_INELIGIBLE = "include_ineligible"
    IGNORE = "ignore"


@dataclass(frozen=True)
class Plane:
    """Scores of every startup with every program: `units` is int32 (n, m), in 0.0001 point."""

    startups: tuple[str, ...]
    programs: tuple[str, ...]
    units: Units


@dataclass
class _Lately:
    """What was worked out last for a day before the latest outcome, since such questions come in rows."""

    matcher: tuple[date, Matcher] | None = None
    programs: tuple[ProgramPool, ProgramVectors] | None = None


@dataclass(frozen=True, eq=False)
class Matcher:
    """A fitted model: the same score for a pair from either side, with the reasons that it is made of.

    A startup with outcomes never meets itself: it is scored by programs' pasts without its own part.
    """

    vocabulary: Vocabulary
    ledger: Ledger
    vectoriser: Vectoriser
    scoring: FittedSum
    startups: Mapping[str, int]
    startup_vectors: StartupVectors
    programs: Mapping[str, int]
    program_vectors: ProgramVectors
    contributors: Mapping[str, int]
    """Rows of the firms without which the track record would be another, by the identity of each of their ids, and of
    their business number."""
    known: KnownPairs
    """Which pairs are no question any more."""
    examples: tuple[Mapping[str, object], ...] = ()
    """A few fitted startups as rows, from which an artifact makes its golden examples."""
    chance: Chance | None = None
    """Calibration on held-out outcomes; None where there are too few."""
    on: date | None = None
    """The day as of which outcomes count; None: all that it was fitted on."""
    _lately: _Lately = field(init=False, repr=False, default_factory=_Lately)

    blocks = BLOCKS

    @classmethod
    def fit(cls, corpus: Corpus, outcomes: Sequence[Outcome], progress: Progress = silent) -> Matcher:
        """Learn from outcomes upon a corpus that was read before; without any, the track record is simply absent."""
        firms = firm_rows(corpus.startups)  # one that has registered twice meets nothing of what it did under either id
        pasts = Pasts.of(outcomes, firms, corpus.programs)
        contributors = identities(corpus.startups, firms, set(pasts.contributors.tolist()))
        folds = np.array([fold_of(startup.id) for startup in corpus.startups], np.int32)
        x = replace(corpus.fitted.startup_vectors, fold=folds)
        with one_thread():
            fitted, y = vectoriser.learn(corpus.fitted, corpus.startups, corpus.programs, pasts, progress)
            worth = fitted.record.whole.total
            bare = cls(
                vocabulary=corpus.reader.vocabulary,
                ledger=Ledger(corpus.reader.vocabulary.codes),
                vectoriser=replace(fitted, reader=corpus.reader, encode=encoding(corpus.reader.vocabulary)),
                scoring=scoring.fitted(x.rows(corpus.sample), y, worth, scoring.DEFAULT),
                # Fitted profiles are found by what they say, not by id: an id may say something else tomorrow.
                startups={content(startup): row for row, startup in enumerate(corpus.startups)},
                startup_vectors=x,
                programs={content(program): row for row, program in enumerate(corpus.programs)},
                program_vectors=y,
                contributors=contributors,
                known=KnownPairs.of_pasts(pasts, contributors),
                examples=tuple(rows.plain(startup) for startup in corpus.startups[:EXAMPLES]),
            )
            return replace(bare, startup_vectors=bare._identified(x, corpus.startups))

    def without(self, block: str) -> Matcher:
        """The same matcher with one block left out of the sum, for ablation."""
        return replace(self, scoring=self.scoring.without(block))

    def knowing(self, programs: Iterable[Program], known: KnownPairs | None = None) -> Matcher:
        """The same matcher whose rules know a catalogue, which makes up the exclusive groups; no score changes.

        `known`: what the catalogue tells of pairs, in place of what the matcher was fitted on.
        """
        return replace(self, ledger=self.ledger.knowing(programs), known=known or self.known)

    def as_of(self, on: date | None) -> Matcher:
        """The same matcher with the track record as it was known on a day; None: with all that it was fitted on."""
        record, lately = self.vectoriser.record, self._lately.matcher
        if on is None or on.toordinal() >= record.pasts.last_day:
            return self
        if lately is None or lately[0] != on:
            then = record.until(on)
            vectoriser = replace(self.vectoriser, record=then)
            scoring = replace(self.scoring, trust=trusted(then.whole.total))
            lately = self._lately.matcher = on, replace(self, on=on, vectoriser=vectoriser, scoring=scoring)
        return lately[1]

    def startup_pool(
        self, startups: Sequence[Startup], read: Read | None = None, said: Callable[[Startup], str] = content
    ) -> StartupPool:
        """Vectors of startups; those whose content was fitted are looked up, others are computed now.

        `read` gives what `read` of the matcher gives, `said` what `content` gives, perhaps from where it is at hand.
        """
        stored = [self.fitted_row(startup, said(startup)) for startup in startups]
        fresh = partial(self.fresh_startups, read=read)
        return Pool(tuple(startups), assembled(stored, startups, self.startup_vectors, fresh))

    def read(self, startups: Sequence[Startup]) -> StartupVectors:
        """Read texts: what takes long of startups' vectors, with the scales of startups without outcomes."""
        return self._scaled(self.vectoriser.startups(startups))

    def program_pool(self, programs: Sequence[Program]) -> ProgramPool:
        """Vectors of programs; those whose content was fitted are looked up, others are computed now."""
        stored = [self.programs.get(content(program)) for program in programs]
        return Pool(tuple(programs), assembled(stored, programs, self.program_vectors, self.vectoriser.programs))

    def fresh_startups(self, startups: Sequence[Startup], read: Read | None = None) -> StartupVectors:
        """Vectors of startups computed now, whether they were fitted or not."""
        return self._identified((read or self.read)(startups), startups)

    def acquaint(self, startups: Sequence[Startup], programs: Sequence[Program]) -> None:
        """Prepare for texts such as these profiles have; processes that are forked later share what it takes."""
        texts = [*map(startup_text, startups[:ACQUAINTED]), *map(program_text, programs[:ACQUAINTED])]
        encoder().acquaint(texts, self.vocabulary.glossary)

    def plane(self, startups: StartupPool, programs: ProgramPool, *, on: date | None = None) -> Plane:
        """Scores of all pairs as of a day; memory grows with n × m, so hand large sides over in parts."""
        then = self.as_of(on)
        x, y = startups.vectors, then._remembered(programs)
        return Plane(startups.ids, programs.ids, then.scoring.units(x, y, then.vectoriser.own_pasts(x, y)))

    def programs_for(
        self,
        startup: Startup,
        programs: ProgramPool,
        *,
        on: date,
        at: time | None = None,
        limit: int = 10,
        rules: Rules = Rules.LEAVE_OUT_INELIGIBLE,
        include_known: bool = False,
        vectors: StartupVectors | None = None,
    ) -> tuple[Match, ...]:
        """Rank programs for a startup, best first; references are never ranked. `vectors`: its row, if at hand.

        `at`: the hour in Korea, where it is known; without it a call that closes on the day at an hour needs a check.

        Families of which something is known stay out (see `known_programs`), unless they are to be included.
        """
        then = self.as_of(on)
        x, y = self.startup_pool([startup]).vectors if vectors is None else vectors, then._remembered(programs)
        scored, own = then._scored(x, y)
        ours, units = PairSide(then.vectoriser, startup, x, 0, own), scored.units()
        asked = programs.ranked.copy()
        if not include_known:
            asked &= self.known.questions([startup], programs.profiles)[0]
        allowed = self._first_allowed(startup, programs, (units[0], asked), limit, (on, at), rules)
        matches = []
        for rank, (column, checks) in enumerate(allowed, start=1):
            program = programs.side(then.vectoriser, y, column)
            reasons = _shares(scored, units, ours, program)
            matches.append(self._match(startup, program.profile, rank, reasons, checks))
        return tuple(matches)

    def startups_for(
        self,
        program: Program,
        startups: StartupPool,
        *,
        on: date,
        at: time | None = None,
        limit: int = 10,
        rules: Rules = Rules.LEAVE_OUT_INELIGIBLE,
        include_known: bool = False,
    ) -> tuple[Match, ...]:
        """Rank startups for a program, best first; a reference has no candidates.

        Startups of which something is known at its family stay out (see `known_startups`), as in `programs_for`.
        """
        if not program.is_ranked:
            return ()
        plane = self.plane(startups, pool := self.program_pool([program]), on=on)
        allowed = np.ones(len(startups), bool)
        if rules is Rules.LEAVE_OUT_INELIGIBLE:
            allowed = self.ledger.verdicts(startups.judged, JudgedSide([program]), on=on, at=at)[:, 0] != INELIGIBLE
        if not include_known:
            allowed = allowed & self.known.questions(startups.profiles, [program])[:, 0]
        chosen = ranking.best(plane.units[:, 0], startups.ids, limit, allowed)
        then = self.as_of(on)
        x, y = startups.vectors.rows(np.array(chosen, int)), then._remembered(pool)
        scored, own = then._scored(x, y)
        theirs, units = PairSide(then.vectoriser, program, y, 0), scored.units()
        matches = []
        for i, row in enumerate(chosen):
            startup = startups.profiles[row]
            reasons = _shares(scored, units, PairSide(then.vectoriser, startup, x, i, own), theirs)
            matches.append(
                self._match(startup, program, i + 1, reasons, self._checks(startup, program, (on, at), rules))
            )
        return tuple(matches)

    def known_programs(self, startup: Startup, programs: Sequence[Program]) -> list[KnownPair]:
        """Programs of families in which a startup has taken part, applied or been refused, the latest first.

        They have neither score nor rank; `judged` tells what the rules say of applying again.
        """
        facts = self.known.at(startup)
        pairs = (KnownPair(startup, p, facts[group(p)]) for p in programs if p.is_ranked and group(p) in facts)
        return sorted(pairs, key=lambda pair: pair.order)

    def known_startups(self, program: Program, startups: Sequence[Startup]) -> list[KnownPair]:
        """Startups that have taken part in a program's family, applied or been refused, the latest first."""
        family = group(program)
        own = [s for s in startups if family in self.known.families(s)] if program.is_ranked else []
        pairs = (KnownPair(startup, program, self.known.at(startup)[family]) for startup in own)
        return sorted(pairs, key=lambda pair: pair.order)

    def judged(self, pairs: Sequence[KnownPair], *, on: date, at: time | None = None) -> tuple[KnownMatch, ...]:
        """Pairs of which something is known with what the rules say of applying again, in their order."""
        programs = {pair.program.id: pair.program for pair in pairs}
        checkers = {i: self.ledger.checker(program, on=on, at=at) for i, program in programs.items()}
        checked = [(pair, checkers[pair.program.id](pair.startup)) for pair in pairs]
        return tuple(KnownMatch(p.startup.id, p.program.id, p.known, verdict(checks), checks) for p, checks in checked)

    def shares(self, startup: Startup, program: Program, *, on: date | None = None) -> tuple[Share, ...]:
        """Reasons of one pair; their units add up to its score exactly."""
        then = self.as_of(on)
        x, y = self.startup_pool([startup]).vectors, then._remembered(self.program_pool([program]))
        scored, own = then._scored(x, y)
        ours = PairSide(then.vectoriser, startup, x, 0, own)
        return _shares(scored, scored.units(), ours, PairSide(then.vectoriser, program, y, 0))

    def pair(self, startup: Startup, program: Program, *, on: date, at: time | None = None) -> Match:
        """One pair whatever its rank, which is given as 0; the score and the checks are those of any list."""
        checks = self.ledger.checks(startup, program, on=on, at=at)
        return self._match(startup, program, 0, self.shares(startup, program, on=on), checks)

    def flags(self, startup: Startup) -> tuple[Flag, ...]:
        """Say what of a startup's profile looks stuffed and is set aside; empty for an honest one."""
        return self.vectoriser.reader.flags(startup)

    def _scored(self, x: StartupVectors, y: ProgramVectors) -> tuple[ScoreParts, OwnPasts]:
        own = self.vectoriser.own_pasts(x, y)
        return self.scoring.scored(x, y, own), own

    def _match(
        self, startup: Startup, program: Program, rank: int, reasons: tuple[Share, ...], checks: Checks
    ) -> Match:
        units = sum(share.units for share in reasons)
        chance = self.chance.of(units) if self.chance else None
        return Match(startup.id, program.id, rank, units, verdict(checks), checks, reasons, chance)

    def _checks(self, startup: Startup, program: Program, moment: Moment, rules: Rules) -> Checks:
        return () if rules is Rules.IGNORE else self.ledger.checks(startup, program, on=moment[0], at=moment[1])

    def _first_allowed(
        self,
        startup: Startup,
        programs: ProgramPool,
        scores: tuple[Units, Allowed],
        limit: int,
        moment: Moment,
        rules: Rules,
    ) -> list[tuple[int, Checks]]:
        """Columns of the best programs that are asked for and, unless they are to stand there, not excluded by a rule.

        `scores`: units of all programs and which are asked for.
        """
        units, asked = scores
        on, at = moment
        if rules is not Rules.LEAVE_OUT_INELIGIBLE:
            first = ranking.best(units, programs.ids, limit, asked)
            return [(column, self._checks(startup, programs.profiles[column], moment, rules)) for column in first]
        asked = asked & (self.ledger.alone(programs.judged, on=on, at=at) != INELIGIBLE)
        # The best are judged one by one, which costs less than to judge all, unless most of them are excluded.
        first = ranking.best(units, programs.ids, 2 * limit, asked)
        allowed = []
        for column in first:
            checks = self.ledger.checks(startup, programs.profiles[column], on=on, at=at)
            if not excludes(checks):
                allowed.append((column, checks))
            if len(allowed) == limit:
                return allowed
        if len(first) == 2 * limit:
            asked &= self.ledger.verdicts([startup], programs.judged, on=on, at=at)[0] != INELIGIBLE
            first = ranking.best(units, programs.ids, limit, asked)
            return [(column, self.ledger.checks(startup, programs.profiles[column], on=on, at=at)) for column in first]
        return allowed

    def contributor(self, startup: Startup) -> int:
        """The row under which a firm's own outcomes stand in the past, found by id or number; -1 without any."""
        row = self.contributors.get(identity(startup.id), NO_CONTRIBUTOR)
        number = number_of(startup) if row == NO_CONTRIBUTOR else ""
        return self.contributors.get(identity(number), row) if number else row

    def fitted_row(self, startup: Startup, said: str) -> int | None:
        """The fitted row of the same `content`, if it met the same past: that of another's twin would not do."""
        row = self.startups.get(said)
        is_own = row is not None and self.startup_vectors.contributor[row] == self.contributor(startup)
        return row if is_own else None

    def _identified(self, x: StartupVectors, startups: Sequence[Startup]) -> StartupVectors:
        """Vectors of startups with what is their own: the part of the past, the fold and the scales."""
        contributors = [self.contributor(startup) for startup in startups]
        folds = [NO_FOLD if row == NO_CONTRIBUTOR else int(self.startup_vectors.fold[row]) for row in contributors]
        own = replace(x, contributor=np.array(contributors, np.int32), fold=np.array(folds, np.int32))
        taught = np.flatnonzero(own.fold != NO_FOLD)
        if not x.scales or not len(taught):
            return own if x.scales else self._scaled(own)
        scales = {name: scale.copy() for name, scale in x.scales.items()}
        for name, scale in self._scaled(own.rows(taught)).scales.items():
            scales[name][taught] = scale
        return replace(own, scales=scales)

    def _scaled(self, x: StartupVectors) -> StartupVectors:
        parts = [
            self.scoring.scales(x.rows(slice(start, start + BATCH)) if len(x) > BATCH else x, self.program_vectors)
            for start in range(0, len(x) or 1, BATCH)
        ]
        return replace(x, scales={name: np.concatenate([part[name] for part in parts]) for name in parts[0]})

    def _remembered(self, programs: ProgramPool) -> ProgramVectors:
        """A pool's vectors with the past as of the matcher's day."""
        if self.on is None:
            return programs.vectors
        lately = self._lately.programs
        if lately is None or lately[0] is not programs:
            lately = self._lately.programs = programs, self.vectoriser.remembering(programs.vectors)
        return lately[1]


def _shares(scored: ScoreParts, units: Units, startup: StartupSide, program: ProgramSide) -> tuple[Share, ...]:
    """Explain one pair, whose row and column are those of the parts and the units."""
    parts = {name: float(part[startup.row, program.row]) for name, part in scored.parts.items()}
    return explanation.shares(startup, program, parts, int(units[startup.row, program.row]))
