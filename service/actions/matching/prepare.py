"""Prepare: the matcher in use with the catalogue's profiles made ready, following both as they change."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from model.domain import Program, Startup
from model.matching.known import KnownPairs
from model.matching.matcher import Matcher
from model.vectors import ProgramVectors, StartupVectors
from service.actions.catalogue.rulebook import Rulebook
from service.actions.catalogue.side import CatalogueSide, renewed
from service.actions.matching.know_pairs import KnowPairs
from service.actions.matching.reading import TextReading
from service.actions.matching.ready import Ready
from service.errors import Problem, ServiceError
from service.storage.evidence import erasures
from service.storage.matching.registry import InUse, Registry
from service.storage.matching.vector_files import VectorFiles
from service.storage.repositories import Catalogue
from service.telemetry import log
from service.telemetry.metrics import Metrics

MOST_AT_START = 2_000
"""Startups whose vectors a start gathers before it listens; more are gathered by each worker while it answers."""

LOOK_SECONDS = 1.0
"""How often a process looks whether CURRENT names another version."""


StartupsReady: TypeAlias = Ready[Startup, StartupVectors]
ProgramsReady: TypeAlias = Ready[Program, ProgramVectors]


@dataclass(frozen=True)
class Prepared:
    """One matcher with one state of the catalogue; `reading` reads the startups' texts."""

    in_use: InUse
    revision: int
    startups: StartupsReady
    programs: ProgramsReady
    known: KnownPairs
    """What the catalogue tells of pairs, which are then no question."""
    erasures: int = 0
    """How many startups had been erased when this state was read."""
    reading: TextReading | None = None

    @cached_property
    def matcher(self) -> Matcher:
        """The matcher in use, whose rules know the whole catalogue: it makes up the exclusive groups."""
        return self.in_use.matcher.knowing(self.programs.side.records.values(), self.known)

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules of the matcher in use, with the profiles that they judge."""
        return Rulebook(self.in_use.name, self.matcher.ledger, self.startups.side, self.programs.side)

    @cached_property
    def closing_days(self) -> frozenset[date]:
        """The days on which the hour decides whether a call is open."""
        programs = self.programs.side.records.values()
        return frozenset(p.closes_on for p in programs if p.closes_on and p.closes_at)

    def warm(self) -> Prepared:
        """Make both pools now and meet their words, so that no request waits for it and workers share it.

        Startups of which many texts are unread are left to the background.
        """
        self.in_use.matcher.acquaint(tuple(self.startups.side.records.values()), self.programs.pool.profiles)
        if len(self.startups.side.records) <= MOST_AT_START:
            with suppress(ServiceError):
                _ = self.startups.pool
        return self


class Preparation:
    """Hands out what is prepared; each request takes it once. A new version is made ready beside the old one.

    `vectors`: the folder in which what was read stays between starts.
    """

    def __init__(
        self, catalogue: Catalogue, registry: Registry, metrics: Metrics | None = None, vectors: Path | None = None
    ) -> None:
        self._catalogue, self._registry, self._metrics = catalogue, registry, metrics or Metrics()
        self._know = KnowPairs(catalogue)
        self._vectors, self._in_background = vectors, False
        self._prepared: Prepared | None = None
        self._refused: tuple[str, int, int] | None = None
        self._has_lost_some = False
        self._next_look = 0.0
        self._lock, self._changing = threading.Lock(), threading.Lock()

    def current(self) -> Prepared:
        """The matcher in use and the catalogue as it is now; raises ServiceError `no_model`."""
        prepared = self._prepared
        self._look_for_version(prepared)
        if prepared is None or prepared.revision != self._catalogue.revisions.now():
            with self._lock:
                old = self._prepared
                in_use = old.in_use if old else self._first()
                self._catalogue.revisions.now()  # the first look empties every cache: before the first answer
                prepared = self._prepared = self._made(in_use, old)
        return prepared

    def version(self) -> str | None:
        """The version of the model that answers, without a look at anything; None before the first answer."""
        prepared = self._prepared
        return prepared.in_use.manifest.model_version if prepared else None

    def read_in_background(self) -> None:
        """Let no request wait for many unread texts from now on: `follow` reads them."""
        self._in_background = True

    def follow(self) -> None:
        """Catch up with CURRENT now, then keep up in a thread of its own, so that an idle worker follows too."""
        self._next_look = time.monotonic() + LOOK_SECONDS
        with suppress(ServiceError):
            wanted = self._wanted(self.current())
            if wanted and self._changing.acquire(blocking=False):
                self._change_to(wanted)
            self._metrics.model("changed", self.current().in_use.manifest.created_at)
        threading.Thread(target=self._keep_up, daemon=True).start()

    def _keep_up(self) -> None:
        while True:
            try:
                self._metrics.look()
                prepared = self.current()
                if not self._advanced(prepared, time.monotonic() + LOOK_SECONDS):
                    continue
            except ServiceError:  # a request that meets it is told; here it passes
                pass
            except Exception as error:
                log.logger().error("bug", exc_info=error)
            time.sleep(LOOK_SECONDS)

    def _advanced(self, prepared: Prepared, until: float) -> bool:
        """Read on for what is prepared until a moment; tells whether all of it is read."""
        startups, reading = prepared.startups, prepared.reading
        if reading is None or (startups.is_made and reading.has_followed(prepared.erasures)):
            return True
        if not startups.is_made:
            startups.tell(reading.ahead(startups.left(), until))
            if startups.left():
                return False
            startups.made()
        reading.settle(tuple(startups.side.records.values()), prepared.erasures, at_once=self._has_lost_some)
        self._has_lost_some = False
        return True

    def _look_for_version(self, prepared: Prepared | None) -> None:
        if prepared is None or time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + LOOK_SECONDS
        wanted = self._wanted(prepared)
        if wanted and self._changing.acquire(blocking=False):  # one change at a time
            threading.Thread(target=self._change_to, args=(wanted,), daemon=True).start()

    def _wanted(self, prepared: Prepared) -> str | None:
        """The version that CURRENT names, unless it answers already or was refused as it is."""
        name = self._registry.named()
        refused = name is not None and self._registry.stamp(name) == self._refused
        return None if refused or name == prepared.in_use.name else name

    def _change_to(self, name: str) -> None:
        try:
            in_use = self._registry.load(name)
            ready = self._made(in_use, self._prepared).warm()
            while not self._advanced(ready, time.monotonic() + LOOK_SECONDS):
                pass
            with self._lock:  # the catalogue may have changed in the meantime
                self._prepared = self._made(in_use, ready).warm()
            self._metrics.model("changed", in_use.manifest.created_at)
            log.logger().info("model_changed", version=name)
        except Exception as error:  # whatever is wrong with the new one, the old one goes on
            self._refused = self._registry.stamp(name)
            self._metrics.model("refused")
            log.logger().error("model_refused", version=name, reason=str(error))
        finally:
            self._next_look = 0.0
            self._changing.release()

    def _made(self, in_use: InUse, old: Prepared | None) -> Prepared:
        startups: StartupsReady
        programs: ProgramsReady
        reading: TextReading | None
        if old is not None and old.in_use is in_use:
            startups, programs, reading = old.startups, old.programs, old.reading
        else:
            keeps_vectors = self._in_background and self._vectors is not None
            reading = TextReading(
                in_use.matcher, VectorFiles(self._vectors, in_use.manifest) if keeps_vectors and self._vectors else None
            )
            unread = reading.unread if self._in_background else None
            startups = Ready(old.startups.side if old else CatalogueSide({}, {}), reading.pool, None, unread)
            programs = Ready(old.programs.side if old else CatalogueSide({}, {}), in_use.matcher.program_pool)
        catalogue, known = self._catalogue, old.revision if old else 0
        with catalogue.database.reading() as connection:
            revision, erased = catalogue.revisions.seen_by(connection), erasures.number(connection)
            startups = startups.after(renewed(connection, catalogue.startups, startups.side, known))
            programs = programs.after(renewed(connection, catalogue.programs, programs.side, known))
            # A decision raises the revision too, so what was known at this one is known still.
            is_known = old is not None and revision == old.revision
            pairs = old.known if old and is_known else self._know(connection, programs.side.records)
            pairs = pairs if is_known else pairs.among(startups.side.records.values())
        if revision < known:  # the database was put back to an earlier state
            return self._made(in_use, None)
        if old is not None and old.startups.side.records.keys() - startups.side.records.keys():
            self._has_lost_some = True
        return Prepared(in_use, revision, startups, programs, pairs, erased, reading)

    def _first(self) -> InUse:
        name = self._registry.named()
        if name is None or self._registry.stamp(name) == self._refused:
            raise ServiceError(Problem.NO_MODEL)
        try:
            return self._registry.load(name)
        except ServiceError as error:
            self._refused = self._registry.stamp(name)
            log.logger().error("model_refused", version=name, reason=str(error))
            raise ServiceError(Problem.NO_MODEL) from error
