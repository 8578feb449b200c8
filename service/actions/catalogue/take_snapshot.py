"""Snapshot and export: the catalogue as it stands now, frozen into a folder that training reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from datetime import datetime
from pathlib import Path

from model.applications import outcomes as graded_outcomes
from model.decisions import OUTCOMES, standing
from model.domain import Outcome, Snapshot
from model.snapshot import folder as snapshot
from service.errors import Problem, ServiceError
from service.settings import KOREA
from service.storage.database import Connection
from service.storage.records.decisions import Decision, Decisions
from service.storage.records.startup_refs import StartupRefs
from service.storage.repositories import Catalogue


class TakeSnapshot:
    """Reads one state of the catalogue and writes it as a snapshot folder.

    Decisions that stand are outcomes too: what was shortlisted, selected, declined or rejected since a pair was last
    reopened, on the day of the decision in Korea.
    """

    def __init__(self, catalogue: Catalogue, clock: Callable[[], datetime]) -> None:
        self._catalogue, self._clock = catalogue, clock
        self._decisions, self._refs = Decisions(), StartupRefs()

    def __call__(self, folder: Path) -> Snapshot:
        """Write into a new or empty folder; raises ServiceError `folder_not_empty`."""
        if folder.exists() and any(folder.iterdir()):
            raise ServiceError(Problem.FOLDER_NOT_EMPTY, name=folder.name)
        return snapshot.write(folder, self.read(), created_at=self._clock())

    def read(self) -> Snapshot:
        """Everything in the catalogue, by id, as of one moment."""
        with self._catalogue.database.reading() as connection:
            startups = self._catalogue.startups.since(connection, 0)
            programs = self._catalogue.programs.since(connection, 0)
            outcomes = self._catalogue.outcomes.all(connection)
            present = {stored.record.id for stored in startups}
            decided = tuple(self._decided(connection, present))
            steps = [(record, history.steps) for record, history in self._catalogue.applications.steps(connection)]
        graded = (
            Outcome(record.startup_id, record.program_id, kind, on)
            for record, taken in steps
            if record.startup_id in present
            for kind, on in graded_outcomes(taken, KOREA)
        )
        whole = tuple(dict.fromkeys((*outcomes, *decided, *graded)))
        return Snapshot(tuple(s.record for s in startups), tuple(p.record for p in programs), whole)

    def _decided(self, connection: Connection, present: Set[str]) -> Iterator[Outcome]:
        histories: dict[tuple[str, str], list[Decision]] = {}
        for decision in self._decisions.all(connection):
            histories.setdefault((decision.startup_ref, decision.program_id), []).append(decision)
        ids = self._refs.all(connection)
        for (ref, _), history in histories.items():
            if ids.get(ref) in present:
                yield from _outcomes(ids[ref], history)


def _outcomes(startup_id: str, history: Sequence[Decision]) -> Iterator[Outcome]:
    holding = len(standing([decision.action for decision in history]))
    for decision in history[len(history) - holding :]:
        if decision.action in OUTCOMES:
            on = datetime.fromisoformat(decision.at).astimezone(KOREA).date()
            yield Outcome(startup_id, decision.program_id, OUTCOMES[decision.action], on)
