"""Match: which programs suit a startup, which startups suit a program; an answer named by all that it rests on."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

import numpy as np
import orjson

from model.domain import Flag, Match, Program, Startup
from model.eligibility import RULES_VERSION
from model.matching.known_pairs import KnownMatch, KnownPair
from model.matching.matcher import Rules
from model.scoring import ranking
from model.vectors import StartupVectors
from model.vocabulary import Vocabulary
from service.actions.matching.prepare import Preparation, Prepared
from service.caches import Memo
from service.errors import Problem, ServiceError
from service.storage.catalogue import documents
from service.telemetry.metrics import Metrics
from service.telemetry.spans import OpenSpan, untold
from service.wording.eligibility import Audience

MOST_MATCHES = 352
"""Matches in ranked lists that a process keeps by run, whose id names all that it rests on. Ten take some 200 kB."""

MOST_VECTORS = 15_000_000
"""Bytes of startups' vectors that a process keeps: another question about one reads no text again. A usual one takes
15 kB, a long one 100 kB."""


@dataclass(frozen=True, slots=True)
class Options:
    """How many matches, as of which day (None: today), whether pairs that a rule excludes, or of whose family
    something is known, are ranked too, who reads.

    `at`: the minute in Korea, stated by the clock alone, where a call closes today at an hour.
    """

    limit: int = 10
    on: date | None = None
    include_ineligible: bool = False
    include_known: bool = False
    audience: Audience = Audience.STAFF
    at: time | None = None

    @property
    def rules(self) -> Rules:
        """The matcher's word for it."""
        return Rules.INCLUDE_INELIGIBLE if self.include_ineligible else Rules.LEAVE_OUT_INELIGIBLE


@dataclass(frozen=True, slots=True)
class Run:
    """One question with everything that its answer rests on; the same `id` always means the same answer."""

    id: str
    subject: Startup | Program
    subject_digest: str
    options: Options
    on: date
    snapshot: str
    prepared: Prepared = field(repr=False, compare=False)

    @property
    def asks(self) -> str:
        """What is asked for: `programs` for a startup, `startups` for a program."""
        return "programs" if isinstance(self.subject, Startup) else "startups"

    @property
    def model_version(self) -> str:
        """The version of the matcher that answers."""
        return str(self.prepared.in_use.manifest.model_version)

    @property
    def rules_version(self) -> str:
        """The version of the eligibility rules that answer: this program's own, whatever the artifact was fitted by."""
        return RULES_VERSION

    @property
    def vocabulary(self) -> Vocabulary:
        """The names of the codes in reasons."""
        return self.prepared.matcher.vocabulary

    def flags(self, startup: Startup) -> tuple[Flag, ...]:
        """What of a startup's profile looks stuffed and is set aside."""
        return self.prepared.matcher.flags(startup)

    def families(self, language: str) -> Mapping[str, str]:
        """The names of program families that checks cite."""
        return self.prepared.rulebook.families[language]

    @property
    def startups(self) -> Mapping[str, Startup]:
        """The stored startups, by id: those that a program's list ranks, or the newest."""
        ready = self.prepared.startups if self.asks == "programs" else self.prepared.ranked
        return ready.side.records

    @property
    def programs(self) -> Mapping[str, Program]:
        """The stored programs, by id."""
        return self.prepared.programs.side.records


