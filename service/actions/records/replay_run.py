"""Replay: a past answer as it was first sent; and whether today's program makes the same from what it rested on."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

import orjson

from model.domain import Startup
from model.eligibility import RULES_VERSION
from model.matching.known_pairs import KnownPairs
from model.snapshot import rows
from service.actions.catalogue.side import CatalogueSide
from service.actions.matching.know_pairs import KnowPairs
from service.actions.matching.match import Options, Run, run_on
from service.actions.matching.prepare import Preparation, Prepared
from service.actions.matching.ready import Ready
from service.caches import Memo
from service.errors import Problem, ServiceError
from service.identity import Actor
from service.settings import KOREA
from service.storage.catalogue.profiles import Profiles, Record
from service.storage.matching.registry import Registry
from service.storage.records.runs import KeptAnswer, RunRecord
from service.storage.repositories import Catalogue, Records
from service.wording import runs
from service.wording.eligibility import Audience
from service.wording.pairs import said

KEPT = 2
"""Past states that a process keeps ready: one may take seconds for a large catalogue."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run as recorded, with its answer in each language in which it was shown."""

    record: RunRecord
    answers: Mapping[str, KeptAnswer]

    @property
    def digests(self) -> Mapping[str, str]:
        """The digest of what was first sent, by language."""
        return {language: answer.digest for language, answer in self.answers.items()}


class Recomputed(StrEnum):
    """Whether today's program makes the same answer from what is kept."""

    SAME = "same"
    DIFFERS = "differs"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Recomputation:
    """What came of making a past answer again; `refusal` says what is gone where that is impossible."""

    language: str
    result: Recomputed
    digest: str | None = None
    refusal: ServiceError | None = None


