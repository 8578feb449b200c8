"""The catalogue as a whole: startups, programs and outcomes in one database, with its revision and audit trail."""

from __future__ import annotations

from dataclasses import dataclass

from model.domain import Program, Startup
from service.storage import profiles
from service.storage.audit import Audit
from service.storage.database import Database
from service.storage.outcomes import Outcomes
from service.storage.profiles import Clock, Profiles
from service.storage.revisions import Revisions


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The repositories that actions work with."""

    database: Database
    revisions: Revisions
    startups: Profiles[Startup]
    programs: Profiles[Program]
    outcomes: Outcomes
    audit: Audit


def opened(address: str, clock: Clock) -> Catalogue:
    """Open the catalogue at a database's address; nothing is read yet."""
    database = Database(address)
    startups, programs = profiles.startups(clock), profiles.programs(clock)
    return Catalogue(database, Revisions(database), startups, programs, Outcomes(), Audit(clock))
