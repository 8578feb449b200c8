"""The one door of the model: fit, programs for a startup, startups for a program, and the plane of all scores."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from model import explanation, scoring, vectors
from model.blocks.encoder import encoder
from model.blocks.exact import Float
from model.blocks.reading import program_text, startup_text
from model.blocks.track_record import Pasts
from model.domain import Flag, Match, Outcome, Program, Share, Snapshot, Startup, Verdict
from model.eligibility import Judged, Ledger, verdict
from model.explanation import Pair
from model.scoring import BLOCKS, Scoring, Units, ranking
from model.scoring.chance import Chance
from model.snapshot import rows
from model.vectors import ProgramVectors, StartupVectors, vectoriser
from model.vectors.corpus import Corpus, silent
from model.vectors.text_cache import Progress
from model.vectors.vectoriser import Vectoriser
from model.vocabulary import Vocabulary

Profile = TypeVar("Profile", Startup, Program)
SideVectors = TypeVar("SideVectors", StartupVectors, ProgramVectors)
Allowed = NDArray[np.bool_]

BATCH = 2_000
ACQUAINTED = 2_000
"""Profiles of each side whose words suffice to know the commonest."""
EXAMPLES = 3
INELIGIBLE = 2
UNREAD = ("id", "name", "name_en", "reasons_shown")
"""Fields that no block reads: profiles that differ in them alone have the same vectors."""


class Rules(StrEnum):
    """What eligibility does to a list; it never moves a score."""

    LEAVE_OUT_INELIGIBLE = "leave_out_ineligible"
    INCLUDE_INELIGIBLE = "include_ineligible"
    IGNORE = "ignore"


@dataclass(frozen=True)
class Pool(Generic[Profile, SideVectors]):
    """Profiles of one side with their vectors, row by row."""

    profiles: tuple[Profile, ...]
    vectors: SideVectors

    def __len__(self) -> int:
        return len(self.profiles)

    @property
    def ids(self) -> tuple[str, ...]:
        """The profiles' ids, in row order."""
        return tuple(profile.id for profile in self.profiles)

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Each profile's row, by its id."""
        return {profile.id: row for row, profile in enumerate(self.profiles)}

    @cached_property
    def judged(self) -> Judged[Profile]:
        """The profiles as the ledger takes them again and again."""
        return Judged(self.profiles)


StartupPool = Pool[Startup, StartupVectors]
ProgramPool = Pool[Program, ProgramVectors]


@dataclass(frozen=True)
class Plane:
    """Scores of every startup with every program: `units` is int32 (n, m), in 0.0001 point."""

    startups: tuple[str, ...]
    programs: tuple[str, ...]
    units: Units


