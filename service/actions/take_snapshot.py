"""Snapshot and export: the catalogue as it stands now, frozen into a folder that training reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from model import snapshot
from model.domain import Snapshot
from service.errors import ServiceError
from service.storage.catalogue import Catalogue


class TakeSnapshot:
    """Reads one state of the catalogue and writes it as a snapshot folder."""

    def __init__(self, catalogue: Catalogue, clock: Callable[[], datetime]) -> None:
        self._catalogue, self._clock = catalogue, clock

    def __call__(self, folder: Path) -> Snapshot:
        """Write into a new or empty folder; raises ServiceError `folder_not_empty`."""
        if folder.exists() and any(folder.iterdir()):
            raise ServiceError("folder_not_empty", name=folder.name)
        return snapshot.write(folder, self.read(), created_at=self._clock())

    def read(self) -> Snapshot:
        """Everything in the catalogue, by id, as of one moment."""
        with self._catalogue.database.reading() as connection:
            startups = self._catalogue.startups.since(connection, 0)
            programs = self._catalogue.programs.since(connection, 0)
            outcomes = self._catalogue.outcomes.all(connection)
        return Snapshot(tuple(s.record for s in startups), tuple(p.record for p in programs), outcomes)
