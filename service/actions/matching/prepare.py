"""Prepare: the matcher in use with the catalogue's profiles made ready, following both as they change."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from model.domain import Program, Startup
from model.matching.known_pairs import KnownPairs
from model.matching.matcher import Matcher
from model.vectors import ProgramVectors, StartupVectors
from service.actions.catalogue.rulebook import Rulebook
from service.actions.catalogue.side import CatalogueSide, renewed
from service.actions.matching.know_pairs import KnownFrom, KnowPairs
from service.actions.matching.reading import Pace, TextReading
from service.actions.matching.ready import Ready
from service.errors import Problem, ServiceError
from service.storage.database import Connection
from service.storage.evidence import erasures
from service.storage.matching import vector_files
from service.storage.matching.registry import InUse, Registry
from service.storage.matching.vector_files import VectorFiles
from service.storage.repositories import Catalogue
from service.telemetry import log
from service.telemetry.metrics import Metrics

MOST_AT_START = 2_000
"""Startups whose vectors a start gathers before it listens; more are gathered by each worker while it answers."""

MOST_AT_ONCE = 500
"""Changed startups that a request may take over itself, which takes 50 ms; more are taken over beside the requests."""

LOOK_SECONDS = 1.0
"""How often a process looks whether CURRENT names another version."""


StartupsReady: TypeAlias = Ready[Startup, StartupVectors]
ProgramsReady: TypeAlias = Ready[Program, ProgramVectors]


@dataclass(frozen=True)
class Prepared:
    """One matcher with one state of the catalogue; `reading` reads the startups' texts.

    While the texts of `startups` are being read, lists are ranked from their `earlier` state, if there was one.
    `startups_at` and `ranked_at`: the revisions that both were read as of. `late`: how many startups
    have changed since, where they are too many to be taken over at once.
    """

    in_use: InUse
    revision: int
    startups: StartupsReady
    programs: ProgramsReady
    known: KnownPairs
    """What the catalogue tells of pairs, which are then no question."""
    erasures: int = 0
    """How many startups had been erased when this state was read."""
    reading: TextReading | None = None
    earlier: StartupsReady | None = None
    startups_at: int = 0
    ranked_at: int = 0
    late: int = 0
    known_by: tuple[KnownFrom, KnownPairs, KnownPairs] | None = None
    """What names all that is known of pairs, what outcomes and decisions tell, and `known`, which adds double firms."""

    @property
    def ranked(self) -> StartupsReady:
        """The startups that lists are made of."""
        return self.earlier or self.startups

    @property
    def is_behind(self) -> bool:
        """The catalogue has changed in more startups than could be taken over at once."""
        return self.late > 0

    @property
    def progress(self) -> tuple[int, int] | None:
        """While lists rest on an earlier state of the startups: how many texts are read, and of how many."""
        return (0, self.late) if self.is_behind else self.startups.progress if self.earlier else None

    def missing(self, identifier: str) -> ServiceError:
        """What to say of a startup that is not there: it may only not have been taken over yet."""
        if self.is_behind:
            return ServiceError(Problem.CATALOGUE_PREPARING, left=1, total=len(self.startups.side.records))
        return ServiceError(Problem.STARTUP_NOT_FOUND, id=identifier)

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

    def at_hand(self) -> Prepared:
        """Work out what the next request would otherwise wait for."""
        _ = self.rulebook, self.startups.side.digest, self.ranked.side.digest, self.closing_days
        if self.ranked.is_made:
            _ = self.ranked.pool.row_of, self.ranked.pool.ids
        return self

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
        self._before: Prepared | None = None
        self._next: Prepared | None = None
        self._is_reader = False
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
                prepared = self._prepared = self._renew(in_use, old)
        return prepared

    def version(self) -> str | None:
        """The version of the model that answers, without a look at anything; None before the first answer."""
        prepared = self._prepared
        return prepared.in_use.manifest.model_version if prepared else None

    def progress(self) -> tuple[int, int] | None:
        """While lists rest on an earlier state, or on a model that is being replaced: texts read, and of how many."""
        following, prepared = self._next, self._prepared
        return following.startups.progress if following else prepared.progress if prepared else None

    def read_for_all(self) -> None:
        """Be the process that reads texts for every worker of this machine, until it ends."""
        assert self._vectors is not None
        with vector_files.reader_of(self._vectors):
            self._is_reader = True
            if self._prepared and self._prepared.reading:
                self._prepared.reading.read_for_all()
            self._keep_up()

    def read_in_background(self) -> None:
        """Let no request wait for many unread texts from now on: `follow` reads them."""
        self._in_background = True

    def take_over_at_once(self) -> None:
        """Take every change over when it is met from now on, since nobody waits for a list of this process."""
        self._in_background = False

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
                if not self._advanced(self.current(), time.monotonic() + LOOK_SECONDS):
                    continue
            except ServiceError:  # a request that meets it is told; here it passes
                pass
            except Exception as error:
                log.logger().error("bug", exc_info=error)
            time.sleep(LOOK_SECONDS)

    def _advanced(self, prepared: Prepared, until: float) -> bool:
        """Read on for what is prepared until a moment; tells whether all of it is read."""
        if prepared.is_behind:
            self._catch_up(prepared)
            return False
        startups, reading = prepared.startups, prepared.reading
        if reading is None or (startups.is_made and not prepared.earlier and reading.has_followed(prepared.erasures)):
            return True
        if not startups.is_made:
            startups.tell(reading.ahead(startups.left(), until))
            if startups.left():
                return False
            startups.make()
        if prepared.earlier:
            self._take_over(prepared, lambda now: replace(now, earlier=None) if now.startups.is_ready else now)
        reading.settle(tuple(startups.side.records.values()), prepared.erasures, at_once=self._has_lost_some)
        self._has_lost_some = False
        return True

    def _catch_up(self, prepared: Prepared) -> None:
        """Take over what many startups say now, without keeping requests waiting."""
        catalogue = self._catalogue
        with catalogue.database.reading() as connection:
            revision = catalogue.revisions.seen_by(connection)
            side = renewed(connection, catalogue.startups, prepared.startups.side, prepared.startups_at, Pace())
        _ = side.digest
        startups = prepared.startups.after(side)
        if startups.is_ready:
            startups.make()

        def caught_up(now: Prepared) -> Prepared:
            earlier = None if startups.is_ready or not now.ranked.is_ready else now.ranked
            return replace(now, startups=startups, earlier=earlier, startups_at=revision, known_by=None)

        self._take_over(prepared, caught_up)

    def _take_over(self, before: Prepared, change: Callable[[Prepared], Prepared]) -> None:
        """Answer from a later state, which is worked out before requests could wait for it."""
        after = self._renew(before.in_use, change(before)).at_hand()
        with self._lock:
            now = self._prepared
            if now is not None and now is not before and now.in_use is before.in_use:  # changed meanwhile
                now, after = before, self._renew(before.in_use, change(now)).at_hand()
            if now is before:
                self._prepared = after

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
            before = self._before
            if before is not None and before.in_use.name == name and before.ranked.is_made:
                ready = self._renew(before.in_use, before)  # still in memory: at once
            else:
                ready = self._next = self._renew(self._registry.load(name), self._prepared, is_new=True).warm()
                while not self._advanced(ready, time.monotonic() + LOOK_SECONDS):
                    if self._registry.named() != name:
                        log.logger().info("model_change_dropped", version=name)
                        return
            ready = self._renew(ready.in_use, ready).at_hand()
            with self._lock:
                if self._prepared and self._prepared.revision != ready.revision:  # changed in the meantime
                    ready = self._renew(ready.in_use, ready)
                self._before, self._prepared = self._prepared, ready
            self._metrics.model("changed", ready.in_use.manifest.created_at)
            log.logger().info("model_changed", version=name)
        except Exception as error:  # whatever is wrong with the new one, the old one goes on
            self._refused = self._registry.stamp(name)
            self._metrics.model("refused")
            log.logger().error("model_refused", version=name, reason=str(error))
        finally:
            self._next, self._next_look = None, 0.0
            self._changing.release()

    def _renew(self, in_use: InUse, old: Prepared | None, *, is_new: bool = False) -> Prepared:
        """What is prepared for the catalogue as it is now, from an earlier state; `is_new`: for another model."""
        catalogue, known, at = self._catalogue, old.revision if old else 0, old.startups_at if old else 0
        startups, ranked, programs, reading = self._sides(in_use, old)
        with catalogue.database.reading() as connection:
            revision, erased = catalogue.revisions.seen_by(connection), erasures.number(connection)
            late = 0 if is_new else self._late(connection, startups, at)
            if late:
                gone = catalogue.startups.removed_since(connection, at, startups.side.records.keys())
                startups = startups.after(startups.side.after((), gone))
            else:
                pace = [Pace()] if is_new else []
                startups = startups.after(renewed(connection, catalogue.startups, startups.side, at, *pace))
                at = revision
            programs = programs.after(renewed(connection, catalogue.programs, programs.side, known))
            pairs = self._known(connection, old, startups.side, programs.side)
        if revision < known:  # the database was put back to an earlier state
            return self._renew(in_use, None)
        if old is not None and startups.side is not old.startups.side:
            self._has_lost_some |= bool(old.startups.side.records.keys() - startups.side.records.keys())
        if old is not None and erased != old.erasures:
            self._before = None  # it knows the erased still
        earlier = None
        may_stay = bool(ranked.side.records) and startups is not ranked and not is_new and ranked.is_ready
        if old is not None and may_stay and (old.earlier or not startups.is_ready):
            earlier = ranked.without(ranked.side.records.keys() - startups.side.records.keys())
        ranked_at = old.ranked_at if old and earlier else at
        behind = (earlier, at, ranked_at, late)
        return Prepared(in_use, revision, startups, programs, pairs[2], erased, reading, *behind, pairs)

    def _known(
        self,
        connection: Connection,
        old: Prepared | None,
        startups: CatalogueSide[Startup],
        programs: CatalogueSide[Program],
    ) -> tuple[KnownFrom, KnownPairs, KnownPairs]:
        """What is known of pairs, read again only where something has changed: each change raises the revision."""
        basis = self._know.basis(connection)
        before = old.known_by if old and old.programs.side is programs else None
        if before and old and before[0] == basis and old.erasures == erasures.number(connection):
            return (
                before if old.startups.side is startups else (*before[:2], before[1].among(startups.records.values()))
            )
        pairs = self._know(connection, programs.records)
        return basis, pairs, pairs.among(startups.records.values())

    def _late(self, connection: Connection, startups: StartupsReady, revision: int) -> int:
        """How many startups changed since a revision, where they are more than a request may take over; else 0."""
        if not self._in_background or not startups.side.records:
            return 0
        changed = self._catalogue.startups.count_since(connection, revision)
        return changed if changed > MOST_AT_ONCE else 0

    def _sides(
        self, in_use: InUse, old: Prepared | None
    ) -> tuple[StartupsReady, StartupsReady, ProgramsReady, TextReading | None]:
        """The startups, those that are ranked, and the programs as an earlier state has them, for a model."""
        if old is not None and old.in_use is in_use:
            return old.startups, old.ranked, old.programs, old.reading
        files = VectorFiles(self._vectors, in_use.manifest) if self._in_background and self._vectors else None
        reading = TextReading(in_use.matcher, files)
        if self._is_reader:
            reading.read_for_all()
        unread = reading.unread if self._in_background else None
        nobody: CatalogueSide[Startup] = CatalogueSide({}, {})
        startups: StartupsReady = Ready(old.startups.side if old else nobody, reading.pool, None, unread)
        nothing: CatalogueSide[Program] = CatalogueSide({}, {})
        programs: ProgramsReady = Ready(old.programs.side if old else nothing, in_use.matcher.program_pool)
        return startups, startups, programs, reading

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
