"""The rulebook: the rules of the model in use with the profiles that they judge; no score and no vector is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from model.domain import Program, Startup
from model.eligibility import Ledger
from service.actions.catalogue.side import CatalogueSide, renewed
from service.errors import Problem, ServiceError
from service.storage.matching.registry import Registry
from service.storage.repositories import Catalogue
from service.telemetry import log


@dataclass(frozen=True)
class Rulebook:
    """The rules, which know the whole catalogue, and both of its sides; `version` names the model."""

    version: str
    ledger: Ledger
    startups: CatalogueSide[Startup]
    programs: CatalogueSide[Program]

    @cached_property
    def families(self) -> Mapping[str, Mapping[str, str]]:
        """The name of each program family by language, as the latest of its programs has it."""
        programs = sorted(self.programs.records.values(), key=lambda program: (program.year or 0, program.id))
        korean = {p.family: p.name or p.name_en for p in programs if p.family}
        english = {p.family: p.name_en or p.name for p in programs if p.family}
        return {"ko": _named(korean), "en": _named(english)}


def read(catalogue: Catalogue, registry: Registry) -> Rulebook:
    """Read it without the matcher, which takes seconds to load; raises ServiceError `no_model`."""
    version = registry.named()
    if version is None:
        raise ServiceError(Problem.NO_MODEL)
    try:
        codes = registry.vocabulary(version).codes
    except ServiceError as error:
        log.logger().error("model_refused", version=version, reason=str(error))
        raise ServiceError(Problem.NO_MODEL) from error
    with catalogue.database.reading() as connection:
        startups = renewed(connection, catalogue.startups, CatalogueSide[Startup]({}, {}), 0)
        programs = renewed(connection, catalogue.programs, CatalogueSide[Program]({}, {}), 0)
    return Rulebook(version, Ledger(codes, programs.records.values()), startups, programs)


def _named(names: Mapping[str, str | None]) -> Mapping[str, str]:
    return {family: name for family, name in names.items() if name}
