"""Know pairs: what outcomes, and decisions that stand, tell of startups at families of programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from model.blocks.pasts import group
from model.decisions import DecisionAction, standing
from model.domain import Program
from model.matching.known import KnownOutcome, KnownPairs, KnownState, identity
from service.settings import KOREA
from service.storage.database import Connection
from service.storage.records.decisions import Decision, Decisions
from service.storage.records.startup_refs import StartupRefs
from service.storage.repositories import Catalogue

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

    def __call__(
        self,
        connection: Connection,
        programs: Mapping[str, Program],
        *,
        before: str | None = None,
        at_the_moment: bool = False,
    ) -> KnownPairs:
        """All pairs; `before`: the moment (UTC) from which on decisions do not count, or after which."""
        decided = list(self._decided(connection, programs, before, at_the_moment))
        return KnownPairs.of(self._catalogue.outcomes.all(connection), programs.values()).with_(decided)

    def _decided(
        self, connection: Connection, programs: Mapping[str, Program], before: str | None, at_the_moment: bool
    ) -> Iterator[tuple[str, KnownOutcome]]:
        histories: dict[tuple[str, str], list[Decision]] = {}
        for decision in self._decisions.all(connection):
            if before is None or decision.at < before or (at_the_moment and decision.at == before):
                histories.setdefault((decision.startup_ref, decision.program_id), []).append(decision)
        ids = self._refs.all(connection) if histories else {}
        for (ref, program_id), history in histories.items():
            if ref in ids and program_id in programs:
                yield from _standing(identity(ids[ref]), group(programs[program_id]), history)


def _standing(who: str, family: str, history: Sequence[Decision]) -> Iterator[tuple[str, KnownOutcome]]:
    holding = len(standing([decision.action for decision in history]))
    for decision in history[len(history) - holding :]:
        if decision.action in STATES:
            on = datetime.fromisoformat(decision.at).astimezone(KOREA).date()
            yield who, KnownOutcome(family, STATES[decision.action], on, on.year)