class Matching:
    """Asks the matcher in use; `clock` tells the present moment in Korea."""

    def __init__(self, preparation: Preparation, clock: Callable[[], datetime], metrics: Metrics | None = None) -> None:
        self.preparation, self._clock = preparation, clock
        self._metrics = metrics or Metrics()
        self._open_span: OpenSpan = untold
        self._lists: Memo[str, tuple[Match, ...]] = Memo(MOST_MATCHES, weigh=lambda matches: 1 + len(matches))
        self._vectors: Memo[tuple[str, str], StartupVectors] = Memo(MOST_VECTORS, weigh=_size)

    def prepared(self) -> Prepared:
        """What answers now; raises ServiceError `no_model`."""
        return self.preparation.current()

    def watch(self, open_span: OpenSpan) -> None:
        """Open a span of the request for each list that is worked out from now on."""
        self._open_span = open_span

    def for_startup(self, identifier: str, options: Options) -> Run:
        """The programs for a stored startup; raises ServiceError `startup_not_found`."""
        prepared = self.preparation.current()
        startup = prepared.startups.side.records.get(identifier)
        if startup is None:
            raise prepared.missing(identifier)
        return self._run(prepared, startup, prepared.startups.side.digests[identifier], options)

    def for_profile(self, startup: Startup, options: Options) -> Run:
        """The programs for a startup that is not stored."""
        return self._run(self.preparation.current(), startup, documents.digest(startup), options)

    def for_program(self, identifier: str, options: Options) -> Run:
        """The startups for a program; raises ServiceError `program_not_found` or `program_not_ranked`."""
        prepared = self.preparation.current()
        program = prepared.programs.side.records.get(identifier)
        if program is None:
            raise ServiceError(Problem.PROGRAM_NOT_FOUND, id=identifier)
        if not program.is_ranked:
            raise ServiceError(Problem.PROGRAM_NOT_RANKED, id=identifier)
        return self._run(prepared, program, prepared.programs.side.digests[identifier], options)

    def known_pairs(self, run: Run) -> Sequence[KnownPair]:
        """Where something is known already of a run's startup or program at the other side, the latest first."""
        matcher, prepared = run.prepared.matcher, run.prepared
        if isinstance(run.subject, Startup):
            return matcher.known_programs(run.subject, tuple(prepared.programs.side.records.values()))
        return matcher.known_startups(run.subject, tuple(prepared.ranked.side.records.values()))

    def known(self, run: Run, pairs: Sequence[KnownPair] | None = None) -> tuple[KnownMatch, ...]:
        """What the rules say where something is known: of all pairs, or of those of a page."""
        asked = self.known_pairs(run) if pairs is None else pairs
        return run.prepared.matcher.judged(asked, on=run.on, at=run.options.at)

    def matches(self, run: Run) -> tuple[Match, ...]:
        """Rank for a run, best first; one that was ranked lately is not ranked again, an empty one neither."""
        return self._lists(run.id, lambda: self._ranked(run))

    def _ranked(self, run: Run) -> tuple[Match, ...]:
        prepared, matcher = run.prepared, run.prepared.matcher
        asked: Any = {
            "on": run.on,
            "at": run.options.at,
            "limit": run.options.limit,
            "rules": run.options.rules,
            "include_known": run.options.include_known,
        }
        with self._open_span(f"match {run.asks}", {"ieum.model_version": run.model_version}):
            if isinstance(run.subject, Startup):
                startup, pool = run.subject, prepared.programs.pool
                # Neither id nor name is read, but whose past it is tells one from its twin; no text stays here.
                own = startup.id if matcher.contributor(startup) >= 0 else ""
                content = documents.digest(replace(startup, id=own, name=None, name_en=None))
                vectors = self._vectors(
                    (prepared.in_use.name, content), lambda: prepared.in_use.matcher.startup_pool([startup]).vectors
                )
                matches = matcher.programs_for(startup, pool, vectors=vectors, **asked)
            else:
                matches = matcher.startups_for(run.subject, prepared.ranked.pool, **asked)
        self._metrics.listed(run.asks, Counter(str(match.verdict) for match in matches))
        return matches

    def pair(self, run: Run, program_id: str) -> Match:
        """A run's startup with one program, whatever its rank, which is given as 0.

        Raises ServiceError `program_not_found` or `program_not_ranked`.
        """
        program = run.programs.get(program_id)
        if program is None:
            raise ServiceError(Problem.PROGRAM_NOT_FOUND, id=program_id)
        if not program.is_ranked:
            raise ServiceError(Problem.PROGRAM_NOT_RANKED, id=program_id)
        assert isinstance(run.subject, Startup)
        return run.prepared.matcher.pair(run.subject, program, on=run.on, at=run.options.at)

    def placed(self, run: Run, other: str) -> Match | None:
        """One match of a run by the other side's id, with its rank among all, those that a rule excludes included."""
        asks_programs = isinstance(run.subject, Startup)
        startup = run.subject if isinstance(run.subject, Startup) else run.startups.get(other)
        program = run.subject if isinstance(run.subject, Program) else run.programs.get(other)
        if startup is None or program is None or not program.is_ranked:
            return None
        matcher, prepared = run.prepared.matcher, run.prepared
        startups = matcher.startup_pool([startup]) if asks_programs else prepared.ranked.pool
        programs = prepared.programs.pool if asks_programs else matcher.program_pool([program])
        plane = matcher.plane(startups, programs, on=run.on)
        ids = plane.programs if asks_programs else plane.startups
        ranked = np.array([profile.is_ranked for profile in programs.profiles], bool) if asks_programs else None
        order = ranking.best(plane.units.ravel(), ids, len(ids), ranked)
        return replace(
            matcher.pair(startup, program, on=run.on, at=run.options.at), rank=order.index(ids.index(other)) + 1
        )

    def _run(self, prepared: Prepared, subject: Startup | Program, digest: str, options: Options) -> Run:
        now = self._clock()
        today = now.date()
        decides = options.on in (None, today) and today in prepared.closing_days
        at = now.time().replace(second=0, microsecond=0, tzinfo=None) if decides else None
        return run_on(prepared, subject, digest, _dated(options, today, at))


def _size(vectors: StartupVectors) -> int:
    """About how many bytes the vectors of one startup take."""
    sparse = (vectors.words, vectors.teaching_tags, *vectors.tags.values())
    return 12_000 + sum(int(rows.data.nbytes + rows.indices.nbytes) for rows in sparse)


@lru_cache(maxsize=1024)
def _dated(options: Options, today: date, at: time | None) -> Options:
    return options if options.on and at is None else replace(options, on=options.on or today, at=at)


def run_on(prepared: Prepared, subject: Startup | Program, digest: str, options: Options) -> Run:
    """A question on what is prepared, named by all that its answer rests on; the options must name the day."""
    assert options.on is not None
    asks = "programs" if isinstance(subject, Startup) else "startups"
    snapshot = (prepared.programs if asks == "programs" else prepared.ranked).side.digest
    catalogue = prepared.programs.side.digest  # it makes up the exclusive groups, whichever side is asked for
    parts = (asks, prepared.in_use.manifest.model_version, RULES_VERSION, snapshot, catalogue, digest, str(options.on))
    # Who registers again after an erasure is somebody new: the same profile must not lead to the emptied run.
    erased = (f"erasures {prepared.erasures}",) if prepared.erasures else ()
    at = (options.at.isoformat("minutes"),) if options.at else ()
    shown = options.limit, options.include_ineligible, options.include_known, str(options.audience)
    name = _name((*parts, *at, *shown, *erased, prepared.known.digest_at(subject)))
    return Run(name, subject, digest, options, options.on, snapshot, prepared)


@lru_cache(maxsize=10_000)
def _name(parts: tuple[str | int, ...]) -> str:
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()[:32]
