"""Browse decisions: one, or a page of them, for whoever decides, as far as their programs go."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.decisions import DecisionAction
from service.errors import Problem, ServiceError
from service.identity import Actor, Scope
from service.storage.database import Connection
from service.storage.records.decisions import Decision
from service.storage.repositories import Catalogue, Records

STANDING = (DecisionAction.SELECTED, DecisionAction.RESERVE, DecisionAction.SHORTLISTED)
"""The decisions by which a startup is on a program's list."""


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """Some decisions, oldest first; the place behind which the next page starts (None: this was the last).

    `number` is the last decision's number where the page is asked for one pair: what the next decision must name.
    """

    items: tuple[Decision, ...]
    after: int | None
    number: int | None = None


class BrowseDecisions:
    """Reads decisions with their reasons for whoever may decide; bound to programs, they see those on these alone.

    Every method raises ServiceError `forbidden` for others.
    """

    def __init__(self, catalogue: Catalogue, records: Records) -> None:
        self._database, self._records = catalogue.database, records

    def one(self, identifier: str, actor: Actor) -> Decision:
        """One decision by its id; raises ServiceError `decision_not_found`."""
        _check_may_see(actor)
        seq = numbered(identifier, "d-")
        with self._database.reading() as connection:
            decision = self._records.decisions.one(connection, seq) if seq else None
        if decision is None or actor.is_bound_away_from(decision.program_id):
            raise ServiceError(Problem.DECISION_NOT_FOUND, id=identifier)
        return decision

    def page(self, *, after: int, limit: int, filters: Mapping[str, object], actor: Actor) -> DecisionPage:
        """Up to `limit` decisions behind a place that fit every filter."""
        _check_may_see(actor)
        read = self._records.decisions.page
        with self._database.reading() as connection:
            decisions = read(connection, after=after, limit=limit + 1, filters=filters, programs=actor.programs)
            is_pair = {"program_id", "startup_id"} <= filters.keys()
            is_own = is_pair and not actor.is_bound_away_from(str(filters["program_id"]))
            number = self._number(connection, filters) if is_own else None  # it would tell of others' decisions
        items = tuple(decisions[:limit])
        return DecisionPage(items, items[-1].seq if len(decisions) > limit else None, number)

    def all(self, filters: Mapping[str, object], actor: Actor) -> Sequence[Decision]:
        """Every decision that fits every filter, oldest first."""
        _check_may_see(actor)
        read = self._records.decisions.page
        with self._database.reading() as connection:
            return read(connection, after=0, limit=None, filters=filters, programs=actor.programs)

    def shortlist(self, program_id: str, actor: Actor) -> tuple[Decision, ...]:
        """Who is selected, in reserve or shortlisted at a program now, in this order, by the last decision on each.

        Raises ServiceError `not_your_program`.
        """
        _check_may_see(actor)
        if actor.is_bound_away_from(program_id):
            raise ServiceError(Problem.NOT_YOUR_PROGRAM, id=program_id)
        with self._database.reading() as connection:
            decisions = self._records.decisions.latest(connection, program_id, STANDING)
        return tuple(sorted(decisions, key=lambda decision: STANDING.index(decision.action)))

    def undecided(self, actor: Actor) -> Mapping[str, int]:
        """By program, how many shortlisted startups wait for a decision."""
        _check_may_see(actor)
        with self._database.reading() as connection:
            counts = self._records.decisions.waiting(connection, (DecisionAction.SHORTLISTED,))
        return {program: count for program, count in counts.items() if not actor.is_bound_away_from(program)}

    def _number(self, connection: Connection, filters: Mapping[str, object]) -> int | None:
        program, startup = str(filters["program_id"]), str(filters["startup_id"])
        ref = self._records.startup_refs.known(connection, startup) or startup
        history = self._records.decisions.of_pair(connection, program, ref)
        return history[-1].number if history else None


def _check_may_see(actor: Actor) -> None:
    if not actor.may(Scope.DECIDE):
        raise ServiceError(Problem.FORBIDDEN, scope=Scope.DECIDE)


def numbered(identifier: str, mark: str) -> int | None:
    """The audit row that an id names, or None for what is no such id.

    >>> numbered("d-12", "d-")
    12
    """
    match = re.fullmatch(rf"{mark}([1-9]\d{{0,8}})", identifier, re.ASCII)
    return int(match[1]) if match else None
