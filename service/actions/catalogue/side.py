"""One side of the catalogue, the startups or the programs, as of one revision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic

from service.storage.catalogue import documents
from service.storage.catalogue.profiles import Profiles, Record, StoredProfile
from service.storage.database import Connection


@dataclass(frozen=True)
class CatalogueSide(Generic[Record]):
    """The startups or the programs as of one revision, by id."""

    records: Mapping[str, Record]
    digests: Mapping[str, str]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every id and record: names the profiles that an answer was ranked from."""
        return documents.digest_of_all(self.digests.items())

    def after(self, changed: Iterable[StoredProfile[Record]], removed: Iterable[str]) -> CatalogueSide[Record]:
        """The side with some records changed and some gone; itself when there are none."""
        new = {stored.record.id: stored for stored in changed}
        gone = set(removed) & self.records.keys() - new.keys()
        if not new and not gone:
            return self
        records = {**self.records, **{key: stored.record for key, stored in new.items()}}
        digests = {**self.digests, **{key: stored.digest for key, stored in new.items()}}
        remaining = sorted(records.keys() - gone)
        return CatalogueSide({key: records[key] for key in remaining}, {key: digests[key] for key in remaining})


def renewed(
    connection: Connection,
    profiles: Profiles[Record],
    side: CatalogueSide[Record],
    known: int,
    pause: Callable[[], None] = lambda: None,
) -> CatalogueSide[Record]:
    """The side with everything that has changed since a revision; `pause` is called after each record."""
    removed = profiles.removed_since(connection, known, side.records.keys())
    return side.after(profiles.since(connection, known, pause), removed)