class ReplayRun:
    """Finds past runs and brings back what they rested on."""

    def __init__(self, catalogue: Catalogue, records: Records, preparation: Preparation, registry: Registry) -> None:
        self._catalogue, self._runs = catalogue, records.runs
        self._preparation, self._registry, self._know = preparation, registry, KnowPairs(catalogue)
        self._past: Memo[tuple[str, str, str | None], Prepared] = Memo(KEPT)

    def find(self, identifier: str, actor: Actor) -> PastRun:
        """A run as recorded; raises ServiceError `run_not_found`, also for one of another's program."""
        with self._catalogue.database.reading() as connection:
            record = None if "\0" in identifier else self._runs.get(connection, identifier)
            answers = self._runs.answers(connection, identifier) if record else {}
        if record is None:
            raise ServiceError(Problem.RUN_NOT_FOUND, id=identifier)
        if record.asks == "startups" and actor.is_bound_away_from(record.subject_id or ""):
            raise ServiceError(Problem.RUN_NOT_FOUND, id=identifier)  # 403 would tell that there is one
        return PastRun(record, answers)

    def __call__(self, past: PastRun) -> Run:
        """The run as it was, ready to be answered; raises ServiceError `run_not_reproducible`, saying what is gone."""
        record = past.record
        if record.subject is None:
            raise gone(record, "subject")
        if record.rules_version != RULES_VERSION:
            raise gone(record, "rules")
        values = orjson.loads(zlib.decompress(record.subject or b""))
        subject = rows.startup(values) if record.asks == "programs" else rows.program(values)
        options = Options(
            record.limit,
            date.fromisoformat(record.on),
            include_ineligible=record.include_ineligible,
            audience=Audience(record.audience),
        )
        prepared = self._prepared(record)
        with self._catalogue.database.reading() as connection:
            before, by_then = (
                self._know(connection, prepared.programs.side.records, before=record.at, at_the_moment=too).among(
                    prepared.startups.side.records.values()
                )
                for too in (False, True)
            )
        # Neither whether known families were ranked nor the order within a moment nor the minute that was asked about
        # is recorded; a run's name tells.
        for known in (by_then, before):
            for asked in _asked(options, record.at):
                run = run_on(replace(prepared, known=known), subject, record.subject_digest, asked)
                if run.id == record.id:
                    return run
        raise gone(record, "inputs")

    def recompute(self, past: PastRun, language: str, make: Callable[[Run, str], bytes]) -> Recomputation:
        """Make an answer again and compare it with what was first sent, in a language in which it was."""
        shown = language if language in past.answers else next(iter(past.answers), language)
        try:
            digest = hashlib.sha256(make(self(past), shown)).hexdigest()
        except ServiceError as refusal:
            return Recomputation(shown, Recomputed.IMPOSSIBLE, refusal=refusal)
        is_same = past.digests.get(shown, digest) == digest
        return Recomputation(shown, Recomputed.SAME if is_same else Recomputed.DIFFERS, digest)

    def _prepared(self, record: RunRecord) -> Prepared:
        present = self._present(record)
        if present is not None:
            return present
        key = (record.artifact, record.programs, record.startups)
        return self._past(key, lambda: self._brought_back(record))

    def _present(self, record: RunRecord) -> Prepared | None:
        """What is prepared now, when the run rested on the same."""
        try:
            now = self._preparation.current()
        except ServiceError:  # no model now; the run's own may still be there
            return None
        same_model = (now.in_use.name, now.in_use.manifest.model_version) == (record.artifact, record.model_version)
        same_programs = now.programs.side.digest == record.programs
        same_startups = record.startups in (None, now.ranked.side.digest)
        is_same = same_model and same_programs and same_startups and now.erasures == record.erasures
        return now if is_same else None

    def _brought_back(self, record: RunRecord) -> Prepared:
        try:
            in_use = self._registry.load(record.artifact)
        except ServiceError as error:
            raise gone(record, "artifact") from error
        if in_use.manifest.model_version != record.model_version:
            raise gone(record, "artifact")
        programs = self._side(self._catalogue.programs, record, record.programs)
        startups: CatalogueSide[Startup] = CatalogueSide({}, {})
        if record.startups is not None:
            startups = self._side(self._catalogue.startups, record, record.startups)
        ready = Ready(startups, in_use.matcher.startup_pool), Ready(programs, in_use.matcher.program_pool)
        return Prepared(in_use, record.revision, *ready, KnownPairs({}), record.erasures)

    def _side(self, profiles: Profiles[Record], record: RunRecord, digest: str) -> CatalogueSide[Record]:
        with self._catalogue.database.reading() as connection:
            states = profiles.as_of(connection, record.revision)
            is_erased = profiles.erased_since(connection, record.revision)
        side = CatalogueSide({r.id: r for r, _ in states}, {r.id: of_one for r, of_one in states})
        if side.digest != digest:
            raise gone(record, "erased" if is_erased else "inputs")
        return side


def gone(record: RunRecord, what: str) -> ServiceError:
    """The refusal that says what of a run's grounds is gone: `artifact`, `rules`, `subject`, `erased`, `inputs` or
    `program`."""
    facts = {"artifact": record.artifact, "rules": record.rules_version}
    what_ko, what_en = (said(runs.GONE, what, language, **facts) for language in ("ko", "en"))
    return ServiceError(Problem.RUN_NOT_REPRODUCIBLE, id=record.id, what_ko=what_ko, what_en=what_en)


def proved(past: PastRun, language: str, body: bytes) -> bytes:
    """The answer, when it is what was shown to the byte; raises ServiceError `run_not_reproducible` otherwise."""
    wanted = past.digests.get(language)
    if wanted is not None and wanted != hashlib.sha256(body).hexdigest():
        raise gone(past.record, "program")
    return body


def _asked(options: Options, recorded_at: str) -> Iterator[Options]:
    """The ways in which a question may have been put: an answer is recorded within two minutes of its asking."""
    recorded = datetime.fromisoformat(recorded_at).astimezone(KOREA).replace(second=0, microsecond=0, tzinfo=None)
    for at in (None, *((recorded - timedelta(minutes=ago)).time() for ago in range(3))):
        for include_known in (False, True):
            yield replace(options, at=at, include_known=include_known)
