"""Health: whether the service can answer now, and which part keeps it from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from service.actions.matching.prepare import Preparation
from service.errors import ServiceError
from service.storage import schema
from service.storage.repositories import Catalogue


@dataclass(frozen=True, slots=True)
class Readiness:
    """Each part by name: `ok`, or the code of what is wrong."""

    database: str
    model: str

    @property
    def is_ready(self) -> bool:
        """Every part is in order."""
        return self.database == self.model == "ok"


class Health:
    """Tries the database and the matcher in use."""

    def __init__(self, catalogue: Catalogue, preparation: Preparation) -> None:
        self._catalogue, self._preparation = catalogue, preparation

    def __call__(self) -> Readiness:
        """Look now."""
        return Readiness(_tried(lambda: schema.check(self._catalogue.database)), _tried(self._preparation.current))


def _tried(look: Callable[[], object]) -> str:
    try:
        look()
    except ServiceError as error:
        return error.code
    return "ok"