@dataclass(frozen=True)
class Matcher:
    """A fitted model: the same score for a pair from either side, with the reasons that it is made of."""

    vocabulary: Vocabulary
    ledger: Ledger
    vectoriser: Vectoriser
    scoring: Scoring
    startups: Mapping[str, int]
    startup_vectors: StartupVectors
    programs: Mapping[str, int]
    program_vectors: ProgramVectors
    examples: tuple[Mapping[str, object], ...] = ()
    """A few fitted startups as rows, from which an artifact makes its golden examples."""
    chance: Chance | None = None
    """Calibration on held-out outcomes; None where there are too few."""

    blocks = BLOCKS

    @classmethod
    def fit(
        cls,
        snapshot: Snapshot,
        vocabulary: Vocabulary,
        *,
        seed: int = 0,
        progress: Progress = silent,
        cache: Path | None = None,
    ) -> Matcher:
        """Fit on a snapshot; without outcomes the track record is simply absent.

        `cache` names a folder in which analysed texts are kept by content, so that a later fit is quick.
        """
        return cls.learned(
            Corpus.of(snapshot, vocabulary, seed=seed, progress=progress, cache=cache), snapshot.outcomes, progress
        )

    @classmethod
    def learned(cls, corpus: Corpus, outcomes: Sequence[Outcome], progress: Progress = silent) -> Matcher:
        """Learn from outcomes upon a corpus that was read before: the same as a fit on all of it, but quicker.

        One thread does the sums, since the last digits of a sum depend on how it is divided.
        """
        with threadpool_limits(limits=1):
            return cls._learned(corpus, outcomes, progress)

    @classmethod
    def _learned(cls, corpus: Corpus, outcomes: Sequence[Outcome], progress: Progress) -> Matcher:
        ids = {startup.id: row for row, startup in enumerate(corpus.startups)}
        pasts = Pasts.of(outcomes, ids, corpus.programs)
        fitted, y = vectoriser.learn(corpus.fitted, corpus.programs, pasts, progress)
        x = corpus.fitted.startup_vectors
        score = scoring.fitted(x.rows(corpus.sample), y, pasts.total, scoring.DEFAULT)
        uncached = replace(fitted, reader=corpus.reader, encode=encoder().encode)
        examples = tuple(rows.plain(startup) for startup in corpus.startups[:EXAMPLES])
        vocabulary, programs = corpus.reader.vocabulary, _keys(corpus.programs)
        bare = cls(vocabulary, Ledger(vocabulary.codes), uncached, score, {}, x, programs, y, examples)
        return replace(bare, startups=_keys(corpus.startups), startup_vectors=bare._scaled(x))

    def without(self, block: str) -> Matcher:
        """The same matcher with one block left out of the sum, for ablation."""
        return replace(self, scoring=self.scoring.without(block))

    def knowing(self, programs: Iterable[Program]) -> Matcher:
        """The same matcher whose rules know a catalogue, which makes up the exclusive groups; no score changes."""
        return replace(self, ledger=self.ledger.knowing(programs))

    def startup_pool(self, startups: Sequence[Startup]) -> StartupPool:
        """Vectors of startups; those whose content was fitted are looked up, others are computed now."""
        known = [self.startups.get(_content(startup)) for startup in startups]
        return Pool(tuple(startups), _assembled(known, startups, self.startup_vectors, self.fresh_startups))

    def program_pool(self, programs: Sequence[Program]) -> ProgramPool:
        """Vectors of programs; those whose content was fitted are looked up, others are computed now."""
        known = [self.programs.get(_content(program)) for program in programs]
        return Pool(tuple(programs), _assembled(known, programs, self.program_vectors, self.vectoriser.programs))

    def acquaint(self, startups: Sequence[Startup], programs: Sequence[Program]) -> None:
        """Prepare for texts such as these profiles have; processes that are forked later share what it takes."""
        told = [*map(startup_text, startups[:ACQUAINTED]), *map(program_text, programs[:ACQUAINTED])]
        encoder().acquaint(told)

    def plane(self, startups: StartupPool, programs: ProgramPool) -> Plane:
        """Scores of all pairs; memory grows with n × m, so hand large sides over in parts."""
        return Plane(startups.ids, programs.ids, self.scoring.units(startups.vectors, programs.vectors))

    def programs_for(
        self,
        startup: Startup,
        programs: ProgramPool,
        *,
        on: date,
        limit: int = 10,
        rules: Rules = Rules.LEAVE_OUT_INELIGIBLE,
        vectors: StartupVectors | None = None,
    ) -> tuple[Match, ...]:
        """Rank programs for a startup, best first; references are never ranked. `vectors`: its row, if at hand."""
        x, y = self.startup_pool([startup]).vectors if vectors is None else vectors, programs.vectors
        parts = self.scoring.parts(x, y)
        units = self.scoring.summed(parts)[0]
        allowed = self._allowed(Judged([startup]), programs.judged, on, rules)[0]
        allowed &= np.array([program.is_ranked for program in programs.profiles], bool)
        chosen = ranking.best(units, programs.ids, limit, allowed)
        return tuple(
            self._match(startup, programs.profiles[j], rank, self._shares(Pair(x, 0, y, j), parts, 0, j), on, rules)
            for rank, j in enumerate(chosen, start=1)
        )

    def startups_for(
        self,
        program: Program,
        startups: StartupPool,
        *,
        on: date,
        limit: int = 10,
        rules: Rules = Rules.LEAVE_OUT_INELIGIBLE,
    ) -> tuple[Match, ...]:
        """Rank startups for a program, best first; a reference has no candidates."""
        if not program.is_ranked:
            return ()
        y = self.program_pool([program]).vectors
        units = self.scoring.units(startups.vectors, y)[:, 0]
        allowed = self._allowed(startups.judged, Judged([program]), on, rules)[:, 0]
        chosen = ranking.best(units, startups.ids, limit, allowed)
        x = startups.vectors.rows(np.array(chosen, int))
        parts = self.scoring.parts(x, y)
        return tuple(
            self._match(startups.profiles[k], program, i + 1, self._shares(Pair(x, i, y, 0), parts, i, 0), on, rules)
            for i, k in enumerate(chosen)
        )

    def shares(self, startup: Startup, program: Program) -> tuple[Share, ...]:
        """Reasons of one pair; their units add up to its score exactly."""
        x, y = self.startup_pool([startup]).vectors, self.program_pool([program]).vectors
        return self._shares(Pair(x, 0, y, 0), self.scoring.parts(x, y), 0, 0)

    def pair(self, startup: Startup, program: Program, *, on: date) -> Match:
        """One pair whatever its rank, which is given as 0; the score and the checks are those of any list."""
        return self._match(startup, program, 0, self.shares(startup, program), on, Rules.INCLUDE_INELIGIBLE)

    def flags(self, startup: Startup) -> tuple[Flag, ...]:
        """Say what of a startup's profile looks stuffed and is set aside; empty for an honest one."""
        return self.vectoriser.reader.flags(startup)

    def _shares(self, pair: Pair, parts: Mapping[str, Float], row: int, column: int) -> tuple[Share, ...]:
        """Explain one pair; its parts stand at (row, column)."""
        own = {name: part[row : row + 1, column : column + 1] for name, part in parts.items()}
        units = int(self.scoring.summed(own)[0, 0])
        return explanation.shares(self.vectoriser, pair, {name: float(part[0, 0]) for name, part in own.items()}, units)

    def _match(
        self, startup: Startup, program: Program, rank: int, reasons: tuple[Share, ...], on: date, rules: Rules
    ) -> Match:
        checks = () if rules is Rules.IGNORE else self.ledger.checks(startup, program, on=on)
        units = sum(share.units for share in reasons)
        chance = self.chance.of(units) if self.chance else None
        return Match(startup.id, program.id, rank, units, verdict(checks), checks, reasons, chance)

    def _allowed(self, startups: Judged[Startup], programs: Judged[Program], on: date, rules: Rules) -> Allowed:
        if rules is not Rules.LEAVE_OUT_INELIGIBLE:
            return np.ones((len(startups.rows), len(programs.rows)), bool)
        allowed: Allowed = self.ledger.verdicts(startups, programs, on=on) != INELIGIBLE
        return allowed

    def fresh_startups(self, startups: Sequence[Startup]) -> StartupVectors:
        """Vectors of startups computed now, whether they were fitted or not."""
        return self._scaled(self.vectoriser.startups(startups))

    def _scaled(self, x: StartupVectors) -> StartupVectors:
        parts = [self.scoring.scales(part, self.program_vectors) for part in _batches(x)]
        names = self.scoring.spreads
        return replace(x, scales={name: np.concatenate([part[name] for part in parts]) for name in names})


