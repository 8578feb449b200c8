"""Import: what was brought goes into the catalogue whole, or none of it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from model.domain import Application, Outcome
from model.faults import BadData, Fault, shown
from service.files.importers.files import Brought
from service.identity import Actor
from service.storage.catalogue.profiles import Draft, Written
from service.storage.database import Connection
from service.storage.records.audit import AuditSubject
from service.storage.repositories import Catalogue


@dataclass(frozen=True, slots=True)
class Drafts:
    """What was brought, worked out as far as it can be before the catalogue is held."""

    startups: Sequence[Draft]
    programs: Sequence[Draft]
    outcomes: Sequence[tuple[Fault, Outcome]]
    applications: Sequence[Application] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import changed."""

    startups: Written
    programs: Written
    new_outcomes: int


class ImportProfiles:
    """Writes an import in one transaction; the same import twice changes nothing but the audit trail."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __call__(self, brought: Brought, actor: Actor) -> Imported:
        """Store everything; raises BadData when an outcome names a startup or program that is not there."""
        drafts = self.drafted(brought)
        with self._catalogue.database.writing() as connection:
            done = self.store(connection, drafts)
            sides = {"startups": asdict(done.startups), "programs": asdict(done.programs)}
            details = {**sides, "outcomes": done.new_outcomes}
            self._catalogue.audit.record(connection, actor, "import", AuditSubject("catalogue", "all"), details)
            return done

    def is_empty(self) -> bool:
        """Tell whether the catalogue holds no startup and no program."""
        with self._catalogue.database.reading() as connection:
            return not self._catalogue.startups.count(connection) + self._catalogue.programs.count(connection)

    def drafted(self, brought: Brought) -> Drafts:
        """What `store` takes; call it before the block that stores."""
        drafted = self._catalogue.startups.drafted(brought.startups), self._catalogue.programs.drafted(brought.programs)
        return Drafts(*drafted, brought.outcomes, brought.applications)

    def store(self, connection: Connection, drafts: Drafts) -> Imported:
        """Store everything on a connection that will also record who did it; raises BadData as above."""
        revisions = self._catalogue.revisions
        revisions.hold(connection)
        self._catalogue.audit.hold(connection)
        startups = self._catalogue.startups.put_all(connection, drafts.startups, lambda: revisions.next(connection))
        programs = self._catalogue.programs.put_all(connection, drafts.programs, lambda: revisions.next(connection))
        faults = list(self._dangling(connection, drafts.outcomes))
        if faults:
            raise BadData(faults)
        if drafts.applications:
            self._catalogue.applications.put(connection, drafts.applications, revisions.next(connection))
        outcomes: list[Outcome] = [outcome for _, outcome in drafts.outcomes]
        return Imported(startups, programs, self._catalogue.outcomes.add_all(connection, outcomes))

    def _dangling(self, connection: Connection, outcomes: Sequence[tuple[Fault, Outcome]]) -> Iterator[Fault]:
        startups = self._catalogue.startups.ids(connection) if outcomes else set()
        programs = self._catalogue.programs.ids(connection) if outcomes else set()
        for place, outcome in outcomes:
            if outcome.startup_id not in startups:
                yield _fault(place, "unknown_startup", "startup_id", outcome.startup_id)
            if outcome.program_id not in programs:
                yield _fault(place, "unknown_program", "program_id", outcome.program_id)


def _fault(place: Fault, code: str, field: str, value: str) -> Fault:
    return replace(place, code=code, field=field, value=shown(value))
