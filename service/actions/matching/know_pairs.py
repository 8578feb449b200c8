"""Know pairs: what outcomes, and decisions that stand, tell of startups at families of programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from model.blocks.pasts import group
from model.decisions import DecisionAction
from model.domain import Program
from model.matching.known_pairs import KnownOutcome, KnownPairs, KnownState, identity
from service.settings import KOREA
from service.storage.catalogue.tables import outcomes
from service.storage.database import Connection
from service.storage.records import decisions
from service.storage.records.chain import Head
from service.storage.records.decisions import Decisions
from service.storage.records.startup_refs import StartupRefs
from service.storage.repositories import Catalogue

KnownFrom: TypeAlias = tuple[int | None, str]
"""The last decision, and the hash of an audit row since which no event wrote outcomes."""

LAST = "9"
"""Stands for a moment after all that is on record."""

STATES: Mapping[DecisionAction, KnownState] = {
    DecisionAction.SHORTLISTED: KnownState.SHORTLISTED,
    DecisionAction.SELECTED: KnownState.SELECTED,
    DecisionAction.RESERVE: KnownState.RESERVE,
    DecisionAction.DECLINED: KnownState.DECLINED,
    DecisionAction.REJECTED: KnownState.REJECTED,
    DecisionAction.WITHDRAWN: KnownState.WITHDRAWN,
}
"""What a decision makes known; one that was reopened makes nothing known any more."""


class KnowPairs:
    """Reads what is known now, or what was known of decisions at a past moment."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue, self._decisions, self._refs = catalogue, Decisions(), StartupRefs()
        self._by_outcomes: tuple[str, Mapping[str, Program], KnownPairs] | None = None
        self._looked: tuple[Head, str] | None = None

    def basis(self, connection: Connection) -> KnownFrom:
        """Names what outcomes and decisions tell now: equal while none of them has come or gone."""
        return self._decisions.last_before(connection, LAST), self._since(connection)

    def _since(self, connection: Connection) -> str:
        """The hash that stands for all outcomes: of the events, those since the last look alone are read."""
        audit, looked = self._catalogue.audit, self._looked
        events = audit.wrote_since(connection, looked[0].count, outcomes.name) if looked else []
        if looked and events and events[0][0] == looked[0]:
            name = next((head.hash for head, wrote in reversed(events[1:]) if wrote), looked[1])
            self._looked = events[-1][0], name
        else:  # the first look, or a database that was put back to another past
            head = audit.head(connection)
            self._looked, name = (head, head.hash), head.hash
        return name

    def __call__(
        self,
        connection: Connection,
        programs: Mapping[str, Program],
        *,
        before: str | None = None,
        at_the_moment: bool = False,
    ) -> KnownPairs:
        """All pairs; `before`: the moment (UTC) from which on decisions do not count, or after which."""
        counted = [
            decision
            for decision in self._decisions.all(connection)
            if before is None or decision.at < before or (at_the_moment and decision.at == before)
        ]
        ids = self._refs.all(connection) if counted else {}
        decided = []
        for decision in decisions.that_stand(counted):
            if decision.startup_ref in ids and decision.program_id in programs and decision.action in STATES:
                on = datetime.fromisoformat(decision.at).astimezone(KOREA).date()
                family = group(programs[decision.program_id])
                known = KnownOutcome(family, STATES[decision.action], on, on.year)
                decided.append((identity(ids[decision.startup_ref]), known))
        return self._outcomes(connection, programs).with_(decided)

    def _outcomes(self, connection: Connection, programs: Mapping[str, Program]) -> KnownPairs:
        """What outcomes tell, read again only once one has come or gone: each decision asks for it."""
        name, known = self._since(connection), self._by_outcomes
        if known is None or known[0] != name or known[1] is not programs:
            pairs = KnownPairs.of(self._catalogue.outcomes.all(connection), programs.values())
            known = self._by_outcomes = name, programs, pairs
        return known[2]