def _batches(x: StartupVectors) -> Iterator[StartupVectors]:
    if len(x) <= BATCH:
        yield x
        return
    for start in range(0, len(x), BATCH):
        yield x.rows(slice(start, start + BATCH))


def _keys(profiles: Sequence[Startup | Program]) -> dict[str, int]:
    return {_content(profile): row for row, profile in enumerate(profiles)}


def _content(profile: Startup | Program) -> str:
    """Name a profile by what it says: the same content has the same vectors, whatever its id."""
    values = {key: value for key, value in rows.plain(profile).items() if key not in UNREAD}
    if isinstance(profile, Program):
        values["family"] = profile.family or f"program:{profile.id}"
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _assembled(
    known: Sequence[int | None],
    profiles: Sequence[Profile],
    stored: SideVectors,
    compute: Callable[[Sequence[Profile]], SideVectors],
) -> SideVectors:
    """Gather known rows from the stored vectors and compute the others, in the profiles' order."""
    new = [i for i, row in enumerate(known) if row is None]
    parts = [compute([profiles[i] for i in new[start : start + BATCH]]) for start in range(0, len(new), BATCH)]
    if len(new) < len(profiles) or not new:
        parts.insert(0, stored.rows(np.array([row for row in known if row is not None], int)))
    if len(parts) == 1:
        return parts[0]
    order = np.argsort(np.array([i for i, row in enumerate(known) if row is not None] + new, int), kind="stable")
    return vectors.joined(parts).rows(order)


__all__ = ["Match", "Matcher", "Plane", "Pool", "Progress", "Rules", "Verdict", "silent"]
