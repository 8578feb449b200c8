"""The repositories that actions work with, all in one database: the catalogue's, and what was decided and shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from model.domain import Program, Startup
from service.storage.applications.applications import Applications
from service.storage.catalogue import profiles
from service.storage.catalogue.outcomes import Outcomes
from service.storage.catalogue.profiles import Clock, Profiles
from service.storage.catalogue.revisions import Revisions
from service.storage.database import Database
from service.storage.records.audit import Audit
from service.storage.records.decisions import Decisions
from service.storage.records.replies import Replies
from service.storage.records.runs import Runs
from service.storage.records.startup_refs import StartupRefs

REPLY_LIFE = timedelta(hours=24)
"""How long an idempotency key stands for its request unless the settings say otherwise."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Startups, programs, outcomes and applications, with their revision and the audit trail."""

    database: Database
    revisions: Revisions
    startups: Profiles[Startup]
    programs: Profiles[Program]
    outcomes: Outcomes
    audit: Audit
    applications: Applications


@dataclass(frozen=True, slots=True)
class Records:
    """The lasting records' repositories, all in the catalogue's database."""

    decisions: Decisions
    replies: Replies
    runs: Runs
    startup_refs: StartupRefs


def open_catalogue(address: str, clock: Clock) -> Catalogue:
    """Open the catalogue at a database's address; nothing is read yet."""
    database = Database(address)
    startups, programs = profiles.startups(clock), profiles.programs(clock)
    return Catalogue(
        database, Revisions(database, clock), startups, programs, Outcomes(), Audit(clock), Applications(clock)
    )


def open_records(clock: Callable[[], datetime], *, keys: timedelta = REPLY_LIFE) -> Records:
    """Make the records' repositories; `keys` is how long an idempotency key stands for its request."""
    return Records(Decisions(), Replies(clock, keys), Runs(), StartupRefs())
