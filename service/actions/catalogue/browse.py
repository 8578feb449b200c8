"""Browse: one record, or a page of them, as stored now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from service.errors import Problem, ServiceError
from service.storage.catalogue.profiles import Profiles, Record, StoredProfile
from service.storage.repositories import Catalogue


@dataclass(frozen=True, slots=True)
class Page(Generic[Record]):
    """Some records by id, and the id behind which the next page starts (None: this was the last)."""

    items: tuple[StoredProfile[Record], ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Listing(Generic[Record]):
    """Some records by id with the number of all that were found; `number` counts pages from 1."""

    items: tuple[StoredProfile[Record], ...]
    total: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(1, -(-self.total // self.size))


class Browse(Generic[Record]):
    """Reads one side of the catalogue; `missing` is the code for an id that is not there."""

    def __init__(
        self,
        catalogue: Catalogue,
        profiles: Profiles[Record],
        *,
        missing: Problem,
        lying_in: Callable[[str], frozenset[str]] = lambda _: frozenset(),
    ) -> None:
        """`lying_in` tells every code, past and present, of the places that lie in a region, by code or by name."""
        self._database, self._missing, self._lying_in = catalogue.database, missing, lying_in
        self._profiles: Profiles[Record] = profiles

    def one(self, identifier: str) -> StoredProfile[Record]:
        """One record; raises ServiceError with the code for a missing one."""
        with self._database.reading() as connection:
            stored = self._profiles.get(connection, identifier)
        if stored is None:
            raise ServiceError(self._missing, id=identifier)
        return stored

    def page(self, *, after: str = "", limit: int = 50, filters: Mapping[str, object]) -> Page[Record]:
        """Up to `limit` records behind `after` that fit every filter; `q` searches names and texts."""
        with self._database.reading() as connection:
            profiles = self._profiles.page(connection, after=after, limit=limit + 1, filters=self._meant(filters))
        items = tuple(profiles[:limit])
        return Page(items, items[-1].record.id if len(profiles) > limit else None)

    def all(self, filters: Mapping[str, object], order: str = "") -> Sequence[Record]:
        """Every record that fits every filter; `order` is as for `Profiles.page`."""
        with self._database.reading() as connection:
            stored = self._profiles.page(connection, limit=None, filters=self._meant(filters), order=order)
        return [each.record for each in stored]

    def listing(self, *, number: int, size: int, filters: Mapping[str, object], order: str = "") -> Listing[Record]:
        """The page with a number; one behind the end is the last. `order` is as for `Profiles.page`."""
        with self._database.reading() as connection:
            total = self._profiles.count(connection, self._meant(filters))
            shown_page = min(number, max(1, -(-total // size)))
            skip = (shown_page - 1) * size
            items = self._profiles.page(connection, limit=size, filters=self._meant(filters), skip=skip, order=order)
        return Listing(tuple(items), total, shown_page, size)

    def _meant(self, filters: Mapping[str, object]) -> Mapping[str, object]:
        places = {"region": filters.get("region"), "q_regions": filters.get("q")}
        return {**filters, **{name: self._lying_in(str(place)) for name, place in places.items() if place}}
